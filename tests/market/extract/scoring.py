"""How well a set of labelled texts is read: shares of fields, F1 of flags and references."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from market.extract import read

TEXTS = Path(__file__).parent.parent / "texts"
FIELDS = (
    "ruler",
    "mint",
    "metal",
    "denomination",
    "weight_g",
    "diameter_mm",
    "die_axis_h",
    "grade",
)


def labelled(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (TEXTS / name).read_text().splitlines()]


@dataclass
class Tally:
    hit: int = 0
    extra: int = 0
    missing: int = 0

    def add(self, wanted: set[str], got: set[str]) -> None:
        self.hit += len(wanted & got)
        self.extra += len(got - wanted)
        self.missing += len(wanted - got)

    @property
    def f1(self) -> float:
        return 2 * self.hit / max(1, 2 * self.hit + self.extra + self.missing)


@dataclass
class Score:
    lots: int = 0
    right: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys([*FIELDS, "bucket", "has_pedigree"], 0)
    )
    flags: Tally = field(default_factory=Tally)
    references: Tally = field(default_factory=Tally)
    wrong: list[str] = field(default_factory=list)

    def share(self, name: str) -> float:
        return self.right[name] / self.lots


def bucket(code: str | None) -> str | None:
    return code.lstrip("ngcs") if code else None


def score(name: str) -> Score:
    total = Score()
    for row in labelled(name):
        add(total, row, read(row["text"]).flat())
    return total


def add(total: Score, row: dict[str, Any], got: dict[str, Any]) -> None:
    wanted = row["reading"]
    total.lots += 1
    for name in FIELDS:
        if got[name] == wanted.get(name):
            total.right[name] += 1
        else:
            total.wrong.append(f"{row['id']} {name}: {wanted.get(name)!r}, read {got[name]!r}")
    total.right["bucket"] += bucket(got["grade"]) == bucket(wanted.get("grade"))
    total.right["has_pedigree"] += got["has_pedigree"] == bool(wanted.get("has_pedigree"))
    total.flags.add(set(wanted.get("flags", [])), set(got["flags"]))
    total.references.add(set(wanted.get("references", [])), set(got["references"]))

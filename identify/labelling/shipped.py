"""What the model in service knows of each class, from its cards: how many photos taught it, how many were
kept aside and how many of those it got right. Read without loading a model."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from identify.predicting import folder

CARDS = ("ancient", "modern", "cents")
HEADS = {"ruler": ("ruler", "tetrarch"), "year": ("year",), "mint_mark": ("mint_mark",)}


@dataclass(frozen=True)
class Known:
    taught: int
    held_out: int
    recalled: int
    by: str = ""  # a version that was taught here; empty: the model that came with the site


def classes(field: str) -> list[str]:
    return list(known(field))


def known(field: str) -> dict[str, Known]:
    found: dict[str, Known] = {}
    for name in CARDS:
        file = folder() / f"{name}.json"
        for head in HEADS.get(field, (field,)):
            for label, figures in of_head(card(file, stamp(file)), head).items():
                found.setdefault(label, figures)
    return found


def stamp(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


@lru_cache(maxsize=8)
def card(file: Path, at: float) -> dict[str, Any]:
    """`at` makes a new file a new question."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def of_head(said: dict[str, Any], head: str) -> dict[str, Known]:
    figures = said.get("knows", {}).get(head, {})
    labels = said.get("heads", {}).get(head, [])
    names = dict.fromkeys([*(str(label) for label in labels), *figures])
    return {name: figure(figures.get(name) or {}) for name in names}


def figure(said: dict[str, Any]) -> Known:
    taught, held_out, recalled = (
        int(said.get(name, 0)) for name in ("taught", "held_out", "recalled")
    )
    return Known(taught, held_out, recalled)

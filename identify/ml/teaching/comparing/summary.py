"""A line for each network, mode and amount, over its seeds; as a table, as curves, and as a page."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from identify.ml.teaching.comparing.grid import Amount
from identify.ml.teaching.report import compare


@dataclass(frozen=True)
class Line:
    model: str
    mode: str
    amount: str
    origin: str
    seeds: int
    taught: float  # photos, on average
    top1: float
    spread: float  # standard deviation between the seeds
    top5: float | None
    macro_recall: float
    milliseconds: float
    parameters: int
    seconds: float  # of learning, without looking at the photos


Told = dict[str, Any]


def lines(told: Iterable[Told]) -> list[Line]:
    found: dict[tuple[str, str, str], list[Told]] = defaultdict(list)
    for one in told:
        found[one["model"], one["mode"], Amount(**one["amount"]).shown].append(one)
    made = [_line(key, cells) for key, cells in found.items()]
    order = list(dict.fromkeys((one.model, one.mode) for one in made))
    return sorted(made, key=lambda one: (order.index((one.model, one.mode)), one.taught))


def _line(key: tuple[str, str, str], cells: Sequence[Told]) -> Line:
    def mean(name: str) -> float:
        values = [one[name]["value"] if isinstance(one[name], dict) else one[name] for one in cells]
        return float(np.mean(values))

    hits = [one["top1"]["value"] for one in cells]
    return Line(
        *key, origin="random" if cells[0]["origin"] == "random" else "trained", seeds=len(cells),
        taught=round(mean("taught"), 1), top1=float(np.mean(hits)),
        spread=float(np.std(hits, ddof=1)) if len(hits) > 1 else 0.0,
        top5=mean("top5") if all("top5" in one for one in cells) else None,
        macro_recall=mean("macro_recall"), milliseconds=round(mean("milliseconds"), 2),
        parameters=int(cells[0]["parameters"]), seconds=round(mean("seconds"), 1),
    )  # fmt: skip


def versus(told: Iterable[Told]) -> list[dict[str, Any]]:
    """Each two networks that learnt in one mode from one amount, on the photos that both were asked (seed 1)."""
    rivals: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for one in told:
        if one["seed"] == 1:
            rivals[one["mode"], Amount(**one["amount"]).shown].append(one)
    return [
        {"mode": mode, "amount": amount, "first": a["model"], "second": b["model"], **compare(a, b)}
        for (mode, amount), cells in rivals.items()
        for a, b in combinations(cells, 2)
    ]


def curves(told: Sequence[Line]) -> list[dict[str, Any]]:
    """A curve for each network and mode: photos learnt from, and how often it was right."""
    found: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for one in told:
        found[one.model, one.mode].append(one)
    return [
        {
            "model": model, "mode": mode,
            "points": [
                {"amount": one.amount, "taught": one.taught, "top1": one.top1, "spread": one.spread,
                 "macro_recall": one.macro_recall}
                for one in sorted(points, key=lambda one: one.taught)
            ],
        }
        for (model, mode), points in found.items()
    ]  # fmt: skip


def write(told: Sequence[Told], out: Path, heading: str = "") -> list[Path]:
    from identify.ml.teaching.comparing.page import page

    table, pairs = lines(told), versus(told)
    drawn = curves(table)
    paths = [out / name for name in ("table.csv", "curves.json", "index.html")]
    with paths[0].open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(Line.__dataclass_fields__))
        writer.writeheader()
        writer.writerows(asdict(one) for one in table)
    text = json.dumps({"curves": drawn, "versus": pairs}, ensure_ascii=False, indent=1)
    paths[1].write_text(text + "\n", encoding="utf-8")
    paths[2].write_text(page(table, drawn, pairs, heading), encoding="utf-8")
    return paths


def markdown(table: Sequence[Line]) -> list[str]:
    head = "| network | mode | learnt from | top-1 | macro recall | ms a photo | parameters | learning |"
    return [head, "|---|---|---|---|---|---|---|---|", *(_row(one) for one in table)]


def _row(one: Line) -> str:
    start = " (random start)" if one.origin == "random" else ""
    spread = f" ± {one.spread:.3f}" if one.seeds > 1 else ""
    return (
        f"| {one.model}{start} | {one.mode} | {one.amount} ({one.taught:.0f}) | {one.top1:.3f}{spread} "
        f"| {one.macro_recall:.3f} | {one.milliseconds:.1f} | {one.parameters / 1e6:.2f} M "
        f"| {one.seconds:.0f} s |"
    )

"""Figures that only a card can state: where every labelled photo was needed for teaching, those who taught
measured by parts, each part by a reader that the others had taught."""

import json
from pathlib import Path
from typing import Any

from identify import measures
from identify.evaluation.figures import Figure, missing

ASKED = (
    ("year", "Lincoln cent: year", 0.92),
    ("mint_mark", "Lincoln cent: mint mark", 0.95),
)
NOTE = "from the card: cross-validated, each fifth read by a reader that the others had taught"


def cents(folder: Path) -> list[Figure]:
    told = figures_of(folder / "cents.json")
    return [stated(told.get(key), told.get("coins"), name, goal) for key, name, goal in ASKED]


def figures_of(card: Path) -> dict[str, Any]:
    if not card.exists():
        return {}
    return dict(json.loads(card.read_text(encoding="utf-8")).get("figures", {}))


def stated(told: Any, coins: Any, name: str, goal: float) -> Figure:
    if not told or not coins:
        return missing(name, goal, "no model")
    right = round(float(told["top1"]) * int(coins))
    return Figure(name, measures.wilson(right, int(coins)), goal, note=NOTE)

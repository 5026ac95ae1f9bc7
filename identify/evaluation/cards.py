"""Figures that only a card can state: where every labelled photo was needed for teaching, those who taught
measured by parts, each part by a reader that the others had taught."""

import json
from pathlib import Path
from typing import Any

from identify.evaluation.figures import Figure, missing
from identify.measures import Interval

ASKED = (
    ("year", "Lincoln cent: year", 0.92),
    ("mint_mark", "Lincoln cent: mint mark", 0.95),
)
NOTE = "from the card: cross-validated, each fifth read by a reader that the others had taught"


def cents(folder: Path) -> list[Figure]:
    told = figures_of(folder / "cents.json")
    return [stated(told.get(key), name, goal) for key, name, goal in ASKED]


def figures_of(card: Path) -> dict[str, Any]:
    if not card.exists():
        return {}
    return dict(json.loads(card.read_text(encoding="utf-8")).get("figures", {}))


def stated(told: Any, name: str, goal: float) -> Figure:
    if not isinstance(told, dict) or "value" not in told:
        return missing(name, goal, "no model")
    count = int(told.get("count", 0))
    interval = Interval(
        float(told["value"]), float(told.get("low", 0.0)), float(told.get("high", 1.0)), count
    )
    return Figure(name, interval, goal, note=NOTE)

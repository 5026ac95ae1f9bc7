"""Scales and calipers have a say: a candidate that the coin is too light for loses ground."""

from collections.abc import Sequence
from math import exp

import numpy as np
from numpy.typing import ArrayLike

from identify.measures import Floats, floats
from identify.physical import Range, find
from identify.values import Remark

# Coins are clipped, worn, broken and plated: no weight excludes a denomination altogether
FLOOR = 0.02
SOFTNESS = 0.12  # one step of doubt for each 12 % of the bound that a figure lies outside


def fit(measured: float | None, bounds: tuple[float, float] | None) -> float:
    """1 inside, falling off outside as a bell does."""
    if not measured or bounds is None:
        return 1.0
    low, high = bounds
    outside = max(low / measured - 1, measured / high - 1, 0.0)
    return max(FLOOR, exp(-0.5 * (outside / SOFTNESS) ** 2))


def weigh(
    names: Sequence[str],
    probabilities: ArrayLike,
    weight: float | None = None,
    diameter: float | None = None,
    year: int | None = None,
) -> tuple[Floats, list[Remark]]:
    """The probabilities with the physical in them, and what does not fit the one that leads then."""
    shares = floats(probabilities)
    ranges = [find(name, year) for name in names]
    factors = [fit(weight, r.weight) * fit(diameter, r.diameter) if r else 1.0 for r in ranges]
    weighed = shares * np.array(factors)
    weighed = weighed / weighed.sum() if weighed.sum() else shares
    leader = ranges[int(np.argmax(weighed))] if len(names) else None
    name = names[int(np.argmax(weighed))] if len(names) else ""
    return weighed, misfits(name, leader, weight, diameter)


def overtaken(names: Sequence[str], looks: ArrayLike, weighed: ArrayLike) -> list[Remark]:
    """Scales that put another first say so: nothing is overruled in silence."""
    before, after = names[int(np.argmax(looks))], names[int(np.argmax(weighed))]
    return [] if before == after else [Remark("scales_say", {"first": before, "label": after})]


def misfits(
    name: str, expected: Range | None, weight: float | None, diameter: float | None
) -> list[Remark]:
    """In numbers: "2.1 g is outside 3.0 to 4.1 g for this denarius"."""
    if expected is None:
        return []
    told = (
        ("weight_outside", weight, expected.weight),
        ("diameter_outside", diameter, expected.diameter),
    )
    return [
        Remark(code, {"label": name, "measured": value, "low": bounds[0], "high": bounds[1]})
        for code, value, bounds in told
        if value and bounds and not bounds[0] <= value <= bounds[1]
    ]

"""Medians and quartiles of plain numbers."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Quartiles:
    n: int
    low: float
    median: float
    high: float
    least: float
    most: float


def quartiles(values: Sequence[float]) -> Quartiles | None:
    if not values:
        return None
    ordered = sorted(values)
    low, median, high = (quantile(ordered, share) for share in (0.25, 0.5, 0.75))
    return Quartiles(len(ordered), low, median, high, ordered[0], ordered[-1])


def quantile(ordered: Sequence[float], share: float) -> float:
    """Between two values along the line, as spreadsheets do it."""
    at = share * (len(ordered) - 1)
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (at - below) * (ordered[above] - ordered[below])


def median_band(ordered: Sequence[float]) -> tuple[float, float] | None:
    """The 95 % band of the median by order statistics; below six none exists."""
    n = len(ordered)
    if n < 6:
        return None
    reach = 0.98 * n**0.5
    low, high = int((n - 1) / 2 - reach), int((n - 1) / 2 + reach + 0.999)
    return ordered[max(0, low)], ordered[min(n - 1, high)]

"""What a chart of prices is drawn from: values in, plain lists out. Medians and bands are made of all
that is given; points beyond what a browser draws at ease are thinned evenly, and the count says so."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, floor, log
from typing import Any
from zlib import crc32

from market.quartiles import median_band, quartiles

MOST = 2_000
FEWEST = 6  # below, a period has points and no median
STEPS = (1.0, 2.0, 5.0, 10.0, 25.0, 50.0)
PERIODS = 12
JITTER = 0.3
KINDS = 6  # colours and shapes that can be told apart; what is rarer shares the last


@dataclass(frozen=True)
class Mark:
    """One lot. `price` of an unsold one is what was asked for in vain."""

    key: str
    price: float
    day: float | None = None
    grade: float | None = None
    kind: str = ""
    is_sold: bool = True
    label: str = ""
    link: str = ""


@dataclass(frozen=True)
class Own:
    """The coin that is compared: its estimate or value, and what it was bought for."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    grade: float | None = None
    bought: tuple[float, float] | None = None


def chart_data(marks: Sequence[Mark], own: Own | None = None, total: int = 0) -> dict[str, Any]:
    sold = [mark for mark in marks if mark.is_sold]
    kinds = kinds_of(marks)
    shown = thinned(marks)
    return {
        "n": max(total, len(marks)),
        "shown": len(shown),
        "kinds": kinds,
        "points": [point(mark, kinds) for mark in shown],
        "bands": bands(sold),
        "grades": grades(sold),
        "bins": bins([mark.price for mark in sold]),
        "own": own.__dict__ if own else None,
    }


def kinds_of(marks: Sequence[Mark]) -> list[str]:
    counts: dict[str, int] = defaultdict(int)
    for mark in marks:
        counts[mark.kind] += 1
    ordered = sorted(counts, key=lambda kind: (-counts[kind], kind))
    return ordered if len(ordered) <= KINDS else [*ordered[: KINDS - 1], "…"]


def point(mark: Mark, kinds: list[str]) -> list[Any]:
    kind = kinds.index(mark.kind) if mark.kind in kinds else len(kinds) - 1
    return [
        None if mark.day is None else round(mark.day, 3),
        round(mark.price, 2),
        None if mark.grade is None else round(mark.grade + jitter(mark.key), 3),
        kind,
        int(mark.is_sold),
        mark.label,
        mark.link,
        mark.key,
    ]


def thinned(marks: Sequence[Mark], most: int = MOST) -> list[Mark]:
    """Evenly along time, always the same ones."""
    ordered = sorted(marks, key=lambda mark: (mark.day or 0.0, mark.key))
    if len(ordered) <= most:
        return ordered
    return [ordered[index * len(ordered) // most] for index in range(most)]


def jitter(key: str) -> float:
    """So that lots of one grade do not hide each other; the same at every look."""
    return (crc32(key.encode()) % 1000 / 1000 - 0.5) * JITTER


def bands(sold: Sequence[Mark]) -> list[list[float]]:
    """[middle of the period, lower quartile, median, upper quartile, lots]"""
    dated = [(mark.day, mark.price) for mark in sold if mark.day is not None]
    if not dated:
        return []
    first, last = min(dated)[0], max(dated)[0]
    step = next((one for one in STEPS if (last - first) / one <= PERIODS), STEPS[-1])
    periods: dict[int, list[float]] = defaultdict(list)
    for day, price in dated:
        periods[floor(day / step)].append(price)
    found = []
    for number in sorted(periods):
        spread = quartiles(periods[number])
        if spread and spread.n >= FEWEST:
            found.append(
                [
                    (number + 0.5) * step,
                    *(round(one, 2) for one in (spread.low, spread.median, spread.high)),
                    spread.n,
                ]
            )
    return found


def grades(sold: Sequence[Mark]) -> list[list[float]]:
    """[grade, lower quartile, median, upper quartile, lots] at whole steps."""
    steps: dict[int, list[float]] = defaultdict(list)
    for mark in sold:
        if mark.grade is not None:
            steps[round(mark.grade)].append(mark.price)
    found = []
    for step in sorted(steps):
        spread = quartiles(steps[step])
        if spread and spread.n >= FEWEST:
            figures = (round(one, 2) for one in (spread.low, spread.median, spread.high))
            found.append([step, *figures, spread.n])
    return found


def bins(prices: Sequence[float], most: int = 14) -> list[list[float]]:
    """[from, to, lots] of equal width on the logarithmic scale."""
    if not prices:
        return []
    low, high = log(min(prices)), log(max(prices))
    count = min(most, max(1, round(len(prices) ** 0.5)))
    width = (high - low) / count or 1.0
    counts = [0] * count
    for price in prices:
        counts[min(count - 1, int((log(price) - low) / width))] += 1
    edges = [exp(low + index * width) for index in range(count + 1)]
    return [
        [round(edges[index], 2), round(edges[index + 1], 2), n] for index, n in enumerate(counts)
    ]


@dataclass(frozen=True)
class Moved:
    """The median of the older half of the time, and of the newer; `is_clear` only where the 95 % bands
    of the two lie apart."""

    before: float
    after: float
    since: float
    is_clear: bool

    @property
    def per_cent(self) -> int:
        return round(100 * (self.after / self.before - 1))

    @property
    def share(self) -> int:
        """Without its sign, for a sentence that says which way."""
        return abs(self.per_cent)


def moved(marks: Sequence[Mark]) -> Moved | None:
    dated = sorted(
        (mark.day, mark.price) for mark in marks if mark.is_sold and mark.day is not None
    )
    if len(dated) < 2 * FEWEST:
        return None
    cut = (dated[0][0] + dated[-1][0]) / 2
    before = sorted(price for day, price in dated if day < cut)
    after = sorted(price for day, price in dated if day >= cut)
    bands_of = median_band(before), median_band(after)
    if bands_of[0] is None or bands_of[1] is None:
        return None
    apart = bands_of[0][1] < bands_of[1][0] or bands_of[1][1] < bands_of[0][0]
    old, new = quartiles(before), quartiles(after)
    return Moved(old.median, new.median, cut, apart) if old and new else None

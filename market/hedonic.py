"""How much of a price hangs on what can be named: denomination, ruler, grade, flags, the row of sales,
and the level of the market on the day. Ridge regression of log prices; every effect is pulled towards
nothing by a prior, so that a ruler of three lots says little."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp
from typing import TYPE_CHECKING

from market.comparables import Piece

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MIDDLE_GRADE = 4.5  # between VF and EF


@dataclass(frozen=True)
class Priors:
    """How far an effect may stray from nothing, as the standard deviation of a log price."""

    denomination: float = 1.5
    ruler: float = 0.25
    ruler_and_denomination: float = 0.35
    grade: float = 0.6
    curve: float = 0.15
    grade_by_denomination: float = 0.2
    flag: float = 0.25
    series: float = 0.2
    series_and_denomination: float = 0.2
    level: float = 0.3
    level_by_denomination: float = 0.15
    noise: float = 0.5
    # Years in which the market's level forgets: what it was last holds for a while, then what is usual
    # holds again. A level is never drawn out into the future along a trend.
    memory: float = 4.0
    gap: float = 0.0


PRICES = Priors()
# Against the house's own estimate: what remains is smaller everywhere, and the level moves faster
RATIOS = Priors(
    denomination=0.06,
    ruler=0.04,
    ruler_and_denomination=0.04,
    grade=0.08,
    curve=0.05,
    grade_by_denomination=0.04,
    flag=0.06,
    series=0.08,
    series_and_denomination=0.03,
    level=0.1,
    level_by_denomination=0.05,
    noise=0.36,
    memory=1.0,
    gap=0.5,
)


@dataclass
class Columns:
    """Names of effects and where they stand in the matrix."""

    places: dict[str, int] = field(default_factory=dict)
    spreads: list[float] = field(default_factory=list)

    def place(self, name: str, spread: float) -> int:
        if name not in self.places:
            self.places[name] = len(self.spreads)
            self.spreads.append(spread)
        return self.places[name]


def effects(piece: Piece, priors: Priors) -> list[tuple[str, float, float]]:
    """Which effects a piece has, how strongly, and how far each may stray."""
    money, ruler = piece.denomination, piece.ruler
    found = [("all", 1.0, 10.0), (f"denomination {money}", 1.0, priors.denomination)]
    if ruler:
        found.append((f"ruler {ruler}", 1.0, priors.ruler))
        found.append((f"ruler {ruler} {money}", 1.0, priors.ruler_and_denomination))
    if piece.grade is not None:
        step = piece.grade - MIDDLE_GRADE
        found.append(("grade", step, priors.grade))
        found.append(("curve", step * step, priors.curve))
        found.append((f"grade {money}", step, priors.grade_by_denomination))
    if piece.series:
        found.append((f"series {piece.series}", 1.0, priors.series))
        found.append((f"series {piece.series} {money}", 1.0, priors.series_and_denomination))
    if priors.gap and piece.gap is not None:
        found.append(("gap", piece.gap, priors.gap))
    found += [(f"flag {flag}", 1.0, priors.flag) for flag in sorted(piece.flags)]
    return found


class Hedonic:
    """Fitted on pieces and what they fetched (logarithms)."""

    def __init__(
        self, pieces: Sequence[Piece], values: "Floats", priors: Priors = PRICES, step: float = 0.5
    ) -> None:
        import numpy as np

        self.priors, self.step = priors, step
        self.columns = Columns()
        self.centre = float(np.median(values))
        self.ticks = sorted({self._tick(piece.day) for piece in pieces})
        monies = sorted({piece.denomination for piece in pieces})
        self.monies = {money: number for number, money in enumerate(monies)}
        for piece in pieces:
            for name, _by, spread in effects(piece, priors):
                self.columns.place(name, spread)
        matrix = self.matrix(pieces)
        precision = self._precision()
        left = matrix.T @ matrix / priors.noise**2 + precision
        right = matrix.T @ (values - self.centre) / priors.noise**2
        self.betas = np.linalg.solve(left, right)

    def predict(self, pieces: Sequence[Piece]) -> "Floats":
        import numpy as np

        return np.asarray(self.centre + self.matrix(pieces) @ self.betas)

    def matrix(self, pieces: Sequence[Piece]) -> "Floats":
        """Effects first, then the level at each tick of time: for all, and for each denomination."""
        import numpy as np

        wide = len(self.columns.spreads)
        n_ticks = len(self.ticks)
        matrix = np.zeros((len(pieces), wide + n_ticks * (1 + len(self.monies))))
        for row, piece in enumerate(pieces):
            for name, by, _spread in effects(piece, self.priors):
                if name in self.columns.places:
                    matrix[row, self.columns.places[name]] = by
            tick, by = self._level(piece.day)
            matrix[row, wide + tick] = by
            if piece.denomination in self.monies:
                matrix[row, wide + n_ticks * (1 + self.monies[piece.denomination]) + tick] = by
        return matrix

    def _tick(self, day: float) -> float:
        return round(day / self.step) * self.step

    def _level(self, day: float) -> tuple[int, float]:
        """Which tick speaks for a day, and how much: a tick for its own days, fading further off."""
        after = bisect_left(self.ticks, day)
        near = range(max(0, after - 1), min(len(self.ticks), after + 1))
        nearest = min(near, key=lambda tick: abs(day - self.ticks[tick]))
        away = abs(day - self.ticks[nearest])
        return nearest, 1.0 if away <= self.step / 2 else exp(-away / self.priors.memory)

    def _precision(self) -> "Floats":
        import numpy as np

        ticks, priors = np.array(self.ticks), self.priors
        apart = np.exp(-np.abs(ticks[:, None] - ticks[None, :]) / priors.memory)
        smooth = np.linalg.inv(apart + 1e-6 * np.eye(len(ticks)))
        wide = len(self.columns.spreads)
        size = wide + len(ticks) * (1 + len(self.monies))
        precision = np.zeros((size, size))
        precision[range(wide), range(wide)] = 1 / np.array(self.columns.spreads) ** 2
        for block in range(1 + len(self.monies)):
            start = wide + block * len(ticks)
            spread = priors.level_by_denomination if block else priors.level
            precision[start : start + len(ticks), start : start + len(ticks)] = smooth / spread**2
        return precision

"""How much of a price hangs on what can be named: denomination, ruler, grade, flags, the row of sales,
and the level of the market on the day. Ridge regression of log prices; every effect is pulled towards
nothing by a prior, so that a ruler of three lots says little."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from market.comparables import Piece

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

MIDDLE_GRADE = 4.5  # between VF and EF
NONE = -1


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


class Names:
    """Effects and denominations by number, in the order in which they first occur. So those of the
    earlier lots are the lower numbers, and a model of them needs no names of its own."""

    def __init__(self) -> None:
        self.effects: dict[str, int] = {}
        self.spreads: list[float] = []
        self.monies: dict[str, int] = {}

    def learn(self, name: str, spread: float) -> int:
        number = self.effects.get(name)
        if number is None:
            number = self.effects[name] = len(self.spreads)
            self.spreads.append(spread)
        return number


@dataclass(frozen=True)
class Design:
    """Pieces as rows of numbers: a dozen effects and how strong each is. `NONE` fills up the rest."""

    priors: Priors
    names: Names
    effects: "Numbers"
    strengths: "Floats"
    monies: "Numbers"
    days: "Floats"

    @classmethod
    def of(cls, pieces: Sequence[Piece], priors: Priors = PRICES) -> "Design":
        names = Names()
        rows = [
            [(names.learn(name, spread), by) for name, by, spread in effects(piece, priors)]
            for piece in pieces
        ]
        monies = [names.monies.setdefault(one.denomination, len(names.monies)) for one in pieces]
        return cls._filled(priors, names, rows, monies, pieces)

    def beside(self, pieces: Sequence[Piece]) -> "Design":
        """Others in the same numbers; what these do not have says nothing."""
        known = self.names.effects
        rows = [
            [
                (known[name], by)
                for name, by, _spread in effects(piece, self.priors)
                if name in known
            ]
            for piece in pieces
        ]
        monies = [self.names.monies.get(piece.denomination, NONE) for piece in pieces]
        return self._filled(self.priors, self.names, rows, monies, pieces)

    def __getitem__(self, which: "slice | Numbers") -> "Design":
        return replace(
            self,
            effects=self.effects[which],
            strengths=self.strengths[which],
            monies=self.monies[which],
            days=self.days[which],
        )

    @classmethod
    def _filled(
        cls,
        priors: Priors,
        names: Names,
        rows: list[list[tuple[int, float]]],
        monies: list[int],
        pieces: Sequence[Piece],
    ) -> "Design":
        import numpy as np

        wide = max(map(len, rows), default=0)
        flat = [pair for row in rows for pair in [*row, *[(NONE, 0.0)] * (wide - len(row))]]
        numbers, strengths = (
            np.array(flat, dtype=float).reshape(len(rows), wide, 2).transpose(2, 0, 1)
        )
        days = np.array([piece.day for piece in pieces], dtype=float)
        return cls(priors, names, numbers.astype(int), strengths, np.array(monies, dtype=int), days)


class Hedonic:
    """Fitted on pieces and what they fetched (logarithms)."""

    def __init__(self, design: Design, values: "Floats", step: float = 0.5) -> None:
        import numpy as np

        self.design, self.priors, self.step = design, design.priors, step
        self.centre = float(np.median(values))
        self.ticks = np.unique(np.round(design.days / step) * step)
        self.wide = int(design.effects.max()) + 1
        self.monies = np.unique(design.monies)
        columns, strengths = self.columns(design)
        gram, right = products(columns, strengths, values - self.centre, self.size)
        noise = self.priors.noise**2
        gram /= noise
        self._believe(gram)
        self.betas = np.linalg.solve(gram, right / noise)

    @property
    def size(self) -> int:
        return self.wide + len(self.ticks) * (1 + len(self.monies))

    def predict(self, pieces: Sequence[Piece]) -> "Floats":
        return self.said(self.design.beside(pieces))

    def said(self, design: Design) -> "Floats":
        """Of pieces in the numbers of those that it was fitted on."""
        import numpy as np

        columns, strengths = self.columns(design)
        return np.asarray(
            self.centre + (np.append(self.betas, 0.0)[columns] * strengths).sum(axis=1)
        )

    def columns(self, design: Design) -> "tuple[Numbers, Floats]":
        """Effects first, then the level at each tick of time: for all, and for each denomination. What
        this model does not know stands in one column behind all others."""
        import numpy as np

        known = (design.effects != NONE) & (design.effects < self.wide)
        tick, strength = self._levels(design.days)
        block = np.searchsorted(self.monies, design.monies)
        is_known = self.monies[np.minimum(block, len(self.monies) - 1)] == design.monies
        own = self.wide + len(self.ticks) * (1 + block) + tick
        columns = [
            np.where(known, design.effects, self.size),
            (self.wide + tick)[:, None],
            np.where(is_known, own, self.size)[:, None],
        ]
        return np.hstack(columns), np.hstack([design.strengths, *[strength[:, None]] * 2])

    def _levels(self, days: "Floats") -> "tuple[Numbers, Floats]":
        """Which tick speaks for a day, and how much: a tick for its own days, fading further off."""
        import numpy as np

        after = np.searchsorted(self.ticks, days)
        early, late = np.maximum(after - 1, 0), np.minimum(after, len(self.ticks) - 1)
        is_late = np.abs(days - self.ticks[late]) < np.abs(days - self.ticks[early])
        nearest = np.where(is_late, late, early)
        away = np.abs(days - self.ticks[nearest])
        fading = np.exp(-away / self.priors.memory)
        return nearest, np.where(away <= self.step / 2, 1.0, fading)

    def _believe(self, gram: "Floats") -> None:
        """Adds the priors: each effect keeps to nothing, each level to those of the time around it."""
        import numpy as np

        ticks, priors = self.ticks, self.priors
        spreads = np.array(self.design.names.spreads[: self.wide])
        gram[range(self.wide), range(self.wide)] += 1 / spreads**2
        apart = np.exp(-np.abs(ticks[:, None] - ticks[None, :]) / priors.memory)
        smooth = np.linalg.inv(apart + 1e-6 * np.eye(len(ticks)))
        for block in range(1 + len(self.monies)):
            start = self.wide + block * len(ticks)
            spread = priors.level_by_denomination if block else priors.level
            gram[start : start + len(ticks), start : start + len(ticks)] += smooth / spread**2


def products(
    columns: "Numbers", strengths: "Floats", values: "Floats", size: int
) -> "tuple[Floats, Floats]":
    """X'X and X'y of a matrix of which nearly all is nothing, by what is something in each row."""
    import numpy as np

    wide = size + 1
    pairs = columns[:, :, None] * wide + columns[:, None, :]
    amounts = strengths[:, :, None] * strengths[:, None, :]
    gram: Floats = np.bincount(pairs.ravel(), amounts.ravel(), wide * wide).astype(
        float, copy=False
    )
    weighed = (strengths * values[:, None]).ravel()
    right: Floats = np.bincount(columns.ravel(), weighed, wide).astype(float, copy=False)
    gram = gram.reshape(wide, wide)
    return gram[:size, :size], right[:size]

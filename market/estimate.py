"""What a coin would fetch, from what others fetched:

    sold lots -> Hedonic (what can be named) -> residuals of the comparables -> weighted median -> point
    sold lots, cut off at earlier days -> how far the same method was off -> 80 % interval

The level of the market is what it last was, fading into what is usual; no trend is drawn on. With a house's
own estimate, what is estimated is the ratio between the hammer and it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from market.comparables import Piece, Pool, Sold, Tier
from market.hedonic import PRICES, RATIOS, Hedonic

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

METHOD = "adjusted-median-1"
FEWEST = 6  # below, no distribution-free 95 % band of a median exists
COVERED = 0.8
RECENT = 400  # residuals
ENOUGH_RESIDUALS = 30
# Where there are too few residuals to learn from: what 80 % took on 1,905 lots of one house, log of 2.14
USUAL_WIDTH = 0.76
ONE_OF_TYPE = 30.0  # weight of a lot of the same type; one such moves the point half-way to it
# Of the share by which a house was lately off we take this much: houses correct themselves.
# Chosen on ten cut points of docs/market.md, where 0.6 to 0.7 was best.
OWN_CORRECTION = 0.7
ORIGINS = 6
AHEAD = 2.0  # years


class Verdict(StrEnum):
    TIGHT = "tight"
    FAIR = "fair"
    WIDE = "wide"
    TOO_VARIED = "too varied"
    TOO_FEW = "too few"


@dataclass(frozen=True)
class Estimate:
    """Of one coin. `point` is None where there is nothing to compare with; the verdicts `too few` and
    `too varied` are refusals: figures are kept for the record, and no page shows them as a value."""

    verdict: Verdict
    point: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    n_type: int = 0
    n_effective: float = 0.0
    tier: Tier | None = None
    first_day: float | None = None
    last_day: float | None = None
    unsold_share: float | None = None
    band: float | None = None  # half-width of the median's own 95 % band
    house_estimate: float | None = None
    method: str = METHOD

    @property
    def is_refused(self) -> bool:
        return self.verdict in (Verdict.TOO_FEW, Verdict.TOO_VARIED)


@dataclass(frozen=True)
class Moved:
    """A comparable in the coin's own terms: what it would have fetched as this coin."""

    sold: Sold
    tier: Tier
    weight: float
    price: float


class Level:
    """The method without its interval, fitted on lots that were sold before some day."""

    def __init__(self, sold: Sequence[Sold]) -> None:
        import numpy as np

        self.sold = sold
        self.pool = Pool(sold)
        self.logs = np.log([one.price for one in sold])
        self.hedonic = Hedonic(sold, self.logs, PRICES)
        self.residuals = self.logs - self.hedonic.predict(sold)
        self.favours: Floats | float = 1.0

    @cached_property
    def ratio(self) -> Hedonic | None:
        """Only for whoever asks with the house's estimate: it takes longer than all the rest."""
        return ratio_model(self.sold, self.logs)

    def points(self, pieces: Sequence[Piece], *, with_estimate: bool) -> "Floats":
        import numpy as np

        named = self.hedonic.predict(pieces)
        points = [
            base + self.of_comparables(piece) for base, piece in zip(named, pieces, strict=True)
        ]
        if with_estimate and self.ratio is not None:
            known = [index for index, piece in enumerate(pieces) if piece.estimate]
            house = np.log([pieces[index].estimate or 1.0 for index in known])
            gaps = named[known] - house
            asked = [
                replace(pieces[index], gap=float(gap))
                for index, gap in zip(known, gaps, strict=True)
            ]
            ratios = self.ratio.predict(asked) if asked else house
            for index, own, ratio in zip(known, house, ratios, strict=True):
                points[index] = own + OWN_CORRECTION * ratio
        return np.array(points)

    def of_comparables(self, piece: Piece) -> float:
        """What the comparables fetched beyond what can be named; less is believed of fewer."""
        weights = self.pool.weights(piece, self.pool.tiers(piece)) * self.favours
        total = float(weights.sum())
        if not total:
            return 0.0
        return total / (total + ONE_OF_TYPE) * weighted_quantile(self.residuals, weights, 0.5)


def ratio_model(sold: Sequence[Sold], logs: "Floats") -> Hedonic | None:
    """The hammer over the house's estimate, by what can be named and by how far the two disagree."""
    import numpy as np

    known = [index for index, one in enumerate(sold) if one.estimate]
    if len(known) < ENOUGH_RESIDUALS:
        return None
    pieces = [sold[index] for index in known]
    house = np.log([one.estimate or 0 for one in pieces])
    gaps = out_of_fold(pieces, logs[known]) - house
    asked = [replace(one, gap=float(gap)) for one, gap in zip(pieces, gaps, strict=True)]
    return Hedonic(asked, logs[known] - house, RATIOS)


def out_of_fold(pieces: Sequence[Sold], logs: "Floats", folds: int = 5) -> "Floats":
    """What the model says of lots that it has not seen; a sale's lots stay together."""
    import numpy as np

    days = sorted({one.day for one in pieces})
    fold = np.array([days.index(one.day) % folds for one in pieces])
    if len(days) < folds:
        fold = np.arange(len(pieces)) % folds
    said = np.zeros(len(pieces))
    for number in range(folds):
        here = np.flatnonzero(fold == number).tolist()
        rest = np.flatnonzero(fold != number).tolist()
        if len(here) and len(rest):
            model = Hedonic([pieces[i] for i in rest], logs[rest], PRICES)
            said[here] = model.predict([pieces[i] for i in here])
    return said


class Market:
    """What was sold, and what was offered in vain; estimates come out."""

    def __init__(
        self, sold: Sequence[Sold], unsold: Sequence[Piece] = (), *, with_estimate: bool = False
    ) -> None:
        self.sold = sorted((one for one in sold if one.price > 0), key=lambda one: one.day)
        self.unsold = Pool([as_sold(one) for one in unsold])
        self.with_estimate = with_estimate
        self.level = Level(self.sold) if self.sold else None
        self.width = recent_width(self.sold, with_estimate=with_estimate)

    def favour(self, by_key: Mapping[str, float]) -> None:
        """What weighs more for its looks moves the point. How sure it is, and whether there is an
        estimate at all, is decided by the sales alone."""
        import numpy as np

        if self.level is not None:
            factors = [by_key.get(one.key, 1.0) for one in self.level.sold]
            self.level.favours = np.array(factors)

    def estimate(self, piece: Piece) -> Estimate:
        return self.estimates([piece])[0]

    def estimates(self, pieces: Sequence[Piece]) -> list[Estimate]:
        if self.level is None:
            return [Estimate(Verdict.TOO_FEW) for _piece in pieces]
        points = self.level.points(pieces, with_estimate=self.with_estimate)
        return [self._of(piece, float(point)) for piece, point in zip(pieces, points, strict=True)]

    def _of(self, piece: Piece, point: float) -> Estimate:
        import numpy as np

        moved = self.comparables(piece)
        if not moved:
            return Estimate(Verdict.TOO_FEW, house_estimate=piece.estimate)
        weights = np.array([one.weight for one in moved])
        n_effective = float(weights.sum() ** 2 / (weights**2).sum())
        band = median_band(np.log([one.price for one in moved]), weights, n_effective)
        days = [one.sold.day for one in moved]
        tier = max(one.tier for one in moved)
        return Estimate(
            verdict(n_effective, band),
            point=float(np.exp(point)),
            low=float(np.exp(point - self.width)),
            high=float(np.exp(point + self.width)),
            n=len(moved),
            n_type=sum(one.tier <= Tier.TYPE for one in moved),
            n_effective=n_effective,
            tier=tier,
            first_day=min(days),
            last_day=max(days),
            unsold_share=self._unsold_share(piece, tier, len(moved)),
            band=band,
            house_estimate=piece.estimate,
        )

    def comparables(self, piece: Piece) -> list[Moved]:
        """Down the ladder until there are enough; each moved by what can be named of the difference."""
        import numpy as np

        if self.level is None:
            return []
        pool = self.level.pool
        tiers = pool.tiers(piece)
        weights = pool.weights(piece, tiers)
        lowest = enough(tiers, weights)
        chosen = np.flatnonzero((tiers > 0) & (tiers <= lowest) & (weights > 0))
        base = float(self.level.hedonic.predict([piece])[0])
        prices = np.exp(base + self.level.residuals[chosen])
        return [
            Moved(pool.sold[i], Tier(int(tiers[i])), float(weights[i]), float(price))
            for i, price in zip(chosen, prices, strict=True)
        ]

    def _unsold_share(self, piece: Piece, tier: Tier, n_sold: int) -> float | None:
        if not len(self.unsold):
            return None
        tiers = self.unsold.tiers(piece)
        n_unsold = int(((tiers > 0) & (tiers <= tier)).sum())
        return n_unsold / (n_unsold + n_sold)


def as_sold(piece: Piece) -> Sold:
    return piece if isinstance(piece, Sold) else Sold(**piece.__dict__)


def enough(tiers: "np.ndarray", weights: "Floats") -> Tier:
    """The highest rung down to which there are lots enough, counted by their weight."""
    for tier in Tier:
        here = weights[(tiers > 0) & (tiers <= tier)]
        if len(here) and here.sum() ** 2 / max((here**2).sum(), 1e-300) >= FEWEST:
            return tier
    return Tier.PERIOD


def verdict(n_effective: float, band: float) -> Verdict:
    if n_effective < FEWEST:
        return Verdict.TOO_FEW
    for limit, word in ((0.10, Verdict.TIGHT), (0.25, Verdict.FAIR), (0.50, Verdict.WIDE)):
        if band <= limit:
            return word
    return Verdict.TOO_VARIED


def median_band(logs: "Floats", weights: "Floats", n_effective: float) -> float:
    """Half of the 95 % band of a weighted median by order statistics, as a share of the price."""
    import numpy as np

    reach = 0.98 / np.sqrt(n_effective)  # 1.96 standard errors of a share of one half
    low = weighted_quantile(logs, weights, max(0.0, 0.5 - reach))
    high = weighted_quantile(logs, weights, min(1.0, 0.5 + reach))
    return float(np.exp((high - low) / 2) - 1)


def weighted_quantile(values: "Floats", weights: "Floats", share: float) -> float:
    import numpy as np

    order = np.argsort(values, kind="stable")
    grown = np.cumsum(weights[order])
    at = int(np.searchsorted(grown, share * grown[-1]))
    return float(values[order][min(at, len(values) - 1)])


def recent_width(sold: Sequence[Sold], *, with_estimate: bool) -> float:
    """Split-conformal: how far the method, knowing only what came before a day, was off in the two
    years after it; of those residuals the most recent, and of them the one that 80 % do not pass."""
    import numpy as np

    scored = recent_residuals(sold, with_estimate=with_estimate)
    if len(scored) < ENOUGH_RESIDUALS:
        return USUAL_WIDTH
    recent = sorted(scored, key=lambda one: one[0])[-RECENT:]
    sizes = np.sort([abs(residual) for _day, residual in recent])
    rank = int(np.ceil(COVERED * (len(sizes) + 1))) - 1
    return float(sizes[min(rank, len(sizes) - 1)])


def recent_residuals(sold: Sequence[Sold], *, with_estimate: bool) -> list[tuple[float, float]]:
    """(day of the sale, log of price over point), looking ahead from several earlier days."""
    import numpy as np

    if len(sold) < 2 * ENOUGH_RESIDUALS:
        return []
    found = []
    cuts = sorted(
        {sold[len(sold) * (ORIGINS + part) // (2 * ORIGINS)].day for part in range(ORIGINS)}
    )
    for cut in cuts:
        before = [one for one in sold if one.day < cut]
        after = [one for one in sold if cut <= one.day < cut + AHEAD]
        if len(before) < ENOUGH_RESIDUALS or not after:
            continue
        points = Level(before).points(after, with_estimate=with_estimate)
        off = np.log([one.price for one in after]) - points
        found += [(one.day, float(value)) for one, value in zip(after, off, strict=True)]
    return found

"""What a coin would fetch, from what others fetched:

    sold lots -> Hedonic (what can be named) -> residuals of the comparables -> weighted median -> point
    sold lots, cut off at earlier days -> how far the same method was off -> 80 % interval

The level of the market is what it last was, fading into what is usual; no trend is drawn on. With a house's
own estimate, what is estimated is the ratio between the hammer and it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from market.comparables import Piece, Pool, Sold, Tier
from market.level import Ledger, Level
from market.looking_back import USUAL_WIDTH, recent_width

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

METHOD = "adjusted-median-1"
FEWEST = 6  # below, no distribution-free 95 % band of a median exists


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


class Market:
    """What was sold, and what was offered in vain; estimates come out."""

    def __init__(
        self, sold: Sequence[Sold], unsold: Sequence[Piece] = (), *, with_estimate: bool = False
    ) -> None:
        self.sold = sorted((one for one in sold if one.price > 0), key=lambda one: one.day)
        self.unsold = Pool([as_sold(one) for one in unsold])
        self.with_estimate = with_estimate
        self.level: Level | None = None
        self.width = USUAL_WIDTH
        if self.sold:
            ledger = Ledger(self.sold)
            self.level = Level(ledger, len(self.sold))
            self.width = recent_width(ledger, with_estimate=with_estimate)

    def favour(self, by_key: Mapping[str, float]) -> None:
        """What weighs more for its looks moves the point. How sure it is, and whether there is an
        estimate at all, is decided by the sales alone."""
        import numpy as np

        if self.level is not None:
            factors = [by_key.get(one.key, 1.0) for one in self.sold]
            self.level.favours = np.array(factors)

    def estimate(self, piece: Piece, moved: "Sequence[Moved] | None" = None) -> Estimate:
        """`moved`: its comparables, for whoever has asked for them already."""
        if self.level is None:
            return Estimate(Verdict.TOO_FEW)
        [point] = self.level.points([piece], with_estimate=self.with_estimate)
        return self._of(piece, float(point), self.comparables(piece) if moved is None else moved)

    def estimates(self, pieces: Sequence[Piece]) -> list[Estimate]:
        if self.level is None:
            return [Estimate(Verdict.TOO_FEW) for _piece in pieces]
        points = self.level.points(pieces, with_estimate=self.with_estimate)
        return [
            self._of(piece, float(point), self.comparables(piece))
            for piece, point in zip(pieces, points, strict=True)
        ]

    def _of(self, piece: Piece, point: float, moved: "Sequence[Moved]") -> Estimate:
        import numpy as np

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
        pool = self.level.ledger.pool
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

"""How far the method was lately off, knowing only what came before each of six earlier days."""

from bisect import bisect_left
from collections.abc import Sequence

from market.comparables import Sold
from market.level import ENOUGH_RESIDUALS, Ledger, Level

COVERED = 0.8
RECENT = 400  # residuals
# Where there are too few residuals to learn from: what 80 % took on 1,905 lots of one house, log of 2.14
USUAL_WIDTH = 0.76
ORIGINS = 6
AHEAD = 2.0  # years


def recent_width(ledger: Ledger, *, with_estimate: bool) -> float:
    """Split-conformal: of the most recent residuals the one that 80 % do not pass."""
    import numpy as np

    residuals = recent_residuals(ledger, with_estimate=with_estimate)
    if len(residuals) < ENOUGH_RESIDUALS:
        return USUAL_WIDTH
    sizes = np.sort(np.abs(residuals))
    rank = int(np.ceil(COVERED * (len(sizes) + 1))) - 1
    return float(sizes[min(rank, len(sizes) - 1)])


def recent_residuals(ledger: Ledger, *, with_estimate: bool) -> list[float]:
    """Log of price over point, of the lots sold last in the two years after each of those days. What would
    not be among the most recent is not worked out."""
    import numpy as np

    found: list[float] = []
    for n, rows in looked_at(ledger.sold).items():
        points = Level(ledger, n).later(np.array(rows), with_estimate=with_estimate)
        found += (ledger.logs[rows] - points).tolist()
    return found


def looked_at(sold: Sequence[Sold]) -> dict[int, list[int]]:
    """By how many lots are known at the day that is looked from: which later ones are tried."""
    if len(sold) < 2 * ENOUGH_RESIDUALS:
        return {}
    days = [one.day for one in sold]
    cuts = sorted({days[len(sold) * (ORIGINS + part) // (2 * ORIGINS)] for part in range(ORIGINS)})
    ends = [(bisect_left(days, cut), bisect_left(days, cut + AHEAD)) for cut in cuts]
    tried = [(n, row) for n, end in ends if n >= ENOUGH_RESIDUALS for row in range(n, end)]
    found: dict[int, list[int]] = {}
    for n, row in sorted(tried, key=lambda pair: days[pair[1]])[-RECENT:]:
        found.setdefault(n, []).append(row)
    return found

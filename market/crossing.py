"""What `Pool.weights` says of one piece, of hundreds at once: each lot of some rows of a pool beside each
of its first `n`. For looking back, where the method is tried on sales that are over."""

from typing import TYPE_CHECKING

from market.comparables import (
    FORGETTING,
    GRADE_WIDTH,
    NEAR_BONUS,
    NEAR_NUMBERS,
    PERIOD,
    SAME_GRADE,
    TIER_WEIGHT,
    UNKNOWN_GRADE,
    Pool,
    Tier,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.int64]


def weights(pool: Pool, rows: "Numbers", n: int) -> "Floats":
    import numpy as np

    rungs = tiers(pool, rows, n)
    tier = np.array([0.0, *(TIER_WEIGHT[tier] for tier in Tier)]).take(rungs)
    tier += NEAR_BONUS * nearness(pool, rows, n) * (rungs >= Tier.RULER_AND_GRADE)
    tier *= grade_weights(pool, rows, n)
    tier *= ages(pool, rows, n)
    return np.asarray(tier)


def tiers(pool: Pool, rows: "Numbers", n: int) -> "NDArray[np.int8]":
    import numpy as np

    money, is_named, is_bare = same_name(pool, "denomination", rows, n)
    same = same_type(pool, rows, n) & (money | is_bare | ~is_named)
    money &= is_named
    grade = np.abs(pool.grades[None, :n] - pool.grades[rows, None]) <= SAME_GRADE
    ruler, is_named, _is_bare = same_name(pool, "ruler", rows, n)
    ruler &= money & is_named
    metal, is_named, is_bare = same_name(pool, "metal", rows, n)
    years, own_years = pool.years[None, :n], pool.years[rows, None]
    period = np.isnan(years) | np.isnan(own_years) | (np.abs(years - own_years) <= PERIOD)
    found = np.zeros((len(rows), n), dtype=np.int8)
    # From the lowest rung up: the highest that a lot stands on is the one that counts
    found[money & (metal | is_bare | ~is_named) & period] = Tier.PERIOD
    found[ruler] = Tier.RULER
    found[ruler & grade] = Tier.RULER_AND_GRADE
    found[same] = Tier.TYPE
    found[same & grade] = Tier.TYPE_AND_GRADE
    return found


def same_name(pool: Pool, column: str, rows: "Numbers", n: int) -> "tuple[Flags, Flags, Flags]":
    """Where both say the same; which rows say anything; which of the first `n` say nothing."""
    numbers = pool.numbers(column)
    own, others = numbers[rows, None], numbers[None, :n]
    return own == others, own != 0, others == 0


def same_type(pool: Pool, rows: "Numbers", n: int) -> "Flags":
    import numpy as np

    same = np.zeros((len(rows), len(pool)), dtype=bool)
    for row, index in enumerate(rows):
        for key in pool.sold[index].types:
            same[row, pool.by_type[key]] = True
    return same[:, :n]


def nearness(pool: Pool, rows: "Numbers", n: int) -> "Floats":
    """Section by section of the catalogues: whose numbers are near whose."""
    import numpy as np

    near = np.zeros((len(rows), n))
    for members, numbers in pool.sections:
        until = int(np.searchsorted(members, n))
        # Where in `rows` each later member stands; rows are in order
        at = np.searchsorted(rows, members[until:])
        is_asked = (at < len(rows)) & (rows[np.minimum(at, len(rows) - 1)] == members[until:])
        own = numbers[until:][is_asked]
        if until and len(own):
            closeness = np.exp(-np.abs(numbers[None, :until] - own[:, None]) / NEAR_NUMBERS)
            # A lot may cite two numbers of one section: the nearer counts
            np.maximum.at(near, np.ix_(at[is_asked], members[:until]), closeness)
    return near


def grade_weights(pool: Pool, rows: "Numbers", n: int) -> "Floats":
    """Grades are few: each pair of them is weighed once."""
    import numpy as np

    known, places = np.unique(pool.grades, return_inverse=True)
    apart = np.exp(-(((known[None, :] - known[:, None]) / GRADE_WIDTH) ** 2))
    apart = np.where(np.isnan(apart), UNKNOWN_GRADE, apart)
    return np.asarray(apart[places[rows]][:, places[:n]])


def ages(pool: Pool, rows: "Numbers", n: int) -> "Floats":
    """And so are the days of sales."""
    import numpy as np

    own, own_places = np.unique(pool.days[rows], return_inverse=True)
    known, places = np.unique(pool.days[:n], return_inverse=True)
    apart = np.exp(-np.abs(own[:, None] - known[None, :]) / FORGETTING)
    return np.asarray(apart[own_places][:, places])

"""Which sold lots say something about a coin, how much, and why: a ladder from the same type in the
same grade down to the same denomination, metal and period. Values in, values out."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

SAME_GRADE = 0.35  # of the ordinal scale, where VF is 4 and EF is 5: half a step either way
GRADE_WIDTH = 0.8  # a lot this many steps away counts a third (exp(-1))
UNKNOWN_GRADE = 0.5  # weight of a lot, or of all lots, whose grade nobody stated
PERIOD = 75  # years between the middles of two dates that are still one period
NEAR_NUMBERS = 8.0  # catalogue numbers of one ruler: neighbours share issue, mint and size
NEAR_BONUS = 8.0
FORGETTING = 8.0  # years in which a sale's weight falls to a third


class Tier(IntEnum):
    TYPE_AND_GRADE = 1
    TYPE = 2
    RULER_AND_GRADE = 3
    RULER = 4
    PERIOD = 5


# How many lots of the tier below one lot is worth, before grade and age are weighed
TIER_WEIGHT = {
    Tier.TYPE_AND_GRADE: 30.0,
    Tier.TYPE: 30.0,
    Tier.RULER_AND_GRADE: 1.0,
    Tier.RULER: 1.0,
    Tier.PERIOD: 0.05,
}


@dataclass(frozen=True)
class Piece:
    """What a price hangs on, of a coin or of a lot. Empty or None: nobody has said. `day` is the
    sale's, in years; `series` is the row of sales it was sold in, such as a house's great ones."""

    denomination: str = ""
    ruler: str = ""
    metal: str = ""
    types: frozenset[str] = frozenset()
    grade: float | None = None
    flags: frozenset[str] = frozenset()
    year: float | None = None
    series: str = ""
    day: float = 0.0
    estimate: float | None = None
    gap: float | None = None  # log of: what a model thinks, over what the house thinks


@dataclass(frozen=True)
class Sold(Piece):
    key: str = ""
    price: float = 0.0


@dataclass(frozen=True)
class Reason:
    """In words, once translated: `code` says which sentence, `detail` what stands in it."""

    code: str
    detail: str = ""


@dataclass(frozen=True)
class Comparable:
    sold: Sold
    tier: Tier
    weight: float
    reasons: tuple[Reason, ...]


class Pool:
    """Sold lots as columns, so that one coin is compared with all of them at once."""

    def __init__(self, sold: Sequence[Sold]) -> None:
        self.sold = list(sold)
        self.by_type: dict[str, list[int]] = defaultdict(list)
        self.by_section: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.codes: dict[str, tuple[dict[str, int], np.ndarray]] = {}
        for index, one in enumerate(self.sold):
            for key in one.types:
                self.by_type[key].append(index)
                if place := section(key):
                    self.by_section[place[0]].append((index, place[1]))

    def __len__(self) -> int:
        return len(self.sold)

    def named(self, column: str, name: str) -> "Flags":
        """Which lots have this name there; nobody has the name that is not known."""
        import numpy as np

        book, numbered = self.coded(column)
        return np.asarray(numbered == book.get(name, -1))

    def numbers(self, column: str) -> "np.ndarray":
        """The names there by number, 0 for none."""
        return self.coded(column)[1]

    def coded(self, column: str) -> "tuple[dict[str, int], np.ndarray]":
        import numpy as np

        if column not in self.codes:
            book: dict[str, int] = {"": 0}
            numbers = [book.setdefault(getattr(one, column), len(book)) for one in self.sold]
            self.codes[column] = book, np.array(numbers, dtype=np.int32)
        return self.codes[column]

    @cached_property
    def grades(self) -> "Floats":
        return _numbers([one.grade for one in self.sold])

    @cached_property
    def years(self) -> "Floats":
        return _numbers([one.year for one in self.sold])

    @cached_property
    def days(self) -> "Floats":
        return _numbers([one.day for one in self.sold])

    @cached_property
    def sections(self) -> "list[tuple[np.ndarray, np.ndarray]]":
        """Of each part of a catalogue: which lots cite it, in order, and which of its numbers."""
        import numpy as np

        return [
            (
                np.array([index for index, _number in found]),
                np.array([number for _index, number in found]),
            )
            for found in self.by_section.values()
        ]

    # --- the ladder ----------------------------------------------------------------
    def tiers(self, piece: Piece) -> "np.ndarray":
        """The rung on which each lot stands beside the piece; 0 for none."""
        import numpy as np

        money = self.named("denomination", piece.denomination)
        grade = self.near_grade(piece)
        # Older catalogues give an aureus and a denarius one number
        same = self.of_type(piece)
        if piece.denomination:
            same &= money | self.named("denomination", "")
        else:
            money = self._none()
        ruler = money & self.named("ruler", piece.ruler) & bool(piece.ruler)
        return np.select(
            [
                same & grade,
                same,
                ruler & grade,
                ruler,
                money & self.same_metal(piece) & self.same_period(piece),
            ],
            [int(tier) for tier in Tier],
            default=0,
        )

    def weights(self, piece: Piece, tiers: "np.ndarray") -> "Floats":
        import numpy as np

        tier = np.array([0.0, *(TIER_WEIGHT[tier] for tier in Tier)])[tiers]
        tier = tier + NEAR_BONUS * self.nearness(piece) * (tiers >= Tier.RULER_AND_GRADE)
        age = np.exp(-np.abs(piece.day - self.days) / FORGETTING)
        return np.asarray(tier * self.grade_weights(piece) * age)

    def of_type(self, piece: Piece) -> "Flags":
        mask = self._none()
        for key in piece.types:
            mask[self.by_type.get(key, [])] = True
        return mask

    def near_grade(self, piece: Piece) -> "Flags":
        import numpy as np

        if piece.grade is None:
            return self._none()
        return np.asarray(np.abs(self.grades - piece.grade) <= SAME_GRADE)

    def grade_weights(self, piece: Piece) -> "Floats":
        import numpy as np

        if piece.grade is None:
            return np.full(len(self), UNKNOWN_GRADE)
        apart = np.exp(-(((self.grades - piece.grade) / GRADE_WIDTH) ** 2))
        return np.where(np.isnan(apart), UNKNOWN_GRADE, apart)

    def same_metal(self, piece: Piece) -> "Flags":
        if not piece.metal:
            return ~self._none()
        return self.named("metal", "") | self.named("metal", piece.metal)

    def same_period(self, piece: Piece) -> "Flags":
        """A date that nobody stated rules nothing out: denominations keep to their time."""
        import numpy as np

        if piece.year is None:
            return ~self._none()
        return np.asarray(np.isnan(self.years) | (np.abs(self.years - piece.year) <= PERIOD))

    def nearness(self, piece: Piece) -> "Floats":
        """1 beside a lot whose number in the same part of the same catalogue is the same."""
        import numpy as np

        near = np.zeros(len(self))
        for key in piece.types:
            if (place := section(key)) is None:
                continue
            found = self.by_section.get(place[0])
            if found:
                indexes, numbers = np.array(found).T
                closeness = np.exp(-np.abs(numbers - place[1]) / NEAR_NUMBERS)
                near[indexes] = np.maximum(near[indexes], closeness)
        return near

    def _none(self) -> "Flags":
        import numpy as np

        return np.zeros(len(self), dtype=bool)


def comparables(piece: Piece, pool: Pool, most: int = 200) -> list[Comparable]:
    """The best first, each with its reasons."""
    tiers = pool.tiers(piece)
    weights = pool.weights(piece, tiers)
    order = sorted(range(len(pool)), key=lambda i: (-weights[i], pool.sold[i].key))
    return [
        Comparable(
            pool.sold[i], Tier(int(tiers[i])), float(weights[i]), reasons(piece, pool.sold[i])
        )
        for i in order[:most]
        if tiers[i]
    ]


def reasons(piece: Piece, sold: Sold) -> tuple[Reason, ...]:
    found = [Reason("cites", key) for key in sorted(piece.types & sold.types)]
    for name in ("ruler", "denomination", "metal"):
        value = getattr(piece, name)
        if value and value == getattr(sold, name):
            found.append(Reason(f"same_{name}", value))
    if piece.grade is not None and sold.grade is not None:
        apart = abs(piece.grade - sold.grade)
        if apart <= SAME_GRADE:
            found.append(Reason("same_grade"))
        else:
            better = sold.grade > piece.grade
            found.append(Reason("better_grade" if better else "worse_grade", f"{apart:.1f}"))
    found += [Reason("shares_flag", flag) for flag in sorted(piece.flags & sold.flags)]
    return tuple(found)


_NUMBER = re.compile(r"^(.*\D)(\d{1,5})[a-z]?$")


@lru_cache(maxsize=20_000)
def section(key: str) -> tuple[str, int] | None:
    """`ric ii trajan 207` is number 207 of `ric ii trajan`; a key without number is nowhere."""
    match = _NUMBER.match(key)
    return (match[1].strip(), int(match[2])) if match else None


def _numbers(values: list[float | None]) -> "Floats":
    import numpy as np

    return np.array([float("nan") if value is None else value for value in values], dtype=float)

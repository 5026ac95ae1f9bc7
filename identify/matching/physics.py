"""What a type weighs: its own figure where the catalogue has one, else what its denomination does."""

from collections.abc import Sequence

import numpy as np

from identify import physical
from identify.decide.plausible import fit
from identify.matching.values import Seen, Type
from identify.measures import Floats
from identify.physical import Bounds, Range

GIVE = 0.12  # what coins of one type differ by, to either side


def expected(of: Type) -> Range:
    usual = physical.find(of.denomination, of.year_from) or Range()
    return Range(
        around(of.weight) or usual.weight, around(of.diameter) or usual.diameter, usual.years
    )


def around(figure: float | None) -> Bounds | None:
    return (round(figure * (1 - GIVE), 2), round(figure * (1 + GIVE), 2)) if figure else None


class Figures:
    """Types of one denomination without figures of their own weigh the same: computed once."""

    def __init__(self, types: Sequence[Type]) -> None:
        known: dict[Range, int] = {}
        of: dict[tuple[object, ...], int] = {}
        codes = []
        for one in types:
            asked = (one.denomination, one.weight, one.diameter, one.year_from)
            if asked not in of:
                of[asked] = known.setdefault(expected(one), len(known))
            codes.append(of[asked])
        self.codes, self.ranges = np.array(codes, dtype=np.int32), list(known)

    def evidence(self, seen: Seen) -> Floats:
        if not seen.weight and not seen.diameter:
            return np.zeros(len(self.codes))
        fits = [fit(seen.weight, r.weight) * fit(seen.diameter, r.diameter) for r in self.ranges]
        return np.asarray(np.log(np.array(fits))[self.codes])

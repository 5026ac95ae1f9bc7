from collections.abc import Iterable

import numpy as np

from identify.matching.columns import Legends, Names
from identify.matching.physics import Figures
from identify.matching.telling import told
from identify.matching.values import FIELDS, SIDES, Match, Seen, Type
from identify.measures import Floats

UNDATED = 9999
OUT_OF_DATE = 3.0  # dates in catalogues are opinions


class Index:
    """Built once, asked often; it never changes, so that threads may share it."""

    def __init__(self, types: Iterable[Type]) -> None:
        self.types = list(types)
        self.names = {name: Names(getattr(one, name) for one in self.types) for name in FIELDS}
        self.legends = {side: Legends(getattr(one, side) for one in self.types) for side in SIDES}
        self.figures = Figures(self.types)
        self.owners = np.array([one.owner for one in self.types], dtype=np.int64)
        self.first = np.array([years_of(one)[0] for one in self.types], dtype=np.int32)
        self.last = np.array([years_of(one)[1] for one in self.types], dtype=np.int32)

    def search(self, seen: Seen, top: int = 10, user: int = 0) -> list[Match]:
        """The best first. Nothing, where nothing was seen that tells types apart."""
        if not self.types or seen.says_nothing:
            return []
        shares = self.shares(seen, user)
        several = min(top, len(shares))
        best = np.argpartition(-shares, several - 1)[:several]
        # equals keep the order in which the catalogue has them
        best = best[np.lexsort((best, -shares[best]))]
        return [self.match(seen, int(row), float(shares[row])) for row in best if shares[row] > 0]

    def shares(self, seen: Seen, user: int = 0) -> Floats:
        evidence = self.figures.evidence(seen) + self.dates(seen)
        for name, column in self.names.items():
            evidence += column.evidence(getattr(seen, name))
        for side, legends in self.legends.items():
            evidence += legends.evidence(getattr(seen, side))
        evidence[(self.owners != 0) & (self.owners != user)] = -np.inf
        top = evidence.max()
        if not np.isfinite(top):
            return np.zeros(len(evidence))
        raised = np.exp(evidence - top)
        return np.asarray(raised / raised.sum())

    def dates(self, seen: Seen) -> Floats:
        if seen.year_from is None:
            return np.zeros(len(self.types))
        until = seen.year_to if seen.year_to is not None else seen.year_from
        outside = (self.first > until) | (self.last < seen.year_from)
        return np.where(outside & (self.first != -UNDATED), -OUT_OF_DATE, 0.0)

    def match(self, seen: Seen, row: int, share: float) -> Match:
        supporting, contradicting = told(seen, self.types[row])
        return Match(self.types[row].key, share, supporting, contradicting)


def years_of(one: Type) -> tuple[int, int]:
    if one.year_from is None:
        return -UNDATED, UNDATED
    return one.year_from, one.year_to if one.year_to is not None else one.year_from

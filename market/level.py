"""The method without its interval, fitted on lots that were sold before some day:

    sold lots -> Hedonic (what can be named) -> residuals of the comparables -> weighted median -> point

With a house's own estimate, what is estimated is the ratio between the hammer and it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from market import crossing
from market.comparables import Piece, Pool, Sold
from market.hedonic import RATIOS, Design, Hedonic

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

ENOUGH_RESIDUALS = 30
ONE_OF_TYPE = 30.0  # weight of a lot of the same type; one such moves the point half-way to it
# Of the share by which a house was lately off we take this much: houses correct themselves.
# Chosen on ten cut points of docs/market.md, where 0.6 to 0.7 was best.
OWN_CORRECTION = 0.7


class Ledger:
    """Sold lots by their days, as numbers: counted out once, however many days are looked back from."""

    def __init__(self, sold: Sequence[Sold]) -> None:
        import numpy as np

        self.sold = sold
        self.pool = Pool(sold)
        self.logs = np.log([one.price for one in sold])
        self.design = Design.of(sold)


class Level:
    """Of the first `n` lots of a ledger."""

    def __init__(self, ledger: Ledger, n: int) -> None:
        self.ledger, self.n = ledger, n
        self.logs = ledger.logs[:n]
        self.hedonic = Hedonic(ledger.design[:n], self.logs)
        self.residuals = self.logs - self.hedonic.said(ledger.design[:n])
        self.favours: Floats | float = 1.0

    @classmethod
    def of(cls, sold: Sequence[Sold]) -> "Level":
        return cls(Ledger(sold), len(sold))

    @cached_property
    def ratio(self) -> Hedonic | None:
        """Only for whoever asks with the house's estimate: it takes longer than all the rest."""
        return ratio_model(self.ledger.sold[: self.n], self.logs)

    def points(self, pieces: Sequence[Piece], *, with_estimate: bool) -> "Floats":
        """Of any pieces, beside all lots of the ledger."""
        import numpy as np

        pool = self.ledger.pool
        named = self.hedonic.predict(pieces)
        beyond = [
            self.of_comparables((pool.weights(piece, pool.tiers(piece)) * self.favours)[None, :])[0]
            for piece in pieces
        ]
        points = named + np.array(beyond)
        return self.with_houses(pieces, named, points) if with_estimate else points

    def later(self, rows: "Numbers", *, with_estimate: bool) -> "Floats":
        """Of lots of the ledger itself that were sold later."""
        named = self.hedonic.said(self.ledger.design[rows])
        points = named + self.of_comparables(crossing.weights(self.ledger.pool, rows, self.n))
        pieces = [self.ledger.sold[row] for row in rows]
        return self.with_houses(pieces, named, points) if with_estimate else points

    def of_comparables(self, weights: "Floats") -> "Floats":
        """What the comparables fetched beyond what can be named; less is believed of fewer."""
        total = weights.sum(axis=1)
        beyond = total / (total + ONE_OF_TYPE) * weighted_medians(self.residuals, weights)
        beyond[total == 0] = 0.0
        return beyond

    def with_houses(self, pieces: Sequence[Piece], named: "Floats", points: "Floats") -> "Floats":
        import numpy as np

        known = [index for index, piece in enumerate(pieces) if piece.estimate]
        if self.ratio is None or not known:
            return points
        house = np.log([pieces[index].estimate or 1.0 for index in known])
        gaps = named[known] - house
        asked = [
            replace(pieces[index], gap=float(gap)) for index, gap in zip(known, gaps, strict=True)
        ]
        points = points.copy()
        points[known] = house + OWN_CORRECTION * self.ratio.predict(asked)
        return points


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
    return Hedonic(Design.of(asked, RATIOS), logs[known] - house)


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
            model = Hedonic(Design.of([pieces[i] for i in rest]), logs[rest])
            said[here] = model.predict([pieces[i] for i in here])
    return said


def weighted_medians(values: "Floats", weights: "Floats") -> "Floats":
    """One for each row of weights."""
    import numpy as np

    order = np.argsort(values, kind="stable")
    grown = np.cumsum(weights[:, order], axis=1)
    at = (grown < 0.5 * grown[:, -1:]).sum(axis=1)
    return np.asarray(values[order][np.minimum(at, len(values) - 1)])

"""Which known legend is meant: what the network says of each, and how common each is."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from identify.lexicon import Legend, letters
from identify.ml.legends.scoring import Coded, Shares, log_probabilities

# The forward pass is exact and slow; so many of the nearest by letters come to it
SHORTLIST = 160
# A specimen says more of how common a legend is than a type of the reference does
SPECIMEN, TYPE = 4.0, 0.5


@dataclass(frozen=True)
class Belief:
    """How far the network and the prior are trusted; fitted on coins that nothing was trained on."""

    network: float = 0.35
    prior: float = 0.7
    far: float = 2.0  # how much less probable than its own reading, per letter, a legend may be


@dataclass(frozen=True)
class Ranked:
    legend: Legend
    confidence: float
    log_probability: float


class Shelf:
    """The legends of one side and scope, made ready for ranking."""

    def __init__(self, legends: Sequence[Legend], scope: str) -> None:
        self.legends = tuple(legends)
        self.texts = [" ".join(legend.text.split()) for legend in legends]
        self.letters = [letters(text) for text in self.texts]
        self.coded = Coded.of(self.texts)
        common = np.array([weight_of(legend, scope) for legend in legends])
        self.prior = np.log(common / common.sum()) if len(common) else common

    def shortlist(self, read: str) -> NDArray[np.intp]:
        """Nearest by letters, the common first among equals."""
        if len(self.texts) <= SHORTLIST:
            return np.arange(len(self.texts))
        away = process.cdist([letters(read)], self.letters, scorer=Levenshtein.normalized_distance)[
            0
        ]
        return np.asarray(np.argsort(away - 0.03 * self.prior)[:SHORTLIST])

    def ranked(self, shares: Shares, read: str, belief: Belief) -> list[Ranked]:
        if not self.legends:
            return []
        rows = self.shortlist(read)
        said = log_probabilities(shares, self.coded.taken(rows))
        score = belief.network * said + belief.prior * self.prior[rows]
        sure = np.exp(score - score.max())
        sure /= sure.sum()
        order = np.argsort(-sure)
        return [Ranked(self.legends[rows[at]], float(sure[at]), float(said[at])) for at in order]


def weight_of(legend: Legend, scope: str) -> float:
    seen: Mapping[str, int] = legend.seen
    specimens = seen.get(scope, 0) if scope else sum(seen.values())
    return 0.05 + SPECIMEN * specimens + TYPE * math.sqrt(legend.types)

"""Which known legend is meant: what the network says of each, and how common each is."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from identify.lexicon import Legend, letters
from identify.ml.legends import decoding
from identify.ml.legends.scoring import Coded, Shares, log_probabilities

# The forward pass is exact and slow; so many ways to read a ring, and in each so many of the nearest legends by
# letters, come to it
PROMISING, SHORTLIST = 4, 60
UPRIGHT = 0  # of the ways, the first
# A specimen says more of how common a legend is than a type of the reference does
SPECIMEN, TYPE = 4.0, 0.5
COMMON = 0.03  # of the way between two legends that being common makes up for


@dataclass(frozen=True)
class Belief:
    """How far the network and the prior are trusted; fitted on coins that nothing was trained on."""

    network: float = 0.35
    prior: float = 0.7
    way: float = 3.0  # what it costs that a legend would not stand upright from the lower left
    far: float = 2.0  # how much less probable than its own reading, per letter, a legend may be


@dataclass(frozen=True)
class Ranked:
    legend: Legend
    confidence: float
    log_probability: float
    way: int  # in which it is the most probable


@dataclass(frozen=True)
class Heard:
    """What the network says of the legends that come into question: an entry for each of them and each way."""

    rows: NDArray[np.intp]  # of the shelf
    ways: NDArray[np.intp]
    said: NDArray[np.float64]


class Shelf:
    """The legends of one side and scope, made ready for ranking."""

    def __init__(self, legends: Sequence[Legend], scope: str) -> None:
        self.legends = tuple(legends)
        self.texts = [" ".join(legend.text.split()) for legend in legends]
        self.letters = [letters(text) for text in self.texts]
        self.coded = Coded.of(self.texts)
        common = np.array([weight_of(legend, scope) for legend in legends])
        self.prior = np.log(common / common.sum()) if len(common) else common

    def nearest(self, reads: Sequence[str]) -> NDArray[np.float64]:
        """How far each legend is from each reading by letters; the common are a little nearer."""
        away = process.cdist(
            [letters(read) for read in reads], self.letters, scorer=Levenshtein.normalized_distance
        )
        return np.asarray(away - COMMON * self.prior)

    def heard(self, shares: Sequence[Shares]) -> Heard:
        """`shares` are by way, the upright one first."""
        away = self.nearest([decoding.greedy(one) for one in shares])
        order = np.argsort(away.min(axis=1), kind="stable")
        ways = [UPRIGHT, *(int(way) for way in order if way != UPRIGHT)][:PROMISING]
        parts = []
        for way in ways:
            rows = np.argsort(away[way], kind="stable")[:SHORTLIST]
            said = log_probabilities(shares[way], self.coded.taken(rows))
            parts.append((rows, np.full(len(rows), way), said))
        return Heard(*(np.concatenate(column) for column in zip(*parts, strict=True)))

    def confidences(self, heard: Heard, belief: Belief) -> NDArray[np.float64]:
        """Of each entry."""
        score = belief.network * heard.said + belief.prior * self.prior[heard.rows]
        score = score - belief.way * (heard.ways != UPRIGHT)
        sure = np.exp(score - score.max())
        return np.asarray(sure / sure.sum())

    def ranked(self, heard: Heard, belief: Belief) -> list[Ranked]:
        """One for each legend, in whatever ways it may be read."""
        sure = self.confidences(heard, belief)
        entries: dict[int, list[int]] = defaultdict(list)
        for at in np.argsort(-sure, kind="stable"):
            entries[int(heard.rows[at])].append(int(at))
        found = [
            Ranked(
                self.legends[row], float(sure[ats].sum()),
                float(heard.said[ats[0]]), int(heard.ways[ats[0]]),
            )
            for row, ats in entries.items()
        ]  # fmt: skip
        return sorted(found, key=lambda one: -one.confidence)


def aloud(confidences: Sequence[float], power: float) -> list[float]:
    """As sure as the first one proves to be: who weighs hundreds of legends leaves a little to each, too much in all."""
    raised = np.asarray(confidences, float) ** power
    return [float(one) for one in raised / max(raised.sum(), 1e-12)]


def weight_of(legend: Legend, scope: str) -> float:
    seen: Mapping[str, int] = legend.seen
    specimens = seen.get(scope, 0) if scope else sum(seen.values())
    return 0.05 + SPECIMEN * specimens + TYPE * math.sqrt(legend.types)

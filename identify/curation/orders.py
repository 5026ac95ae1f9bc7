"""In which order a curator is asked. Each order takes the items of a queue and returns those that it has
something to ask about, the most telling first; equal ones stay in the order they came in."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from identify.curation.consensus import Lineage, Vote, is_kind_of, none_above
from identify.labels import fold
from identify.values import Vector

MOST_CENTRES = 60  # of a queue in order of diversity; the rest follows as it came
SLIP_EVERY = 8


@dataclass(frozen=True)
class Pair:
    """Two answers to one question: a version's on trial, and the one that stands on the coin's page.
    Empty: it was not sure enough to say."""

    opinion: int
    trial: str
    serving: str
    sure: float  # as the version on trial is


@dataclass(frozen=True)
class Item:
    """One photo to be judged: what the model says of it and what people have said."""

    photo: int
    candidates: tuple[tuple[str, float], ...] = ()
    votes: tuple[Vote, ...] = ()
    vector: Vector | None = None
    pair: Pair | None = None

    @property
    def said(self) -> str:
        return self.candidates[0][0] if self.candidates else ""

    @property
    def sure(self) -> float:
        return self.candidates[0][1] if self.candidates else 0.0

    @property
    def likely(self) -> str:
        """What it probably is: what most people say, else what the model says."""
        counted = Counter(fold(vote.value) for vote in self.votes)
        return counted.most_common(1)[0][0] if counted else fold(self.said)


Order = Callable[[Sequence[Item], Lineage], list[Item]]


def by_uncertainty(items: Sequence[Item], lineage: Lineage = none_above) -> list[Item]:
    """The nearer the second candidate is to the first, the more a word is worth."""
    return sorted((one for one in items if one.candidates), key=margin)


def margin(item: Item) -> float:
    ranked = sorted((share for _label, share in item.candidates), reverse=True)
    return ranked[0] - (ranked[1] if len(ranked) > 1 else 0.0)


def by_model_against_people(items: Sequence[Item], lineage: Lineage = none_above) -> list[Item]:
    """Where the model is surest that somebody erred."""
    against = [
        one for one in items if one.said and any(differ(one, vote, lineage) for vote in one.votes)
    ]
    return sorted(against, key=lambda one: -one.sure)


def differ(item: Item, vote: Vote, lineage: Lineage) -> bool:
    """A coarser word is no contradiction."""
    one, other = item.said, vote.value
    return not (is_kind_of(one, other, lineage) or is_kind_of(other, one, lineage))


def by_people_against_people(items: Sequence[Item], lineage: Lineage = none_above) -> list[Item]:
    """The most evenly divided first."""
    divided = [one for one in items if len({fold(vote.value) for vote in one.votes}) > 1]
    return sorted(divided, key=lambda one: -entropy(one.votes))


def entropy(votes: Sequence[Vote]) -> float:
    counts = Counter(fold(vote.value) for vote in votes)
    shares = [count / len(votes) for count in counts.values()]
    return -sum(share * log(share) for share in shares)


def by_rarity(items: Sequence[Item], lineage: Lineage = none_above) -> list[Item]:
    """Of the classes that are seen least, first; within one, one coin after another."""
    seen = Counter(one.likely for one in items if one.likely)
    return sorted((one for one in items if one.likely), key=lambda one: seen[one.likely])


def by_diversity(items: Sequence[Item], lineage: Lineage = none_above) -> list[Item]:
    """Each as unlike as can be to all that have a word already and to those before it: greedy k-centre."""
    with_vector = [one for one in items if one.vector is not None]
    if not with_vector:
        return []
    known = [at for at, one in enumerate(with_vector) if one.votes]
    chosen = k_centre(
        [one.vector for one in with_vector if one.vector is not None], known, MOST_CENTRES
    )
    taken = set(chosen)
    rest = [one for at, one in enumerate(with_vector) if at not in taken]
    return [with_vector[at] for at in chosen] + rest


def k_centre(vectors: Sequence[Vector], known: Sequence[int], most: int) -> list[int]:
    """Which `most` vectors, one after another, lie farthest from `known` and from those chosen before;
    without any that are known, from the middle of all."""
    points = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(points, axis=1, keepdims=True).astype(np.float32)
    points = points / np.maximum(lengths, np.float32(1e-9))
    centres = points[list(known)] if known else points.mean(axis=0, keepdims=True)
    nearest = np.full(len(points), np.inf, dtype=np.float32)
    for centre in centres:
        nearest = np.minimum(nearest, distance(points, centre))
    nearest[list(known)] = -1.0
    chosen: list[int] = []
    while len(chosen) < min(most, len(points) - len(known)):
        at = int(nearest.argmax())
        chosen.append(at)
        nearest = np.minimum(nearest, distance(points, points[at]))
        nearest[[*known, *chosen]] = -1.0
    return chosen


def distance(points: np.ndarray, centre: np.ndarray) -> np.ndarray:
    return np.asarray(((points - centre) ** 2).sum(axis=1))


def for_second_opinion(items: Sequence[Item], lineage: Lineage = none_above) -> list[Item]:
    """What one person alone has spoken of; those of whom the model is least sure first."""
    return sorted((one for one in items if len(one.votes) == 1), key=lambda one: one.sure)


def by_trial(items: Sequence[Item], lineage: Lineage = none_above) -> list[Item]:
    """Where both speak and cannot both be right first, then where one of them is silent."""
    paired = [(one, one.pair) for one in items if one.pair]
    paired.sort(key=lambda one: (not (one[1].trial and one[1].serving), -one[1].sure))
    return [item for item, _pair in paired]


ORDERS: Mapping[str, Order] = {
    "uncertain": by_uncertainty,
    "model": by_model_against_people,
    "people": by_people_against_people,
    "rare": by_rarity,
    "diverse": by_diversity,
    "second": for_second_opinion,
    "trial": by_trial,
}
# Where others' words are on the page, because they are what is asked about
OPEN = frozenset({"model", "people"})
NO_GOLD = OPEN | {"trial"}  # among these a photo with a known answer would stand out


def slipped(queue: Sequence[int], gold: Sequence[int], answered: int) -> list[int]:
    """Every eighth photo is one whose answer is known. By how many somebody has answered, so that a page
    that is loaded again asks the same."""
    due = answered % SLIP_EVERY == SLIP_EVERY - 1
    first = list(gold[:1]) if due else []
    return [*first, *(photo for photo in queue if photo not in first)]

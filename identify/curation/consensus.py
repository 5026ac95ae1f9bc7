"""What several people say of one photo, as one word or none: two thirds of them must agree.

A coarser word (“a Flavian”) does not disagree with a finer one (“Titus”), unless whoever said it had the
finer one before his eyes: then he denies it. Words of different branches always disagree."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from identify.labels import fold

ENOUGH = 2 / 3
Lineage = Callable[[str], Sequence[str]]  # what a word is a kind of, nearest first


@dataclass(frozen=True)
class Vote:
    value: str
    denies: str = ""  # the word that he was shown and did not take
    weight: float = 1.0


@dataclass(frozen=True)
class Standing:
    """How one word fares."""

    value: str
    for_it: float
    against: float

    @property
    def share(self) -> float:
        return self.for_it / (self.for_it + self.against) if self.for_it else 0.0


def none_above(value: str) -> Sequence[str]:
    return ()


def consensus(votes: Sequence[Vote], lineage: Lineage = none_above) -> str:
    """The finest word that two thirds stand behind; empty if there is none."""
    standings = [standing(value, votes, lineage) for value in candidates(votes, lineage)]
    agreed = [one for one in standings if one.share >= ENOUGH - 1e-9]
    finest = max(agreed, key=lambda one: (len(lineage(one.value)), one.for_it), default=None)
    return finest.value if finest else ""


def candidates(votes: Iterable[Vote], lineage: Lineage) -> list[str]:
    """Every word that was said and what stands above it, in the spelling that came first."""
    found: dict[str, str] = {}
    for vote in votes:
        for value in (vote.value, *lineage(vote.value)):
            found.setdefault(fold(value), value)
    return list(found.values())


def standing(value: str, votes: Iterable[Vote], lineage: Lineage) -> Standing:
    for_it = against = 0.0
    for vote in votes:
        if is_kind_of(vote.value, value, lineage):
            for_it += vote.weight
        elif not is_kind_of(value, vote.value, lineage) or denied(vote, value, lineage):
            against += vote.weight
    return Standing(value, for_it, against)


def denied(vote: Vote, value: str, lineage: Lineage) -> bool:
    """Who says “a Flavian” to “Titus” denies Titus, and a kind of Titus too."""
    return bool(vote.denies) and is_kind_of(value, vote.denies, lineage)


def is_kind_of(value: str, other: str, lineage: Lineage) -> bool:
    return fold(other) in {fold(value), *map(fold, lineage(value))}


def disputed(votes: Sequence[Vote], lineage: Lineage = none_above) -> bool:
    """Somebody says what another denies, whether or not two thirds agree in the end."""
    return any(standing(vote.value, votes, lineage).against > 0 for vote in votes)

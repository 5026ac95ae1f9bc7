"""How much a lot's picture looks like a coin, and what that is worth: values in, values out.

It never decides who is compared: inside a rung of the ladder, what looks alike comes first and weighs a
little more. A person's pin stands above it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from catalog.describing import Bounds, Look

MOST_GAIN = 0.25  # of a lot's weight, where it looks like the very coin
OTHER = {"obverse": "reverse", "reverse": "obverse"}
One = TypeVar("One")


def likenesses(mine: Sequence[Look], theirs: Mapping[int, Sequence[Look]]) -> dict[int, float]:
    """By lot, from -1 to 1; a lot of which no face can be compared is not in it."""
    found = {lot: likeness(mine, looks) for lot, looks in theirs.items()}
    return {lot: alike for lot, alike in found.items() if alike is not None}


def likeness(mine: Sequence[Look], theirs: Sequence[Look]) -> float | None:
    """Face by face, the most alike first, each once; an obverse is compared with no reverse, and one
    network's vector with none of another's."""
    pairs = [
        (cosine(one.vector, other.vector), at, place)
        for at, one in enumerate(mine)
        for place, other in enumerate(theirs)
        if can_be_compared(one, other)
    ]
    taken: list[float] = []
    ours: set[int] = set()
    others: set[int] = set()
    for score, at, place in sorted(pairs, key=lambda pair: -pair[0]):
        if at not in ours and place not in others:
            taken.append(score)
            ours.add(at)
            others.add(place)
    return sum(taken) / len(taken) if taken else None


def can_be_compared(one: Look, other: Look) -> bool:
    same = one.network == other.network and len(one.vector) == len(other.vector) > 0
    return same and OTHER.get(one.side, "?") != other.side


def cosine(one: bytes, other: bytes) -> float:
    import numpy as np

    a, b = (np.frombuffer(vector, dtype="<f4") for vector in (one, other))
    length = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / length if length else 0.0


def gain(alike: float, bounds: Bounds) -> float:
    """From 0, like any two coins, to 1, like two photos of one."""
    room = bounds.same - bounds.alike
    return min(1.0, max(0.0, (alike - bounds.alike) / room)) if room > 0 else 0.0


def favours(alike: Mapping[int, float], pinned: Iterable[int], bounds: Bounds) -> dict[int, float]:
    """What each lot's weight is multiplied by; nobody is left out, and nobody gains on what is pinned."""
    gains = {lot: gain(one, bounds) for lot, one in alike.items()}
    if not any(gains.values()):
        return {}
    gains |= dict.fromkeys(pinned, 1.0)
    return {lot: 1 + MOST_GAIN * one for lot, one in gains.items() if one}


def reranked(
    ordered: Sequence[One], rung: Callable[[One], Any], rank: Callable[[One], tuple[Any, ...]]
) -> list[One]:
    """Each rung keeps its places in the order; who stands in which of them is decided by `rank`, the
    smallest first, and what is alike in that stays as it is."""
    inside: dict[Any, list[One]] = {}
    for one in ordered:
        inside.setdefault(rung(one), []).append(one)
    queues = {name: iter(sorted(some, key=rank)) for name, some in inside.items()}
    return [next(queues[rung(one)]) for one in ordered]

"""Which coins are learnt from and which are examined on: never one coin in both, every class in each where
it has coins enough."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from identify.ml.teaching.alike import joined, prints
from identify.ml.teaching.examples import Example


class Split(NamedTuple):
    taught: list[Example]
    held_out: list[Example]


def split(examples: Sequence[Example], held_out: float = 0.2, seed: int = 1) -> Split:
    """Photos that cannot be read are on neither side, nor are those of an examined coin that may not judge."""
    found = prints(examples)
    readable = [at for at, one in enumerate(found) if one is not None]
    kept = [examples[at] for at in readable]
    coins = joined(kept, [found[at] for at in readable])
    chosen = _chosen(kept, coins, held_out, seed)
    return Split(
        [one for one, coin in zip(kept, coins, strict=True) if coin not in chosen],
        [one for one, coin in zip(kept, coins, strict=True) if coin in chosen and one.judges],
    )


def _chosen(
    examples: Sequence[Example], coins: Sequence[int], held_out: float, seed: int
) -> set[int]:
    """Rarest class first: a coin with two classes on it is taken where it is needed most."""
    shows: dict[int, set[str]] = defaultdict(set)
    judging: dict[str, set[int]] = defaultdict(set)
    for one, coin in zip(examples, coins, strict=True):
        shows[coin].add(one.label)
        if one.judges:
            judging[one.label].add(coin)
    left = Counter(label for labels in shows.values() for label in labels)
    taken: Counter[str] = Counter()
    chosen: set[int] = set()
    draw = np.random.default_rng(seed)
    for label in sorted(judging, key=lambda name: (len(judging[name]), name)):
        wanted = max(1, round(held_out * len(judging[label]))) if held_out > 0 else 0
        for coin in draw.permutation(sorted(judging[label])).tolist():
            if taken[label] >= wanted:
                break
            if coin in chosen or any(left[shown] < 2 for shown in shows[coin]):
                continue
            chosen.add(coin)
            for shown in shows[coin]:
                left[shown] -= 1
                taken[shown] += 1
    return chosen

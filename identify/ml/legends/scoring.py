"""How probable each known legend is, given what the network says of every place of the strip.

All ways in which a legend can be laid over the places are summed (the forward pass of connectionist temporal
classification), for many legends at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from identify.ml.legends.recogniser import SIGNS

Shares = NDArray[np.float32]  # places x signs, logarithms
NOTHING = 0


@dataclass(frozen=True)
class Coded:
    """Legends as the forward pass wants them: a blank before, between and after the signs, padded at the end."""

    signs: NDArray[np.intp]  # legends x states
    leap: NDArray[np.float32]  # 1 where the blank before may be left out
    last: NDArray[np.intp]  # the final blank of each

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Coded":
        states = 2 * max((len(text) for text in texts), default=0) + 1
        signs = np.zeros((len(texts), states), dtype=np.intp)
        for row, text in enumerate(texts):
            signs[row, 1 : 2 * len(text) : 2] = [SIGNS.index(sign) for sign in text]
        leap = np.zeros(signs.shape, dtype=np.float32)
        leap[:, 3::2] = (signs[:, 3::2] != signs[:, 1:-2:2]) & (signs[:, 3::2] != NOTHING)
        return cls(signs, leap, np.array([2 * len(text) for text in texts], dtype=np.intp))

    def taken(self, rows: NDArray[np.intp]) -> "Coded":
        last = self.last[rows]
        states = int(last.max(initial=0)) + 1
        return Coded(self.signs[rows, :states], self.leap[rows, :states], last)


def log_probabilities(shares: Shares, coded: Coded) -> NDArray[np.float64]:
    """Scaled at every place, or 280 small numbers multiplied would vanish."""
    many, states = coded.signs.shape
    if not many:
        return np.zeros(0)
    emitted = np.exp(shares).astype(np.float64).T.copy()  # signs x places
    before = np.zeros((many, states + 2))  # two empty states in front spare the edges
    before[:, 2] = 1.0
    ways = before[:, 2:]
    scale = np.zeros(many)
    for place in range(shares.shape[0]):
        if place:
            ways = ways + before[:, 1:-1] + coded.leap * before[:, :-2]
        elif states > 1:
            ways = ways.copy()
            ways[:, 1] = 1.0
        ways = ways * emitted[:, place][coded.signs]
        total = ways.sum(axis=1) + 1e-300
        scale += np.log(total)
        before[:, 2:] = ways / total[:, None]
        ways = before[:, 2:]
    rows = np.arange(many)
    ends = before[rows, 2 + coded.last] + np.where(
        coded.last > 0, before[rows, 1 + coded.last], 0.0
    )
    return np.asarray(scale + np.log(ends + 1e-300))

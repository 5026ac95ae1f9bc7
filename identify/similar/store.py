"""The one small interface that both databases' indexes have."""

from collections.abc import Collection, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from identify.values import Vector

Pairs = list[tuple[int, float]]  # photo, cosine similarity; the most alike first
Ids = NDArray[np.int64]

# First a look at shortened vectors, then the few best of them exactly (docs/benchmarks.md)
SHORT = 96
LONG_LIST = 200


class Neighbours(Protocol):
    """Vectors of one model by photo. A photo that is added again has its vector replaced."""

    def add(self, ids: Sequence[int], vectors: Sequence[Vector]) -> None: ...

    def remove(self, ids: Sequence[int]) -> None: ...

    def search(self, vector: Vector, k: int, among: Collection[int] | None = None) -> Pairs: ...

    def ids(self) -> Ids: ...

    def __len__(self) -> int: ...


def unit(vectors: Sequence[Vector] | Vector) -> Vector:
    """At length 1, where the inner product is the cosine. No direction stays no direction."""
    rows = np.atleast_2d(np.asarray(vectors, dtype=np.float32))
    rows = np.nan_to_num(rows, nan=0.0, posinf=0.0, neginf=0.0)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12))


def shortener(dimensions: int) -> Vector:
    """Columns at right angles, drawn once and for all: angles between vectors nearly survive, and no
    vector has to be seen before (Johnson and Lindenstrauss). Nothing is lost where there is no more."""
    if dimensions <= SHORT:
        return np.eye(dimensions, dtype=np.float32)
    drawn = np.random.default_rng(20_240_117).normal(size=(dimensions, SHORT))
    return np.linalg.qr(drawn)[0].astype(np.float32)

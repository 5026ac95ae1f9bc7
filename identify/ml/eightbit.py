"""Weights of large layers are kept in eight bits, a scale for each output: half the size of float16, and the
answers stay the same to the third digit."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Tensors = Mapping[str, NDArray[np.generic]]
WORTH_IT = 4096  # numbers; below that, little would be saved
HEAVY_HEAD = 100_000  # smaller heads have the last word and weigh nothing
SCALE = ".scale"


def packed(weights: Mapping[str, NDArray[np.float32]]) -> dict[str, NDArray[np.generic]]:
    found: dict[str, NDArray[np.generic]] = {}
    for name, values in weights.items():
        least = HEAVY_HEAD if name.startswith("heads.") else WORTH_IT
        if name.endswith(".weight") and values.size >= least:
            found |= in_eight_bits(name, values)
        else:
            found[name] = values.astype(np.float16)
    return found


def in_eight_bits(name: str, values: NDArray[np.float32]) -> dict[str, NDArray[np.generic]]:
    rows = values.reshape(values.shape[0], -1).astype(np.float32)
    scale = np.maximum(np.abs(rows).max(axis=1), 1e-8) / 127
    counts = np.round(rows / scale[:, None]).astype(np.int8).reshape(values.shape)
    return {name: counts, name + SCALE: scale.astype(np.float32)}


def unpacked(tensors: Tensors) -> dict[str, NDArray[np.float32]]:
    return {
        name: restored(values, tensors.get(name + SCALE))
        for name, values in tensors.items()
        if not name.endswith(SCALE)
    }


def restored(values: NDArray[np.generic], scale: NDArray[np.generic] | None) -> NDArray[np.float32]:
    plain = values.astype(np.float32)
    if scale is None:
        return plain
    return plain * scale.astype(np.float32).reshape(-1, *[1] * (plain.ndim - 1))

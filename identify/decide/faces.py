"""Two photos of one coin: what they say together, and when they contradict each other."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from identify.measures import Floats, cross_entropy, floats
from identify.values import Remark

SURE = 0.8  # a face below this has doubts of its own, which is no contradiction
FAINTEST = 1e-9


def fuse(faces: Sequence[ArrayLike], weights: Sequence[float] | None = None) -> Floats:
    """Log-probabilities add up, each with its weight: a face that is undecided says nothing, and one
    that excludes a class is heard."""
    weights = [1.0] * len(faces) if weights is None else weights
    logs = [np.log(np.maximum(floats(face), FAINTEST)) for face in faces]
    summed = np.sum([w * log for w, log in zip(weights, logs, strict=True)], axis=0)
    raised = np.exp(summed - summed.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def fit_weights(
    first: ArrayLike, second: ArrayLike, targets: ArrayLike, steps: int = 11
) -> tuple[float, float]:
    """The two weights at which the truth surprises least, looked for on a grid up to 1.5: reverses
    tell less than obverses, and both together are less sure than if they were independent."""
    grid = np.linspace(0.0, 1.5, steps)
    pairs = [(float(a), float(b)) for a in grid for b in grid if a + b]
    return min(pairs, key=lambda pair: cross_entropy(fuse([first, second], pair), targets))


def conflict(
    labels: Sequence[str], sides: Sequence[str], faces: Sequence[ArrayLike], sure: float = SURE
) -> Remark | None:
    """Both are sure, and not of the same: a mule, a photo at the wrong coin, or a mistake of ours."""
    leaders = [
        (side, int(np.argmax(face)), float(np.max(face)))
        for side, face in zip(sides, faces, strict=True)
    ]
    certain = [leader for leader in leaders if leader[2] >= sure]
    if len({which for _side, which, _sure in certain}) < 2:
        return None
    one = certain[0]
    other = next(leader for leader in certain if leader[1] != one[1])
    return Remark(
        "faces_conflict",
        {
            "side": one[0],
            "first": labels[one[1]],
            "first_confidence": round(one[2], 3),
            "other_side": other[0],
            "second": labels[other[1]],
            "second_confidence": round(other[2], 3),
        },
    )

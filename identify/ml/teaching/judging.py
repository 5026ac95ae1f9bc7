"""What a taught network may say, and how sure it must be: learnt from photos that it has not seen."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify import decide
from identify.decide.calibrating import COLDEST, HOTTEST, surprise
from identify.decide.unknown import unit
from identify.ml.training.calibration import PRECISION, places

Floats = NDArray[np.float32]
FEWEST = 8  # photos to fit a number on; with fewer, plain defaults are the better guess
PLAIN: dict[str, float | None] = {"temperature": 1.0, "threshold": 0.5, "unknown": None}
DOUBT = 0.5  # how far, as a factor of e, a temperature is from 1 before anything was seen


@dataclass(frozen=True)
class Known:
    """Where the photos of each class lie, seen from the middle of all, at length 1."""

    middle: Floats
    places: Floats
    owners: NDArray[np.int64]

    @classmethod
    def of(cls, embeddings: Floats, truth: NDArray[np.int64]) -> "Known":
        middle = embeddings.mean(0)
        found, owners = [], []
        for label in np.unique(truth):
            for place in places(embeddings[truth == label] - middle):
                found.append(place)
                owners.append(int(label))
        around = unit(np.array(found)).astype(np.float32)
        return cls(middle.astype(np.float32), around, np.array(owners, np.int64))

    def near(self, embeddings: Floats) -> Floats:
        """Cosine distance of each to each place."""
        return np.asarray(1 - unit(embeddings - self.middle).astype(np.float32) @ self.places.T)


def judged(
    logits: Floats, embeddings: Floats, truth: NDArray[np.int64], known: Known
) -> dict[str, Any]:
    if len(truth) < FEWEST:
        return dict(PLAIN)
    temperature = modest_temperature(logits, truth)
    shares = decide.softmax(logits, temperature)
    right = shares.argmax(1) == truth
    threshold = decide.choose_threshold(shares.max(1), right, PRECISION)
    if right.mean() >= PRECISION:
        # nothing was so unsure that it should have been kept back; the next coin may well be less sure
        threshold = min(threshold, float(PLAIN["threshold"] or 0))
    return {
        "temperature": round(temperature, 4),
        "threshold": round(float(threshold), 4),
        "unknown": unknown_rule(logits, embeddings, truth, known),
    }


def modest_temperature(logits: Floats, truth: NDArray[np.int64]) -> float:
    """Thirty photos that were all named rightly would have it that nothing can ever be wrong: what is far from 1
    takes many photos to be believed."""
    places = np.linspace(np.log(COLDEST), np.log(HOTTEST), 400)
    costs = [
        len(truth) * surprise(logits, truth, float(one)) + one**2 / (2 * DOUBT**2) for one in places
    ]
    return float(np.exp(places[int(np.argmin(costs))]))


def figures(logits: Floats, near: Floats) -> Floats:
    """A row for each photo: the energy of its scores, the distance to the nearest known place."""
    return np.stack([decide.energy(logits), near.min(1)], axis=1).astype(np.float32)


def strange_figures(logits: Floats, near: Floats, truth: NDArray[np.int64], known: Known) -> Floats:
    """The same photos as strangers: their own class and its places taken away."""
    rows = []
    for said, far, label in zip(logits, near, truth, strict=True):
        others = far[known.owners != label]
        rows.append([float(decide.energy(np.delete(said, label))), float(others.min())])
    return np.array(rows, np.float32).reshape(len(rows), 2)


def unknown_rule(
    logits: Floats, embeddings: Floats, truth: NDArray[np.int64], known: Known
) -> dict[str, Any]:
    near = known.near(embeddings)
    plain = figures(logits, near)
    both = np.concatenate([plain, strange_figures(logits, near, truth, known)])
    rule = decide.fit_unknown(both, np.repeat([0, 1], len(plain)))
    scores = [decide.unknown(rule, one) for one in plain]
    limit = round(float(max(0.5, np.quantile(scores, 0.97))), 4)
    return asdict(rule) | {"limit": limit}

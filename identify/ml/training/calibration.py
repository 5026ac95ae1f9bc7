"""What a network may say, and how sure it must be: learnt on coins that it has not seen."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify import decide
from identify.decide import fuse, softmax
from identify.ml.training.samples import Sample

Floats = NDArray[np.float32]
PRECISION = 0.95
MODES = 2  # a class has two faces, and its photos show both


@dataclass
class Heard:
    """What a network says of some photos."""

    samples: Sequence[Sample]
    said: Mapping[str, Floats]  # head -> logits; "embedding"

    def of(self, head: str, labels: Sequence[str]) -> tuple[list[int], NDArray[np.int64]]:
        """The photos that show something this head is asked about, and what."""
        at = [i for i, one in enumerate(self.samples) if head in one.targets]
        truth = [labels.index(self.samples[i].targets[head]) for i in at]
        return at, np.array(truth, dtype=np.int64)


def rule(head: str, labels: Sequence[str], heard: Heard) -> dict[str, Any]:
    """As `decide.Rule` takes it."""
    at, truth = heard.of(head, labels)
    logits = heard.said[head][at]
    temperature = decide.fit_temperature(logits, truth)
    shares = softmax(logits, temperature)
    sides = [heard.samples[i].targets.get("side", "") for i in at]
    pairs = paired([heard.samples[i] for i in at], sides)
    weights: dict[str, float] = {}
    confidences, correct = shares.max(1), shares.argmax(1) == truth
    if head != "side" and len(pairs) >= 30:
        first, second = (np.array([pair[place] for pair in pairs]) for place in range(2))
        both = decide.fit_weights(shares[first], shares[second], truth[first])
        weights = dict(zip(("obverse", "reverse"), (round(one, 3) for one in both), strict=True))
        together = fuse([shares[first], shares[second]], both)
        confidences, correct = together.max(1), together.argmax(1) == truth[first]
    threshold = decide.choose_threshold(confidences, correct, PRECISION)
    return {
        "temperature": round(temperature, 4),
        "threshold": round(float(threshold), 4),
        "weights": weights,
    }


def paired(samples: Sequence[Sample], sides: Sequence[str]) -> list[tuple[int, int]]:
    """Where obverse and reverse of one coin stand."""
    faces: dict[tuple[str, str], dict[str, int]] = {}
    for at, (one, side) in enumerate(zip(samples, sides, strict=True)):
        faces.setdefault((one.set, one.group), {})[side] = at
    return [
        (one["obverse"], one["reverse"])
        for one in faces.values()
        if "obverse" in one and "reverse" in one
    ]


def middles(head: str, labels: Sequence[str], heard: Heard, middle: Floats) -> Floats:
    """Where the photos of each class lie among the others: two places a class."""
    at, truth = heard.of(head, labels)
    apart = heard.said["embedding"][at] - middle
    found = [
        place
        for label in range(len(labels))
        for place in places(apart[truth == label])
        if len(place)
    ]
    return np.array([place / max(float(np.linalg.norm(place)), 1e-6) for place in found])


def places(vectors: Floats, rounds: int = 8) -> list[Floats]:
    """The few means that are nearest to all (k-means, begun from the two that are farthest apart)."""
    if len(vectors) < 2 * MODES:
        return [vectors.mean(0)] if len(vectors) else []
    first = vectors[np.linalg.norm(vectors - vectors.mean(0), axis=1).argmax()]
    centres = np.stack([first, vectors[np.linalg.norm(vectors - first, axis=1).argmax()]])
    for _round in range(rounds):
        nearest = np.linalg.norm(vectors[:, None] - centres, axis=2).argmin(1)
        centres = np.stack(
            [
                vectors[nearest == one].mean(0) if (nearest == one).any() else centres[one]
                for one in range(MODES)
            ]
        )
    return list(centres)


def unknown_rule(
    head: str, labels: Sequence[str], heard: Heard, middle: Floats, known: Floats,
    owners: NDArray[np.int64],
) -> dict[str, Any] | None:  # fmt: skip
    """Strangers are photos of other sets, of this set's classes that nobody taught, and the known ones
    with their own class taken away: its score, and the places where its photos lie."""
    at, truth = heard.of(head, labels)
    sets = {heard.samples[i].set for i in at}
    others = [
        i
        for i, one in enumerate(heard.samples)
        if head not in one.targets and (one.set not in sets or is_untaught(head, one))
    ]
    if not len(at):
        return None
    logits, apart = heard.said[head], heard.said["embedding"] - middle
    near = 1 - decide_unit(apart) @ known.T
    figures, strange = [], []
    for i, label in zip(at, truth, strict=True):
        figures.append([decide.energy(logits[i]), near[i].min()])
        strange.append(0)
        less = np.delete(logits[i], label)
        figures.append([decide.energy(less), near[i][owners != label].min()])
        strange.append(1)
    for i in others:
        figures.append([decide.energy(logits[i]), near[i].min()])
        strange.append(1)
    fitted = decide.fit_unknown(np.array(figures, float), np.array(strange, float))
    told = asdict(fitted)
    scores = [
        decide.unknown(fitted, figure)
        for figure, is_strange in zip(figures, strange, strict=True)
        if not is_strange
    ]
    told["limit"] = round(float(max(0.5, np.quantile(scores, 0.97))), 4)
    return told


def is_untaught(head: str, sample: Sample) -> bool:
    return (
        head == "ruler"
        and sample.set == "roman_imperial"
        and sample.targets.get("side") == "obverse"
    )


def decide_unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6))

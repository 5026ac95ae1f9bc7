"""picture -> pose of the coin (looked at twice) -> strip -> map -> every reference at every turn -> answer"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify.decide import softmax
from identify.ml.commemoratives.network import KINDS, MAP, SIDE, Faces, Floats, Locator
from identify.ml.commemoratives.pose import CANONICAL, Pose, composed, straightened, strip_of
from identify.ml.eightbit import unpacked
from identify.ml.package import open_package
from identify.values import Answer, Candidate, Pixels

NAME = "commemoratives"
LOOKS = 2  # where the coin lies; the second look sees it nearly straight already


@dataclass(frozen=True)
class Rule:
    """Learnt on designs that were kept aside, and on coins that are no commemoratives."""

    temperature: float = 0.05
    none: float = 0.5  # likeness at which a design is as likely as that it is none of them
    threshold: float = 0.5


class References:
    """Maps of all designs, by the frequencies of their turns: one product compares all at every turn."""

    def __init__(self, labels: Sequence[str], maps: Floats) -> None:
        self.labels = tuple(labels)
        self.turned = np.conj(np.fft.rfft(maps, axis=3))

    def likeness(self, maps: Floats) -> Floats:
        """map x reference, at the turn that suits best"""
        asked = np.fft.rfft(maps, axis=3)
        both = np.einsum("qkrf,pkrf->qpf", asked, self.turned, optimize=True)
        return np.fft.irfft(both, MAP[1], axis=2).max(2).astype(np.float32)


class Commemoratives:
    def __init__(
        self, locator: Locator, faces: Sequence[Faces], references: References, rule: Rule,
        version: str = "",
    ) -> None:  # fmt: skip
        self.locator, self.faces, self.references, self.rule = locator, faces, references, rule
        self.version = version  # whose maps they are: those of two networks cannot be compared

    @classmethod
    def load(cls, folder: Path) -> "Commemoratives":
        from safetensors.numpy import load_file

        package = open_package(folder, NAME)
        tensors = unpacked(load_file(package.weights))
        references = References(package.card["labels"], tensors["references.weight"])
        faces = [Faces(part(tensors, f"faces.{at}.")) for at in range(package.card["networks"])]
        locator = Locator(part(tensors, "locator."))
        version = str(package.card["sha256"])[:12]
        return cls(locator, faces, references, Rule(**package.card["rule"]), version)

    def find_many(
        self, images: Sequence[Pixels], top: int = 5, others: References | None = None
    ) -> list[Answer]:
        """`others` are references that stand beside the shipped ones, in the same maps."""
        maps = self.maps(images)
        labels, likeness = self.references.labels, self.references.likeness(maps)
        if others is not None and others.labels:
            both = np.concatenate([likeness, others.likeness(maps)], axis=1)
            labels, likeness = best_of_each(labels + others.labels, both)
        return [self.answer(one, top, labels) for one in likeness]

    def maps(self, images: Sequence[Pixels]) -> Floats:
        """What is compared: of a new design's reference as of a photo."""
        if not images:
            return np.zeros((0, KINDS * len(self.faces), *MAP), np.float32)
        strips = [strip_of(one, pose) for one, pose in zip(images, self.poses(images), strict=True)]
        return np.concatenate([self.map_of(strip) for strip in strips])

    def map_of(self, strip: Floats) -> Floats:
        """What each network makes of it, on top of each other: they turn together."""
        said = [one.run(strip[None]) for one in self.faces]
        return np.concatenate(said, axis=1) / np.float32(np.sqrt(len(said)))

    def poses(self, images: Sequence[Pixels]) -> list[Pose]:
        poses: list[Pose] = [CANONICAL] * len(images)
        for _look in range(LOOKS):
            seen = [looked_at(one, pose) for one, pose in zip(images, poses, strict=True)]
            said = self.locator.run(np.stack(seen))
            poses = [composed(pose, more) for pose, more in zip(poses, said, strict=True)]
        return poses

    def answer(self, likeness: Floats, top: int, labels: Sequence[str] = ()) -> Answer:
        names = labels or self.references.labels
        shares = chances(likeness, self.rule)
        order = np.argsort(-shares)[:top]
        told = tuple(Candidate(names[at], round(float(shares[at]), 4)) for at in order)
        return Answer(told, abstained=not told or told[0].confidence < self.rule.threshold)


def best_of_each(labels: Sequence[str], likeness: Floats) -> tuple[tuple[str, ...], Floats]:
    """Two references of one issue are not two answers: the one that is more alike speaks for it."""
    names = tuple(dict.fromkeys(labels))
    found = np.full((len(likeness), len(names)), -1, np.float32)
    for at, name in enumerate(labels):
        place = names.index(name)
        found[:, place] = np.maximum(found[:, place], likeness[:, at])
    return names, found


def looked_at(image: Pixels, pose: Pose) -> Pixels:
    import cv2

    straight = straightened(image, pose, 2 * SIDE)
    return np.asarray(cv2.resize(straight, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8)


def chances(likeness: Floats, rule: Rule) -> NDArray[np.float64]:
    """Of each design. What is left of one is the chance that it is none of them."""
    logits = np.append(likeness, rule.none) / rule.temperature
    return np.asarray(softmax(logits)[:-1])


def part(tensors: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {
        name.removeprefix(prefix): one for name, one in tensors.items() if name.startswith(prefix)
    }

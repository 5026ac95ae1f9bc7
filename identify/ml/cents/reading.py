"""picture -> pose of the coin -> five windows -> digits and mint mark -> years that exist -> answers"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify.decide import softmax
from identify.ml.cents import struck
from identify.ml.cents.alignment import Aligner, edges, square
from identify.ml.cents.network import DIGITS, MARKS, Reader
from identify.ml.cents.windows import date_strip, shifted_windows
from identify.ml.eightbit import unpacked
from identify.ml.package import open_package
from identify.values import Answer, Candidate, Pixels

NAME = "cents"
NEVER_STRUCK = 0.02  # how often a pair that the record does not have is right all the same
SHOWN = 5
Floats = NDArray[np.float32]
DIGITS_OF = np.array([[int(letter) for letter in str(year)] for year in struck.YEARS])
PRIOR = np.log(np.where(struck.PAIRS, 1.0, NEVER_STRUCK)).astype(np.float32)


@dataclass(frozen=True)
class Rule:
    """Learnt on cents that were kept aside."""

    temperatures: tuple[float, float] = (1.0, 1.0)  # of year and mint mark
    thresholds: tuple[float, float] = (0.5, 0.5)
    fit: float = 0.3  # a picture that fits the template less shows no cent's obverse


class CentReader:
    def __init__(self, aligner: Aligner, readers: Sequence[Reader], rule: Rule) -> None:
        self.aligner, self.readers, self.rule = aligner, readers, rule

    @classmethod
    def load(cls, folder: Path) -> "CentReader":
        from safetensors.numpy import load_file

        package = open_package(folder, NAME)
        tensors = unpacked(load_file(package.weights))
        readers = [Reader(part(tensors, f"{at}.")) for at in range(package.card["readers"])]
        return cls(Aligner(tensors["template"]), readers, rule_of(package.card["rule"]))

    def read_many(self, images: Sequence[Pixels]) -> list[dict[str, Answer]]:
        return [self.read(image) for image in images]

    def read(self, image: Pixels) -> dict[str, Answer]:
        import cv2

        grey = square(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))
        pose, fit = self.aligner.find(edges(grey))
        said = self.listen(shifted_windows(date_strip(grey, pose)))
        shares = together(*said, self.rule.temperatures)
        names = ([str(year) for year in struck.YEARS], MARKS)
        answers = (
            answer(one, labels, threshold, fit >= self.rule.fit)
            for one, labels, threshold in zip(shares, names, self.rule.thresholds, strict=True)
        )
        return dict(zip(("year", "mint_mark"), answers, strict=True))

    def listen(self, views: Floats) -> tuple[Floats, Floats]:
        """Logarithms of the chances of each digit in each place, and of each mint mark."""
        flat = views.reshape(-1, *views.shape[2:])
        heard = np.mean([one.run(flat) for one in self.readers], axis=0)
        mean = heard.reshape(*views.shape[:2], -1).mean(0)
        return logs(mean[:4, :DIGITS]), logs(mean[4, DIGITS:])


def together(
    digits: Floats, marks: Floats, temperatures: tuple[float, float] = (1.0, 1.0)
) -> tuple[Floats, Floats]:
    """Chances of each year and of each mint mark, each in the light of the other."""
    years = digits[np.arange(4), DIGITS_OF].sum(1) / temperatures[0]
    both = years[:, None] + (marks / temperatures[1])[None] + PRIOR
    shares = softmax(both.reshape(-1)).reshape(both.shape)
    return shares.sum(1).astype(np.float32), shares.sum(0).astype(np.float32)


def answer(shares: Floats, labels: Sequence[str], threshold: float, fits: bool) -> Answer:
    order = np.argsort(-shares)[:SHOWN]
    told = tuple(Candidate(labels[at], round(float(shares[at]), 4)) for at in order)
    return Answer(told, abstained=not fits or told[0].confidence < threshold)


def logs(values: Floats) -> Floats:
    shifted = values - values.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def part(tensors: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {
        name.removeprefix(prefix): one for name, one in tensors.items() if name.startswith(prefix)
    }


def rule_of(told: Mapping[str, Any]) -> Rule:
    return Rule(tuple(told["temperatures"]), tuple(told["thresholds"]), told["fit"])

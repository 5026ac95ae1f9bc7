"""Strips to learn from: real ones, roughened, and synthetic ones in all orders of letters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify.lexicon import Lexicon
from identify.ml.legends import polar, recogniser, synthetic
from identify.ml.training.legend_samples import Sample

SHARP, SMALL = 150, (105, 170)  # pixels of a face


@dataclass
class Plan:
    """In each round the rate rises and falls anew, over so many steps."""

    rounds: tuple[tuple[int, float], ...] = ((7000, 2e-3), (6500, 1.6e-3), (4500, 1.2e-3))
    batch: int = 32
    decay: float = 0.03
    average: float = 0.997  # of the weights that are kept, per step
    pointed: int = 250  # the first steps: synthetic strips, with the place of every letter
    shares: tuple[float, float, float] = (0.23, 0.6, 0.17)  # tetrarchs, early coins, synthetic
    drawn: int = 3000
    # after these parts of the steps it is looked again which way each early legend runs
    looks: tuple[float, ...] = (0.08, 0.18, 0.27, 0.5)
    seed: int = 1

    @property
    def steps(self) -> int:
        return sum(steps for steps, _rate in self.rounds)


def texts_of(lexicon: Lexicon) -> list[str]:
    """What synthetic strips say: every legend once, cut where the reference cuts it."""
    return sorted(
        {re.sub(r" {2,}", "  ", one.text) for one in lexicon.legends if 3 <= len(one.text) <= 52}
    )


def jitter(dice: np.random.Generator) -> polar.Jitter:
    return polar.Jitter(
        turn=float(dice.normal(0, 7)),
        dx=float(dice.normal(0, 0.02)),
        dy=float(dice.normal(0, 0.02)),
        scale=float(dice.normal(1, 0.03)),
        tall=float(dice.normal(1, 0.06)),
        wave=float(dice.normal(0, 4)),
        phase=float(dice.uniform(0, 2 * np.pi)),
    )


def roughened(strip: polar.Grey, dice: np.random.Generator) -> polar.Strip:
    """Another camera, another lamp, another fate: blurred, grainy, lit from the other side, partly gone."""
    import cv2

    values: Any = strip.astype(np.float32)
    if dice.random() < 0.4:
        values = cv2.GaussianBlur(values, (0, 0), dice.uniform(0.4, 1.3))
    if dice.random() < 0.4:
        values = values + dice.standard_normal(values.shape, np.float32) * dice.uniform(2, 12)
    level = polar.levelled(values)
    if dice.random() < 0.25:
        level = -level  # relief lit from below looks sunk
    for _ in range(dice.integers(0, 4)):
        at, width = dice.integers(0, polar.WIDTH), dice.integers(6, 26)
        level[:, at : at + width] *= dice.uniform(0, 0.3)
    return np.asarray(level * dice.uniform(0.8, 1.2), dtype=np.float32)


def smaller(sample: Sample, dice: np.random.Generator) -> tuple[polar.Grey, polar.Ring]:
    """Half of the sharp photos as they would be had they been small: most are."""
    import cv2

    size = min(sample.grey.shape)
    factor = dice.uniform(*SMALL) / size
    if size < SHARP or factor >= 1 or dice.random() < 0.45:
        return sample.grey, sample.ring
    grey = cv2.resize(sample.grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return np.asarray(grey, np.uint8), sample.ring.scaled(factor)


class Deck:
    """Deals strips: which legend is drawn goes by the square root of its count, or the common ones were all."""

    def __init__(
        self, samples: Sequence[Sample], texts: Sequence[str], plan: Plan, early: Sequence[Sample]
    ) -> None:
        self.dice = np.random.default_rng(plan.seed)
        self.tetrarchs, self.early = list(samples), list(early)
        self.ways = [polar.UPRIGHT] * len(self.early)  # until the network has looked
        self.chances = [self._chances(group) for group in (self.tetrarchs, self.early)]
        self.plan = plan
        chosen = self.dice.choice(len(texts), plan.drawn)
        self.drawn = [(*synthetic.strip(texts[at], self.dice), texts[at]) for at in chosen]

    def _chances(self, group: Sequence[Sample]) -> NDArray[np.float64]:
        counts: dict[str, int] = {}
        for one in group:
            counts[one.legend] = counts.get(one.legend, 0) + 1
        weights = np.array([counts[one.legend] ** -0.4 for one in group])
        return weights / weights.sum() if len(weights) else weights

    def deal(self) -> tuple[polar.Strip, list[str]]:
        kinds = self.dice.choice(3, self.plan.batch, p=self.plan.shares)
        pairs = [self._one(int(kind)) for kind in kinds]
        return np.stack([strip for strip, _ in pairs]), [text for _, text in pairs]

    def deal_drawn(self) -> tuple[polar.Strip, NDArray[np.int64]]:
        """Synthetic strips, and which sign stands at each place."""
        strips, signs = [], []
        for at in self.dice.integers(0, len(self.drawn), self.plan.batch):
            strip, places, _ = self.drawn[at]
            shift = int(self.dice.integers(-25, 26))
            strips.append(roughened(np.roll(strip, shift, axis=1), self.dice))
            signs.append(_standing(places, shift))
        return np.stack(strips), np.stack(signs)

    def _one(self, kind: int) -> tuple[polar.Strip, str]:
        if kind == 2 or (kind == 1 and not self.early):
            strip, _, text = self.drawn[self.dice.integers(len(self.drawn))]
            return roughened(np.roll(strip, self.dice.integers(-25, 26), axis=1), self.dice), text
        group = (self.tetrarchs, self.early)[kind]
        at = self.dice.choice(len(group), p=self.chances[kind])
        grey, ring = smaller(group[at], self.dice)
        way = self.ways[at] if kind else polar.UPRIGHT
        strip = polar.unroll(grey, ring, jitter(self.dice), way)
        return roughened(strip, self.dice), group[at].visible


def _standing(places: Sequence[synthetic.Place], shift: int) -> NDArray[np.int64]:
    signs = np.zeros(recogniser.PLACES, dtype=np.int64)
    for sign, x, width in places:
        at = round((x + width / 2 + shift) * recogniser.PLACES / polar.WIDTH)
        if 0 <= at < recogniser.PLACES:
            signs[at] = recogniser.SIGNS.index(sign)
    return signs

"""Coins drawn by us that carry a legend, and an engine that says what a test wants."""

import numpy as np
from numpy.typing import NDArray

from identify.ml.legends import polar, synthetic
from identify.ml.legends.recogniser import PLACES, SIGNS
from identify.values import Pixels


def coin(text: str, size: int = 400, seed: int = 1) -> Pixels:
    """On white ground, the strip of this legend rolled up around the middle; upright."""
    import cv2

    strip, _places = synthetic.strip(text, np.random.default_rng(seed))
    middle, r = size / 2, size / 2 / polar.MARGIN
    y, x = np.mgrid[0:size, 0:size].astype(np.float32)
    away = np.hypot(x - middle, y - middle) / r
    angle = (np.degrees(np.arctan2(x - middle, middle - y)) - polar.START) % 360
    column = angle / polar.SPAN * (polar.WIDTH - 1)
    row = (polar.OUTER - away) / (polar.OUTER - polar.INNER) * (polar.HEIGHT - 1)
    grey = cv2.remap(strip, column.astype(np.float32), row.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)  # fmt: skip
    grey = np.where(away > 1.0, 255, np.minimum(grey, 200)).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)


def shares(text: str, first: int = 30, step: int = 8, sure: float = 0.98) -> NDArray[np.float32]:
    """What a network would say that reads this text letter by letter."""
    table = np.full((PLACES, len(SIGNS)), (1 - sure) / (len(SIGNS) - 1), dtype=np.float32)
    table[:, 0] = sure
    for at, sign in enumerate(text):
        place = first + at * step
        table[place] = (1 - sure) / (len(SIGNS) - 1)
        table[place, SIGNS.index(sign)] = sure
    return np.log(table)


def ring(text: str, way: int = 0, sure: float = 0.98) -> NDArray[np.float32]:
    """What it would say of a ring with this text: in one way, and nothing in the others."""
    return np.stack([shares(text if at == way else "", sure=sure) for at in range(len(polar.WAYS))])


def around(text: str, way: int = 0, sure: float = 0.98) -> NDArray[np.float32]:
    """The same, of the two long strips."""
    places = PLACES * polar.LONG // polar.WIDTH
    both = np.stack([shares("", sure=sure)[:1].repeat(places, axis=0) for _direction in range(2)])
    direction, turn = divmod(way, polar.TURNS)
    first = turn * PLACES * polar.SHIFT // polar.WIDTH
    both[direction, first : first + PLACES] = shares(text, sure=sure)
    return both


class Saying:
    """An engine that has one answer for each face, in turn."""

    kind = "fake"

    def __init__(self, *texts: str, sure: float = 0.98, way: int = 0) -> None:
        self.answers = [strip for text in texts for strip in around(text, way, sure)]
        self.strips: list[NDArray[np.float32]] = []

    def run(self, strips: NDArray[np.float32]) -> NDArray[np.float32]:
        self.strips.extend(strips)
        taken, self.answers = self.answers[: len(strips)], self.answers[len(strips) :]
        return np.stack(taken)

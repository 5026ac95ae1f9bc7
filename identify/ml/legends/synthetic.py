"""Strips that were never on a coin: letters of our own strokes, struck, worn and lit, so that the recogniser
knows all letters in all orders before it sees the few thousand real legends."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify.ml.legends.polar import HEIGHT, SPAN, START, WIDTH, Grey

Relief = NDArray[np.float32]
Point = tuple[float, float]
# Strokes in a unit box, x to the right, y downwards, as die cutters of the third century made them;
# several forms of a letter where several are common
GLYPHS: dict[str, tuple[tuple[tuple[Point, ...], ...], ...]] = {
    "A": (
        (((0, 1), (0.5, 0), (1, 1)),),
        (((0, 1), (0.5, 0), (1, 1)), ((0.22, 0.62), (0.78, 0.62))),
        (((0.1, 1), (0.1, 0)), ((0.9, 1), (0.9, 0)), ((0.1, 0.35), (0.9, 0.35))),
    ),
    "B": (
        (
            ((0.1, 0), (0.1, 1)),
            ((0.1, 0), (0.7, 0.1), (0.7, 0.4), (0.1, 0.5)),
            ((0.1, 0.5), (0.85, 0.6), (0.85, 0.9), (0.1, 1)),
        ),
    ),
    "C": ((((0.9, 0.15), (0.5, 0), (0.1, 0.25), (0.1, 0.75), (0.5, 1), (0.9, 0.85)),),),
    "D": ((((0.1, 0), (0.1, 1)), ((0.1, 0), (0.7, 0.12), (0.95, 0.5), (0.7, 0.88), (0.1, 1))),),
    "E": (
        (
            ((0.2, 0), (0.2, 1)),
            ((0.2, 0), (0.8, 0)),
            ((0.2, 0.5), (0.7, 0.5)),
            ((0.2, 1), (0.8, 1)),
        ),
    ),
    "F": ((((0.2, 0), (0.2, 1)), ((0.2, 0), (0.8, 0)), ((0.2, 0.5), (0.7, 0.5))),),
    "G": (
        (
            ((0.9, 0.15), (0.5, 0), (0.1, 0.25), (0.1, 0.75), (0.5, 1), (0.9, 0.85)),
            ((0.9, 0.85), (0.9, 0.55), (0.6, 0.55)),
        ),
        (
            ((0.9, 0.15), (0.5, 0), (0.1, 0.25), (0.1, 0.75), (0.5, 1), (0.9, 0.8)),
            ((0.75, 0.75), (1, 1)),
        ),
    ),
    "H": ((((0.1, 0), (0.1, 1)), ((0.9, 0), (0.9, 1)), ((0.1, 0.5), (0.9, 0.5))),),
    "I": ((((0.5, 0), (0.5, 1)),),),
    "K": ((((0.15, 0), (0.15, 1)), ((0.85, 0), (0.2, 0.5), (0.85, 1))),),
    "L": ((((0.2, 0), (0.2, 1), (0.8, 1)),),),
    "M": (
        (((0, 1), (0.2, 0), (0.5, 0.8), (0.8, 0), (1, 1)),),
        (((0.05, 1), (0.05, 0), (0.5, 0.6), (0.95, 0), (0.95, 1)),),
    ),
    "N": (
        (((0.1, 1), (0.1, 0), (0.9, 1), (0.9, 0)),),
        (((0.1, 0), (0.1, 1)), ((0.9, 0), (0.9, 1)), ((0.1, 0.4), (0.9, 0.6))),
    ),
    "O": ((((0.5, 0), (0.9, 0.25), (0.9, 0.75), (0.5, 1), (0.1, 0.75), (0.1, 0.25), (0.5, 0)),),),
    "P": ((((0.15, 0), (0.15, 1)), ((0.15, 0), (0.8, 0.1), (0.8, 0.45), (0.15, 0.55))),),
    "Q": (
        (
            ((0.5, 0), (0.9, 0.25), (0.9, 0.75), (0.5, 1), (0.1, 0.75), (0.1, 0.25), (0.5, 0)),
            ((0.55, 0.8), (1, 1.15)),
        ),
    ),
    "R": (
        (
            ((0.15, 0), (0.15, 1)),
            ((0.15, 0), (0.8, 0.1), (0.8, 0.4), (0.15, 0.5)),
            ((0.4, 0.5), (0.95, 1)),
        ),
    ),
    "S": (
        (((0.85, 0.12), (0.5, 0), (0.15, 0.2), (0.5, 0.5), (0.85, 0.75), (0.5, 1), (0.1, 0.88)),),
    ),
    "T": ((((0.5, 0), (0.5, 1)), ((0.05, 0), (0.95, 0))),),
    "V": ((((0, 0), (0.5, 1), (1, 0)),), (((0.1, 0), (0.1, 0.7), (0.5, 1), (0.9, 0.7), (0.9, 0)),)),
    "X": ((((0, 0), (1, 1)), ((1, 0), (0, 1))),),
    "Y": ((((0, 0), (0.5, 0.5), (1, 0)), ((0.5, 0.5), (0.5, 1))),),
    "Z": ((((0.1, 0), (0.9, 0), (0.1, 1), (0.9, 1)),),),
}
NARROW = {"I": 0.35, "M": 1.25, "E": 0.8, "F": 0.8, "L": 0.8, "S": 0.85}
FINE = 4  # bits of a pixel that cv2 draws with


Place = tuple[str, float, float]  # letter or space, left edge and width in pixels


def strip(text: str, dice: np.random.Generator) -> tuple[Grey, list[Place]]:
    """A strip of one legend, as `polar.unroll` would give it, and where its letters stand."""
    relief = _ground(dice)
    letters = np.zeros_like(relief)
    places = _places(text, dice)
    _write(letters, places, dice)
    _wear(letters, dice)
    return _lit(relief + letters * dice.uniform(0.6, 1.3), dice), places


def _places(text: str, dice: np.random.Generator) -> list[Place]:
    """Words stand close; double spaces are a figure in between."""
    widths = {"  ": dice.uniform(1.2, 4.0)}
    gap = dice.choice([0.05, 0.25, 0.6])
    sizes: list[tuple[str, float]] = []
    for index, letter in enumerate(text):
        if letter != " ":
            sizes.append((letter, NARROW.get(letter, 1.0)))
        elif text[index - 1] != " ":
            broken = text[index : index + 2] == "  "
            sizes.append((" ", widths["  "] if broken else gap))
    units = sum(width + 0.3 for _, width in sizes)
    per_degree = WIDTH / SPAN
    span = min(330.0, units * dice.uniform(7.0, 13.0)) * per_degree
    begin = (dice.uniform(195, 250) - START) * per_degree
    if begin + span > 545 * per_degree - START * per_degree:
        begin = max(15.0, (540 - START) * per_degree - span)
    unit = span / units
    places, x = [], begin
    for letter, width in sizes:
        places.append((letter, x, width * unit))
        x += (width + 0.3) * unit
    return places


def _write(relief: Relief, places: Sequence[Place], dice: np.random.Generator) -> None:
    tall = dice.uniform(10, 18)
    base = dice.uniform(24, 31) + tall / 2
    sway, phase = dice.uniform(0, 4), dice.uniform(0, 2 * math.pi)
    thick = int(dice.integers(2, 4))
    forms = {letter: dice.integers(len(forms)) for letter, forms in GLYPHS.items()}
    for letter, x, width in places:
        if letter == " ":
            continue
        y = base - tall + sway * math.sin(phase + x * 2 * math.pi / WIDTH)
        for stroke in GLYPHS[letter][forms[letter]]:
            _stroke(relief, stroke, (x, y, width, tall), thick, dice)


def _stroke(
    relief: Relief,
    stroke: Sequence[Point],
    box: tuple[float, float, float, float],
    thick: int,
    dice: np.random.Generator,
) -> None:
    import cv2

    x, y, width, tall = box
    points = np.array(stroke) + dice.normal(0, 0.045, (len(stroke), 2))
    points = (points * (width, tall) + (x, y)) * (1 << FINE)
    fixed = points.round().astype(np.int32)
    cv2.polylines(relief, [fixed], False, 1.0, thick, cv2.LINE_AA, FINE)
    for end in (fixed[0], fixed[-1]):  # punched ends
        cv2.circle(
            relief,
            tuple(int(part) for part in end),
            (thick + 1) << (FINE - 1),
            1.2,
            cv2.FILLED,
            cv2.LINE_AA,
            FINE,
        )


def _ground(dice: np.random.Generator) -> Relief:
    import cv2

    relief = _smooth(dice, 6, dice.uniform(0.2, 0.8)) + _smooth(dice, 1.2, dice.uniform(0.02, 0.15))
    rim = dice.uniform(2, 9)
    step = dice.uniform(5, 8)
    for x in np.arange(0, WIDTH, step):  # the border of dots
        y = rim + 3 * math.sin(x * 2 * math.pi / WIDTH + step)
        cv2.circle(relief, (int(x), int(y)), 2, float(relief.mean() + 0.8), cv2.FILLED, cv2.LINE_AA)
    for _ in range(dice.integers(4, 14)):  # what belongs to the picture in the middle
        x, y = dice.uniform(0, WIDTH), HEIGHT + dice.uniform(-22, 4)
        points = np.array([[x, y]]) + np.cumsum(dice.normal(0, 9, (5, 2)), axis=0)
        points[:, 1] = np.maximum(points[:, 1], 22)
        cv2.polylines(
            relief,
            [points.astype(np.int32)],
            False,
            float(dice.uniform(0.5, 1.3)),
            int(dice.integers(1, 6)),
            cv2.LINE_AA,
        )
    return relief


def _smooth(dice: np.random.Generator, sigma: float, strength: float) -> Relief:
    import cv2

    coarse = (max(2, round(HEIGHT / sigma)), round(WIDTH / sigma))
    noise = dice.standard_normal(coarse, dtype=np.float32)
    soft = cv2.resize(noise, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    return np.asarray(soft * (strength / (float(soft.std()) + 1e-6)), dtype=np.float32)


def _wear(letters: Relief, dice: np.random.Generator) -> None:
    """Here and there the flan was weak, or the coin was handled for a century."""
    amount = _smooth(dice, 18, 1.0)
    letters *= np.clip(dice.uniform(0.8, 1.6) + 0.45 * amount, 0.0, 1.2)


def _lit(relief: Relief, dice: np.random.Generator) -> Grey:
    """One lamp stands still while the strip goes around the coin, so its light comes from all sides in turn."""
    import cv2

    soft: Any = cv2.GaussianBlur(relief, (0, 0), dice.uniform(0.7, 1.4))
    dx, dy = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    lamp = np.deg2rad(dice.uniform(0, 360) + SPAN * np.linspace(0, 1, WIDTH, dtype=np.float32))
    shade = dx * np.cos(lamp) + dy * np.sin(lamp) + dice.uniform(-0.3, 0.6) * soft
    grain = dice.standard_normal(relief.shape, dtype=np.float32) * dice.uniform(0.02, 0.2)
    level = 120 + dice.uniform(15, 45) * (shade + grain)
    return np.asarray(level.clip(0, 255), dtype=np.uint8)

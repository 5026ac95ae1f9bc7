"""Beasts and birds."""

import math

import numpy as np

from catalog.demo.drawing.relief import Line, Point, Relief, arc, disc, leaf, moved, smooth


def feathers(relief: Relief, root: Point, angles: list[float], length: float, width: float) -> None:
    wing = [
        leaf(root, angle, length * (0.75 + 0.25 * math.sin(n)), width)
        for n, angle in enumerate(angles)
    ]
    relief.mass(*wing, lift=1.4, round_=0.05)
    relief.cut([[one[0], one[len(one) // 2]] for one in wing], 0.01, 0.4)


def eagle(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    """Wings spread, head turned; "heraldic" stands straight, "bolt" holds a thunderbolt."""
    small = 0.8 if "small" in options else 1.0
    for side in (-1, 1):
        for n in range(7):
            angle = (-72 + n * 24) if side > 0 else (252 - n * 24)
            root = (side * (0.1 + n * 0.012) * small, (-0.2 + n * 0.035) * small)
            length = (0.56 - n * 0.035) * small
            blade = leaf(root, angle, length, 0.15 * small)
            relief.mass(blade, lift=1.3 + n * 0.05, round_=0.05)
            relief.cut(
                [
                    [
                        root,
                        (
                            root[0] + math.cos(math.radians(angle)) * length * 0.9,
                            root[1] + math.sin(math.radians(angle)) * length * 0.9,
                        ),
                    ]
                ],
                0.012,
                0.4,
            )
    tail = [
        leaf((0, 0.24 * small), 90 + k * 17, 0.4 * small, 0.12 * small) for k in (-2, -1, 0, 1, 2)
    ]
    relief.mass(*tail, lift=1.2, round_=0.05)
    relief.cut([[one[0], one[len(one) // 2]] for one in tail], 0.012, 0.4)
    body = [
        (0.0, -0.36),
        (0.12, -0.22),
        (0.15, 0.02),
        (0.09, 0.26),
        (0.0, 0.34),
        (-0.09, 0.26),
        (-0.15, 0.02),
        (-0.12, -0.22),
    ]
    relief.mass(moved(smooth(body, closed=True), 0, 0, small), lift=2.2, round_=0.14)
    scales = [
        arc((x, y), 0.032, 20, 160, steps=6)
        for y in np.arange(-0.16, 0.24, 0.06)
        for x in np.arange(-0.09, 0.1, 0.06)
    ]
    relief.cut([moved(one, 0, 0, small) for one in scales], 0.011, 0.4)
    head = [
        (-0.07, -0.28),
        (-0.08, -0.42),
        (0.0, -0.5),
        (0.1, -0.48),
        (0.2, -0.43),
        (0.21, -0.38),
        (0.15, -0.395),
        (0.1, -0.36),
        (0.08, -0.26),
    ]
    relief.mass(moved(smooth(head, closed=True), 0, 0, small), lift=2.3, round_=0.07)
    relief.dots(moved([(0.06, -0.435)], 0, 0, small), 0.018, -0.5)
    for side in (-1, 1):
        leg = moved([(side * 0.08, 0.24), (side * 0.16, 0.38), (side * 0.17, 0.46)], 0, 0, small)
        relief.raise_([leg], 0.05, 1.0)
        relief.raise_(
            [[leg[-1], (leg[-1][0] + dx, leg[-1][1] + 0.06)] for dx in (-0.06, 0.0, 0.06)],
            0.022,
            0.9,
        )
    if "bolt" in options:
        relief.raise_([[(-0.3, 0.54), (0.3, 0.54)]], 0.05, 1.0)
        relief.raise_(
            [[(side * 0.14, 0.54), (side * 0.34, y)] for side in (-1, 1) for y in (0.46, 0.62)],
            0.022,
            0.8,
        )


def owl(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    body = [
        (-0.2, -0.24),
        (0.16, -0.3),
        (0.3, -0.08),
        (0.3, 0.2),
        (0.16, 0.42),
        (-0.3, 0.5),
        (-0.1, 0.3),
        (-0.28, 0.08),
    ]
    relief.mass(smooth(body, closed=True), lift=2.2, round_=0.2)
    relief.mass(disc((-0.02, -0.36), 0.26, 0.84), lift=2.6, round_=0.14)
    for x in (-0.14, 0.1):
        relief.raise_([disc((x, -0.36), 0.085)], 0.028, 0.7)
        relief.dots([(x, -0.36)], 0.042, 0.8)
    relief.mass([(-0.05, -0.34), (0.01, -0.34), (-0.02, -0.21)], lift=3.2, round_=0.04)
    plumes = [
        arc((x, y), 0.04, 10, 170, steps=6)
        for y in np.arange(-0.12, 0.3, 0.075)
        for x in np.arange(-0.16 + (y * 0.3), 0.26, 0.085)
    ]
    relief.cut(plumes, 0.014, 0.5)
    relief.cut([smooth([(0.24, -0.1), (0.06, 0.14), (-0.2, 0.42)])], 0.022, 0.5)
    for x in (0.0, 0.15):
        relief.raise_([[(x, 0.4), (x, 0.58)]], 0.06, 1.2)
        relief.raise_([[(x, 0.58), (x + dx, 0.64)] for dx in (-0.07, 0.0, 0.07)], 0.026, 1.0)
    relief.mass(
        leaf((-0.52, -0.5), -20, 0.26, 0.12),
        leaf((-0.5, -0.48), 35, 0.24, 0.12),
        leaf((-0.54, -0.5), -75, 0.18, 0.09),
        lift=1.5,
        round_=0.05,
    )
    relief.dots([(-0.36, -0.3)], 0.04, 1.2)


def beast(
    relief: Relief, body: Line, legs: list[Line], tail: Line, at: Point, scale: float
) -> None:
    put = [moved(smooth(leg), *at, scale) for leg in legs]
    relief.raise_(put[: len(put) // 2], 0.075 * scale, 0.9)
    relief.raise_([moved(smooth(tail), *at, scale)], 0.035 * scale, 1.0)
    relief.mass(moved(smooth(body, closed=True), *at, scale), lift=2.3, round_=0.15 * scale)
    relief.raise_(put[len(put) // 2 :], 0.085 * scale, 1.1)
    relief.raise_(
        [[(line[-1][0], line[-1][1]), (line[-1][0] + 0.06 * scale, line[-1][1])] for line in put],
        0.06 * scale,
        0.9,
    )


def wolf(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    """She looks back at the twins."""
    body = [(-0.5, -0.16), (-0.2, -0.22), (0.2, -0.24), (0.36, -0.36), (0.36, -0.5), (0.42, -0.44), (0.48, -0.5), (0.52, -0.38),
            (0.62, -0.26), (0.6, -0.2), (0.48, -0.2), (0.46, -0.04), (0.36, 0.1), (0.0, 0.07), (-0.36, 0.06), (-0.54, 0.12), (-0.58, 0.0)]  # fmt: skip
    legs: list[Line] = [[(-0.36, 0.0), (-0.42, 0.18), (-0.36, 0.4)], [(0.26, 0.02), (0.24, 0.2), (0.22, 0.4)],
            [(-0.5, 0.0), (-0.58, 0.2), (-0.5, 0.4)], [(0.38, 0.0), (0.42, 0.2), (0.4, 0.4)]]  # fmt: skip
    beast(relief, body, legs, [(-0.54, -0.1), (-0.66, 0.04), (-0.62, 0.24)], (0, -0.02), 0.98)
    fur = [
        [(x, y), (x - 0.05, y + 0.035)]
        for x in np.arange(-0.44, 0.4, 0.08)
        for y in (-0.14, -0.08, -0.02)
    ]
    relief.cut([*fur, [(0.52, -0.25), (0.6, -0.24)]], 0.013, 0.45)
    relief.dots([(0.5, -0.34)], 0.02, -0.5)
    relief.dots([(x, 0.1) for x in (-0.2, -0.1, 0.0, 0.1)], 0.028, 0.8)
    for x, way in ((-0.16, 1), (0.08, -1)):
        relief.dots([(x, 0.2)], 0.055, 1.2)
        relief.raise_(
            [
                [(x, 0.25), (x - 0.02 * way, 0.36)],
                [(x, 0.28), (x + 0.06 * way, 0.16)],
                [(x - 0.02 * way, 0.36), (x + 0.07 * way, 0.4)],
            ],
            0.045,
            0.9,
        )
    relief.raise_([[(-0.66, 0.45), (0.66, 0.45)]], 0.022, 0.7)


def lion(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    body = [(-0.46, -0.2), (-0.1, -0.2), (0.16, -0.3), (0.22, -0.5), (0.4, -0.52), (0.5, -0.44), (0.58, -0.34), (0.54, -0.24), (0.44, -0.2),
            (0.4, 0.0), (0.26, 0.14), (-0.06, 0.06), (-0.32, 0.04), (-0.52, 0.12), (-0.56, -0.06)]  # fmt: skip
    legs: list[Line] = [[(-0.36, 0.0), (-0.3, 0.2), (-0.34, 0.42)], [(0.2, 0.02), (0.2, 0.22), (0.2, 0.42)],
            [(-0.46, 0.0), (-0.56, 0.2), (-0.5, 0.42)], [(0.32, 0.02), (0.46, 0.12), (0.56, 0.02)]]  # fmt: skip
    beast(
        relief, body, legs, [(-0.54, -0.1), (-0.7, -0.2), (-0.62, -0.42), (-0.5, -0.5)], (0, 0), 1.0
    )
    relief.dots([(-0.48, -0.51)], 0.055, 1.0)
    mane = []
    for n in range(34):
        a = n * 0.33
        x, y = (
            0.24 + math.cos(a) * 0.15 * dice.uniform(0.4, 1.1),
            -0.26 + math.sin(a) * 0.22 * dice.uniform(0.4, 1.1),
        )
        mane.append(smooth([(x, y), (x - 0.05, y + 0.03), (x - 0.06, y + 0.1)], steps=3))
    relief.cut(mane, 0.017, 0.5)
    relief.dots([(0.44, -0.4)], 0.022, -0.6)
    relief.cut([[(0.56, -0.3), (0.47, -0.27)]], 0.016, 0.5)


def horse(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    """At a gallop, with a rider unless "free"."""
    body = [(-0.5, -0.12), (-0.24, -0.12), (0.04, -0.14), (0.22, -0.28), (0.32, -0.5), (0.36, -0.58), (0.4, -0.5), (0.56, -0.34), (0.54, -0.28),
            (0.46, -0.3), (0.38, -0.28), (0.36, -0.06), (0.24, 0.1), (0.0, 0.12), (-0.22, 0.08), (-0.44, 0.14), (-0.56, 0.04)]  # fmt: skip
    legs: list[Line] = [[(-0.4, 0.06), (-0.52, 0.2), (-0.44, 0.32), (-0.54, 0.42)], [(0.22, 0.04), (0.42, 0.12), (0.4, 0.26)],
            [(-0.48, 0.06), (-0.62, 0.18), (-0.6, 0.3), (-0.7, 0.38)], [(0.28, 0.0), (0.5, 0.04), (0.56, 0.18)]]  # fmt: skip
    beast(relief, body, legs, [(-0.52, -0.08), (-0.68, -0.16), (-0.74, 0.06)], (0, 0.04), 0.98)
    mane = [
        [(0.3 - k * 0.035, -0.5 + k * 0.075), (0.2 - k * 0.035, -0.46 + k * 0.07)] for k in range(5)
    ]
    relief.raise_(mane, 0.03, 0.7)
    relief.dots([(0.42, -0.38)], 0.018, -0.5)
    if "free" in options:
        return
    relief.raise_([smooth([(-0.02, -0.14), (0.08, 0.04), (0.02, 0.2)])], 0.08, 1.3)
    relief.mass(
        smooth(
            [(-0.14, -0.1), (-0.14, -0.4), (-0.02, -0.46), (0.08, -0.38), (0.06, -0.1)], closed=True
        ),
        lift=2.6,
        round_=0.1,
    )
    relief.mass(disc((-0.02, -0.53), 0.085), lift=2.6, round_=0.07)
    relief.raise_([[(0.0, -0.36), (0.2, -0.32)]], 0.05, 1.2)
    relief.raise_([[(-0.46, -0.5), (0.66, -0.18)]], 0.02, 1.0)
    relief.raise_(
        [
            smooth([(-0.12, -0.38), (-0.3, -0.4), (-0.42, -0.3)]),
            smooth([(-0.12, -0.3), (-0.28, -0.3), (-0.38, -0.2)]),
        ],
        0.035,
        0.8,
    )


def elephant(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    body = [(-0.56, -0.1), (-0.46, -0.34), (-0.1, -0.4), (0.14, -0.34), (0.28, -0.46), (0.46, -0.4), (0.52, -0.2), (0.5, -0.04), (0.38, 0.02),
            (0.3, 0.12), (-0.1, 0.14), (-0.5, 0.12)]  # fmt: skip
    for x in (-0.36, 0.1):
        relief.raise_([[(x, 0.0), (x, 0.4)]], 0.13, 1.0)
    relief.raise_(
        [smooth([(0.46, -0.12), (0.6, 0.06), (0.6, 0.24), (0.7, 0.3), (0.74, 0.2)])], 0.07, 1.2
    )
    relief.mass(smooth(body, closed=True), lift=2.4, round_=0.2)
    for x in (-0.5, 0.24):
        relief.raise_([[(x, 0.04), (x, 0.42)]], 0.14, 1.2)
    relief.mass(
        smooth(
            [(0.14, -0.34), (0.3, -0.32), (0.32, -0.12), (0.22, 0.0), (0.12, -0.1)], closed=True
        ),
        lift=3.0,
        round_=0.08,
    )
    relief.raise_([smooth([(0.44, -0.06), (0.54, 0.08), (0.66, 0.04)])], 0.032, 1.2)
    relief.raise_([smooth([(-0.55, -0.12), (-0.66, 0.02), (-0.64, 0.18)])], 0.026, 0.9)
    relief.dots([(0.4, -0.24)], 0.02, -0.6)
    relief.cut([[(x, 0.36), (x + 0.1, 0.36)] for x in (-0.55, 0.19)], 0.012, 0.4)
    relief.raise_([smooth([(0.56, 0.44), (0.68, 0.34), (0.64, 0.5), (0.76, 0.42)])], 0.028, 0.9)
    relief.raise_([[(-0.66, 0.49), (0.7, 0.49)]], 0.02, 0.7)


def turtle(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    for x, y, angle in ((-0.3, -0.3, 225), (0.3, -0.3, -45), (-0.3, 0.3, 135), (0.3, 0.3, 45)):
        relief.mass(leaf((x, y), angle, 0.34, 0.24), lift=1.6, round_=0.06)
    relief.mass(disc((0, -0.54), 0.15, 1.15), lift=1.9, round_=0.1)
    relief.raise_([[(0, 0.44), (0, 0.62)]], 0.06, 1.0)
    relief.mass(disc((0, 0), 0.44, 1.08, steps=50), lift=2.8, round_=0.36)
    relief.raise_([disc((0, 0), 0.42, 1.08, steps=50)], 0.03, 0.5)
    relief.dots([(0, y) for y in (-0.3, -0.15, 0.0, 0.15, 0.3)], 0.045, 0.6)
    relief.dots([(-0.05, -0.6), (0.05, -0.6)], 0.02, 0.5)


def dolphin(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    """A boy rides on it."""
    body = [(-0.66, -0.06), (-0.5, 0.0), (-0.2, -0.06), (0.14, -0.1), (0.42, 0.04), (0.56, 0.22), (0.66, 0.26), (0.56, 0.32), (0.42, 0.28),
            (0.14, 0.2), (-0.2, 0.22), (-0.5, 0.2), (-0.62, 0.34), (-0.7, 0.16)]  # fmt: skip
    relief.mass(smooth(body, closed=True), leaf((0.1, 0.2), 120, 0.2, 0.12), lift=2.3, round_=0.13)
    relief.dots([(0.42, 0.15)], 0.026, -0.5)
    relief.raise_([smooth([(0.0, -0.12), (0.1, 0.02), (0.04, 0.2)])], 0.07, 1.4)
    relief.mass(
        smooth([(-0.1, -0.08), (-0.08, -0.36), (0.04, -0.38), (0.08, -0.08)], closed=True),
        lift=2.5,
        round_=0.08,
    )
    relief.mass(disc((0.0, -0.47), 0.085), lift=2.5, round_=0.07)
    relief.raise_(
        [[(0.04, -0.32), (0.24, -0.26), (0.36, -0.34)], [(-0.06, -0.3), (-0.2, -0.16)]], 0.045, 1.2
    )
    relief.raise_(
        [[(0.36, -0.34), (0.36, -0.48), (0.3, -0.5)], [(0.36, -0.48), (0.42, -0.5)]], 0.02, 0.9
    )
    relief.raise_(
        [
            smooth([(x, 0.46), (x + 0.06, 0.41), (x + 0.12, 0.46)])
            for x in np.arange(-0.6, 0.55, 0.12)
        ],
        0.022,
        0.7,
    )


ANIMALS = {
    "eagle": eagle, "owl": owl, "wolf": wolf, "lion": lion, "horse": horse, "elephant": elephant,
    "turtle": turtle, "dolphin": dolphin,
}  # fmt: skip

"""Wreaths, crosses, stars, arms, numbers and lines of writing."""

import math

import numpy as np

from catalog.demo.drawing import letters
from catalog.demo.drawing.relief import Relief, arc, disc, leaf, smooth


def words(options: list[str]) -> list[str]:
    return [option.replace("_", " ") for option in options]


def lines(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    """Lines of writing, one option each."""
    texts = words(options)
    size = min(0.2, 0.78 / len(texts))
    for n, text in enumerate(texts):
        y = (n - (len(texts) - 1) / 2) * size * 1.55
        room = 1.15 * math.sqrt(max(0.2, 1 - (y / 0.85) ** 2))
        fit = min(size, room / max(0.5, letters.width_of(text)))
        relief.raise_(letters.straight(text, (0, y), fit), 0.14 * fit + 0.006, 0.75)


def wreath(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    """Laurel, or oak; around lines of writing."""
    radius = 0.62
    for side in (-1, 1):
        leaves = []
        for n in range(13):
            angle = 82 - n * 12.4
            a = math.radians(angle)
            root = (side * math.cos(a) * radius, math.sin(a) * radius)
            grow = angle - 90 if side > 0 else 270 - angle
            leaves += [leaf(root, grow + 28, 0.17, 0.085), leaf(root, grow - 28, 0.17, 0.085)]
        relief.plate(leaves[::2], 0.8)
        relief.plate(leaves[1::2], 0.7)
        relief.cut([[one[0], one[len(one) // 2]] for one in leaves], 0.009, 0.35)
    relief.raise_([[(-0.05, 0.62), (-0.14, 0.76)], [(0.05, 0.62), (0.14, 0.76)]], 0.026, 0.8)
    relief.dots([(0, 0.62)], 0.05, 1.1)
    relief.dots([(0, -0.63)], 0.045, 1.0)
    texts = words(options)
    for n, text in enumerate(texts):
        y = (n - (len(texts) - 1) / 2) * 0.27
        fit = min(0.2, 0.72 / max(0.5, letters.width_of(text)))
        relief.raise_(letters.straight(text, (0, y), fit), 0.034, 0.75)


def cross(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    """On steps, or "long" from rim to rim with three pellets in each angle."""
    if "long" in options:
        relief.raise_([[(-0.9, 0), (0.9, 0)], [(0, -0.9), (0, 0.9)]], 0.07, 1.2)
        for n in range(4):
            a = math.radians(45 + n * 90)
            centre = (math.cos(a) * 0.32, math.sin(a) * 0.32)
            relief.dots(
                [
                    (centre[0] + math.cos(a + k) * 0.1, centre[1] + math.sin(a + k) * 0.1)
                    for k in (0, 2.1, 4.2)
                ],
                0.07,
                1.3,
            )
        return
    relief.raise_([[(0, -0.5), (0, 0.3)], [(-0.3, -0.18), (0.3, -0.18)]], 0.085, 1.5)
    relief.raise_(
        [[(-0.3, -0.26), (-0.3, -0.1)], [(0.3, -0.26), (0.3, -0.1)], [(-0.08, -0.5), (0.08, -0.5)]],
        0.045,
        1.3,
    )
    for n, half in enumerate((0.16, 0.28, 0.4)):
        relief.raise_([[(-half, 0.34 + n * 0.1), (half, 0.34 + n * 0.1)]], 0.075, 1.2)


def star(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    points = next((int(option) for option in options if option.isdigit()), 8)
    shapes = []
    for n in range(points):
        a = -math.pi / 2 + n * math.tau / points
        side = 0.1
        shapes.append(
            [
                (math.cos(a + 1.57) * side, math.sin(a + 1.57) * side),
                (math.cos(a) * 0.56, math.sin(a) * 0.56),
                (math.cos(a - 1.57) * side, math.sin(a - 1.57) * side),
            ]
        )
    relief.mass(*shapes, lift=1.9, round_=0.09)
    relief.mass(disc((0, 0), 0.13), lift=2.4, round_=0.1)
    if "moon" in options:
        relief.mass(
            [*arc((0, 0.12), 0.66, 20, 160), *arc((0, -0.06), 0.66, 148, 32)], lift=1.8, round_=0.07
        )


def five_points(x: float, y: float, size: float) -> list[tuple[float, float]]:
    return [
        (
            x + math.sin(n * math.pi / 5) * size * (1 if n % 2 == 0 else 0.42),
            y - math.cos(n * math.pi / 5) * size * (1 if n % 2 == 0 else 0.42),
        )
        for n in range(10)
    ]


def stars_around(relief: Relief, radius: float = 0.82, size: float = 0.075) -> None:
    relief.plate(
        [
            five_points(
                math.sin(n * math.tau / 12) * radius, -math.cos(n * math.tau / 12) * radius, size
            )
            for n in range(12)
        ],
        0.8,
    )


def euro(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    """The common side: a great number, a map, and strands with stars between them."""
    value, unit = (*options, "EURO")[:2]
    big = 0.62 if len(value) < 2 else 0.5
    relief.raise_(letters.straight(value, (-0.38, -0.05), big), 0.085, 1.1)
    land = [
        [(0.02, -0.5), (0.12, -0.62), (0.24, -0.58), (0.2, -0.42), (0.12, -0.36), (0.1, -0.24), (0.02, -0.3)],
        [(0.12, -0.16), (0.3, -0.28), (0.5, -0.26), (0.56, -0.06), (0.46, 0.08), (0.52, 0.24), (0.42, 0.3), (0.36, 0.12), (0.3, 0.08),
         (0.38, 0.34), (0.34, 0.38), (0.24, 0.14), (0.14, 0.16), (0.06, 0.36), (-0.06, 0.38), (-0.08, 0.18), (0.06, 0.06)],
        [(-0.04, -0.22), (0.04, -0.18), (0.06, -0.02), (-0.04, -0.02)], [(-0.14, -0.14), (-0.07, -0.15), (-0.07, -0.04), (-0.14, -0.05)],
    ]  # fmt: skip
    for shape in land:
        relief.mass(smooth(shape, closed=True, steps=4), lift=1.1, round_=0.05)
    strands = [
        [(x, -math.sqrt(0.66 - x * x)), (x, math.sqrt(0.66 - x * x))]
        for x in np.arange(0.44, 0.72, 0.055)
    ]
    relief.raise_(strands, 0.01, 0.35)
    relief.plate(
        [five_points(0.7 - 0.12 * math.cos(n), -0.5 + n * 0.2, 0.045) for n in range(6)], 0.7
    )
    relief.raise_(letters.straight(unit, (0.02, 0.48), 0.13), 0.026, 0.8)


def number(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    """A great number between ears ("wheat") or twigs ("oak"), with a word below."""
    value, word = (*[o for o in options if o not in {"wheat", "oak"}], "", "")[:2]
    if "wheat" in options:
        for side in (-1, 1):
            stem = smooth(
                [(side * 0.24, 0.56), (side * 0.5, 0.3), (side * 0.57, -0.08), (side * 0.45, -0.46)]
            )
            relief.raise_([stem], 0.02, 0.8)
            grains = []
            for k in range(7, len(stem), 2):
                grains += [leaf(stem[k], -90 + s * 38 - side * 14, 0.13, 0.062) for s in (-1, 1)]
            relief.plate(grains, 0.75)
            relief.cut([[g[0], g[len(g) // 2]] for g in grains], 0.008, 0.3)
    if "oak" in options:
        for side in (-1, 1):
            relief.raise_([smooth([(0, 0.62), (side * 0.4, 0.5), (side * 0.62, 0.1)])], 0.026, 0.8)
            for k in range(4):
                x, y = side * (0.3 + k * 0.11), 0.62 - k * 0.15 - k * k * 0.012
                relief.mass(
                    smooth(
                        list(leaf((x, y), -90 + side * (50 - k * 14), 0.24, 0.15)),
                        closed=True,
                        steps=1,
                    ),
                    lift=1.2,
                    round_=0.04,
                )
                relief.dots([(x - side * 0.1, y - 0.02)], 0.04, 1.0)
    shift = -0.08 if word else 0.0
    size = 0.52 if len(value) < 3 else 0.3
    if not {"wheat", "oak"} & set(options):
        size *= 1.4
    relief.raise_(
        letters.straight(value, (0, shift - 0.05), size), 0.085 if size > 0.5 else 0.06, 1.2
    )
    if word:
        text = word.replace("_", " ")
        fit = min(0.16, 0.8 / max(0.5, letters.width_of(text)))
        relief.raise_(letters.straight(text, (0, 0.32), fit), 0.028, 0.75)


def shield(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    """Quartered arms under a crown: bars, lozenges, a lion's stroke, lilies."""
    outline = smooth(
        [
            (-0.42, -0.34),
            (0.42, -0.34),
            (0.42, 0.1),
            (0.3, 0.4),
            (0.0, 0.6),
            (-0.3, 0.4),
            (-0.42, 0.1),
        ],
        closed=True,
    )
    relief.mass(outline, lift=1.3, round_=0.06)
    relief.raise_([outline], 0.03, 0.5)
    relief.cut([[(0, -0.34), (0, 0.58)], [(-0.42, 0.06), (0.42, 0.06)]], 0.016, 0.5)
    relief.raise_([[(-0.38, y), (-0.04, y)] for y in (-0.24, -0.15, -0.06)], 0.03, 0.5)
    relief.plate(
        [
            [
                (0.2 + dx, -0.24 + dy),
                (0.26 + dx, -0.16 + dy),
                (0.2 + dx, -0.08 + dy),
                (0.14 + dx, -0.16 + dy),
            ]
            for dx, dy in ((-0.09, 0), (0.1, 0), (0.0, 0.1), (0, -0.1))
        ],
        0.5,
    )
    relief.raise_(
        [
            smooth([(-0.32, 0.34), (-0.2, 0.16), (-0.1, 0.3), (-0.16, 0.42)]),
            [(-0.24, 0.2), (-0.3, 0.14)],
        ],
        0.04,
        0.6,
    )
    for x, y in ((0.12, 0.16), (0.28, 0.16), (0.18, 0.34)):
        relief.plate([leaf((x, y + 0.08), angle, 0.13, 0.06) for angle in (-90, -45, -135)], 0.6)
    relief.raise_([smooth([(-0.32, -0.42), (0, -0.39), (0.32, -0.42)])], 0.055, 1.1)
    for x in (-0.3, -0.15, 0.0, 0.15, 0.3):
        relief.raise_([[(x, -0.44), (x * 1.1, -0.58)]], 0.034, 0.9)
    relief.dots([(x * 1.1, -0.62) for x in (-0.3, -0.15, 0.0, 0.15, 0.3)], 0.04, 1.1)


def harp(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    relief.raise_([smooth([(0.3, -0.46), (0.1, -0.3), (-0.1, -0.34), (-0.3, -0.5)])], 0.075, 1.4)
    relief.raise_([smooth([(-0.3, -0.5), (-0.24, -0.1), (-0.02, 0.36), (0.12, 0.5)])], 0.065, 1.3)
    relief.raise_([smooth([(0.3, -0.46), (0.34, 0.0), (0.12, 0.5)])], 0.09, 1.5)
    relief.raise_(
        [
            [
                (0.24 - k * 0.055, -0.36 + abs(k - 3) * 0.012),
                (0.24 - k * 0.04 + 0.03, 0.22 - k * 0.06),
            ]
            for k in range(8)
        ],
        0.013,
        0.7,
    )
    stars_around(relief)


def tree(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    relief.raise_([smooth([(0, 0.5), (0.02, 0.2), (0, -0.1)])], 0.06, 1.3)
    for side in (-1, 1):
        for k in range(4):
            tip = (side * (0.22 + k * 0.08), -0.42 + k * 0.2)
            relief.raise_(
                [smooth([(0, 0.1 + k * 0.06), (tip[0] * 0.6, tip[1] + 0.08), tip])], 0.03, 1.0
            )
            relief.plate(
                [
                    leaf(tip, angle, 0.13, 0.07)
                    for angle in (-90, -90 + side * 60, side * 10 + (180 if side < 0 else 0))
                ],
                0.9,
            )
    relief.raise_([[(0, -0.1), (0, -0.44)]], 0.035, 1.0)
    hexagon = [(math.cos(n * math.pi / 3) * 0.6, math.sin(n * math.pi / 3) * 0.6) for n in range(7)]
    relief.raise_([hexagon], 0.02, 0.7)
    stars_around(relief, 0.83, 0.06)


def flower(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    """A chrysanthemum of sixteen petals."""
    for n in range(16):
        a = n * 360 / 16
        relief.mass(
            leaf((math.cos(math.radians(a)) * 0.1, math.sin(math.radians(a)) * 0.1), a, 0.42, 0.17),
            lift=1.6,
            round_=0.05,
        )
    relief.mass(disc((0, 0), 0.11), lift=2.2, round_=0.08)
    if "twigs" in options:
        for side in (-1, 1):
            relief.plate(
                [
                    leaf(
                        (side * (0.5 + 0.08 * math.sin(k)), 0.5 - k * 0.13),
                        -90 + side * 30 * (-1) ** k,
                        0.18,
                        0.08,
                    )
                    for k in range(6)
                ],
                0.7,
            )


def kufic(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    """Lines that look like Kufic script from afar and say nothing: we cannot write it well."""
    relief.raise_([disc((0, 0), 0.64, steps=90), disc((0, 0), 0.6, steps=90)], 0.012, 0.5)
    for row in range(3):
        y, half = -0.24 + row * 0.26, (0.42, 0.5, 0.42)[row]
        strokes = [[(-half, y), (half, y)]]
        x = -half
        while x < half:
            kind = int(dice.integers(0, 5))
            if kind < 2:
                strokes.append([(x, y), (x, y - 0.15)])
            elif kind == 2:
                strokes.append(arc((x + 0.03, y - 0.045), 0.045, 90, 400, steps=10))
            elif kind == 3:
                strokes.append([(x, y), (x, y - 0.07), (x + 0.05, y - 0.1)])
            else:
                strokes.append(smooth([(x, y), (x + 0.02, y + 0.08), (x - 0.06, y + 0.09)]))
            x += float(dice.uniform(0.06, 0.12))
        relief.raise_(strokes, 0.032, 0.9)
    margin = []
    for n in range(58):
        a, reach = n * math.tau / 58, float(dice.choice([0.02, 0.05, 0.09, 0.09]))
        margin.append(
            [
                (math.cos(a) * 0.72, math.sin(a) * 0.72),
                (math.cos(a) * (0.72 + reach), math.sin(a) * (0.72 + reach)),
            ]
        )
    relief.raise_([*margin, disc((0, 0), 0.72, steps=90)], 0.026, 0.7)


EMBLEMS = {
    "lines": lines, "wreath": wreath, "cross": cross, "star": star, "euro": euro, "number": number,
    "shield": shield, "harp": harp, "tree": tree, "flower": flower, "kufic": kufic,
}  # fmt: skip

"""What heads wear: wreaths, crowns, helmets, and clothes below them."""

import math

import numpy as np

from catalog.demo.drawing.motifs.anatomy import BAND, Head, inside
from catalog.demo.drawing.relief import Line, Point, arc, disc, leaf, smooth


def along(line: Line, count: int) -> list[tuple[Point, float]]:
    """Points on the line with the direction it takes there, in degrees."""
    curve = smooth(line, steps=20)
    found = []
    for n in range(count):
        at = int(n * (len(curve) - 2) / max(1, count - 1))
        (x, y), (u, v) = curve[at], curve[at + 1]
        found.append(((x, y), math.degrees(math.atan2(v - y, u - x))))
    return found


def ties(head: Head, dice: np.random.Generator) -> None:
    head.raise_(
        [
            smooth([(-0.4, 0.14), (-0.47, 0.24), (-0.44, 0.34), (-0.5, 0.46)]),
            smooth([(-0.4, 0.14), (-0.4, 0.26), (-0.36, 0.36), (-0.4, 0.5)]),
        ],
        0.026,
        0.6,
    )
    head.relief.dots([head.put([(-0.41, 0.13)])[0]], 0.03 * head.scale, 0.6)


def laurel(head: Head, dice: np.random.Generator) -> None:
    head.cut([smooth(BAND)], 0.05, 0.4)
    leaves = []
    for (x, y), angle in along(BAND, 11):
        leaves += [leaf((x, y), angle - 32, 0.19, 0.085), leaf((x, y), angle + 26, 0.16, 0.075)]
    for some in (leaves[::2], leaves[1::2]):
        head.relief.plate([head.put(one) for one in some], 0.7)
    head.cut([[line[0], line[len(line) // 2]] for line in leaves], 0.008, 0.3)
    ties(head, dice)


def radiate(head: Head, dice: np.random.Generator) -> None:
    spikes = []
    for (x, y), angle in along(BAND, 7)[1:]:
        lean = math.radians(angle - 84)
        tip = (x + math.cos(lean) * 0.36, y + math.sin(lean) * 0.36)
        side = (math.cos(math.radians(angle)) * 0.06, math.sin(math.radians(angle)) * 0.06)
        spikes.append([(x - side[0], y - side[1]), tip, (x + side[0], y + side[1])])
    head.mass(*spikes, lift=1.5, round_=0.04)
    head.cut(
        [
            [spike[1], ((spike[0][0] + spike[2][0]) / 2, (spike[0][1] + spike[2][1]) / 2)]
            for spike in spikes
        ],
        0.01,
        0.3,
    )
    head.raise_([smooth(BAND)], 0.05, 0.6)
    ties(head, dice)


def diadem(head: Head, dice: np.random.Generator) -> None:
    head.cut([smooth(BAND)], 0.085, 0.35)
    head.raise_([smooth(BAND)], 0.055, 0.75)
    head.raise_([disc(point, 0.018, steps=10) for point, _angle in along(BAND, 12)], 0.01, 0.25)
    ties(head, dice)


def bun(head: Head, dice: np.random.Generator) -> None:
    head.mass(disc((-0.43, 0.16), 0.13, 1.1), lift=2.2, round_=0.08)
    head.cut([arc((-0.43, 0.16), r, 20, 330, 1.1) for r in (0.035, 0.07, 0.1)], 0.013, 0.4)
    waves = [
        smooth(
            [
                (0.12 - k * 0.1, -0.47 - k * 0.012),
                (0.1 - k * 0.11, -0.36),
                (0.0 - k * 0.1, -0.24),
                (-0.08 - k * 0.07, -0.1),
                (-0.24 - k * 0.03, 0.1),
            ]
        )
        for k in range(4)
    ]
    head.cut(waves, 0.016, 0.45)
    head.raise_([smooth(BAND[1:])], 0.032, 0.55)


def helmet(head: Head, dice: np.random.Generator) -> None:
    bowl = [(0.22, -0.3), (0.24, -0.42), (0.15, -0.55), (-0.05, -0.63), (-0.28, -0.57), (-0.45, -0.38), (-0.5, -0.12),
            (-0.47, 0.12), (-0.38, 0.3), (-0.24, 0.27), (-0.2, 0.06), (-0.02, -0.14), (0.1, -0.24)]  # fmt: skip
    head.mass(smooth(bowl, closed=True), lift=2.6, round_=0.18)
    crest = [(0.2, -0.62), (0.0, -0.76), (-0.3, -0.72), (-0.55, -0.5), (-0.66, -0.18), (-0.6, 0.16), (-0.5, 0.3),
             (-0.52, 0.0), (-0.5, -0.3), (-0.33, -0.54), (-0.06, -0.65)]  # fmt: skip
    head.mass(smooth(crest, closed=True), lift=1.7, round_=0.06)
    hairs = [[(math.cos(a) * 0.56 - 0.06, math.sin(a) * 0.6 - 0.06), (math.cos(a) * 0.66 - 0.06, math.sin(a) * 0.7 - 0.06)]
             for a in np.arange(3.0, 4.9, 0.09)]  # fmt: skip
    head.cut(hairs, 0.012, 0.4)
    head.raise_(
        [smooth([(0.2, -0.3), (0.06, -0.2), (-0.06, -0.08), (-0.16, 0.1), (-0.26, 0.25)])],
        0.03,
        0.5,
    )
    olive = [leaf((-0.12 + k * 0.1, -0.34 - k * 0.035), -60, 0.12, 0.05) for k in range(3)]
    head.raise_([[*one] for one in olive], 0.014, 0.4)
    head.raise_([arc((-0.3, -0.12), r, 0, 300) for r in (0.05, 0.1)], 0.018, 0.35)


def lionskin(head: Head, dice: np.random.Generator) -> None:
    skin = [(0.26, -0.4), (0.22, -0.55), (0.05, -0.64), (-0.2, -0.62), (-0.42, -0.5), (-0.53, -0.24), (-0.52, 0.05),
            (-0.46, 0.32), (-0.4, 0.55), (-0.22, 0.62), (0.0, 0.6), (0.06, 0.5), (-0.08, 0.4), (-0.14, 0.2), (-0.08, 0.0),
            (0.04, -0.16), (0.14, -0.26), (0.24, -0.3)]  # fmt: skip
    head.mass(smooth(skin, closed=True), lift=2.5, round_=0.12)
    mane = []
    for _n in range(110):
        x, y = float(dice.uniform(-0.5, 0.05)), float(dice.uniform(-0.6, 0.58))
        if inside(x, y, skin):
            lean = math.atan2(y + 0.1, x + 0.1) + 0.6
            mane.append([(x, y), (x + math.cos(lean) * 0.07, y + math.sin(lean) * 0.07)])
    head.cut(mane, 0.015, 0.45)
    head.raise_([disc((0.06, -0.46), 0.035), arc((-0.1, -0.44), 0.07, 90, 330)], 0.02, 0.5)
    head.raise_([[(0.16, -0.36), (0.2, -0.28)], [(0.22, -0.37), (0.25, -0.29)]], 0.02, 0.5)


def crown(head: Head, dice: np.random.Generator) -> None:
    band = smooth(BAND[1:])
    head.raise_([band], 0.07, 0.6)
    for (x, y), angle in along(BAND[1:], 5):
        lean = math.radians(angle - 88)
        tip = (x + math.cos(lean) * 0.17, y + math.sin(lean) * 0.17)
        head.raise_([[(x, y), tip]], 0.05, 0.5)
        head.relief.dots([head.put([tip])[0]], 0.035 * head.scale, 0.45)


def draped(head: Head) -> None:
    bust = [(0.0, 0.58), (0.12, 0.68), (0.3, 0.8), (0.36, 0.93), (0.1, 1.04), (-0.2, 1.05), (-0.48, 0.94), (-0.54, 0.8),
            (-0.42, 0.68), (-0.28, 0.58), (-0.14, 0.63)]  # fmt: skip
    head.mass(smooth(bust, closed=True), lift=2.3, round_=0.16)
    folds = [
        smooth(
            [
                (-0.28 - k * 0.07, 0.62 + k * 0.05),
                (-0.16, 0.74 + k * 0.07),
                (0.06 + k * 0.05, 0.72 + k * 0.075),
            ]
        )
        for k in range(4)
    ]
    head.cut(folds, 0.02, 0.45)
    head.relief.dots([head.put([(-0.3, 0.66)])[0]], 0.045 * head.scale, 0.6)


def coat(head: Head) -> None:
    bust = [(0.02, 0.5), (0.14, 0.62), (0.32, 0.74), (0.42, 0.92), (0.1, 1.06), (-0.3, 1.06), (-0.6, 0.9), (-0.58, 0.72),
            (-0.42, 0.6), (-0.3, 0.42), (-0.14, 0.55)]  # fmt: skip
    head.mass(smooth(bust, closed=True), lift=2.1, round_=0.14)
    head.cut(
        [
            smooth([(-0.28, 0.46), (-0.1, 0.64), (0.1, 0.78), (0.2, 0.96)]),
            [(0.02, 0.68), (-0.14, 1.0)],
            [(-0.4, 0.66), (-0.3, 0.98)],
        ],
        0.018,
        0.5,
    )
    head.mass(
        [(0.06, 0.62), (0.16, 0.57), (0.16, 0.7)],
        [(0.07, 0.63), (-0.02, 0.58), (0.0, 0.7)],
        lift=2.6,
        round_=0.04,
    )


ADORNMENTS = {
    "laurel": laurel, "radiate": radiate, "diadem": diadem, "bun": bun, "helmet": helmet,
    "lionskin": lionskin, "crown": crown,
}  # fmt: skip

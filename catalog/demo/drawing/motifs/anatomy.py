"""Of what a head in profile is made, drawn facing right: face, ear, hair, beard."""

import math

import numpy as np

from catalog.demo.drawing.relief import Line, Point, Relief, arc, blurred, disc, moved, smooth

FACE: list[Point] = [
    (0.13, -0.47), (0.235, -0.36), (0.29, -0.235), (0.305, -0.165), (0.285, -0.105), (0.315, -0.045),
    (0.365, 0.035), (0.392, 0.085), (0.368, 0.115), (0.312, 0.125), (0.316, 0.155), (0.34, 0.185),
    (0.322, 0.208), (0.3, 0.214), (0.326, 0.238), (0.318, 0.268), (0.288, 0.286), (0.298, 0.325),
    (0.302, 0.372), (0.262, 0.416), (0.19, 0.425), (0.1, 0.4), (0.035, 0.41), (0.02, 0.47),
]  # fmt: skip
NECK: list[Point] = [(0.035, 0.58), (0.09, 0.72), (0.2, 0.84), (0.08, 0.9), (-0.1, 0.905), (-0.28, 0.86),
                     (-0.42, 0.76), (-0.345, 0.62), (-0.3, 0.45)]  # fmt: skip
SKULL: list[Point] = [(-0.315, 0.28), (-0.4, 0.14), (-0.455, -0.04), (-0.445, -0.24), (-0.35, -0.42),
                      (-0.18, -0.53), (0.0, -0.545)]  # fmt: skip
HAIR: list[Point] = [
    (0.12, -0.485), (0.185, -0.4), (0.19, -0.3), (0.13, -0.22), (0.06, -0.16), (0.02, -0.06), (0.0, 0.03),
    (-0.06, 0.07), (-0.13, 0.06), (-0.17, 0.14), (-0.22, 0.26), (-0.31, 0.31), (-0.41, 0.15), (-0.47, -0.04),
    (-0.46, -0.25), (-0.36, -0.44), (-0.18, -0.555), (0.0, -0.56),
]  # fmt: skip
BAND: list[Point] = [
    (-0.4, 0.13),
    (-0.36, -0.02),
    (-0.24, -0.16),
    (-0.06, -0.27),
    (0.1, -0.345),
    (0.215, -0.38),
]


class Head:
    """Places everything at once: scale, shift and which way it looks."""

    def __init__(self, relief: Relief, scale: float, left: bool, at: Point = (0.0, 0.0)) -> None:
        self.relief, self.scale, self.left, self.at = relief, scale, left, at

    def put(self, line: Line) -> list[Point]:
        return moved(line, self.at[0], self.at[1], self.scale, self.left)

    def mass(self, *shapes: Line, lift: float = 1.0, round_: float = 0.1) -> None:
        self.relief.mass(*(self.put(shape) for shape in shapes), lift=lift, round_=round_)

    def swell(self, centre: Point, radius: float, lift: float) -> None:
        """A soft rise without an outline: a cheek, a chin; or a hollow."""
        line = self.put(disc(centre, radius))
        reach = radius * self.scale * self.relief.radius
        window, mask = self.relief.mask([line], pad=reach)
        self.relief.height[window] += blurred(mask, reach * 0.6) * np.float32(lift)

    def raise_(self, lines: list[list[Point]], width: float = 0.016, lift: float = 0.4) -> None:
        self.relief.raise_([self.put(line) for line in lines], width * self.scale, lift)

    def cut(self, lines: list[list[Point]], width: float = 0.012, depth: float = 0.35) -> None:
        self.relief.cut([self.put(line) for line in lines], width * self.scale, depth)


def features(head: Head, is_old: bool) -> None:
    head.swell((0.17, 0.1), 0.11, 0.35)
    head.swell((0.2, 0.33), 0.1, 0.25)
    head.swell((0.0, 0.2), 0.15, 0.25)
    head.swell((0.22, -0.08), 0.075, -0.35)
    head.raise_([smooth([(0.13, -0.165), (0.2, -0.195), (0.285, -0.165)])], 0.03, 0.35)
    head.raise_([smooth([(0.155, -0.075), (0.205, -0.112), (0.258, -0.085)])], 0.02, 0.5)
    head.raise_([smooth([(0.16, -0.065), (0.21, -0.045), (0.255, -0.062)])], 0.014, 0.35)
    head.raise_([disc((0.22, -0.078), 0.02, steps=12)], 0.014, 0.4)
    head.cut([smooth([(0.3, 0.108), (0.283, 0.085), (0.292, 0.06)])], 0.014, 0.4)
    head.cut([smooth([(0.31, 0.212), (0.27, 0.208), (0.235, 0.222)])], 0.015, 0.5)
    head.raise_([smooth([(0.02, 0.37), (0.1, 0.375), (0.19, 0.395)])], 0.02, 0.15)
    ear(head)
    if is_old:
        head.cut([smooth([(0.27, 0.08), (0.235, 0.14), (0.225, 0.19)])], 0.012, 0.35)
        head.cut([smooth([(0.15, -0.27), (0.21, -0.275), (0.26, -0.25)])], 0.01, 0.3)
        head.cut([smooth([(0.11, -0.05), (0.08, -0.03), (0.06, 0.0)])], 0.01, 0.3)
        head.cut([smooth([(0.07, 0.46), (0.0, 0.5), (-0.08, 0.5)])], 0.012, 0.3)


def ear(head: Head) -> None:
    outer = smooth([(-0.06, 0.06), (-0.115, 0.01), (-0.125, -0.06), (-0.08, -0.095), (-0.03, -0.07),
                    (-0.035, -0.02), (-0.065, 0.01), (-0.045, 0.055), (-0.065, 0.085)])  # fmt: skip
    head.mass(disc((-0.078, -0.01), 0.055, 1.6), lift=2.2, round_=0.06)
    head.raise_([outer], 0.02, 0.35)


def hair(head: Head, options: list[str], dice: np.random.Generator) -> None:
    """Locks that fall from the crown; short and bent, they are curls."""
    head.mass(smooth(HAIR, closed=True), lift=2.5, round_=0.16)
    if "bun" in options:
        return
    bend, reach = (1.5, 0.06) if "curls" in options else (0.55, 0.1)
    locks = []
    for row in range(6):
        count = 7 + row * 5
        for n in range(count):
            angle = n * math.tau / count + row * 0.3 + float(dice.normal(0, 0.04))
            out = 0.05 + row * 0.092
            x, y = -0.2 + math.cos(angle) * out * 0.95, -0.28 + math.sin(angle) * out
            turn = angle + bend
            tip = (x + math.cos(turn) * reach, y + math.sin(turn) * reach)
            mid = (
                (x + tip[0]) / 2 + math.cos(angle) * 0.025,
                (y + tip[1]) / 2 + math.sin(angle) * 0.025,
            )
            if inside(x, y, HAIR) and inside(*tip, HAIR):
                locks.append(smooth([(x, y), mid, tip], steps=4))
    head.cut(locks, 0.02, 0.55)


def inside(x: float, y: float, shape: Line) -> bool:
    found, last = False, shape[-1]
    for point in shape:
        if (point[1] > y) != (last[1] > y):
            cross = (last[0] - point[0]) * (y - point[1]) / (last[1] - point[1]) + point[0]
            found ^= x < cross
        last = point
    return found


def beard(head: Head, dice: np.random.Generator, is_short: bool) -> None:
    low = 0.02 if is_short else 0.09
    shape = [(0.01, 0.0), (0.05, 0.12), (0.15, 0.2), (0.23, 0.235), (0.3, 0.29), (0.315, 0.37),
             (0.29 - low / 3, 0.43 + low), (0.18, 0.46 + low), (0.06, 0.43 + low / 2), (-0.04, 0.33),
             (-0.07, 0.16), (-0.06, 0.05)]  # fmt: skip
    head.mass(smooth(shape, closed=True), lift=2.0 if is_short else 2.3, round_=0.1)
    curls = []
    for _n in range(90 if is_short else 64):
        x, y = float(dice.uniform(-0.08, 0.33)), float(dice.uniform(0, 0.55))
        if inside(x, y, shape):
            start = float(dice.uniform(0, 360))
            reach = 0.012 if is_short else 0.026
            curls.append(arc((x, y), reach, start, start + 230, steps=8))
    head.cut(curls, 0.013, 0.4)
    if not is_short:
        head.raise_([smooth([(0.32, 0.16), (0.26, 0.165), (0.2, 0.22)])], 0.03, 0.35)

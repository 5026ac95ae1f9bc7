"""Gods and virtues: a figure that stands, with what it holds; "throned" it sits."""

import math
from collections.abc import Callable

import numpy as np

from catalog.demo.drawing.relief import Point, Relief, arc, disc, leaf, smooth


def figure(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    """Options: wings, nude, throned, helmet, rays, veil; then left:THING and right:THING."""
    held = dict(option.split(":") for option in options if ":" in option)
    if "wings" in options:
        wings(relief)
    if "throned" in options:
        throne(relief)
    hands = {"left": (-0.44, -0.16), "right": (0.42, -0.2)}
    for side, hand in hands.items():
        way = -1 if side == "left" else 1
        elbow = (way * 0.26, -0.1)
        relief.raise_([smooth([(way * 0.12, -0.3), elbow, hand])], 0.075, 1.1)
    (bare if "nude" in options else robed)(relief, "throned" in options)
    head(relief, options)
    for side, thing in held.items():
        THINGS[thing](relief, hands[side], -1 if side == "left" else 1)
    relief.raise_([[(-0.62, 0.67), (0.62, 0.67)]], 0.02, 0.7)


def robed(relief: Relief, is_seated: bool) -> None:
    torso: list[Point] = [
        (-0.15, -0.36),
        (0.15, -0.36),
        (0.16, -0.18),
        (0.11, -0.02),
        (-0.11, -0.02),
        (-0.16, -0.18),
    ]
    if is_seated:
        skirt = [
            (-0.14, -0.04),
            (0.16, -0.04),
            (0.2, 0.14),
            (0.02, 0.22),
            (-0.08, 0.4),
            (-0.06, 0.64),
            (-0.36, 0.64),
            (-0.36, 0.3),
            (-0.3, 0.1),
        ]
    else:
        skirt = [
            (-0.12, -0.05),
            (0.12, -0.05),
            (0.2, 0.2),
            (0.21, 0.5),
            (0.24, 0.65),
            (-0.24, 0.65),
            (-0.2, 0.5),
            (-0.19, 0.2),
        ]
    relief.mass(smooth(skirt, closed=True), lift=2.0, round_=0.14)
    relief.mass(smooth(torso, closed=True), lift=2.3, round_=0.12)
    if is_seated:
        folds = [
            smooth([(0.1 - k * 0.06, 0.0), (-0.14 - k * 0.05, 0.16), (-0.12 - k * 0.07, 0.6)])
            for k in range(4)
        ]
    else:
        folds = [
            smooth([(0.09 - k * 0.045, -0.02), (0.13 - k * 0.066, 0.3), (0.19 - k * 0.09, 0.63)])
            for k in range(5)
        ]
        folds.append(smooth([(-0.17, 0.12), (0.0, 0.2), (0.18, 0.08)]))
    relief.cut(
        [
            *folds,
            smooth([(-0.13, -0.32), (0.0, -0.2), (0.13, -0.32)]),
            smooth([(-0.12, -0.06), (0.0, -0.04), (0.12, -0.06)]),
        ],
        0.02,
        0.55,
    )


def bare(relief: Relief, is_seated: bool) -> None:
    for x in (-0.08, 0.1):
        relief.raise_([smooth([(x * 0.8, -0.02), (x * 1.2, 0.3), (x * 1.3, 0.62)])], 0.105, 1.3)
        relief.raise_([[(x * 1.3, 0.64), (x * 1.3 - 0.07, 0.65)]], 0.05, 1.0)
    torso = [
        (-0.18, -0.38),
        (0.18, -0.38),
        (0.14, -0.16),
        (0.1, 0.06),
        (-0.1, 0.06),
        (-0.14, -0.16),
    ]
    relief.mass(smooth(torso, closed=True), lift=2.3, round_=0.12)
    relief.cut(
        [
            [(0, -0.34), (0, 0.0)],
            smooth([(-0.14, -0.24), (0, -0.21), (0.14, -0.24)]),
            smooth([(-0.1, -0.08), (0, -0.06), (0.1, -0.08)]),
        ],
        0.013,
        0.35,
    )
    relief.raise_(
        [
            smooth([(0.2, -0.36), (0.32, -0.1), (0.3, 0.3), (0.36, 0.44)]),
            smooth([(0.24, -0.3), (0.37, 0.0), (0.36, 0.3)]),
        ],
        0.045,
        0.9,
    )


def head(relief: Relief, options: list[str]) -> None:
    relief.raise_([[(0, -0.4), (0, -0.46)]], 0.09, 1.3)
    face = [
        (-0.13, -0.52),
        (-0.09, -0.43),
        (0.02, -0.42),
        (0.1, -0.5),
        (0.1, -0.6),
        (0.0, -0.66),
        (-0.09, -0.62),
        (-0.1, -0.56),
    ]
    relief.mass(smooth(face, closed=True), lift=2.2, round_=0.09)
    relief.cut([arc((0.02, -0.56), r, -150, 80) for r in (0.04, 0.07)], 0.012, 0.4)
    if "helmet" in options:
        relief.raise_(
            [smooth([(-0.12, -0.62), (0.0, -0.72), (0.14, -0.64), (0.17, -0.5)])], 0.05, 0.9
        )
    if "rays" in options:
        relief.raise_(
            [
                [
                    (math.cos(a) * 0.12, -0.57 + math.sin(a) * 0.12),
                    (math.cos(a) * 0.2, -0.57 + math.sin(a) * 0.2),
                ]
                for a in np.arange(3.4, 6.1, 0.44)
            ],
            0.02,
            0.8,
        )
    if "veil" in options:
        relief.raise_(
            [smooth([(-0.06, -0.68), (0.1, -0.64), (0.15, -0.48), (0.17, -0.3)])], 0.04, 0.8
        )


def wings(relief: Relief) -> None:
    for side, tilt in ((1, 0), (-1, 12)):
        for n in range(5):
            angle = -66 + n * 16
            angle = angle if side > 0 else 180 - angle + tilt
            relief.mass(
                leaf((side * 0.1, -0.3 + n * 0.02), angle, 0.46 - n * 0.035, 0.11),
                lift=1.3,
                round_=0.045,
            )
            a = math.radians(angle)
            relief.cut(
                [
                    [
                        (side * 0.1 + math.cos(a) * 0.15, -0.3 + n * 0.02 + math.sin(a) * 0.15),
                        (side * 0.1 + math.cos(a) * 0.34, -0.3 + n * 0.02 + math.sin(a) * 0.34),
                    ]
                ],
                0.01,
                0.4,
            )


def throne(relief: Relief) -> None:
    relief.raise_(
        [
            [(0.28, -0.42), (0.28, 0.64)],
            [(-0.16, 0.22), (0.32, 0.22)],
            [(-0.02, 0.22), (-0.02, 0.64)],
        ],
        0.05,
        0.9,
    )
    relief.raise_([[(0.0, 0.4), (0.28, 0.4)]], 0.03, 0.7)
    relief.dots([(0.28, -0.45)], 0.05, 1.1)


# --- what they hold ----------------------------------------------------------
def wreath(relief: Relief, at: Point, way: int) -> None:
    relief.raise_([disc(at, 0.1)], 0.045, 1.0)
    relief.cut(
        [
            [
                (at[0] + math.cos(a) * 0.075, at[1] + math.sin(a) * 0.075),
                (at[0] + math.cos(a + 0.2) * 0.125, at[1] + math.sin(a + 0.2) * 0.125),
            ]
            for a in np.arange(0, 6.2, 0.5)
        ],
        0.012,
        0.4,
    )
    relief.raise_(
        [
            [(at[0], at[1] + 0.1), (at[0] - 0.04, at[1] + 0.2)],
            [(at[0], at[1] + 0.1), (at[0] + 0.04, at[1] + 0.19)],
        ],
        0.02,
        0.8,
    )


def palm(relief: Relief, at: Point, way: int) -> None:
    stem = smooth([(at[0] - way * 0.06, at[1] + 0.16), at, (at[0] + way * 0.1, at[1] - 0.34)])
    relief.raise_([stem], 0.022, 0.9)
    blades = [
        leaf(stem[k], (-60 if s > 0 else -120) + way * 12, 0.13, 0.04)
        for k in range(4, len(stem), 2)
        for s in (-1, 1)
    ]
    relief.plate(blades, 0.9)


def spear(relief: Relief, at: Point, way: int) -> None:
    relief.raise_([[(at[0] + way * 0.02, 0.66), (at[0], -0.66)]], 0.022, 1.0)
    relief.plate([leaf((at[0], -0.56), -90, 0.18, 0.09)], 1.0)


def scales(relief: Relief, at: Point, way: int) -> None:
    x, y = at
    relief.raise_(
        [[(x, y), (x, y - 0.16)], [(x - 0.13, y - 0.12), (x + 0.13, y - 0.12)]], 0.02, 1.0
    )
    for dx in (-0.13, 0.13):
        relief.raise_(
            [
                [(x + dx, y - 0.12), (x + dx - 0.05, y + 0.06)],
                [(x + dx, y - 0.12), (x + dx + 0.05, y + 0.06)],
            ],
            0.012,
            0.8,
        )
        relief.plate([arc((x + dx, y + 0.05), 0.075, 0, 180, 0.6)], 1.0)


def cornucopia(relief: Relief, at: Point, way: int) -> None:
    x, y = at
    horn = [
        (x - way * 0.12, y + 0.3),
        (x - way * 0.02, y + 0.1),
        (x + way * 0.0, y - 0.2),
        (x + way * 0.2, y - 0.26),
        (x + way * 0.17, y + 0.02),
        (x + way * 0.04, y + 0.24),
    ]
    relief.mass(smooth(horn, closed=True), lift=1.8, round_=0.08)
    relief.cut(
        [
            [(x - way * 0.03, y - k * 0.09 + 0.1), (x + way * 0.15, y - k * 0.1 + 0.06)]
            for k in range(3)
        ],
        0.014,
        0.4,
    )
    relief.dots(
        [
            (x + way * dx, y - dy)
            for dx, dy in ((0.02, 0.26), (0.1, 0.29), (0.18, 0.3), (0.06, 0.34), (0.14, 0.36))
        ],
        0.04,
        1.2,
    )


def patera(relief: Relief, at: Point, way: int) -> None:
    relief.plate([disc(at, 0.085, 0.4)], 1.3)
    relief.raise_(
        [
            [(at[0] - 0.13, 0.66), (at[0] - 0.13, 0.42)],
            [(at[0] + 0.05, 0.66), (at[0] + 0.05, 0.42)],
        ],
        0.05,
        0.9,
    )
    relief.raise_(
        [[(at[0] - 0.18, 0.4), (at[0] + 0.1, 0.4)], [(at[0] - 0.18, 0.63), (at[0] + 0.1, 0.63)]],
        0.045,
        1.1,
    )
    flames = [
        smooth(
            [
                (at[0] - 0.08 + k * 0.05, 0.37),
                (at[0] - 0.1 + k * 0.06, 0.3),
                (at[0] - 0.05 + k * 0.03, 0.22),
            ]
        )
        for k in range(3)
    ]
    relief.raise_(flames, 0.028, 0.8)


def globe(relief: Relief, at: Point, way: int) -> None:
    relief.mass(disc(at, 0.1), lift=2.2, round_=0.1)
    relief.cut([arc(at, 0.1, 0, 180, 0.4), [(at[0], at[1] - 0.1), (at[0], at[1] + 0.1)]], 0.01, 0.3)


def shield(relief: Relief, at: Point, way: int) -> None:
    centre = (at[0], 0.4)
    relief.mass(disc(centre, 0.22, 1.15, steps=40), lift=1.9, round_=0.1)
    relief.raise_([disc(centre, 0.17, 1.15), disc(centre, 0.05)], 0.022, 0.5)


def trophy(relief: Relief, at: Point, way: int) -> None:
    relief.raise_(
        [[(at[0] + way * 0.1, at[1] + 0.24), (at[0] + way * 0.1, at[1] - 0.42)]], 0.026, 1.0
    )
    x = at[0] + way * 0.1
    relief.mass(
        [
            (x - 0.09, at[1] - 0.3),
            (x + 0.09, at[1] - 0.3),
            (x + 0.06, at[1] - 0.04),
            (x - 0.06, at[1] - 0.04),
        ],
        disc((x, at[1] - 0.38), 0.06),
        lift=1.6,
        round_=0.05,
    )
    relief.raise_([[(x - 0.16, at[1] - 0.24), (x + 0.16, at[1] - 0.24)]], 0.03, 0.9)


def club(relief: Relief, at: Point, way: int) -> None:
    relief.mass(
        [(at[0] - 0.03, at[1]), (at[0] + 0.03, at[1]), (at[0] + 0.09, 0.6), (at[0] - 0.09, 0.6)],
        lift=1.6,
        round_=0.06,
    )
    relief.dots(
        [(at[0] + dx, y) for dx, y in ((0.02, 0.2), (-0.03, 0.34), (0.04, 0.46))], 0.02, 0.5
    )


def bird(relief: Relief, at: Point, way: int) -> None:
    relief.mass(
        smooth(
            [
                (at[0] - 0.14, at[1] - 0.06),
                (at[0] - 0.06, at[1] - 0.16),
                (at[0] + 0.02, at[1] - 0.12),
                (at[0] + 0.12, at[1] - 0.02),
                (at[0] + 0.02, at[1]),
            ],
            closed=True,
        ),
        lift=1.9,
        round_=0.06,
    )
    relief.raise_([[(at[0] - 0.02, at[1] - 0.08), (at[0] + 0.08, at[1] - 0.2)]], 0.04, 0.8)


THINGS: dict[str, Callable[[Relief, Point, int], None]] = {
    "wreath": wreath, "palm": palm, "spear": spear, "scales": scales, "cornucopia": cornucopia,
    "patera": patera, "globe": globe, "shield": shield, "trophy": trophy, "club": club, "bird": bird,
}  # fmt: skip
FIGURES = {"figure": figure}

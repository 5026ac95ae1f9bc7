"""What people build: temples, gates, ships, altars."""

import numpy as np

from catalog.demo.drawing.relief import Relief, arc, disc, leaf, smooth


def temple(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    """With a pediment; "long" for a low hall with many columns."""
    is_long = "long" in options
    half, top, columns = (0.54, -0.08, 11) if is_long else (0.5, -0.2, 6)
    relief.raise_(
        [[(-half - 0.08, 0.44 + k * 0.07), (half + 0.08, 0.44 + k * 0.07)] for k in range(2)],
        0.05,
        1.0,
    )
    xs = np.linspace(-half, half, columns)
    relief.raise_([[(x, top + 0.04), (x, 0.4)] for x in xs], 0.055 if not is_long else 0.04, 1.4)
    relief.raise_(
        [[(x - 0.05, y), (x + 0.05, y)] for x in xs for y in (top + 0.05, 0.39)], 0.03, 0.6
    )
    relief.raise_([[(-half - 0.06, top), (half + 0.06, top)]], 0.05, 1.3)
    if is_long:
        relief.mass(
            [(-half, top - 0.03), (half, top - 0.03), (half, top - 0.14), (-half, top - 0.14)],
            lift=1.4,
            round_=0.05,
        )
        relief.mass(
            [(-0.3, top - 0.15), (0.3, top - 0.15), (0.3, top - 0.24), (-0.3, top - 0.24)],
            lift=1.4,
            round_=0.05,
        )
        relief.dots([(0, 0.18)], 0.06, 1.0)
        return
    relief.raise_(
        [
            [
                (-half - 0.08, top - 0.05),
                (0, top - 0.36),
                (half + 0.08, top - 0.05),
                (-half - 0.08, top - 0.05),
            ]
        ],
        0.04,
        1.3,
    )
    relief.dots(
        [(0, top - 0.15), (0, top - 0.42), (-half - 0.08, top - 0.12), (half + 0.08, top - 0.12)],
        0.05,
        1.2,
    )
    relief.mass(
        smooth([(-0.05, 0.36), (-0.06, 0.1), (0, 0.0), (0.06, 0.1), (0.05, 0.36)], closed=True),
        lift=2.0,
        round_=0.05,
    )


def hall(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    """A hall over the water with two wings and swept roofs."""
    for x, width, base, high in (
        (0, 0.3, 0.2, -0.06),
        (-0.5, 0.16, 0.2, 0.04),
        (0.5, 0.16, 0.2, 0.04),
    ):
        roof = smooth(
            [
                (x - width - 0.1, high),
                (x - width * 0.5, high - 0.1),
                (x, high - 0.2),
                (x + width * 0.5, high - 0.1),
                (x + width + 0.1, high),
            ]
        )
        relief.mass([*roof], lift=1.8, round_=0.05)
        relief.cut(
            [
                [(x + dx * width, high - 0.02), (x + dx * width * 0.4, high - 0.13)]
                for dx in (-0.8, -0.5, -0.2, 0.2, 0.5, 0.8)
            ],
            0.01,
            0.4,
        )
        relief.raise_(
            [
                [(x + dx * width, high), (x + dx * width, base)]
                for dx in (-0.9, -0.45, 0, 0.45, 0.9)
            ],
            0.03,
            1.0,
        )
    relief.raise_(
        [
            [(-0.34, 0.08), (-0.26, 0.08)],
            [(0.26, 0.08), (0.34, 0.08)],
            [(-0.72, 0.22), (0.72, 0.22)],
        ],
        0.035,
        1.0,
    )
    relief.plate(
        [leaf((x, -0.26), angle, 0.1, 0.05) for x in (-0.12, 0.12) for angle in (-60, -120)], 0.9
    )
    relief.raise_(
        [
            smooth([(x, y), (x + 0.1, y - 0.025), (x + 0.2, y)])
            for y in (0.34, 0.42)
            for x in np.arange(-0.6 + (y - 0.3), 0.5, 0.24)
        ],
        0.018,
        0.6,
    )


def gate(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    """A camp gate of courses of stone, two turrets and a star."""
    for row in range(6):
        y = 0.5 - row * 0.13
        shift = 0.09 if row % 2 else 0.0
        blocks = [[(x - 0.08, y - 0.05), (x + 0.08, y - 0.05), (x + 0.08, y + 0.05), (x - 0.08, y + 0.05)]
                  for x in np.arange(-0.52 + shift, 0.54, 0.18) if abs(x) > (0.2 if row < 4 else 0.0)]  # fmt: skip
        relief.mass(*blocks, lift=1.3, round_=0.03)
    relief.raise_(
        [
            [
                (-0.18, 0.55),
                (-0.18, 0.1),
                *arc((0, 0.1), 0.18, 180, 360, 0.8),
                (0.18, 0.1),
                (0.18, 0.55),
            ]
        ],
        0.035,
        1.1,
    )
    relief.raise_([[(-0.64, -0.24), (0.64, -0.24)], [(-0.68, 0.6), (0.68, 0.6)]], 0.04, 1.1)
    for x in (-0.38, 0.38):
        relief.mass(
            [(x - 0.12, -0.28), (x + 0.12, -0.28), (x + 0.09, -0.46), (x - 0.09, -0.46)],
            lift=1.6,
            round_=0.05,
        )
        relief.dots([(x, -0.53)], 0.06, 1.2)
    relief.plate([leaf((0, -0.46), k * 45, 0.12, 0.045) for k in range(8)], 1.0)


def ship(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    """A galley under oars; "sail" gives it one, "prow" shows the bows only."""
    if "prow" in options:
        hull = [
            (-0.6, 0.3),
            (-0.6, -0.1),
            (-0.2, -0.06),
            (0.2, -0.1),
            (0.36, -0.4),
            (0.5, -0.48),
            (0.46, -0.24),
            (0.44, 0.0),
            (0.66, 0.2),
            (0.64, 0.32),
        ]
        relief.mass(smooth(hull, closed=True), lift=2.2, round_=0.14)
        relief.cut(
            [smooth([(-0.6, y), (0.1, y + 0.02), (0.5, y + 0.06)]) for y in (0.06, 0.16, 0.24)],
            0.02,
            0.5,
        )
        relief.raise_(
            [smooth([(0.36, -0.4), (0.42, -0.58), (0.32, -0.62), (0.28, -0.54)])], 0.05, 1.2
        )
        relief.dots([(0.36, -0.06)], 0.05, 0.7)
        relief.raise_([[(-0.4, -0.12), (-0.4, -0.36), (-0.1, -0.36), (-0.1, -0.1)]], 0.05, 1.1)
        return
    hull = [
        (-0.62, -0.3),
        (-0.56, 0.0),
        (-0.4, 0.18),
        (0.4, 0.18),
        (0.56, 0.08),
        (0.74, 0.12),
        (0.56, -0.06),
        (0.6, -0.2),
        (0.5, -0.02),
        (-0.3, 0.0),
        (-0.5, -0.12),
    ]
    relief.mass(smooth(hull, closed=True), lift=2.1, round_=0.1)
    relief.raise_([[(x, 0.1), (x - 0.1, 0.36)] for x in np.arange(-0.34, 0.5, 0.1)], 0.022, 0.9)
    relief.raise_([[(x, -0.04), (x, -0.14)] for x in np.arange(-0.34, 0.46, 0.1)], 0.05, 1.0)
    relief.raise_(
        [
            smooth([(-0.62, -0.3), (-0.66, -0.48), (-0.52, -0.5)]),
            smooth([(-0.6, -0.34), (-0.56, -0.5), (-0.44, -0.46)]),
        ],
        0.035,
        1.0,
    )
    relief.raise_(
        [
            smooth([(x, 0.44), (x + 0.07, 0.4), (x + 0.14, 0.44)])
            for x in np.arange(-0.64, 0.6, 0.14)
        ],
        0.022,
        0.7,
    )
    if "sail" in options:
        relief.raise_([[(0.06, 0.0), (0.06, -0.66)], [(-0.28, -0.6), (0.4, -0.6)]], 0.03, 1.0)
        relief.mass(
            smooth(
                [
                    (-0.24, -0.58),
                    (0.36, -0.58),
                    (0.44, -0.38),
                    (0.34, -0.2),
                    (-0.24, -0.2),
                    (-0.16, -0.38),
                ],
                closed=True,
            ),
            lift=1.7,
            round_=0.12,
        )
        relief.cut(
            [smooth([(x, -0.56), (x + 0.07, -0.38), (x, -0.22)]) for x in (-0.1, 0.06, 0.22)],
            0.014,
            0.4,
        )


def altar(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    relief.mass([(-0.34, 0.5), (0.34, 0.5), (0.34, -0.1), (-0.34, -0.1)], lift=1.6, round_=0.08)
    relief.raise_([[(-0.42, -0.14), (0.42, -0.14)], [(-0.42, 0.54), (0.42, 0.54)]], 0.07, 1.2)
    relief.raise_(
        [[(-0.24, 0.4), (0.24, 0.4), (0.24, 0.0), (-0.24, 0.0), (-0.24, 0.4)]], 0.022, 0.5
    )
    relief.dots([(x, y) for x in (-0.1, 0.1) for y in (0.12, 0.28)], 0.03, 0.6)
    flames = [
        smooth([(x, -0.18), (x * 1.3 - 0.04, -0.32), (x * 0.6, -0.5 + abs(x) * 0.4)])
        for x in (-0.2, -0.1, 0.0, 0.1, 0.2)
    ]
    relief.raise_(flames, 0.05, 1.1)


def memorial(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    temple(relief, ["long"], dice)


def orb(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    relief.mass(disc((0, 0.12), 0.38, steps=50), lift=2.2, round_=0.3)
    relief.raise_([arc((0, 0.12), 0.38, 0, 180, 0.3), [(0, -0.26), (0, 0.2)]], 0.045, 0.7)
    relief.raise_([[(0, -0.3), (0, -0.62)], [(-0.16, -0.48), (0.16, -0.48)]], 0.06, 1.4)


WORKS = {
    "temple": temple, "hall": hall, "gate": gate, "ship": ship, "altar": altar, "memorial": memorial,
    "orb": orb,
}  # fmt: skip

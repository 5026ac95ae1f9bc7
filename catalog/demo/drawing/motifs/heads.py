"""Heads in profile, of two faces, and seen from the front."""

import numpy as np

from catalog.demo.drawing.motifs.adornments import ADORNMENTS, coat, draped
from catalog.demo.drawing.motifs.anatomy import FACE, NECK, SKULL, Head, beard, features, hair
from catalog.demo.drawing.relief import Relief, arc, disc, leaf, smooth


def profile(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    scale = 0.72 if "small" in options else 0.96
    sway = float(dice.normal(0, 0.012))
    head = Head(relief, scale, "left" in options, (sway, -0.16 if scale > 0.8 else -0.1))
    nose = 1.25 if "old" in options else 0.85 if "young" in options else 1.0
    face = [(0.3 + (x - 0.3) * (nose if x > 0.3 else 1.0), y) for x, y in FACE]
    heavy = 0.05 if "heavy" in options else 0.0
    neck = [(x + heavy * (0.6 if x > 0 else -1), y) for x, y in NECK]
    head.mass(smooth([*face, *neck, *SKULL], closed=True), lift=2.1, round_=0.22)
    features(head, "old" in options or "heavy" in options)
    if "bald" not in options:
        hair(head, options, dice)
    if "beard" in options or "stubble" in options:
        beard(head, dice, "stubble" in options)
    for name, adorn in ADORNMENTS.items():
        if name in options:
            adorn(head, dice)
    if "draped" in options:
        draped(head)
    elif "cuirassed" in options:
        draped(head)
        scales = [
            disc((x, y), 0.035, steps=12) for y in (0.72, 0.79) for x in np.arange(-0.4, 0.2, 0.075)
        ]
        head.raise_([[*one] for one in scales], 0.012, 0.3)
    elif "coat" in options:
        coat(head)


def janus(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    """Two heads that share one skull."""
    relief.mass(
        disc((0, -0.2), 0.42, 1.05),
        [(-0.3, 0.1), (0.3, 0.1), (0.26, 0.66), (-0.26, 0.66)],
        lift=2.2,
        round_=0.2,
    )
    for left in (True, False):
        head = Head(relief, 0.86, left, (-0.2 if left else 0.2, -0.04))
        front = [
            (0.02, 0.55),
            (0.05, 0.75),
            (-0.1, 0.8),
            (-0.22, 0.78),
            (-0.22, 0.3),
            (-0.22, -0.3),
            (-0.1, -0.53),
            (0.0, -0.545),
        ]
        head.mass(smooth([*FACE, *front], closed=True), lift=2.1, round_=0.16)
        features(head, True)
        beard(head, dice, False)
        locks = [
            smooth(
                [
                    (0.14 - k * 0.06, -0.5),
                    (0.12 - k * 0.07, -0.36),
                    (0.02 - k * 0.06, -0.2),
                    (-0.06 - k * 0.04, -0.02),
                ]
            )
            for k in range(4)
        ]
        head.cut(locks, 0.02, 0.5)
        leaves = [leaf((-0.22 + k * 0.085, -0.3 - k * 0.02), -30, 0.15, 0.07) for k in range(5)]
        relief.plate([head.put(one) for one in leaves], 0.6)


def facing(relief: Relief, options: list[str], dice: np.random.Generator) -> None:
    """A crowned head seen from the front, as on pennies for three hundred years."""
    hair = [
        smooth(
            [
                (side * 0.2, -0.22),
                (side * (0.3 + k * 0.05), -0.05),
                (side * (0.33 + k * 0.06), 0.16),
                (side * (0.28 + k * 0.09), 0.34 - k * 0.02),
            ]
        )
        for side in (-1, 1)
        for k in range(3)
    ]
    relief.raise_(hair, 0.045, 1.0)
    relief.dots([line[-1] for line in hair], 0.042, 0.5)
    face = [
        (-0.2, -0.26),
        (-0.24, 0.0),
        (-0.2, 0.24),
        (-0.09, 0.42),
        (0.0, 0.45),
        (0.09, 0.42),
        (0.2, 0.24),
        (0.24, 0.0),
        (0.2, -0.26),
    ]
    relief.mass(smooth(face, closed=True), lift=1.8, round_=0.16)
    for side in (-1, 1):
        relief.raise_(
            [arc((side * 0.1, 0.0), 0.06, 200, 340), arc((side * 0.1, -0.02), 0.06, 20, 160)],
            0.022,
            0.5,
        )
        relief.dots([(side * 0.1, -0.01)], 0.024, 0.5)
    relief.raise_(
        [
            smooth([(-0.02, -0.06), (-0.03, 0.12), (0.0, 0.145), (0.03, 0.12)]),
            smooth([(-0.08, 0.25), (0.0, 0.235), (0.08, 0.25)]),
        ],
        0.026,
        0.5,
    )
    relief.raise_([[(-0.28, -0.27), (0.28, -0.27)], [(-0.28, -0.33), (0.28, -0.33)]], 0.035, 1.0)
    for x in (-0.26, 0.0, 0.26):
        relief.plate([leaf((x, -0.34), angle, 0.17, 0.1) for angle in (-90, -40, -140)], 0.9)
    relief.dots([(-0.13, -0.39), (0.13, -0.39)], 0.034, 0.9)
    relief.raise_([arc((0, 0.66), 0.34, 205, 335, 0.5)], 0.045, 0.9)


HEADS = {"profile": profile, "janus": janus, "facing": facing}

"""Many coins on one photo: a tray, an album page, a handful on a table. `look` asks what one photo shows
and so leaves small things out; here every thing that is round is a coin."""

import math
from collections.abc import Sequence
from statistics import median

from identify.ml.look import ground
from identify.ml.look.discs import Disc
from identify.ml.look.judging import worthless
from identify.ml.look.looking import look
from identify.ml.look.pairing import in_reading_order
from identify.values import Pixels

SIDE = 1000  # pixels: two hundred coins have fifty each
# Of the largest thing's area: a hemidrachm beside a crown has a fortieth
LEAST_AREA = 1 / 40
LEAST_R = 8.0  # pixels of the working copy
# Of the frame's shorter side, for circles of edges
SMALLEST, LARGEST = 0.02, 0.3
NOT_FOUND = 0.35  # no more is `look` sure of a coin that it only takes to fill the frame


def spread(image: Pixels) -> list[Disc]:
    """The coins as one reads: rows, left first. None is better than what is only the frame."""
    if worthless(image):
        return []
    seen = list(look(image).discs)
    small, factor = _reduced(image)
    found = _things(small) or _rings(small)
    if _sure(seen) and len(seen) >= len(found):
        # of few coins `look` sees more: shadows, a neighbour cut by the frame
        return _ordered(seen)
    return _ordered([disc.scaled(factor) for disc in found])


def _sure(discs: Sequence[Disc]) -> bool:
    return bool(discs) and all(disc.confidence > NOT_FOUND for disc in discs)


def _ordered(discs: Sequence[Disc]) -> list[Disc]:
    return [disc for (disc,) in in_reading_order([(disc,) for disc in discs])]


def _reduced(image: Pixels) -> tuple[Pixels, float]:
    import cv2
    import numpy as np

    height, width = image.shape[:2]
    factor = max(1.0, max(height, width) / SIDE)
    size = (max(1, round(width / factor)), max(1, round(height / factor)))
    reduced = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    return np.asarray(reduced, dtype=np.uint8), factor


def _things(image: Pixels) -> list[Disc]:
    """On a plain ground. Crumbs, pens and labels are left out, each for itself."""
    import cv2

    mask = ground.unlike_the_ground(image)
    if mask is None:
        return []
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    areas = [(cv2.contourArea(outline), outline) for outline in outlines]
    whole = mask.shape[0] * mask.shape[1]
    coins = [area for area, outline in areas if area < 0.5 * whole and ground.as_disc(outline)]
    least = max(math.pi * LEAST_R**2, LEAST_AREA * max(coins, default=0.0))
    found = [
        disc
        for area, outline in areas
        if area >= least and not ground.is_odd(outline)
        for disc in ground.coins_of(outline, (mask.shape[0], mask.shape[1]))
    ]
    return [disc for disc in found if disc.r >= LEAST_R]


def _rings(image: Pixels) -> list[Disc]:
    """On wood, velvet with folds, in a tray with compartments: circles of edges, of about one size."""
    import cv2
    import numpy as np

    height, width = image.shape[:2]
    grey = cv2.medianBlur(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), 5)
    short = min(height, width)
    least, most = max(LEAST_R, SMALLEST * short), LARGEST * short
    rings = cv2.HoughCircles(
        grey, cv2.HOUGH_GRADIENT_ALT, dp=1.5, minDist=2 * least, param1=200, param2=0.8,
        minRadius=round(least), maxRadius=round(most),
    )  # fmt: skip
    if rings is None:
        return []
    discs = [Disc(float(x), float(y), float(r), 0.6) for x, y, r in np.reshape(rings, (-1, 3))]
    usual = median(disc.r for disc in discs)
    return _apart([disc for disc in discs if 0.4 * usual <= disc.r <= 2.5 * usual])


def _apart(discs: Sequence[Disc]) -> list[Disc]:
    """Of rings within one another the largest: the others are a coin's own."""
    kept: list[Disc] = []
    for disc in sorted(discs, key=lambda one: -one.r):
        if all(math.hypot(disc.cx - one.cx, disc.cy - one.cy) > 0.8 * one.r for one in kept):
            kept.append(disc)
    return kept

"""The ring of letters around a coin, unrolled into a strip that reads from left to right.

Legends stand with their feet towards the middle and run clockwise, mostly from the lower left. The strip
begins a little before the bottom and goes farther than once around, so that none is cut in two.
"""

import math
from itertools import pairwise

from PIL import Image

# Degrees clockwise from the top
START, SPAN = 150.0, 420.0
# In parts of the disc's radius; not quite to its edge, where the next pixel is missing
INNER, OUTER = 0.5, 0.99
# A letter halfway up the ring keeps its shape
LONG = math.radians(SPAN) * (INNER + OUTER) / 2

Quad = tuple[float, float, float, float, float, float, float, float]
Box = tuple[int, int, int, int]


def strip_size(radius: float) -> tuple[float, float]:
    return LONG * radius, (OUTER - INNER) * radius


def unrolled(image: Image.Image, radius: float) -> Image.Image:
    """Of the disc of this radius about the middle of the image."""
    width, height = (max(1, round(side)) for side in strip_size(radius))
    middle = image.width / 2, image.height / 2
    # a column a degree: the chord leaves the arc by less than a pixel of the largest photo
    columns = min(width, round(SPAN))
    edges = [round(width * column / columns) for column in range(columns + 1)]
    mesh: list[tuple[Box, Quad]] = [
        ((left, 0, right, height), _sector(middle, radius, left / width, right / width))
        for left, right in pairwise(edges)
    ]
    return image.transform((width, height), Image.Transform.MESH, mesh, Image.Resampling.BICUBIC)


def _sector(middle: tuple[float, float], radius: float, left: float, right: float) -> Quad:
    """Its corners as Pillow wants them: upper left, lower left, lower right, upper right."""
    return (
        *_point(middle, radius * OUTER, left),
        *_point(middle, radius * INNER, left),
        *_point(middle, radius * INNER, right),
        *_point(middle, radius * OUTER, right),
    )


def _point(middle: tuple[float, float], radius: float, along: float) -> tuple[float, float]:
    angle = math.radians(START + SPAN * along)
    return middle[0] + radius * math.sin(angle), middle[1] - radius * math.cos(angle)

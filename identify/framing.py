"""The coin on its photo, for drawings over it: numbers are text already, because an SVG wants points
whatever the visitor's language has."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from catalog import renditions
from catalog.models import Photo
from catalog.templatetags.photos import photo_url

Disc = Sequence[float]  # cx, cy, r as an edit's crop has them
WHOLE = (0.5, 0.5, 0.5)


@dataclass(frozen=True)
class Framed:
    """The photo in its own pixels, and the circle or square on it."""

    photo: Photo
    src: str
    width: int
    height: int
    cx: str
    cy: str
    r: str
    left: str
    top: str
    side: str

    @property
    def square(self) -> str:
        """What an SVG shows that is cut to it."""
        return f"{self.left} {self.top} {self.side} {self.side}"


def framed(photo: Photo, disc: Disc, size: str = "card") -> Framed:
    width, height = renditions.shape(photo, size)
    cx, cy, r = disc[0] * width, disc[1] * height, disc[2] * min(width, height)
    numbers = (f"{number:.2f}" for number in (cx, cy, r, cx - r, cy - r, 2 * r))
    return Framed(photo, photo_url(photo, size), width, height, *numbers)


@dataclass(frozen=True)
class Letter:
    sign: str
    level: str  # how sure: the name of a style
    turn: str  # as an SVG's transform


@dataclass(frozen=True)
class Ring:
    """A face cut to its disc, which is the unit circle, and its letters around it."""

    photo: Photo
    src: str
    x: str
    y: str
    width: str
    height: str
    letters: list[Letter]


OUTSIDE = 1.09  # of the radius: where the feet of the letters stand, so that they hide nothing


def ring(photo: Photo, disc: Disc, letters: Sequence[tuple[str, str, float]]) -> Ring:
    width, height = renditions.shape(photo, "card")
    r = disc[2] * min(width, height)
    x, y = -disc[0] * width / r, -disc[1] * height / r
    return Ring(
        photo, photo_url(photo, "card"), f"{x:.4f}", f"{y:.4f}", f"{width / r:.4f}",
        f"{height / r:.4f}", [Letter(sign, level, turn(angle)) for sign, level, angle in letters],
    )  # fmt: skip


def turn(angle: float) -> str:
    """Angles run clockwise from the top; letters stand with their feet towards the middle."""
    x, y = OUTSIDE * math.sin(math.radians(angle)), -OUTSIDE * math.cos(math.radians(angle))
    return f"translate({x:.3f} {y:.3f}) rotate({angle % 360:.1f})"

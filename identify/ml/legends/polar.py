"""The ring of letters around a coin, unrolled into a strip that reads from left to right.

Most legends stand with their feet towards the middle and run clockwise from the lower left. So the first strip
begins a little before the bottom of the coin, goes once around and a little farther: no legend is cut,
and a coin that does not lie quite straight is read all the same. Others begin elsewhere, or stand with their feet
towards the rim and run the other way: a ring is unrolled in all `WAYS`, and the reader finds out which one makes sense.
"""

import math
from dataclasses import dataclass

from numpy import float32, uint8
from numpy.typing import NDArray

from identify.values import Pixels

Grey = NDArray[uint8]
Strip = NDArray[float32]

HEIGHT, WIDTH = 48, 560
# Degrees clockwise from the top: where a strip begins, and how far it goes
START, SPAN = 150.0, 420.0
# From the inner edge of long legends to just beyond the rim, in parts of the rim's radius
INNER, OUTER = 0.52, 1.02
# `look.crop` leaves this much around the disc
MARGIN = 1.04


@dataclass(frozen=True)
class Ring:
    """The rim as an ellipse: flans are seldom round. In pixels; `tilt` turns the first half axis, in degrees."""

    cx: float
    cy: float
    a: float
    b: float
    tilt: float = 0.0

    def scaled(self, factor: float) -> "Ring":
        return Ring(self.cx * factor, self.cy * factor, self.a * factor, self.b * factor, self.tilt)


@dataclass(frozen=True)
class Jitter:
    """How a training strip differs from the true one. Nothing here ever mirrors."""

    turn: float = 0.0  # degrees
    dx: float = 0.0  # of the middle, in parts of the radius
    dy: float = 0.0
    scale: float = 1.0
    tall: float = 1.0  # stretches the radial range
    wave: float = 0.0  # letters closer here, wider there; degrees
    phase: float = 0.0


STRAIGHT = Jitter()


@dataclass(frozen=True)
class Way:
    """How a ring may be read: how far the strip's beginning is turned on, and whether feet stand towards the rim."""

    turn: float = 0.0  # degrees clockwise
    outward: bool = False

    def degrees(self, share: Strip | float) -> Strip | float:
        """Clockwise from the top, of a place along the strip: 0 its beginning, 1 its end."""
        along = START + SPAN * share
        return self.turn + (360.0 - along if self.outward else along)


UPRIGHT = Way()
# A long strip holds all turns of one direction: each begins a step farther along
STEP, TURNS = 60, 6
SHIFT = round(STEP / SPAN * WIDTH)  # of a step, in pixels
LONG = WIDTH + (TURNS - 1) * SHIFT
WAYS = (
    *(Way(float(STEP * turn)) for turn in range(TURNS)),
    *(Way(float(-STEP * turn % 360), outward=True) for turn in range(TURNS)),
)


def ring_of(image: Pixels) -> Ring:
    """The rim of the coin on a crop around it; where the ground does not tell, the circle that the crop was made for."""
    import cv2

    height, width = image.shape[:2]
    assumed = Ring(
        width / 2, height / 2, min(height, width) / 2 / MARGIN, min(height, width) / 2 / MARGIN
    )
    outline = _outline(image)
    if outline is None or len(outline) < 20:
        return assumed
    (cx, cy), (first, second), tilt = cv2.fitEllipse(outline)
    found = Ring(float(cx), float(cy), first / 2, second / 2, float(tilt))
    return found if _believable(found, assumed) else assumed


def _believable(found: Ring, assumed: Ring) -> bool:
    apart = math.hypot(found.cx - assumed.cx, found.cy - assumed.cy)
    small, large = sorted((found.a, found.b))
    return apart < 0.15 * assumed.a and 0.75 * assumed.a < small and large < 1.15 * assumed.a


def _outline(image: Pixels) -> NDArray[uint8] | None:
    """The hull of what is not ground, where the ground is plain: its four corners are then alike."""
    import cv2
    import numpy as np

    side = max(4, image.shape[0] // 16)
    corners = [
        image[:side, :side],
        image[:side, -side:],
        image[-side:, :side],
        image[-side:, -side:],
    ]
    colours = np.array([np.median(corner.reshape(-1, 3), axis=0) for corner in corners])
    if np.ptp(colours, axis=0).max() > 40:
        return None
    away = np.abs(image.astype(np.int16) - np.median(colours, axis=0)).max(axis=2)
    coin = (away > 30).astype(np.uint8)
    coin = cv2.morphologyEx(coin, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    contours, _ = cv2.findContours(coin, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    return np.asarray(cv2.convexHull(max(contours, key=cv2.contourArea)))


def unroll(
    grey: Grey, ring: Ring, jitter: Jitter = STRAIGHT, way: Way = UPRIGHT, width: int = WIDTH
) -> Grey:
    """48 high, heads of letters above, feet below."""
    import cv2
    import numpy as np

    along = (np.arange(width) / (WIDTH - 1)).astype(np.float32)
    degrees = way.degrees(along) + jitter.turn
    degrees = degrees + jitter.wave * np.sin(2 * np.pi * along + jitter.phase)
    theta = np.deg2rad(degrees).astype(np.float32)
    sin, cos = np.sin(theta), -np.cos(theta)  # clockwise from the top; y grows downwards
    reach = _rim(ring, sin, cos) * jitter.scale
    middle = (INNER + OUTER) / 2
    half = (OUTER - INNER) / 2 * jitter.tall
    half = -half if way.outward else half
    fractions = np.linspace(middle + half, middle - half, HEIGHT, dtype=np.float32)[:, None]
    mean = (ring.a + ring.b) / 2
    x = ring.cx + jitter.dx * mean + fractions * (reach * sin)
    y = ring.cy + jitter.dy * mean + fractions * (reach * cos)
    strip = cv2.remap(
        grey,
        x.astype(np.float32),
        y.astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(strip)


def _rim(ring: Ring, sin: NDArray[float32], cos: NDArray[float32]) -> NDArray[float32]:
    """How far the rim is in each direction."""
    import numpy as np

    tilt = math.radians(ring.tilt)
    along = sin * math.cos(tilt) + cos * math.sin(tilt)
    across = cos * math.cos(tilt) - sin * math.sin(tilt)
    reach = 1.0 / np.sqrt((along / ring.a) ** 2 + (across / ring.b) ** 2)
    return np.asarray(reach, dtype=np.float32)


def levelled(strip: NDArray[uint8] | Strip) -> Strip:
    """Contrast alike everywhere: shade and shine of a photo go, relief stays."""
    import cv2
    import numpy as np

    values = np.asarray(strip, dtype=np.float32)
    flat = values - cv2.blur(values, (27, 27))
    spread = np.sqrt(cv2.blur(flat * flat, (63, 63))) + 4.0
    return np.asarray(np.clip(flat / spread, -3.0, 3.0), dtype=np.float32)


def strips(grey: Grey, ring: Ring) -> Strip:
    """As the network wants them, a long one for each direction: `windows` cuts the ways out of what it says."""
    import numpy as np

    return np.stack(
        [
            levelled(unroll(grey, ring, way=Way(0.0, outward), width=LONG))
            for outward in (False, True)
        ]
    )


def windows(said: NDArray[float32]) -> NDArray[float32]:
    """What is said of the places of long strips, pair by pair: by face and way."""
    import numpy as np

    faces, places = len(said) // 2, said.shape[1]
    shift, width = places * SHIFT // LONG, places * WIDTH // LONG
    cut = [said[:, turn * shift : turn * shift + width] for turn in range(TURNS)]
    by_turn = np.stack(cut, axis=1)  # strip x turn x place x sign
    return by_turn.reshape(faces, len(WAYS), width, said.shape[2])


def angle_at(share: float, way: Way = UPRIGHT) -> float:
    """Where on the coin a place of the strip lies: degrees clockwise from the top."""
    return float(way.degrees(share)) % 360.0

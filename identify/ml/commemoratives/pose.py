"""How a coin lies on a picture, and the strip that its face unrolls to.

A pose is seven numbers, in halves of the picture's side: where the middle is (x, y), the logarithm of the
size, two for how it is flattened, two for how much nearer one edge is than the other. The coin's own turn
is no part of it: on the strip that is a shift."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify.values import Pixels

Floats = NDArray[np.float32]
Pose = NDArray[np.float64]

NUMBERS = 7
ROWS, COLUMNS = 64, 384  # of a strip: from the middle outwards, once around
INNER, OUTER = 0.06, 0.99  # of the coin's radius
CANONICAL = np.array([0.0, 0.0, np.log(1 / 1.04), 0.0, 0.0, 0.0, 0.0])  # as coins are cut out


def pose_of(projection: NDArray[np.float64]) -> Pose:
    """Of a 3 x 3 projection from the unit disc to the picture, its turn left out."""
    whole = projection / projection[2, 2]
    middle, toward = whole[:2, 2], whole[2, :2]
    left, sizes, right = np.linalg.svd(whole[:2, :2] - np.outer(middle, toward))
    stretch, turn = left @ np.diag(sizes) @ left.T, left @ right
    size = np.trace(stretch) / 2
    flat = (stretch[0, 0] - stretch[1, 1]) / 2 / size, stretch[0, 1] / size
    return np.array([*middle, np.log(size), *flat, *(turn @ toward)])


def projection_of(pose: Pose) -> NDArray[np.float64]:
    x, y, size, along, across, *toward = pose
    stretch = np.exp(size) * np.array([[1 + along, across], [across, 1 - along]])
    middle = np.array([x, y])
    whole = np.eye(3)
    whole[:2, :2] = stretch + np.outer(middle, toward)
    whole[:2, 2], whole[2, :2] = middle, toward
    return whole


def to_pixels(side: float) -> NDArray[np.float64]:
    half = side / 2
    return np.array([[half, 0, half - 0.5], [0, half, half - 0.5], [0, 0, 1]])


def spun(angle: float) -> NDArray[np.float64]:
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])


def rays() -> NDArray[np.float64]:
    """Points of the unit disc, homogeneous: 3 x (row x column)."""
    radius = np.linspace(INNER, OUTER, ROWS)[:, None]
    angle = np.arange(COLUMNS) * 2 * np.pi / COLUMNS
    points = [radius * np.cos(angle), radius * np.sin(angle), np.ones((ROWS, COLUMNS))]
    return np.stack(points).reshape(3, -1)


RAYS = rays()


def unrolled(grey: NDArray[Any], projection: NDArray[np.float64]) -> Floats:
    """The face as a strip; the projection leads from the unit disc to pixels."""
    import cv2

    x, y, depth = projection @ RAYS
    places = np.stack([x / depth, y / depth]).astype(np.float32).reshape(2, ROWS, COLUMNS)
    found = cv2.remap(grey, places[0], places[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(found, np.float32)


def evened(strip: Floats) -> Floats:
    """Light and contrast taken out, region by region: the strip goes around, so it is laid on at both ends."""
    wide = np.pad(strip, ((0, 0), (32, 32)), "wrap")
    relief = wide - smooth(wide)
    strength = np.sqrt(smooth(relief * relief))
    plain = relief / (strength + 0.15 * float(strength.mean()) + 1.0)
    return np.asarray(np.clip(plain[:, 32:-32], -3, 3), np.float32)


def smooth(wide: Floats) -> Floats:
    import cv2

    found = cv2.GaussianBlur(wide, (0, 0), 9, sigmaY=5, borderType=cv2.BORDER_REFLECT)
    return np.asarray(found, np.float32)


def strip_of(image: Pixels, pose: Pose) -> Floats:
    """Of a square picture."""
    import cv2

    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return evened(unrolled(grey, to_pixels(len(grey)) @ projection_of(pose)))


def straightened(image: Pixels, pose: Pose, side: int) -> Pixels:
    """The coin as it is when cut out well: round, in the middle, seen from above."""
    import cv2

    wanted = to_pixels(side) @ projection_of(CANONICAL)
    there = to_pixels(len(image)) @ projection_of(pose)
    seen = cv2.warpPerspective(
        image, there @ np.linalg.inv(wanted), (side, side),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    return np.asarray(seen, np.uint8)


def composed(first: Pose, second: Pose) -> Pose:
    """Of a coin that lies at `second` on what `straightened` made by `first`."""
    back = projection_of(first) @ np.linalg.inv(projection_of(CANONICAL))
    return pose_of(back @ projection_of(second))

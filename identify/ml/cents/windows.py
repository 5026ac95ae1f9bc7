"""Five windows of a cent that lies straight: one for each digit of the date, one for the mint mark."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify.ml.cents.alignment import RADIUS, SIDE, Pose, framed

Floats = NDArray[np.float32]

COIN = 434  # side of the straight picture: the coin's radius is 200 pixels
LEFT, TOP, WIDTH, HEIGHT = 257, 227, 156, 130  # of the date with what is around it
MIDDLES = np.array([[46, 68], [69, 68], [92, 68], [117, 68], [80, 102]], np.float64)
PIVOT = np.array([75.0, 70.0])
COLUMNS, ROWS, KINDS = 20, 24, 5
CELLS = (2.1, 2.1, 2.1, 2.1, 1.8)  # pixels from one point of a window to the next
SHIFTS = ((0.0, 0.0), (-2.0, 0.0), (2.0, 0.0), (0.0, -2.0), (0.0, 2.0))
STRAIGHT = np.eye(2)
NOWHERE = np.zeros((5, 2))


def date_strip(grey: NDArray[Any], pose: Pose) -> NDArray[np.uint8]:
    """Cut from the picture in its own resolution; `grey` is square."""
    pose = pose * np.array([*[grey.shape[0] / SIDE] * 3, 1])
    coin = framed(grey, pose, COIN, fine=True)
    assert round(COIN * RADIUS) == 200
    return coin[TOP : TOP + HEIGHT, LEFT : LEFT + WIDTH]


def directions(strip: NDArray[Any]) -> Floats:
    """Edges and the second and fourth harmonic of their direction: raised or sunk, lit from the left or the
    right, a digit looks the same."""
    import cv2

    smooth = cv2.GaussianBlur(strip.astype(np.float32), (0, 0), 0.7)
    across, down = cv2.Sobel(smooth, cv2.CV_32F, 1, 0) / 8, cv2.Sobel(smooth, cv2.CV_32F, 0, 1) / 8
    strength = cv2.magnitude(across, down) + 1e-3
    near = cv2.GaussianBlur(strength, (0, 0), 12)
    weight = np.sqrt(strength / (near + 0.3 * strength + 0.6))
    two_cos = (across * across - down * down) / (strength * strength)
    two_sin = 2 * across * down / (strength * strength)
    parts = (
        np.ones_like(weight), two_cos, two_sin,
        2 * two_cos * two_cos - 1, 2 * two_cos * two_sin,
    )  # fmt: skip
    kinds = np.stack([weight * part for part in parts], 2)
    return np.asarray(cv2.GaussianBlur(kinds, (0, 0), 1.0), np.float32)


def windows(
    field: Floats,
    bend: NDArray[np.float64] = STRAIGHT,
    shift: Sequence[float] | NDArray[np.float64] = (0.0, 0.0),
    each: NDArray[np.float64] = NOWHERE,
) -> Floats:
    """window x kind x row x column. Training bends and shifts them."""
    import cv2

    cut = []
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    half = np.array([COLUMNS / 2 - 0.5, ROWS / 2 - 0.5])
    for middle, cell, own in zip(MIDDLES, CELLS, each, strict=True):
        place = PIVOT + bend @ (middle - PIVOT) + np.asarray(shift) + own
        scaled = bend * cell
        to = np.hstack([scaled, (place - scaled @ half)[:, None]])
        window = cv2.warpAffine(
            field, to, (COLUMNS, ROWS), flags=how, borderMode=cv2.BORDER_REPLICATE
        )
        cut.append(window.transpose(2, 0, 1))
    return np.stack(cut)


def shifted_windows(strip: NDArray[Any]) -> Floats:
    """The date is not on the same spot in all years: looked at five times."""
    field = directions(strip)
    return np.stack([windows(field, shift=shift) for shift in SHIFTS])

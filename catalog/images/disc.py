"""A guess at where the coin lies on a plain background, for "crop to the disc"."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from catalog.images.likeness import on_white

Mask = NDArray[np.bool_]
WORKING_SIDE = 160
# Coins are not quite round, and old ones less so; a slab or a hand is neither
ROUNDNESS = (0.78, 1.08)
MARGIN = 1.02


def guess_disc(image: Image.Image) -> tuple[float, float, float] | None:
    """(cx, cy, r) as `EditParams.crop` takes it; None rather than a guess that may be wrong."""
    small = on_white(image).convert("RGB")
    small.thumbnail((WORKING_SIDE, WORKING_SIDE), Image.Resampling.BOX)
    pixels = np.asarray(small.filter(ImageFilter.MedianFilter(5)), dtype=np.int16)
    different = _unlike_the_border(pixels)
    if different is None:
        return None
    body = _main_body(different)
    return _circle(body) if body is not None else None


def _unlike_the_border(pixels: NDArray[np.int16]) -> Mask | None:
    height, width = pixels.shape[:2]
    ring = np.ones((height, width), dtype=bool)
    depth = max(2, min(height, width) // 25)
    ring[depth:-depth, depth:-depth] = False
    ground = np.median(pixels[ring], axis=0)
    distance = np.abs(pixels - ground).max(axis=2)
    # a coin may touch the frame, so a third of the ring need not be background
    unrest = float(np.percentile(distance[ring], 65))
    if unrest > 28:
        return None
    return np.asarray(distance > max(18.0, 2.2 * unrest))


def _main_body(different: Mask) -> Mask | None:
    """The largest thing with its holes filled, if it is clearly the main one."""
    frame = np.ones_like(different)
    frame[1:-1, 1:-1] = False
    things = ~_grown(frame & ~different, ~different)
    area = int(things.sum())
    if area < 0.03 * things.size:
        return None
    rows, columns = np.nonzero(things)
    middle = (rows - np.median(rows)) ** 2 + (columns - np.median(columns)) ** 2
    seed = np.zeros_like(things)
    nearest = int(np.argmin(middle))
    seed[rows[nearest], columns[nearest]] = True
    body = _grown(seed, things)
    return body if body.sum() > 0.7 * area else None


def _grown(seed: Mask, within: Mask) -> Mask:
    """Everything in `within` that is joined to the seed."""
    reached = seed & within
    for _ in range(4 * WORKING_SIDE):
        wider = reached.copy()
        wider[1:] |= reached[:-1]
        wider[:-1] |= reached[1:]
        wider[:, 1:] |= reached[:, :-1]
        wider[:, :-1] |= reached[:, 1:]
        wider &= within
        if (wider == reached).all():
            break
        reached = wider
    return reached


def _circle(body: Mask) -> tuple[float, float, float] | None:
    height, width = body.shape
    rows, columns = np.nonzero(body)
    top, bottom = np.percentile(rows, [0.5, 99.5])
    left, right = np.percentile(columns, [0.5, 99.5])
    cy, cx = (top + bottom + 1) / 2, (left + right + 1) / 2
    radius = float(np.percentile(np.hypot(rows + 0.5 - cy, columns + 0.5 - cx), 99))
    filled = body.sum() / (np.pi * radius**2)
    short = min(height, width)
    if not ROUNDNESS[0] <= filled <= ROUNDNESS[1] or radius < 0.12 * short:
        return None
    if abs((bottom - top) - (right - left)) > 0.25 * max(bottom - top, right - left):
        return None
    r = min(1.0, MARGIN * radius / short)
    return round(float(cx / width), 4), round(float(cy / height), 4), round(float(r), 4)

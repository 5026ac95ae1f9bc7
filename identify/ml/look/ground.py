"""Coins on a plain ground: paper, black cloth, a scanner's lid. What is unlike the ground is a thing, and a
thing that is round is a coin."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from numpy import uint8
from numpy.typing import NDArray

from identify.ml.look.discs import Disc
from identify.values import Pixels

Mask = NDArray[uint8]
Contour = Any  # as cv2 gives them
# Levels of 255. Paper under a lamp is uneven, and JPEG makes a halo around every coin
RESTLESS = 24.0
UNLIKE = 22.0
# Of the frame: less than this is dust, a letter or a hair
SPECK = 0.002
# A coin may be smaller, but not among things that are no coins
SMALL = 0.05
# Of the largest thing's area: a dime beside a dollar has a fifth
SMALLEST = 0.1
# Of the enclosing circle: a struck flan is never quite round; a square has 0.64
ROUND = 0.72
SOLID = 0.84
# Of the enclosing circle: keys, pens and banknotes have less
ODD = 0.45
BEYOND = 0.07
# Pixels of the working copy, and of the hull: a crescent of shadow beside a coin is thinner and looser
LEAST_CORE = 9.0
LOOSE = 0.6


@dataclass(frozen=True)
class Lying:
    discs: list[Disc]
    empty: bool = False  # plain ground, and nothing round on it
    doubtful: bool = False  # a coin with a shadow or a watermark, perhaps


def things(image: Pixels) -> Lying | None:
    """None where the ground is not plain, or where what lies on it cannot be told from it."""
    mask = unlike_the_ground(image)
    if mask is None:
        return None
    height, width = mask.shape
    found, crumbs = _contours(mask)
    if not found:
        return None
    largest = max(area for area, _ in found)
    kept = [contour for area, contour in found if area >= SMALLEST * largest]
    if crumbs + len(found) - len(kept) >= 3 * len(kept):
        # letters and half a portrait: the coin's field is as dark as the cloth
        return None
    discs = [disc for contour in kept for disc in coins_of(contour, (height, width))]
    if largest < SMALL * height * width and len(discs) < len(found) + crumbs:
        # blots of light on a coin that is itself the ground
        return None
    if discs:
        discs = _whole_ones(discs, width, height)
        return Lying(discs, doubtful=any(_beyond(disc, width, height) > BEYOND for disc in discs))
    # what touches the frame may be the gap between coins, seen as a thing on a coin as ground
    apart = all(is_odd(contour) and _within(contour, width, height) for contour in kept)
    return Lying([], empty=True) if apart else None


def unlike_the_ground(image: Pixels) -> Mask | None:
    import cv2
    import numpy as np

    height, width = image.shape[:2]
    deep, wide = max(3, height // 14), max(3, width // 14)
    corners = [image[rows, columns] for rows in (slice(deep), slice(-deep, None))
               for columns in (slice(wide), slice(-wide, None))]  # fmt: skip
    pixels = np.concatenate([corner.reshape(-1, 3) for corner in corners]).astype(np.int16)
    ground = np.median(pixels, axis=0)
    unrest = float(np.percentile(np.abs(pixels - ground).max(axis=1), 60))
    if unrest > RESTLESS:
        return None
    level = np.array([*ground, 0.0])  # four numbers are one colour for the whole picture
    red, green, blue = cv2.split(cv2.absdiff(image, level))
    distance = cv2.max(cv2.max(red, green), blue)  # numpy's max over three takes ten times as long
    _, mask = cv2.threshold(distance, max(UNLIKE, 2.5 * unrest), 255, cv2.THRESH_BINARY)
    tool = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))
    return np.asarray(
        cv2.morphologyEx(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, tool), cv2.MORPH_OPEN, tool)
    )


def _contours(mask: Mask) -> tuple[list[tuple[float, Contour]], int]:
    """Outlines with their areas, and how many were too small to count."""
    import cv2

    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    found, crumbs = [], 0
    for outline in outlines:
        area = cv2.contourArea(outline)
        if _is_bar(outline, mask.shape):
            continue
        if area >= SPECK * mask.size:
            found.append((area, outline))
        elif area >= SPECK * mask.size / 8:
            crumbs += 1
    return found, crumbs


def _is_bar(outline: Contour, shape: tuple[int, ...]) -> bool:
    """A scale, a watermark or a shadow along an edge of the photo."""
    import cv2

    height, width = shape[:2]
    x, y, across, down = cv2.boundingRect(outline)
    at_side = x <= 0.03 * width or x + across >= 0.97 * width
    at_end = y <= 0.03 * height or y + down >= 0.97 * height
    return (at_side and across < 0.3 * down) or (at_end and down < 0.3 * across)


def _solidity(outline: Contour) -> float:
    import cv2

    return cv2.contourArea(outline) / max(1.0, cv2.contourArea(cv2.convexHull(outline)))


def is_odd(outline: Contour) -> bool:
    """Long, or a rectangle: a banknote, a card."""
    import cv2

    _, r = cv2.minEnclosingCircle(outline)
    _, (across, down), _ = cv2.minAreaRect(outline)
    hull = cv2.contourArea(cv2.convexHull(outline))
    rectangle = hull > 0.92 * across * down and min(across, down) < 0.85 * max(across, down)
    return rectangle or hull < ODD * math.pi * max(r, 1.0) ** 2


def _within(outline: Contour, width: int, height: int) -> bool:
    import cv2

    x, y, across, down = cv2.boundingRect(outline)
    return x > 1 and y > 1 and x + across < width - 1 and y + down < height - 1


def coins_of(outline: Contour, shape: tuple[int, int]) -> list[Disc]:
    one = as_disc(outline)
    return [one] if one else _side_by_side(outline, shape)


def as_disc(outline: Contour) -> Disc | None:
    import cv2

    (cx, cy), r = cv2.minEnclosingCircle(outline)
    hull = cv2.contourArea(cv2.convexHull(outline))
    filled = hull / (math.pi * max(r, 1.0) ** 2)
    if filled < ROUND or _solidity(outline) < SOLID:
        return None
    return Disc(cx + 0.5, cy + 0.5, r + 0.5, round(min(1.0, filled + 0.05), 3))


def _side_by_side(outline: Contour, shape: tuple[int, int]) -> list[Disc]:
    """Coins that touch each other, or one coin with something that sticks to it."""
    import cv2
    import numpy as np

    filled = np.zeros((shape[0] + 2, shape[1] + 2), dtype=np.uint8)
    cv2.drawContours(filled, [outline], -1, 255, cv2.FILLED, offset=(1, 1))
    inscribed = _inscribed(filled)
    cores = [(x, y, r) for x, y, r in inscribed if r >= 0.5 * inscribed[0][2]]
    if inscribed[0][2] < LEAST_CORE or _solidity(outline) < LOOSE:
        return []
    discs = []
    for x, y, r in cores:
        body = _body(filled, x, y, r, alone=len(cores) == 1)
        disc = as_disc(body) if body is not None else None
        if disc is None:
            return []
        discs.append(Disc(disc.cx - 1, disc.cy - 1, disc.r, 0.8 * disc.confidence))
    covered = sum(math.pi * disc.r**2 for disc in discs)
    return discs if covered >= 0.85 * cv2.contourArea(outline) else []


def _inscribed(filled: Mask) -> list[tuple[int, int, float]]:
    """The largest circles that lie within it side by side."""
    import cv2

    distance = cv2.distanceTransform(filled, cv2.DIST_L2, 5)
    found: list[tuple[int, int, float]] = []
    for _ in range(40):
        _, r, _, (x, y) = cv2.minMaxLoc(distance)
        if found and r < 0.5 * found[0][2]:
            break
        if all(math.hypot(x - a, y - b) > 0.8 * (r + c) for a, b, c in found):
            found.append((x, y, float(r)))
        cv2.circle(distance, (x, y), max(1, round(0.7 * r)), 0.0, cv2.FILLED)
    return found


def _body(filled: Mask, x: int, y: int, r: float, alone: bool) -> Contour | None:
    """What is left around a core when everything thinner than half of it is taken away."""
    import cv2
    import numpy as np

    near = np.zeros_like(filled)
    cv2.circle(near, (x, y), round((1.5 if alone else 1.06) * r), 255, cv2.FILLED)
    # an opening by distances: with a tool of this size cv2.morphologyEx takes a hundred times as long
    thick = cv2.distanceTransform(cv2.bitwise_and(filled, near), cv2.DIST_L2, 5)
    far = cv2.distanceTransform((thick < 0.4 * r).astype(np.uint8), cv2.DIST_L2, 5)
    opened = (far < 0.4 * r).astype(np.uint8)
    outlines, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return max(outlines, key=cv2.contourArea, default=None)


def _whole_ones(discs: Sequence[Disc], width: int, height: int) -> list[Disc]:
    """Without neighbours that the frame cuts through, if anything is left then."""
    inside = [disc for disc in discs if _beyond(disc, width, height) < 2 * BEYOND]
    return inside or list(discs)


def _beyond(disc: Disc, width: int, height: int) -> float:
    """How far it reaches out of the photo, in parts of its radius."""
    sides = (disc.cx, disc.cy, width - disc.cx, height - disc.cy)
    return (disc.r - min(sides)) / disc.r

"""A coin on a ground that is not plain (cloth, a slab, other coins): the circle that most edges point at."""

import math
from dataclasses import dataclass
from typing import Any

from numpy import float32
from numpy.typing import NDArray

from identify.ml.look.discs import Disc
from identify.values import Pixels

Plane = NDArray[float32]
SIDE = 100
ANGLES = 80
# Of the shorter side
LEAST, MOST = 0.17, 0.62
# Of the directions in which the circle lies within the frame: there must be an edge
SUPPORT = 0.66
VISIBLE = 0.7


@dataclass(frozen=True)
class _Rim:
    cx: float
    cy: float
    r: float
    support: float


def coins(image: Pixels) -> list[Disc]:
    """At most one; none rather than one that may cut into the coin."""
    import cv2
    import numpy as np

    factor = max(1.0, max(image.shape[:2]) / SIDE)
    size = (round(image.shape[1] / factor), round(image.shape[0] / factor))
    reduced = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    small = np.asarray(cv2.GaussianBlur(reduced, (3, 3), 0), dtype=np.uint8)
    centre = _centre(small)
    if centre is None:
        return []
    rim = _rim(small, *centre)
    if rim is None or not _stands_out(small, rim):
        return []
    return [Disc(rim.cx, rim.cy, rim.r, round(0.9 * rim.support, 3)).scaled(factor)]


def side_by_side(image: Pixels) -> list[Disc]:
    """Two coins of one size, each in its half of the longer side."""
    height, width = image.shape[:2]
    level = width >= height
    middle = (width if level else height) // 2
    halves = (image[:, :middle], image[:, middle:]) if level else (image[:middle], image[middle:])
    one, other = (coins(half) for half in halves)
    if not one or not other or abs(one[0].r - other[0].r) > 0.15 * max(one[0].r, other[0].r):
        return []
    far = other[0]
    x, y = (far.cx + middle, far.cy) if level else (far.cx, far.cy + middle)
    return [one[0], Disc(x, y, far.r, far.confidence)]


def _gradients(image: Pixels) -> tuple[Plane, Plane, Plane]:
    """Of the channel that changes most: a red coin may be as light as its blue cloth."""
    import cv2
    import numpy as np

    planes = cv2.split(image)
    across = [cv2.Scharr(plane, cv2.CV_32F, 1, 0, scale=1 / 32) for plane in planes]
    down = [cv2.Scharr(plane, cv2.CV_32F, 0, 1, scale=1 / 32) for plane in planes]
    dx, dy = across[0], down[0]
    strength = cv2.magnitude(dx, dy)
    for other_x, other_y in zip(across[1:], down[1:], strict=True):
        other = cv2.magnitude(other_x, other_y)
        stronger = other > strength
        np.copyto(dx, other_x, where=stronger)
        np.copyto(dy, other_y, where=stronger)
        np.copyto(strength, other, where=stronger)
    return np.asarray(dx), np.asarray(dy), np.asarray(strength)


def _centre(image: Pixels) -> tuple[float, float] | None:
    """Every edge votes for the points before and behind it: rim, legend and inner rings agree."""
    import cv2
    import numpy as np

    height, width = image.shape[:2]
    short = min(height, width)
    dx, dy, strength = _gradients(image)
    weak = max(4.0, float(np.percentile(strength, 90)))
    rows, columns = np.nonzero(strength >= weak)
    if len(rows) < 24:
        return None
    norm = strength[rows, columns]
    ux, uy = dx[rows, columns] / norm, dy[rows, columns] / norm
    steps = np.arange(LEAST * short, MOST * short, 2.2, dtype=np.float32)
    steps = np.concatenate([steps, -steps])[:, None]
    x = (columns + steps * ux).ravel().astype(np.int32)
    y = (rows + steps * uy).ravel().astype(np.int32)
    inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    votes = np.bincount(y[inside] * width + x[inside], minlength=width * height)
    field = cv2.GaussianBlur(votes.reshape(height, width).astype(np.float32), (7, 7), 0)
    _, _, _, (cx, cy) = cv2.minMaxLoc(field)
    return float(cx), float(cy)


def _polar(image: Pixels, cx: float, cy: float, longest: int) -> tuple[Plane, Any]:
    """Change along each ray from the middle, and where the ray has left the frame."""
    import cv2
    import numpy as np

    flags = cv2.INTER_LINEAR | cv2.WARP_FILL_OUTLIERS
    rays = cv2.warpPolar(image, (longest, ANGLES), (cx, cy), longest, flags)
    red, green, blue = cv2.split(cv2.absdiff(rays[:, 4:], rays[:, :-4]))
    change = np.zeros((ANGLES, longest), dtype=np.float32)
    change[:, 2:-2] = cv2.max(cv2.max(red, green), blue)
    angles = np.arange(ANGLES) * (2 * math.pi / ANGLES)
    far = np.arange(longest) + 3
    x, y = cx + np.cos(angles)[:, None] * far, cy + np.sin(angles)[:, None] * far
    outside = (x < 0) | (y < 0) | (x > image.shape[1] - 1) | (y > image.shape[0] - 1)
    change[outside] = 0
    return change, outside


def _rim(image: Pixels, cx: float, cy: float) -> _Rim | None:
    """The outermost circle that is borne out nearly as well as the best one."""
    found: _Rim | None = None
    for _ in range(2):
        found = _best_ring(image, cx, cy)
        if found is None:
            return None
        cx, cy = found.cx, found.cy
    return found if found and found.support >= SUPPORT else None


def _best_ring(image: Pixels, cx: float, cy: float) -> _Rim | None:
    import cv2
    import numpy as np

    short = min(image.shape[:2])
    longest = int(MOST * short) + 4
    change, outside = _polar(image, cx, cy, longest)
    seen = 1 - outside.mean(axis=0)
    strong = max(12.0, float(np.percentile(change[~outside], 75)))
    reach = 2 * max(1, round(0.03 * short)) + 1
    near = cv2.dilate(change, np.ones((1, reach), dtype=np.uint8))
    support = ((near >= strong) & ~outside).sum(axis=0) / np.maximum((~outside).sum(axis=0), 1)
    # an edge all around is stronger where it is a circle than where many letters stand
    steady = np.where(outside, 0, np.minimum(change, 3 * strong)).sum(axis=0) / np.maximum(
        (~outside).sum(axis=0), 1
    )
    score = cv2.GaussianBlur((steady * support).astype(np.float32).reshape(1, -1), (5, 1), 0)[0]
    score[seen < VISIBLE] = 0
    score[: int(LEAST * short)] = 0
    if score.max() <= 0:
        return None
    good = np.nonzero(score >= 0.6 * score.max())[0]
    r = _peak(score, int(good[-1]))
    return _fitted(change, outside, cx, cy, r, reach)


def _peak(score: Plane, start: int) -> int:
    """Downhill to the inside is uphill to the ring that the outermost good radius belongs to."""
    while start > 1 and score[start - 1] > score[start]:
        start -= 1
    return start


def _fitted(change: Plane, outside: Any, cx: float, cy: float, r: int, reach: int) -> _Rim | None:
    """A circle through the strongest edge of each ray near the ring; what lies off it is left out."""
    import numpy as np

    low, high = max(0, r - reach), min(change.shape[1], r + reach + 1)
    band = change[:, low:high]
    at = band.argmax(axis=1) + low
    strength = band.max(axis=1)
    visible = ~outside[:, r]
    used = visible & (strength >= max(10.0, 0.35 * float(np.median(strength[visible]))))
    if used.sum() < ANGLES // 3:
        return None
    angles = np.arange(ANGLES) * (2 * math.pi / ANGLES)
    x, y = cx + at * np.cos(angles), cy + at * np.sin(angles)
    circle = _circle_through(x[used], y[used])
    for limit in (0.07, 0.045):
        away = np.abs(np.hypot(x - circle[0], y - circle[1]) - circle[2]) / circle[2]
        close = used & (away < limit)
        if close.sum() < ANGLES // 3:
            return None
        circle = _circle_through(x[close], y[close])
    away = np.abs(np.hypot(x - circle[0], y - circle[1]) - circle[2]) / circle[2]
    support = float((used & (away < 0.045)).sum() / max(1, visible.sum()))
    return _Rim(*circle, support)


def _circle_through(x: Any, y: Any) -> tuple[float, float, float]:
    """Least squares on x² + y² = 2ax + 2by + c."""
    import numpy as np

    matrix = np.stack([2 * x, 2 * y, np.ones_like(x)])
    square = matrix @ matrix.T + 1e-6 * np.eye(3)
    a, b, c = np.linalg.solve(square, matrix @ (x * x + y * y))
    return float(a), float(b), math.sqrt(max(1.0, float(c + a * a + b * b)))


def _stands_out(image: Pixels, rim: _Rim) -> bool:
    """A ring within a coin (its core, its beads) has as much relief outside as inside."""
    import numpy as np

    height, width = image.shape[:2]
    short = min(height, width)
    if not LEAST * short <= rim.r <= 1.1 * MOST * short:
        return False
    if rim.r >= 0.44 * short:
        return True
    _, _, relief = _gradients(image)
    y, x = np.ogrid[:height, :width]
    away = np.hypot(x - rim.cx, y - rim.cy) / rim.r
    inner, outer = relief[away < 0.88], relief[(away > 1.12) & (away < 1.5)]
    if not len(outer):
        return True
    return float(np.median(outer)) < 0.75 * float(np.median(inner))

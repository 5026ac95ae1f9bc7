"""Lays a cent straight: every obverse since 1909 has the same head, so an average of edges fits them all."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]
Pose = NDArray[np.float64]  # centre x and y, radius (pixels of a picture of SIDE), turn (radians)

SIDE = 256  # of the picture that is searched
FRAME = 128  # of the frame in which coins are compared
RADIUS = 0.46  # of a frame's side
RADII = (75, 85, 95, 105, 115, 122)
TURNS = (-0.3, -0.15, 0.0, 0.15, 0.3)
STEP = (4.0, 4.0, 4.0, 0.06)
FINEST = 0.2  # pixels: smaller steps change nothing that is read


def square(grey: NDArray[Any]) -> NDArray[Any]:
    height, width = grey.shape
    side = max(height, width)
    if height == width:
        return grey
    whole = np.full((side, side), int(np.median(grey[0])), grey.dtype)
    top, left = (side - height) // 2, (side - width) // 2
    whole[top : top + height, left : left + width] = grey
    return whole


def edges(grey: NDArray[Any]) -> Grey:
    """Strength of edges against their surroundings, of a square picture."""
    import cv2

    small = cv2.resize(grey, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    smooth = cv2.GaussianBlur(small, (0, 0), 1.0)
    strength = cv2.magnitude(
        cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    )
    relative = strength / (cv2.GaussianBlur(strength, (0, 0), 8) + 4)
    return np.asarray(cv2.GaussianBlur(relative, (0, 0), 1.2), np.float32)  # type: ignore[arg-type]


def matrix(pose: Pose, side: float) -> NDArray[np.float64]:
    """From a straight frame of this side to the picture."""
    x, y, radius, turn = pose
    scale = radius / (RADIUS * side)
    cos, sin = np.cos(turn) * scale, np.sin(turn) * scale
    half = side / 2
    return np.array([[cos, -sin, x - (cos - sin) * half], [sin, cos, y - (sin + cos) * half]])


def framed(found: NDArray[Any], pose: Pose, side: int = FRAME, fine: bool = False) -> NDArray[Any]:
    import cv2

    how = cv2.WARP_INVERSE_MAP | (cv2.INTER_CUBIC if fine else cv2.INTER_LINEAR)
    return cv2.warpAffine(found, matrix(pose, side), (side, side), flags=how)


def inside() -> NDArray[np.bool_]:
    across = np.arange(FRAME) - FRAME / 2
    return np.hypot(across[:, None], across) < 0.44 * FRAME


class Aligner:
    def __init__(self, template: Grey) -> None:
        self.inside = inside()
        self.wanted = standard(np.asarray(template, np.float32)[self.inside])

    def fit(self, found: Grey, pose: Pose) -> float:
        """Correlation with the template, -1 to 1."""
        return float(standard(framed(found, pose)[self.inside]) @ self.wanted)

    def find(self, found: Grey, start: Pose | None = None) -> tuple[Pose, float]:
        starts = [start] if start is not None else guesses()
        score, best = max((self.fit(found, one), tuple(one)) for one in starts)
        return self.climb(found, np.array(best), score)

    def climb(self, found: Grey, best: Pose, score: float) -> tuple[Pose, float]:
        """One number after the other, by smaller and smaller steps."""
        step = np.array(STEP)
        while step[0] >= FINEST:
            before = score
            for move in np.concatenate([np.diag(step), -np.diag(step)]):
                fit = self.fit(found, best + move)
                if fit > score:
                    score, best = fit, best + move
            if score <= before:
                step /= 2
        return best, score


def guesses() -> list[Pose]:
    return [np.array([SIDE / 2, SIDE / 2, r, turn]) for r in RADII for turn in TURNS]


def standard(values: Grey) -> Grey:
    centred = values - values.mean()
    return centred / (np.linalg.norm(centred) + 1e-9)

import math

from identify.ml.look.discs import Disc
from identify.values import Pixels

WHITE = (255, 255, 255)
MARGIN = 1.04


def crop(
    image: Pixels, disc: Disc, size: int, margin: float = MARGIN, mask: bool = False
) -> Pixels:
    """A square around the disc. What lies outside the photo repeats its edge, so that no false rim appears;
    with `mask`, what lies outside the disc is white."""
    import cv2
    import numpy as np

    square = _square(image, disc, margin)
    shrinking = square.shape[0] >= size
    method = cv2.INTER_AREA if shrinking else cv2.INTER_LINEAR
    small = np.asarray(cv2.resize(square, (size, size), interpolation=method), dtype=np.uint8)
    return _masked(small, margin) if mask else small


def _square(image: Pixels, disc: Disc, margin: float) -> Pixels:
    import cv2
    import numpy as np

    height, width = image.shape[:2]
    side = max(1, round(2 * disc.r * margin))
    left, top = math.floor(disc.cx - side / 2 + 0.5), math.floor(disc.cy - side / 2 + 0.5)
    right, bottom = left + side, top + side
    if right <= 0 or bottom <= 0 or left >= width or top >= height:
        rows = np.clip(np.arange(top, bottom), 0, height - 1)
        return image[rows[:, None], np.clip(np.arange(left, right), 0, width - 1)]
    inside = image[max(0, top) : bottom, max(0, left) : right]
    around = (max(0, -top), max(0, bottom - height), max(0, -left), max(0, right - width))
    if not any(around):
        return inside
    padded = cv2.copyMakeBorder(inside, *around, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(padded, dtype=np.uint8)


def _masked(square: Pixels, margin: float) -> Pixels:
    import cv2
    import numpy as np

    size = square.shape[0]
    kept = np.zeros((size, size), dtype=np.uint8)
    middle, r = (size - 1) / 2, size / (2 * margin)
    # four bits of fraction, as cv2 draws finer than pixels
    cv2.circle(kept, (round(16 * middle),) * 2, round(16 * r), 255, cv2.FILLED, cv2.LINE_8, 4)
    masked = square.copy()
    masked[kept == 0] = WHITE
    return masked

"""Photos in memory, and the changes that a photographer's hand and light would make to them. Never mirrored:
heads face one way, and letters would reverse."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from identify.values import Pixels

if TYPE_CHECKING:
    from identify.ml.look import Disc

KEPT_SIDE = 208  # pixels; a network looks at fewer, and turning and scaling need some to spare


def load(path: Path, side: int = KEPT_SIDE) -> Pixels:
    """A square around the coin, as the reader of the photo will cut it."""
    import cv2

    read = cv2.imread(str(path), cv2.IMREAD_COLOR_RGB)
    if read is None:
        raise ValueError(f"{path} is not a photo that can be read. Take it out of the folder.")
    return cut(read.astype(np.uint8, copy=False), side)


def cut(pixels: Pixels, side: int) -> Pixels:
    from identify.ml.look import crop, look

    found = look(pixels).discs
    return crop(pixels, found[0] if found else _whole(pixels), side)


def _whole(pixels: Pixels) -> "Disc":
    """A labelled photo shows a coin even where none is found; then it fills the frame."""
    from identify.ml.look import Disc

    height, width = pixels.shape[:2]
    return Disc(width / 2, height / 2, min(height, width) / 2)


class Camera:
    """Takes one more photo of the same coin. Seeded, so that two runs see the same."""

    def __init__(self, seed: int, turn: float = 12.0) -> None:
        self.random = np.random.default_rng(seed)
        self.turn = turn

    def take(self, pixels: Pixels, side: int, any_turn: bool = False) -> Pixels:
        picture = self._framed(pixels, side, any_turn)
        picture = self._lit(picture)
        return self._blurred(picture)

    def _framed(self, pixels: Pixels, side: int, any_turn: bool) -> Pixels:
        import cv2

        draw = self.random
        angle = draw.uniform(-180, 180) if any_turn else draw.normal(0, self.turn)
        scale = side / pixels.shape[0] * draw.uniform(0.86, 1.14)
        stretch = draw.normal(0, 0.03)
        turned = cv2.getRotationMatrix2D((0.0, 0.0), angle, scale).astype(np.float64)
        turned[:, 0] *= 1 + stretch
        middle = turned[:, :2] @ np.full(2, pixels.shape[0] / 2)
        turned[:, 2] = side / 2 - middle + draw.normal(0, 0.025 * side, 2)
        border = cv2.BORDER_REPLICATE if draw.random() < 0.6 else cv2.BORDER_CONSTANT
        ground = tuple(int(part) for part in draw.integers(0, 256, 3))
        return np.asarray(
            cv2.warpAffine(
                pixels, turned, (side, side), flags=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR,
                borderMode=border, borderValue=ground,
            )
        )  # fmt: skip

    def _lit(self, picture: Pixels) -> Pixels:
        draw = self.random
        light = picture.astype(np.float32)
        if draw.random() < 0.25:
            light = light.mean(axis=2, keepdims=True).repeat(3, axis=2)
        elif draw.random() < 0.6:
            light = light * draw.uniform(0.82, 1.18, 3).astype(np.float32)
        if draw.random() < 0.4:  # from one side
            side = picture.shape[0]
            ramp = np.linspace(-1, 1, side, dtype=np.float32)
            angle = draw.uniform(0, 2 * np.pi)
            slope = np.cos(angle) * ramp[None, :] + np.sin(angle) * ramp[:, None]
            light *= 1 + (draw.uniform(0.05, 0.35) * slope)[..., None]
        middle = float(light.mean())
        light = (light - middle) * draw.uniform(0.6, 1.5) + middle * draw.uniform(0.7, 1.3)
        return np.clip(light, 0, 255).astype(np.uint8)

    def _blurred(self, picture: Pixels) -> Pixels:
        import cv2

        draw = self.random
        if draw.random() < 0.2:
            small = max(48, int(picture.shape[0] * draw.uniform(0.4, 0.8)))
            less = cv2.resize(picture, (small, small), interpolation=cv2.INTER_AREA)
            picture = cv2.resize(less, picture.shape[:2], interpolation=cv2.INTER_LINEAR)  # type: ignore[assignment]
        if draw.random() < 0.15:
            quality = int(draw.integers(25, 80))
            _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
            picture = cv2.imdecode(data, cv2.IMREAD_COLOR)  # type: ignore[assignment]
        if draw.random() < 0.25:  # a finger, a flaw, a reflection
            side = picture.shape[0]
            high, wide = (int(part) for part in draw.integers(side // 8, side // 3, 2))
            top, left = (int(draw.integers(0, side - part)) for part in (high, wide))
            picture[top : top + high, left : left + wide] = draw.integers(0, 256, 3)
        return picture

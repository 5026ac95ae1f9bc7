"""Pictures for tests, drawn here: nothing is photographed, nothing is copied."""

from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw


def coin(side: int = 400, seed: int = 1, ground: str = "#e8e4dc") -> Image.Image:
    """A disc with a bust of blobs on plain ground, 0.4 of the side in radius."""
    rng = np.random.default_rng(seed)
    large = Image.new("RGB", (400, 400), ground)
    draw = ImageDraw.Draw(large)
    draw.ellipse((40, 40, 360, 360), fill="#8a7650", outline="#4f4227", width=8)
    for _ in range(14):
        x, y, r = rng.integers(110, 290), rng.integers(110, 290), rng.integers(12, 60)
        shade = int(rng.integers(40, 230))
        draw.ellipse((x - r, y - r * 0.7, x + r, y + r * 0.7), fill=(shade, shade - 20, shade - 40))
    return large.resize((side, side), Image.Resampling.LANCZOS)


def saved(image: Image.Image, format: str = "JPEG", **options: object) -> BytesIO:
    out = BytesIO()
    image.save(out, format, **options)
    return BytesIO(out.getvalue())


def noise(width: int, height: int) -> Image.Image:
    """Hard to compress, like a photo: for weights and measures."""
    rng = np.random.default_rng(3)
    coarse = rng.integers(0, 255, (height // 8, width // 8, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)

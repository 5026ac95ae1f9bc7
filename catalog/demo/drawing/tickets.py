"""The round ticket under a coin in an old cabinet, and two faces on one page."""

import io
import math
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from catalog.demo.drawing import letters
from catalog.demo.drawing.metals import INK, PAPER
from catalog.demo.drawing.relief import disc

SIDE, FINE = 900, 2
BROWN = (92, 58, 34)


def ticket(lines: Sequence[str], seed: int) -> bytes:
    dice = np.random.default_rng(seed)
    image = Image.new("RGB", (SIDE * FINE, SIDE * FINE), PAPER)
    pen = ImageDraw.Draw(image)
    for shift, reach, colour in ((0.02, 0.8, (206, 198, 182)), (0.0, 0.8, (236, 222, 190))):
        pen.polygon(placed(disc((shift, shift), reach, steps=120), 0), fill=colour)
    for reach in (0.76, 0.74):
        pen.line(placed(disc((0, 0), reach, steps=120), 0), fill=BROWN, width=3)
    for n, text in enumerate(lines):
        y = (n - (len(lines) - 1) / 2) * 0.22
        size = min(0.12, 1.15 * math.sqrt(1 - y * y) / max(1.0, letters.width_of(text)))
        for stroke in letters.straight(text.upper(), (0, y), size):
            shaken = [(px + dice.normal(0, 0.002), py + dice.normal(0, 0.002)) for px, py in stroke]
            # a hand that leans to the right
            leaning = [(px - (py - y) * 0.22, py) for px, py in shaken]
            pen.line(placed(leaning, -0.05), fill=INK, width=9, joint="curve")
    return as_jpeg(image.reduce(FINE))


def placed(line: Sequence[tuple[float, float]], turn: float) -> list[tuple[float, float]]:
    half, cosine, sine = SIDE * FINE / 2, math.cos(turn), math.sin(turn)
    return [
        (half + half * (x * cosine - y * sine), half + half * (x * sine + y * cosine))
        for x, y in line
    ]


def side_by_side(one: bytes, other: bytes) -> bytes:
    page = Image.new("RGB", (1280, 640), PAPER)
    for n, data in enumerate((one, other)):
        page.paste(
            Image.open(io.BytesIO(data)).resize((640, 640), Image.Resampling.LANCZOS), (640 * n, 0)
        )
    return as_jpeg(page)


def saved_again(data: bytes) -> bytes:
    """Smaller and rougher, as a picture comes back from a messenger."""
    return as_jpeg(Image.open(io.BytesIO(data)).resize((640, 640), Image.Resampling.LANCZOS), 72)


def as_jpeg(image: Image.Image, quality: int = 86) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()

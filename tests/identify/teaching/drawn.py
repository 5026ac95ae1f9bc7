"""Coins drawn for these tests: bright ones, dark ones and red ones, each in a photo of its own."""

import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from identify.ml.teaching import Example, Plan

CLASSES = {"bright": (205, 195, 170), "dark": (70, 62, 50), "red": (190, 70, 50)}
# timm's own for tests: a few hundred thousand weights, and none to download
TINY = Plan(
    backbone="test_efficientnet", start="random", side=32, epochs=4, batch=16, views=2, device="cpu"
)


def draw(label: str, number: int, size: int = 120) -> bytes:
    dice = np.random.default_rng((number, *label.encode()))
    tone = np.clip(np.array(CLASSES[label]) + dice.integers(-12, 12, 3), 0, 255)
    image = Image.new("RGB", (size, size), (236, 234, 230))
    pen = ImageDraw.Draw(image)
    pen.ellipse((8, 8, size - 8, size - 8), fill=tuple(int(one) for one in tone))
    for _line in range(14):  # each coin has scratches of its own
        ends = dice.integers(20, size - 20, 4).tolist()
        shade = tuple(int(one) for one in np.clip(tone + dice.integers(-60, 60), 0, 255))
        pen.line(ends, fill=shade, width=int(dice.integers(2, 7)))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=92)
    return out.getvalue()


def folder_of(folder: Path, count: int = 8, labels: tuple[str, ...] = ("bright", "dark")) -> Path:
    for label in labels:
        (folder / label).mkdir(parents=True, exist_ok=True)
        for number in range(count):
            (folder / label / f"{number:02}.jpg").write_bytes(draw(label, number))
    return folder


def examples_in(folder: Path, count: int = 8) -> list[Example]:
    from identify.ml.teaching import read_examples

    return read_examples(folder_of(folder, count))

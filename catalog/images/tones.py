"""Light, colour and fine detail of a picture that has its final size; static/js/photo-tones.js shows the same."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from catalog.images.edits import EditParams
from catalog.images.polar import LONG

# The finest detail, in parts of a coin's diameter: at every size the same relief is sharpened
FINEST = 1 / 560
# Steps weaker than this may be grain; the stronger, the less is taken away
GRAIN = 24.0
BAND = 256  # rows at a time: full photos would take half a gigabyte
# What a style sheet's grayscale() weighs the colours with
LUMINANCE = (0.2126, 0.7152, 0.0722, 0.0)

Levels = NDArray[np.float32]


def toned(image: Image.Image, edit: EditParams) -> Image.Image:
    image = _detailed(image, edit)
    if edit.brightness != 1 or edit.contrast != 1:
        image = _lit(image, edit)
    return _grey(image) if edit.greyscale else image


def _detailed(image: Image.Image, edit: EditParams) -> Image.Image:
    """An unsharp mask, less the weakest of the detail."""
    if edit.sharpness == 1 and edit.denoise == 0:
        return image
    across = max(image.size) / (LONG / 2 if edit.polar else 1)
    blurred = _blurred(image, across * FINEST)
    made = np.asarray(image).copy()
    for rows in _bands(image.height):
        smooth = np.asarray(blurred.crop((0, rows.start, image.width, rows.stop)), np.float32)
        colours = _sharpened(made[rows, :, :3].astype(np.float32), smooth[..., :3], edit)
        made[rows, :, :3] = colours.round()
    return Image.fromarray(made)


def _blurred(image: Image.Image, radius: float) -> Image.Image:
    blur = ImageFilter.GaussianBlur(radius)
    if image.mode != "RGBA":
        return image.filter(blur)
    # with its colours weighed by their opacity, or the disc's edge would take in the black outside
    return image.convert("RGBa").filter(blur).convert("RGBA")


def _bands(height: int) -> Iterator[slice]:
    return (slice(top, min(top + BAND, height)) for top in range(0, height, BAND))


def _sharpened(levels: Levels, smooth: Levels, edit: EditParams) -> Levels:
    detail = levels - smooth
    grain = np.clip(1 - np.abs(detail) / GRAIN, 0, 1) * edit.denoise
    return np.clip(smooth + detail * (1 - grain) * edit.sharpness, 0, 255)


def _lit(image: Image.Image, edit: EditParams) -> Image.Image:
    levels = np.clip(np.arange(256) * edit.brightness, 0, 255)
    levels = np.clip((levels - 127.5) * edit.contrast + 127.5, 0, 255)
    table = levels.round().astype(int).tolist()
    return image.point(table * 3 + (list(range(256)) if image.mode == "RGBA" else []))


def _grey(image: Image.Image) -> Image.Image:
    grey = image.convert("RGB").convert("L", LUMINANCE)
    alpha = [image.getchannel("A")] if image.mode == "RGBA" else []
    return Image.merge(image.mode, [grey] * 3 + alpha)

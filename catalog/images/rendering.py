"""What is sent to a browser: upright, in sRGB, edited, and without a word of metadata."""

import math
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageCms, ImageDraw, ImageOps, features

from catalog.images.edits import PLAIN, EditParams
from catalog.images.likeness import on_white
from catalog.images.opening import damaged, open_accepted
from catalog.images.polar import unrolled
from catalog.images.tones import toned

AVIF_AVAILABLE = bool(features.check("avif"))
WEBP_LONGEST = 16383
_SAVE: dict[str, dict[str, int]] = {
    "WEBP": {"quality": 82, "method": 2},  # 4 takes twice as long and saves 6 %
    "AVIF": {"quality": 62, "speed": 8},
}
_SRGB = ImageCms.createProfile("sRGB")


def served(
    original: BinaryIO, edit: EditParams = PLAIN, size: int | None = None, format: str = "WEBP"
) -> bytes:
    """`size` is the longest side; a small photo is never blown up."""
    [data] = served_sizes(original, edit, [size], format)
    return data


def served_sizes(
    original: BinaryIO, edit: EditParams, sizes: Sequence[int | None], format: str = "WEBP"
) -> list[bytes]:
    """In the order of the sizes, largest first: each is made from the one before it, and the original
    is decoded once."""
    image = edited(original, edit, sizes[0])
    encoded = []
    for size in sizes:
        longest = min(size or WEBP_LONGEST, WEBP_LONGEST)
        image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        encoded.append(_encoded(toned(image, edit), format))
    return encoded


def edited(original: BinaryIO, edit: EditParams, size: int | None = None) -> Image.Image:
    """Cropped, turned and unrolled; its tones come last, once it has its final size."""
    cut = _cropped(load(original, size, edit), edit)
    turned = _turned(cut, edit)
    return unrolled(turned, min(cut.size) / 2) if edit.polar else turned


def looked_at(original: BinaryIO, edit: EditParams, size: int) -> Image.Image:
    """What a model is shown: as people see it, in plain RGB, never encoded again. A strip shows no
    coin any more, so the ring stays round."""
    edit = replace(edit, polar=False)
    image = edited(original, edit, size)
    image.thumbnail((size, size), Image.Resampling.LANCZOS)
    return on_white(toned(image, edit)).convert("RGB")


def full_size(original: BinaryIO) -> bytes:
    return served(original, PLAIN, None)


def load(original: BinaryIO, size: int | None = None, edit: EditParams = PLAIN) -> Image.Image:
    """Upright RGB or RGBA in sRGB. With a `size`, only as large as that part of it needs that `edit`
    leaves."""
    with open_accepted(original) as image:
        needed = _before_crop(image.size, size, edit) if size else None
        try:
            if needed:
                shrink_on_load(image, needed)
            return oriented(image, needed)
        except Exception as error:
            # decoders meet broken data with whatever exception comes to hand
            raise damaged() from error


def shrink_on_load(image: Image.Image, longest: int) -> None:
    """Lets a JPEG be decoded at a half, a quarter or an eighth, which saves most of the work."""
    width, height = image.size
    scale = longest / max(width, height)
    if image.format in ("JPEG", "MPO") and scale < 1:
        image.draft(None, (round(width * scale), round(height * scale)))


def oriented(image: Image.Image, longest: int | None = None) -> Image.Image:
    image.load()
    image = _eight_bit(image)
    factor = max(image.size) // (2 * longest) if longest else 1
    if factor > 1:
        image = image.reduce(factor)
    return _in_srgb(ImageOps.exif_transpose(image))


def _before_crop(whole: tuple[int, int], size: int, edit: EditParams) -> int:
    """How long the whole photo must be for the crop to come out at `size`."""
    if edit.crop is None:
        return size
    shorter, longer = sorted(whole)
    if len(edit.crop) == 3:
        kept = 2 * edit.crop[2] * shorter
    else:
        left, top, right, bottom = edit.crop
        # which side is which is only known once the photo is upright
        kept = max(right - left, bottom - top) * shorter
    return min(longer, math.ceil(size * longer / kept))


def _eight_bit(image: Image.Image) -> Image.Image:
    if image.mode in ("RGB", "RGBA", "L", "CMYK"):
        return image
    if image.mode.startswith("I") or image.mode == "F":
        return _scaled_down(image)
    transparent = image.mode in ("LA", "PA", "La", "RGBa") or "transparency" in image.info
    return image.convert("RGBA" if transparent else "RGB")


def _scaled_down(image: Image.Image) -> Image.Image:
    """Sixteen bits and more: Pillow would clip what is brighter than 255."""
    levels = np.nan_to_num(np.asarray(image, dtype=np.float64))
    lowest = min(0.0, float(levels.min()))
    highest = max(255.0 if levels.max() <= 255 else 65535.0, float(levels.max()))
    if image.mode == "F" and levels.max() <= 1:
        highest = 1.0
    grey = (levels - lowest) * (255 / (highest - lowest))
    scaled = Image.fromarray(grey.astype(np.uint8))
    scaled.info.update(image.info)
    return scaled


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    colours = _converted(colours, profile) if profile else colours.convert("RGB")
    if alpha:
        colours.putalpha(alpha)
    colours.info.clear()
    return colours


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
        return converted or image.convert("RGB")
    except (ImageCms.PyCMSError, OSError):
        # a profile for another kind of picture, or a broken one: the plain colours are near enough
        return image.convert("RGB")


def _cropped(image: Image.Image, edit: EditParams) -> Image.Image:
    width, height = image.size
    if edit.crop is None:
        return image
    if len(edit.crop) == 4:
        left, top, right, bottom = edit.crop
        box = (
            round(left * width),
            round(top * height),
            round(right * width),
            round(bottom * height),
        )
        return image.crop((box[0], box[1], max(box[2], box[0] + 1), max(box[3], box[1] + 1)))
    cx, cy, r = edit.crop[0] * width, edit.crop[1] * height, edit.crop[2] * min(image.size)
    left, top, side = round(cx - r), round(cy - r), max(1, round(2 * r))
    return image.convert("RGBA").crop((left, top, left + side, top + side))


def _turned(image: Image.Image, edit: EditParams) -> Image.Image:
    circle = edit.crop is not None and len(edit.crop) == 3
    if edit.rotate % 90 == 0:
        quarters = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180}
        quarters[-90] = Image.Transpose.ROTATE_90
        if edit.rotate:
            image = image.transpose(quarters[round(edit.rotate)])
    else:
        # Pillow turns the other way round
        upright = image.convert("RGBA")
        image = upright.rotate(-edit.rotate, Image.Resampling.BICUBIC, expand=not circle)
    return _disc(image) if circle else image


def _disc(image: Image.Image) -> Image.Image:
    """Transparent around the coin; drawn four times as large for a soft edge."""
    side = image.width
    large = min(4 * side, 4096)
    mask = Image.new("L", (large, large))
    ImageDraw.Draw(mask).ellipse((0, 0, large - 1, large - 1), fill=255)
    empty = Image.new("RGBA", image.size)
    return Image.composite(image, empty, mask.resize(image.size, Image.Resampling.BOX))


def _encoded(image: Image.Image, format: str) -> bytes:
    image.info.clear()
    out = BytesIO()
    image.save(out, format, **_SAVE[format])
    return out.getvalue()

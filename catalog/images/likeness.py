"""Near-identical photos: a difference hash of 64 bits to find them, one of 256 bits to be sure."""

import numpy as np
from PIL import Image

_BITS = 2**64
# Steps smaller than this are the paper behind the coin and the noise of JPEG
_STEP = 3


def dhash(image: Image.Image) -> int:
    """Signed, to fit a database's 64-bit integer. Survives scaling and another format."""
    value = int.from_bytes(_rises(image, 8), "big")
    return value - _BITS if value >= _BITS // 2 else value


def fingerprint(image: Image.Image) -> bytes:
    """32 bytes. Coins of one type look alike to 64 bits, not to these."""
    return _rises(image, 16)


def _rises(image: Image.Image, side: int) -> bytes:
    grey = on_white(image).convert("L").resize((side + 1, side), Image.Resampling.BOX)
    levels = np.asarray(grey, dtype=np.int16)
    return np.packbits((levels[:, 1:] - levels[:, :-1] > _STEP).ravel()).tobytes()


def hamming(one: int, other: int) -> int:
    """How many of the 64 bits differ; up to about 6 is the same photo saved again."""
    return ((one ^ other) % _BITS).bit_count()


def on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image).convert("RGB")

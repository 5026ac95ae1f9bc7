"""Photos: what a file is (`inspect`), and what is shown of it (`served`). Originals are only read.

The way of a photo: bytes -> sniff -> open -> inspect -> [kept] -> orient -> sRGB -> edit -> WebP.
"""

from catalog.images.disc import guess_disc
from catalog.images.edits import PLAIN, EditError, EditParams
from catalog.images.inspection import MAX_BYTES, MAX_PIXELS, Inspected, inspect
from catalog.images.likeness import dhash, hamming
from catalog.images.opening import ImageRefused
from catalog.images.polar import strip_size
from catalog.images.rendering import (
    AVIF_AVAILABLE,
    full_size,
    load,
    looked_at,
    served,
    served_sizes,
)

__all__ = [
    "AVIF_AVAILABLE",
    "MAX_BYTES",
    "MAX_PIXELS",
    "PLAIN",
    "EditError",
    "EditParams",
    "ImageRefused",
    "Inspected",
    "dhash",
    "full_size",
    "guess_disc",
    "hamming",
    "inspect",
    "load",
    "looked_at",
    "served",
    "served_sizes",
    "strip_size",
]

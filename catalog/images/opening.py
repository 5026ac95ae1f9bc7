import os
from typing import BinaryIO

import pillow_heif
from PIL import Image

from catalog.images.sniffing import ACCEPTED, HEAD, OTHER_FILES, claimed, kind_of
from catalog.refusals import Refusal
from catalog.refusals import gettext_noop as _

pillow_heif.register_heif_opener()


class ImageRefused(Refusal):
    """Shown beside the file's name, so its text does not repeat the name."""


def open_accepted(file: BinaryIO, name: str = "") -> Image.Image:
    """Reads the header only. The decoder is the one that the first bytes call for, and no other."""
    file.seek(0)
    head = file.read(HEAD)
    kind = kind_of(head, name)
    if kind not in ACCEPTED:
        raise _refused(kind, file, name)
    file.seek(0)
    try:
        return Image.open(file, formats=[kind])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise bomb() from error
    except Exception as error:
        # decoders meet broken headers with whatever exception comes to hand
        raise damaged() from error


def size_of(file: BinaryIO) -> int:
    file.seek(0, os.SEEK_END)
    return file.tell()


def damaged() -> ImageRefused:
    return ImageRefused(
        "truncated", _("The file is damaged or incomplete. Copy it from the camera again.")
    )


def animated() -> ImageRefused:
    return ImageRefused(
        "animated", _("This holds several pictures or moves. Save the one you want as JPEG or PNG.")
    )


def bomb(megapixels: int = 80) -> ImageRefused:
    template = _("The picture is larger than %(limit)s megapixels. Scale it down and try again.")
    return ImageRefused("bomb", template, limit=megapixels)


def _refused(kind: str, file: BinaryIO, name: str) -> ImageRefused:
    if kind == "SVG":
        return ImageRefused("svg", _("SVG drawings are not accepted. Save it as PNG."))
    if kind == "GIF" and _moves(file):
        return animated()
    if kind in OTHER_FILES and claimed(name):
        template = _(
            "In spite of its name this is a %(kind)s, not a picture. Choose the photo itself."
        )
        return ImageRefused("mislabelled", template, kind=kind)
    if kind in OTHER_FILES or not kind:
        template = _("This is not a picture. Choose a JPEG, PNG, WebP, HEIC, TIFF or BMP file.")
        return ImageRefused("not_an_image", template)
    template = _("%(kind)s files cannot be read. Save it as JPEG, PNG, WebP, HEIC, TIFF or BMP.")
    return ImageRefused("unsupported", template, kind=kind)


def _moves(file: BinaryIO) -> bool:
    file.seek(0)
    try:
        with Image.open(file, formats=["GIF"]) as image:
            return bool(getattr(image, "is_animated", False))
    except Exception:
        # refused either way; this only chooses the words
        return False

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from PIL import ExifTags, Image

from catalog.images.likeness import dhash, fingerprint
from catalog.images.opening import ImageRefused, animated, bomb, damaged, open_accepted, size_of
from catalog.images.rendering import oriented, shrink_on_load
from catalog.images.sniffing import ACCEPTED, claimed
from catalog.refusals import gettext_noop as _

MAX_BYTES = 50 * 2**20
MAX_PIXELS = 80_000_000
MIN_SIDE = 16
MAX_ASPECT = 20
SIDEWAYS = range(5, 9)


@dataclass(frozen=True)
class Inspected:
    format: str
    mime: str
    width: int  # as shown, once the orientation is applied
    height: int
    sha256: str
    dhash: int  # 64 bits, signed, as databases keep them
    fingerprint: bytes
    taken_at: datetime | None  # the camera's own clock, no time zone
    orientation: int
    byte_size: int
    mislabelled: bool  # the name promises another of the accepted formats


def inspect(
    file: BinaryIO, name: str = "", *, max_bytes: int = MAX_BYTES, max_pixels: int = MAX_PIXELS
) -> Inspected:
    """Everything that may be refused is, and the cheap refusals come before any pixel is decoded."""
    byte_size = size_of(file)
    _check_bytes(byte_size, max_bytes)
    with open_accepted(file, name) as image:
        kind = "JPEG" if image.format == "MPO" else str(image.format)
        _check_shape(image.size, max_pixels)
        if _several(image, kind):
            raise animated()
        width, height = image.size
        told = _told(image) if kind != "PNG" else None
        coarse, fine = _decoded_likeness(image)
        # in a PNG the metadata may stand behind the pixels, in a TIFF decoding uses it up
        orientation, taken_at = told or _told(image)
        # TIFF and HEIF come with the orientation already applied
        if orientation in SIDEWAYS and kind not in ("TIFF", "HEIF"):
            width, height = height, width
        return Inspected(
            format=kind,
            mime=ACCEPTED[kind],
            width=width,
            height=height,
            sha256=_sha256(file),
            dhash=coarse,
            fingerprint=fine,
            taken_at=taken_at,
            orientation=orientation,
            byte_size=byte_size,
            mislabelled=claimed(name) not in ("", kind),
        )


def _check_bytes(byte_size: int, max_bytes: int) -> None:
    if byte_size == 0:
        raise ImageRefused("empty", _("The file is empty."))
    if byte_size > max_bytes:
        template = _("The file has %(size)s MB; the limit is %(limit)s MB.")
        size, limit = f"{byte_size / 2**20:.1f}", f"{max_bytes / 2**20:g}"
        raise ImageRefused("too_large_bytes", template, size=size, limit=limit)


def _check_shape(size: tuple[int, int], max_pixels: int) -> None:
    width, height = size
    if width * height > max_pixels:
        raise bomb(max_pixels // 1_000_000)
    if min(size) < MIN_SIDE:
        template = _(
            "The picture is only %(width)s by %(height)s pixels: too small to show a coin."
        )
        raise ImageRefused("too_small", template, width=width, height=height)
    if max(size) > MAX_ASPECT * min(size):
        template = _(
            "The picture is %(width)s by %(height)s pixels: too long and narrow for a coin."
        )
        raise ImageRefused("aspect", template, width=width, height=height)


def _several(image: Image.Image, kind: str) -> bool:
    """A JPEG or HEIC may carry a depth map or a burst behind its one picture; that is no animation."""
    if kind in ("PNG", "WEBP"):
        return bool(getattr(image, "is_animated", False))
    if kind != "TIFF":
        return False
    try:
        image.seek(1)
        # a second directory may be the small preview of the first
        preview = int(image.getexif().get(254, 0)) & 1
        image.seek(0)
    except EOFError:
        return False
    except Exception as error:
        raise damaged() from error
    return not preview


def _decoded_likeness(image: Image.Image) -> tuple[int, bytes]:
    """Decoding every byte is what finds a truncated file; in a JPEG the scaled way does so too."""
    try:
        shrink_on_load(image, 256)
        upright = oriented(image)
        return dhash(upright), fingerprint(upright)
    except Exception as error:
        # decoders meet broken data with whatever exception comes to hand
        raise damaged() from error


def _sha256(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(2**20):
        digest.update(chunk)
    return digest.hexdigest()


def _told(image: Image.Image) -> tuple[int, datetime | None]:
    """Orientation and time; a photo is welcome without either, and with broken metadata."""
    try:
        exif = image.getexif()
        details = exif.get_ifd(ExifTags.IFD.Exif)
    except Exception:
        return 1, None
    orientation = exif.get(ExifTags.Base.Orientation, 1)
    taken = details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    return (orientation if orientation in range(1, 9) else 1), _camera_time(str(taken))


def _camera_time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text.strip("\0 "), "%Y:%m:%d %H:%M:%S")
    except ValueError:
        # cameras without a set clock write zeros, blanks or nothing
        return None

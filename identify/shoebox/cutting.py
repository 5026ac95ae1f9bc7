"""One coin out of the photo of many, at the size that the camera saw it. Pure: pixels in, a file out."""

from datetime import datetime
from io import BytesIO

from PIL import ExifTags, Image

from identify.shoebox.circles import Circle

MARGIN = 1.06  # of the radius: a rim that is cut off is lost, a little ground is not in the way
QUALITY = 95


def cut(image: Image.Image, circle: Circle, taken_at: datetime | None = None) -> bytes:
    """Upright RGB in, a JPEG out that still says when it was taken. What lies beyond the photo is left out."""
    r = round(circle.r * MARGIN)
    box = (
        max(0, circle.x - r), max(0, circle.y - r),
        min(image.width, circle.x + r), min(image.height, circle.y + r),
    )  # fmt: skip
    out = BytesIO()
    square = image.crop(box)
    square.save(out, "JPEG", quality=QUALITY, subsampling=0, exif=exif(taken_at))
    return out.getvalue()


def exif(taken_at: datetime | None) -> bytes:
    told = Image.Exif()
    if taken_at:
        told[ExifTags.Base.DateTime] = taken_at.strftime("%Y:%m:%d %H:%M:%S")
    return bytes(told.tobytes())

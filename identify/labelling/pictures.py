"""The photos that the findings of a labelled set name, small: straight out of its ZIP, which nobody has
taken in yet."""

from io import BytesIO

from django.conf import settings

from catalog.images import ImageRefused, inspect, served
from identify.labelling import arriving, telling
from identify.labelling.unpacking import DAMAGED, SetRefused, photo_in
from identify.models import LabelledSet

SIDE = 240


def small(one: LabelledSet, at: int) -> bytes | None:
    """Only what stands on the page: whoever counts on gets no photo of the rest."""
    name = telling.picture(one.findings, at)
    if name is None or not one.file.name:
        return None
    try:
        with one.file.open("rb") as file:
            data = photo_in(file, name, arriving.limits())
        if data is None:
            return None
        inspect(
            BytesIO(data), name,
            max_bytes=settings.MAX_PHOTO_BYTES, max_pixels=settings.MAX_PHOTO_PIXELS,
        )  # fmt: skip
        return served(BytesIO(data), size=SIDE)
    except (*DAMAGED, ImageRefused, SetRefused):
        return None

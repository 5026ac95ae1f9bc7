"""Photos for paper: small JPEGs of what the site shows, for a PDF takes them as they are."""

import io
import logging
from typing import Any

from catalog import renditions
from catalog.images import ImageRefused
from catalog.models import Coin, Photo

logger = logging.getLogger(__name__)
SIDE = 420  # pixels: 27 mm at 400 to the inch
Role = Photo.Role


def faces(coin: Coin) -> list[Photo]:
    """The obverse and the reverse, or the best there is instead; never more than two."""
    photos = list(coin.photos.all())
    by_role = {photo.role: photo for photo in reversed(photos)}
    pair = [by_role[role] for role in (Role.OBVERSE, Role.REVERSE) if role in by_role]
    if len(pair) == 2 or len(photos) <= 1:
        return pair or photos
    if Role.BOTH in by_role and not pair:
        return [by_role[Role.BOTH]]
    return [*pair, *(photo for photo in photos if photo not in pair)][:2]


def jpeg(photo: Photo) -> io.BytesIO | None:
    from PIL import Image

    try:
        with shown(photo) as file, Image.open(file) as image:
            image.thumbnail((SIDE, SIDE))
            paper = Image.new("RGB", image.size, "white")
            rgba = image.convert("RGBA")
            paper.paste(rgba, mask=rgba.getchannel("A"))
    except (OSError, ImageRefused):
        logger.warning("Photo %s is not in the report", photo.pk, exc_info=True)
        return None
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=86, optimize=True)
    out.seek(0)
    return out


def shown(photo: Photo) -> Any:
    storage, name = renditions.storage_of(photo), renditions.path(photo, "card")
    if not storage.exists(name):
        renditions.make(photo, ["card"])
    return storage.open(name)

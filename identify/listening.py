from typing import Any

from catalog.models import Photo
from identify import pipeline


def when_photo_added(photo: Photo, **_more: Any) -> None:
    pipeline.photo_arrived(photo)

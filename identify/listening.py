from collections.abc import Sequence
from typing import Any

from catalog.models import FieldChange, Photo
from identify import pipeline
from identify.labelling import typed


def when_photo_added(photo: Photo, **_more: Any) -> None:
    pipeline.photo_arrived(photo)
    typed.when_photo_added(photo)


def when_coins_changed(rows: Sequence[FieldChange], **_more: Any) -> None:
    typed.when_changed(rows)

"""Background work on photos. Tasks get ids, and doing one twice does no harm."""

from collections.abc import Sequence

from catalog import renditions
from catalog.models import Photo


def make_thumbnails(
    photo_ids: Sequence[int], sizes: Sequence[str] = renditions.MADE_AT_ONCE
) -> None:
    for photo in Photo.objects.filter(pk__in=photo_ids).order_by("pk"):
        renditions.make_and_note(photo, sizes)

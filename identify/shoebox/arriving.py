"""A photo of a tray on its way in: examined like every other photo, kept as it came."""

from django.core.files import File
from django.db import transaction

from catalog.models import Collection, User
from catalog.photos import SUFFIXES, at_home, examine
from identify.models import Tray


def arrive(collection: Collection, file: File, holds: str, by: User) -> Tray:
    """Raises ImageRefused."""
    name = file.name or ""
    facts = examine(file, name)
    file.seek(0)
    tray = Tray(
        collection=collection, user=by, holds=holds, name=name[:200], width=facts.width,
        height=facts.height, sha256=facts.sha256, taken_at=at_home(facts.taken_at),
    )  # fmt: skip
    tray.original.save(f"tray{SUFFIXES[facts.format]}", file, save=False)
    try:
        with transaction.atomic():
            tray.save()
            tray.enqueue()
    except BaseException:
        tray.original.delete(save=False)
        raise
    return tray


def holds_in(said: str) -> str:
    return said if said in Tray.Holds.values else Tray.Holds.ANY

"""What can be done with a photo that is there: its role, its place, its coin, how it is shown."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from catalog import renditions
from catalog.access import Visitor
from catalog.images import EditParams
from catalog.models import Coin, FieldChange, Photo, Status
from catalog.photos import make_thumbnails_soon

FACES = {Photo.Role.OBVERSE: Photo.Role.REVERSE, Photo.Role.REVERSE: Photo.Role.OBVERSE}


@transaction.atomic
def set_role(photo: Photo, role: str, by: Visitor) -> None:
    """Of two faces that change places, both are turned with one click."""
    if role == photo.role:
        return
    others = photo.coin.photos.exclude(pk=photo.pk).filter(role=role)
    if FACES.get(Photo.Role(role)) == photo.role and len(others) == 1:
        others.update(role=photo.role)
    old, photo.role = photo.get_role_display(), role
    photo.save(update_fields=["role"])
    note(photo.coin, f"{photo.name} ({old})", f"{photo.name} ({photo.get_role_display()})", by)


@transaction.atomic
def shift(photo: Photo, by_places: int) -> None:
    """Earlier (negative) or later among the photos of its coin."""
    row = list(photo.coin.photos.order_by("position", "pk"))
    at = row.index(photo)
    to = min(max(at + by_places, 0), len(row) - 1)
    row.insert(to, row.pop(at))
    for position, one in enumerate(row):
        one.position = position
    Photo.objects.bulk_update(row, ["position"])


@transaction.atomic
def transfer(photos: list[Photo], coin: Coin, by: Visitor) -> list[Coin]:
    """Gives photos to another coin. Drafts of which nothing is left go to the trash, and are returned."""
    end = coin.photos.count()
    left = {photo.coin for photo in photos} - {coin}
    for place, photo in enumerate(photos):
        note(photo.coin, str(photo), None, by)
        note(coin, None, str(photo), by)
        photo.coin, photo.position = coin, end + place
    Photo.objects.bulk_update(photos, ["coin", "position"])
    emptied = [one for one in left if is_empty_draft(one)]
    for one in emptied:
        one.discard(by)
    return emptied


def is_empty_draft(coin: Coin) -> bool:
    """A draft that was only its photos."""
    texts = (coin.title, coin.number, coin.notes, coin.certificate)
    facts = (coin.type_id, coin.authority_id, coin.denomination_id, coin.weight, coin.year_from)
    said = any(texts) or any(fact is not None for fact in facts)
    return coin.status == Status.DRAFT and not said and not coin.photos.exists()


@transaction.atomic
def discard(photo: Photo, by: Visitor) -> None:
    """For good, with its original; the files go when nothing can bring the row back."""
    note(photo.coin, str(photo), None, by)
    photo.delete()


def set_edit(photo: Photo, edit: EditParams, by: Visitor) -> None:
    """Another way to show the same original."""
    if edit == renditions.edit_of(photo):
        return
    stale = renditions.edited_paths(photo)
    photo.edit, photo.state, photo.failure = edit.to_json(), Photo.State.NEW, ""
    with transaction.atomic():
        photo.save(update_fields=["edit", "state", "failure"])
        Coin.objects.filter(pk=photo.coin_id).update(changed_at=timezone.now())
        storage = renditions.storage_of(photo)
        transaction.on_commit(partial(renditions.forget, storage, stale), robust=True)
        transaction.on_commit(partial(make_thumbnails_soon, [photo]), robust=True)


def retry(photo: Photo) -> None:
    photo.state, photo.failure = Photo.State.NEW, ""
    photo.save(update_fields=["state", "failure"])
    transaction.on_commit(partial(make_thumbnails_soon, [photo]), robust=True)


def note(coin: Coin, old: str | None, new: str | None, by: Visitor) -> None:
    FieldChange.note(coin, "photo", old, new, by)
    Coin.objects.filter(pk=coin.pk).update(changed_at=timezone.now())

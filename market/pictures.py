"""How pictures come to lots, by whichever door:

file -> inspect (or refuse, as any photo) -> written anew in two sizes -> LotPicture

What came is not kept: a picture of somebody else's is for looking at, beside the lot, by whoever brought it."""

from contextlib import suppress
from functools import partial
from io import BytesIO
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from catalog import renditions
from catalog.images import PLAIN, Inspected, inspect, served_sizes
from catalog.refusals import Refusal, gettext_noop
from market.models import Lot, LotPicture, RawPage
from market.parsers.unpacking import pictures_in

LARGE, THUMB = 1280, 240  # pixels; more than LARGE no network of ours looks at
MOST = 4  # of one lot
TOO_MANY = gettext_noop("A lot may have %(limit)s pictures at most.")
BUSY = gettext_noop("Other pictures are being worked on. Try again in a moment.")


def examine(file: BinaryIO | File, name: str) -> Inspected:
    """As any photo; but a giant is refused, where a coin's own photo waits for the worker."""
    most = min(settings.MAX_PHOTO_PIXELS, renditions.MOST_PIXELS_HERE)
    reading = cast(BinaryIO, file)
    return inspect(reading, name, max_bytes=settings.MAX_PHOTO_BYTES, max_pixels=most)


def keep(
    lot: Lot, file: BinaryIO | File, name: str, origin: str, source_url: str = ""
) -> LotPicture:
    """The one that is there, if it is the same file. Raises Refusal."""
    facts = examine(file, name)
    there = lot.pictures.filter(sha256=facts.sha256).first()
    if there:
        return there
    if lot.pictures.count() >= MOST:
        raise Refusal("too_many", TOO_MANY, limit=MOST)
    picture = LotPicture(
        lot=lot, origin=origin, source_url=source_url[:1000], sha256=facts.sha256,
        dhash=facts.dhash, fingerprint=facts.fingerprint,
    )  # fmt: skip
    twin = LotPicture.objects.filter(lot__owner=lot.owner_id, sha256=facts.sha256).first()
    if twin:
        picture.width, picture.height = twin.width, twin.height
        picture.large.name, picture.thumb.name = twin.files
    else:
        write(picture, cast(BinaryIO, file), facts)
    try:
        with transaction.atomic():
            picture.save()
    except BaseException as error:
        if not twin:
            for written in picture.files:
                picture.storage.delete(written)
        if isinstance(error, IntegrityError):  # of two who bring it at once the first has
            with suppress(LotPicture.DoesNotExist):
                return LotPicture.objects.get(lot=lot, sha256=facts.sha256)
        raise
    return picture


def write(picture: LotPicture, file: BinaryIO, facts: Inspected) -> None:
    try:
        with renditions.my_turn():
            large, thumb = served_sizes(file, PLAIN, [LARGE, THUMB])
    except renditions.Busy:
        raise Refusal("busy", BUSY) from None
    scale = min(1.0, LARGE / max(facts.width, facts.height))
    picture.width = max(1, round(facts.width * scale))
    picture.height = max(1, round(facts.height * scale))
    picture.large.save("large.webp", ContentFile(large), save=False)
    picture.thumb.save("thumb.webp", ContentFile(thumb), save=False)


def without(raw: RawPage) -> QuerySet[Lot]:
    """What a page may still bring: a lot that has a picture is left alone."""
    return raw.lots.exclude(image_url="").filter(pictures=None)


def from_page_soon(raw: RawPage) -> None:
    """For the background: a page of two hundred lots takes its time."""
    from django_q.tasks import async_task

    if without(raw).exists():
        transaction.on_commit(
            partial(async_task, "market.tasks.take_pictures", raw.pk), robust=True
        )


def from_page(raw: RawPage) -> tuple[int, int]:
    """Of lots that were read from an archive which holds their pictures: how many were kept, and how
    many refused."""
    lots = list(without(raw))
    there = pictures_in(raw.data()) if lots else {}
    kept = refused = 0
    for lot in lots:
        data = there.get(lot.image_url)
        if data is None:
            continue
        try:
            keep(lot, BytesIO(data), "", LotPicture.Origin.PAGE, lot.image_url)
            kept += 1
        except Refusal:
            refused += 1  # told beside the upload; the lot itself is none the worse
    return kept, refused

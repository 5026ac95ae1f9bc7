"""How photos come in, by whichever door:

file -> inspect (or refuse) -> original kept as it is -> row -> [commit] -> photo_added, thumbnails
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import BinaryIO

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from catalog import pairing
from catalog.access import Visitor
from catalog.editing import change
from catalog.images import ImageRefused, Inspected, inspect
from catalog.models import Coin, Collection, FieldChange, Photo, Status
from catalog.signals import photo_added

SUFFIXES = {
    "JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "TIFF": ".tif", "BMP": ".bmp", "HEIF": ".heic",
}  # fmt: skip


@dataclass(frozen=True)
class Arrival:
    """A file on its way to a coin. Without a role, its name and the coin's other photos decide."""

    coin: Coin
    file: BinaryIO | File
    name: str
    role: str = ""
    source_url: str = ""


@dataclass
class Draft:
    """What became of the files of one coin-to-be. Without a single good file there is no coin."""

    coin: Coin | None = None
    photos: list[Photo] = field(default_factory=list)
    refusals: list[tuple[str, ImageRefused]] = field(default_factory=list)


def store(
    coin: Coin,
    file: BinaryIO | File,
    name: str,
    role: str,
    by: Visitor | None,
    source_url: str = "",
) -> Photo:
    """Keeps one photo of a coin, or raises ImageRefused. `role` may be empty."""
    arrival = Arrival(coin, file, name, role, source_url)

    def tell() -> None:
        if by is not None:
            FieldChange.note(coin, "photo", None, name, by)

    [photo] = keep([(arrival, examine(file, name))], by, tell)
    return photo


def store_many(arrivals: Sequence[Arrival], by: Visitor | None) -> list[Photo | ImageRefused]:
    """For imports: each file's photo or its refusal, in order; one insert and one task for all."""
    facts = [examine_or_refuse(arrival.file, arrival.name) for arrival in arrivals]
    pairs = zip(arrivals, facts, strict=True)
    kept = iter(keep([(one, fact) for one, fact in pairs if isinstance(fact, Inspected)], by))
    return [fact if isinstance(fact, ImageRefused) else next(kept) for fact in facts]


def add_drafts(
    collection: Collection, files: Sequence[File], by: Visitor, consecutive: bool = False
) -> list[Draft]:
    """Photo-first: those that belong together by their names (with `consecutive`, two by two) become
    one draft. Each draft is kept for itself: a bad file costs its own place only."""
    groups = pairing.group([file.name or "" for file in files], consecutive)
    return [add_draft(collection, [(files[at], role) for at, role in one], by) for one in groups]


def add_draft(
    collection: Collection,
    files: Sequence[tuple[File, str]],
    by: Visitor,
    source_url: str = "",
    beside: Callable[[Coin], object] = lambda coin: None,
) -> Draft:
    """`beside` writes what stands and falls with the draft, in its transaction."""
    draft, coin, good = Draft(), Coin(collection=collection), []
    for file, role in files:
        name = file.name or ""
        facts = examine_or_refuse(file, name)
        if isinstance(facts, ImageRefused):
            draft.refusals.append((name, facts))
        else:
            good.append((Arrival(coin, file, name, role, source_url), facts))
    if good:

        def begin() -> None:
            change(coin, {"status": Status.DRAFT}, by)
            beside(coin)

        draft.photos = keep(good, by, begin)
        draft.coin = coin
    return draft


def examine(file: BinaryIO | File, name: str) -> Inspected:
    return inspect(
        file,  # type: ignore[arg-type]  # Django's File reads and seeks like any other
        name,
        max_bytes=settings.MAX_PHOTO_BYTES,
        max_pixels=settings.MAX_PHOTO_PIXELS,
    )


def examine_or_refuse(file: BinaryIO | File, name: str) -> Inspected | ImageRefused:
    try:
        return examine(file, name)
    except ImageRefused as refusal:
        return refusal


def keep(
    arrivals: Sequence[tuple[Arrival, Inspected]],
    by: Visitor | None,
    beside: Callable[[], object] = lambda: None,
) -> list[Photo]:
    """Files first, then the rows and what belongs `beside` them in one short transaction, so that no
    row points at nothing and nobody waits for a slow disk. What fails takes its files along."""
    shelves = shelves_of(arrival.coin for arrival, _facts in arrivals)
    photos: list[Photo] = []
    try:
        for arrival, facts in arrivals:
            photos.append(unsaved(arrival, facts, shelves[arrival.coin.pk], by))
            arrival.file.seek(0)
            # the suffix is what the file is, whatever its name says
            name = f"photo{SUFFIXES[facts.format]}"
            photos[-1].original.save(name, as_file(arrival.file), save=False)
        with transaction.atomic():
            beside()
            insert(photos)
    except BaseException:
        for photo in photos:
            photo.original.delete(save=False)
        raise
    return photos


def insert(photos: list[Photo]) -> None:
    if not photos:
        return
    Photo.objects.bulk_create(photos)
    coins = {photo.coin_id for photo in photos}
    Coin.objects.filter(pk__in=coins).update(changed_at=timezone.now())
    # robust: the photo is kept by then, whatever a listener or the broker says
    transaction.on_commit(partial(announce, photos), robust=True)
    transaction.on_commit(partial(make_thumbnails_soon, photos), robust=True)


@dataclass
class Shelf:
    """What a coin has already: which faces are shown, and where the next photo goes."""

    roles: list[str] = field(default_factory=list)
    end: int = 0

    def put(self, role: str, position: int | None = None) -> int:
        place = self.end if position is None else position
        self.roles.append(role)
        self.end = max(self.end, place + 1)
        return place


def shelves_of(coins: Iterable[Coin]) -> dict[int | None, Shelf]:
    """By coin; a coin that is not kept yet has nothing, under None."""
    shelves: dict[int | None, Shelf] = defaultdict(Shelf)
    there = Photo.objects.filter(coin__in={coin.pk for coin in coins if coin.pk})
    for coin_id, role, position in there.values_list("coin", "role", "position"):
        shelves[coin_id].put(role, position)
    return shelves


def unsaved(arrival: Arrival, facts: Inspected, shelf: Shelf, by: Visitor | None) -> Photo:
    role = arrival.role or pairing.guess(arrival.name, shelf.roles, facts.width, facts.height)
    return Photo(
        coin=arrival.coin, role=role, position=shelf.put(role), name=arrival.name[:200],
        format=facts.format, width=facts.width, height=facts.height, size=facts.byte_size,
        sha256=facts.sha256, dhash=facts.dhash, fingerprint=facts.fingerprint,
        taken_at=at_home(facts.taken_at),
        source_url=arrival.source_url[:1000], added_by=by if by and by.is_authenticated else None,
    )  # fmt: skip


def as_file(file: BinaryIO | File) -> File:
    return file if isinstance(file, File) else File(file)


def at_home(taken_at: datetime | None) -> datetime | None:
    """A camera's clock knows no time zone: it is taken to show the site's."""
    return timezone.make_aware(taken_at) if taken_at else None


def announce(photos: Iterable[Photo]) -> None:
    for photo in photos:
        photo_added.send_robust(sender=Photo, photo=photo)


def make_thumbnails_soon(photos: Iterable[Photo]) -> None:
    from django_q.tasks import async_task

    async_task("catalog.tasks.make_thumbnails", [photo.pk for photo in photos], group="thumbnails")

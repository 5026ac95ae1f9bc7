"""Is this coin here already? Same photo, near-identical photo, same certificate: a warning with a link,
never a refusal. Two coins of one type are two coins."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from django.db.models import Aggregate, QuerySet, TextField
from django.utils.translation import gettext as _

from catalog.access import Visitor
from catalog.models import Coin, Photo

# Bits that may differ, of 64 to become a candidate and of 256 to be believed: the same picture saved
# again at another size or quality stays within them, two coins of one type do not (docs/benchmarks.md)
NEAR, SURE = 6, 14
TELLING = 16  # a blank photo has fewer bits set, and looks like any other blank one


class Fingerprinted(Protocol):
    """A photo, or a picture of somebody else's."""

    @property
    def fingerprint(self) -> Any: ...


@dataclass(frozen=True)
class Duplicate:
    coin: Coin
    reason: str
    mine: Photo | None = None
    theirs: Photo | None = None

    @property
    def sentence(self) -> str:
        names = {"coin": self.coin}
        if self.mine and self.mine.coin_id == self.coin.pk:
            return _("“%(coin)s” has this photo twice.") % names
        if self.reason == "certificate":
            return _("“%(coin)s” has the same certificate number.") % names
        if self.reason == "photo":
            return _("“%(coin)s” has the very same photo.") % names
        return _("“%(coin)s” has a photo that looks the same.") % names


def of(coin: Coin, user: Visitor) -> list[Duplicate]:
    """Other coins that this one may be, each once, the surest reason first."""
    photos = list(coin.photos.all())
    found = [*by_certificate(coin, user), *by_photos(photos, user)]
    once: dict[int, Duplicate] = {}
    for duplicate in found:
        if duplicate.coin.pk != coin.pk:
            once.setdefault(duplicate.coin.pk, duplicate)
    return list(once.values())


def by_certificate(coin: Coin, user: Visitor) -> list[Duplicate]:
    if not coin.certificate:
        return []
    same = Coin.objects.visible_to(user).live().exclude(pk=coin.pk)
    same = same.filter(certificate=coin.certificate, grade_service__iexact=coin.grade_service)
    return [Duplicate(other, "certificate") for other in for_link(same)[:10]]


def by_photos(photos: Sequence[Photo], user: Visitor) -> list[Duplicate]:
    """Photos that other coins, or the same coin, have besides these."""
    if not photos:
        return []
    others = Photo.objects.visible_to(user).filter(coin__deleted_at=None)
    others = others.exclude(pk__in=[photo.pk for photo in photos])
    same = with_coins(others.filter(sha256__in={photo.sha256 for photo in photos}))[:20]
    hashes = similar_hashes(photos, Photo.objects.visible_to(user))
    near = with_coins(others.filter(dhash__in=hashes))[:500]
    return [
        *(
            pair("photo", mine, theirs)
            for theirs in same
            for mine in photos
            if same_file(mine, theirs)
        ),
        *(
            pair("near", mine, theirs)
            for theirs in near
            for mine in photos
            if look_alike(mine, theirs)
        ),
    ]


def pair(reason: str, mine: Photo, theirs: Photo) -> Duplicate:
    return Duplicate(theirs.coin, reason, mine, theirs)


def same_file(mine: Photo, theirs: Photo) -> bool:
    return mine.sha256 == theirs.sha256


def look_alike(mine: Photo, theirs: Photo) -> bool:
    return not same_file(mine, theirs) and is_same_picture(mine, theirs)


def is_same_picture(mine: Photo, theirs: Fingerprinted) -> bool:
    """One picture, saved again at another size or quality."""
    one, other = bits(mine), bits(theirs)
    if one is None or other is None:
        return False
    return (one ^ other).bit_count() <= SURE and one.bit_count() >= TELLING


def bits(photo: Fingerprinted) -> int | None:
    value = photo.fingerprint
    return None if value is None else int.from_bytes(bytes(value), "big")


class Joined(Aggregate):
    """All values of a column as one text. Sixty thousand rows fetched one by one cost more than the
    comparison of all of them."""

    output_field = TextField()
    function = "group_concat"
    template = "%(function)s(%(expressions)s, ',')"

    def as_postgresql(self, *args: Any, **context: Any) -> tuple[str, Any]:
        template = "string_agg(%(expressions)s::text, ',')"
        return self.as_sql(*args, **context | {"template": template})


def similar_hashes(photos: Sequence[Photo], rows: QuerySet[Any]) -> set[int]:
    """Every `dhash` among these rows that is near one of mine."""
    mine = [photo.dhash for photo in photos if photo.dhash is not None]
    # no more conditions than an index covers; the few that are near are asked for the rest
    text = rows.order_by().aggregate(all=Joined("dhash"))["all"] if mine else ""
    if not text:
        return set()
    hashes = np.fromstring(text, dtype=np.int64, sep=",")
    near = np.zeros(len(hashes), dtype=bool)
    for value in mine:
        near |= np.bitwise_count(hashes.view(np.uint64) ^ np.uint64(value % 2**64)) <= NEAR
    return set(hashes[near].tolist())


def with_coins(photos: QuerySet[Photo]) -> QuerySet[Photo]:
    return photos.select_related(*(f"coin__{name}" for name in NAMES))


def for_link(coins: QuerySet[Coin]) -> QuerySet[Coin]:
    return coins.select_related(*NAMES)


# what a coin without a title is called by
NAMES = ("authority", "denomination", "mint")

"""Lots that show a coin's very photo:

hash near -> fingerprint the same, or the very file -> and, where both were looked at, no network that sees two coins"""

from collections.abc import Sequence
from enum import StrEnum

from django.db.models import Q

from catalog import duplicates
from catalog.access import Visitor
from catalog.describing import describer
from catalog.models import Coin, Photo
from market.looks import likenesses
from market.models import LotPicture
from market.resembling import bounds_of, looks_of

MOST = 50  # a house's "no picture yet" hangs on thousands of lots


class Shows(StrEnum):
    FILE = "file"
    PICTURE = "picture"


def showing_photo_of(coin: Coin, user: Visitor) -> dict[int, Shows]:
    """By lot; of those that he may see."""
    photos = list(coin.photos.all())
    pictures = LotPicture.objects.visible_to(user)
    if not photos:
        return {}
    same = Q(sha256__in=[photo.sha256 for photo in photos])
    near = Q(dhash__in=duplicates.similar_hashes(photos, pictures))
    rows = pictures.filter(same | near).only("lot_id", "sha256", "fingerprint")[:MOST]
    found: dict[int, Shows] = {}
    for picture in rows:
        if what := shows(photos, picture):
            found[picture.lot_id] = min(what, found.get(picture.lot_id, what))
    return without_others(coin, found)


def shows(photos: Sequence[Photo], picture: LotPicture) -> Shows | None:
    if any(photo.sha256 == picture.sha256 for photo in photos):
        return Shows.FILE
    alike = any(duplicates.is_same_picture(photo, picture) for photo in photos)
    return Shows.PICTURE if alike else None


def without_others(coin: Coin, found: dict[int, Shows]) -> dict[int, Shows]:
    """A hash sees a pattern of light, a network the coin: where it has looked, it must not see two. More
    cannot be asked: of museum photos of 200 pixels a tenth came back from saving at 0.73 of 1."""
    unsure = [lot for lot, what in found.items() if what == Shows.PICTURE]
    mine = describer().looks_of(coin) if unsure else []
    if not mine:
        return found
    alike = likenesses(mine, looks_of(unsure, {look.network for look in mine}))
    least = bounds_of(mine).alike
    return {
        lot: what
        for lot, what in found.items()
        if what == Shows.FILE or alike.get(lot, least) >= least
    }

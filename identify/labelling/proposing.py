"""Photos of different coins that may be one specimen: proposed by their fingerprints and by what the network
sees in them, decided by a person."""

import hashlib
from collections.abc import Sequence
from itertools import combinations

from django.db.models import QuerySet
from django.utils import timezone

from catalog import duplicates
from catalog.models import Photo, User
from identify.curation.hygiene import Joined
from identify.labelling import lookalikes
from identify.models import SpecimenGroup

MOST = 5000
Why = SpecimenGroup.Why


def propose(user: User) -> int:
    """Among the photos that he may see. What was refused once is not asked again."""
    visible = Photo.objects.visible_to(user).filter(coin__deleted_at=None)
    photos = list(visible.order_by("-pk").only("pk", "coin_id", "sha256", "fingerprint")[:MOST])
    made = 0
    for members in alike(photos):
        if len({photo.coin_id for photo in members}) > 1:
            made += keep(members)
    return made + propose_lookalikes(photos)


def propose_lookalikes(photos: Sequence[Photo]) -> int:
    """What stands together in a group already, whatever was said of it, is not asked about again."""
    together = coins_together()
    made = 0
    for one, other in lookalikes.pairs(photos):
        coins = frozenset((one.coin_id, other.coin_id))
        if coins in together or made >= lookalikes.MOST_PAIRS:
            continue
        together.add(coins)
        made += kept([one, other], Why.ALIKE)[1]
    return made


def coins_together() -> set[frozenset[int]]:
    coins: dict[int, set[int]] = {}
    through = SpecimenGroup.photos.through.objects
    for group, coin in through.values_list("specimengroup", "photo__coin"):
        coins.setdefault(group, set()).add(coin)
    return {frozenset(pair) for members in coins.values() for pair in combinations(members, 2)}


def alike(photos: Sequence[Photo]) -> list[list[Photo]]:
    joined = Joined(len(photos))
    first: dict[str, int] = {}
    for at, photo in enumerate(photos):
        joined.join((first.setdefault(photo.sha256, at), at))
    bits = [(at, duplicates.bits(photo)) for at, photo in enumerate(photos)]
    telling = [(at, one) for at, one in bits if one and one.bit_count() >= duplicates.TELLING]
    for place, (at, one) in enumerate(telling):
        for other_at, other in telling[place + 1 :]:
            if (one ^ other).bit_count() <= duplicates.SURE:
                joined.join((at, other_at))
    return [[photos[at] for at in members] for members in joined.several()]


def keep(members: Sequence[Photo]) -> bool:
    same = len({photo.sha256 for photo in members}) == 1
    _group, made = kept(members, Why.SAME_FILE if same else Why.NEAR)
    return made


def kept(members: Sequence[Photo], why: str) -> tuple[SpecimenGroup, bool]:
    """The same photos are one group, whoever thinks of it first."""
    key = hashlib.sha256(
        ",".join(str(pk) for pk in sorted(p.pk for p in members)).encode()
    ).hexdigest()
    group, made = SpecimenGroup.objects.get_or_create(key=key, defaults={"why": why})
    if made:
        group.photos.set(members)
    return group, made


def visible_groups(user: User) -> QuerySet[SpecimenGroup]:
    """Those of which he may see every photo."""
    hidden = Photo.objects.exclude(pk__in=Photo.objects.visible_to(user).values("pk"))
    through = SpecimenGroup.photos.through.objects.filter(photo__in=hidden)
    groups = SpecimenGroup.objects.exclude(pk__in=through.values("specimengroup"))
    return groups.prefetch_related("photos__coin", "photos__coin__collection")


def decide(group: SpecimenGroup, same: bool, by: User) -> None:
    state = SpecimenGroup.State.CONFIRMED if same else SpecimenGroup.State.REFUSED
    group.state, group.by, group.at = state, by, timezone.now()
    group.save(update_fields=["state", "by", "at"])

"""Pictures of lots are looked at by whoever can (`catalog.describing`), in the background:

LotPicture that this version has not looked at -> Description -> LotLook rows and what it shows -> doubts

Doing it twice changes nothing. Another version looks at all of them again, a minute's worth at a time;
until then the old looks stay, and are compared with nothing of the new version's."""

import time
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import BinaryIO, cast

from django.db import transaction

from catalog.describing import Description, describer
from market.doubting import doubt
from market.models import Lot, LotLook, LotPicture

AT_ONCE = 16
PATIENCE = 45.0  # seconds; the schedule begins again


def describe_due(clock: Callable[[], float] = time.monotonic) -> int:
    """How many were looked at; none, and no model loaded, where there is no picture."""
    if not LotPicture.objects.exists():
        return 0
    version, done, end = describer().version()[:120], 0, clock() + PATIENCE
    while version and clock() < end:
        some = list(LotPicture.objects.undescribed(version)[:AT_ONCE])
        if not some:
            break
        keep(some, describer().describe([opened(one) for one in some]), version)
        doubt(Lot.objects.filter(pk__in={one.lot_id for one in some}))
        done += len(some)
    return done


def opened(picture: LotPicture) -> BinaryIO:
    """A file that is gone is a picture on which there is nothing to see."""
    try:
        with picture.large.open("rb") as file:
            return BytesIO(cast(BinaryIO, file).read())
    except FileNotFoundError:
        return BytesIO()


@transaction.atomic
def keep(some: Sequence[LotPicture], told: Sequence[Description], version: str) -> None:
    pks = [one.pk for one in some]
    # one may have been deleted meanwhile, and another worker may have been quicker
    rows = LotPicture.objects.select_for_update().filter(pk__in=pks)
    there = set(rows.values_list("pk", flat=True))
    LotLook.objects.filter(picture__in=there).delete()
    said = [(one, what) for one, what in zip(some, told, strict=True) if one.pk in there]
    LotLook.objects.bulk_create(
        LotLook(picture=one, network=look.network[:120], side=look.side, vector=look.vector)
        for one, what in said
        for look in what.looks
    )
    for one, what in said:
        shows = {name: [list(seen.names), seen.confidence] for name, seen in what.shows.items()}
        LotPicture.objects.filter(pk=one.pk).update(described_by=version, says=shows)

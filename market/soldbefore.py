"""Whether this very coin was sold before: the same photo, or one type with the same weight and size."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db import transaction

from catalog.access import Visitor
from catalog.models import Coin, FieldChange, Provenance
from market.appraisal import Appraisal
from market.models import Lot
from market.offers import Offer, offers
from market.pieces import PINNED
from market.samephoto import showing_photo_of

WEIGHT = Decimal("0.005")  # g: houses weigh to a hundredth
SIZE = Decimal("0.5")  # mm: flans are not round
MOST = 3


class Why(StrEnum):
    FILE = "file"  # the picture of the sale is the very file
    PICTURE = "picture"  # the picture of the sale is the photo, saved again
    ADDRESS = "address"  # the photo was taken from where the sale's picture stands
    MEASURES = "measures"


@dataclass(frozen=True)
class Sighting:
    offer: Offer
    why: Why


def sightings(appraisal: Appraisal, user: Visitor) -> list[Sighting]:
    """The surest first."""
    coin = appraisal.coin
    addresses = {one.source_url for one in coin.photos.all() if one.source_url}
    known = set(coin.provenance.values_list("url", flat=True)) - {""}
    shown = {lot: Why(what.value) for lot, what in showing_photo_of(coin, user).items()}
    around = [*(line.offer for line in appraisal.lines), *appraisal.unsold]
    found = []
    for offer in [*around, *elsewhere(shown, around, user)]:
        why = shown.get(offer.pk)
        if why is None and offer.image_url and offer.image_url in addresses:
            why = Why.ADDRESS
        if why is None and is_same_piece(appraisal, offer):
            why = Why.MEASURES
        if why and not (offer.url and offer.url in known):
            found.append(Sighting(offer, why))
    return sorted(found, key=lambda one: list(Why).index(one.why))[:MOST]


def elsewhere(shown: Collection[int], around: Sequence[Offer], user: Visitor) -> list[Offer]:
    """A photo is known again even where the text of its lot says nothing of the coin."""
    missing = set(shown) - {offer.pk for offer in around}
    if not missing:
        return []
    over = [Lot.Status.SOLD, Lot.Status.UNSOLD]
    return offers(
        Lot.objects.visible_to(user).filter(pk__in=missing, status__in=over).order_by("pk")
    )


def is_same_piece(appraisal: Appraisal, offer: Offer) -> bool:
    coin, subject = appraisal.coin, appraisal.subject
    if not (coin.weight and coin.diameter and offer.weight and offer.diameter):
        return False
    if abs(coin.weight - offer.weight) > WEIGHT or abs(coin.diameter - offer.diameter) > SIZE:
        return False
    return bool((subject.piece.types - {PINNED}) & subject.piece_of(offer).types)


@transaction.atomic
def add_to_provenance(coin: Coin, lot: Lot, by: Visitor) -> Provenance:
    """Once: a sale that stands there already is left alone."""
    sale = lot.sale
    link, made = Provenance.objects.get_or_create(
        coin=coin,
        holder=(sale.house if sale and sale.house else lot.source.name)[:200],
        event=(sale.title if sale else "")[:200],
        date=sale.day.isoformat() if sale and sale.day else "",
        lot=lot.lot_number[:40],
        defaults={"url": lot.url[:500], "position": coin.provenance.count()},
    )
    if made:
        FieldChange.note(coin, "provenance", None, str(link), by)
        coin.touch()
    return link

"""Whether this very coin was sold before: the same photo, or one type with the same weight and size."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from catalog.access import Visitor
from catalog.models import Coin, FieldChange, Provenance
from market.appraisal import Appraisal
from market.models import Lot
from market.offers import Offer
from market.pieces import PINNED

WEIGHT = Decimal("0.005")  # g: houses weigh to a hundredth
SIZE = Decimal("0.5")  # mm: flans are not round


@dataclass(frozen=True)
class Sighting:
    offer: Offer
    by_photo: bool


def sightings(appraisal: Appraisal) -> list[Sighting]:
    coin = appraisal.coin
    addresses = {one.source_url for one in coin.photos.all() if one.source_url}
    known = set(coin.provenance.values_list("url", flat=True)) - {""}
    found = []
    for offer in [*(line.offer for line in appraisal.lines), *appraisal.unsold]:
        by_photo = bool(offer.image_url) and offer.image_url in addresses
        if (by_photo or is_same_piece(appraisal, offer)) and offer.url not in known:
            found.append(Sighting(offer, by_photo))
    return found[:3]


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

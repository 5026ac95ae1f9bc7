"""Lots held against themselves and each other:

    lot -> Said -> contradictions, twins (pure) -> Doubt rows -> a curator's word
    lot, what its picture shows -> shows_another (pure) -/

Doing it twice changes nothing: what a person has decided stays decided, and an open doubt that is no longer
found goes."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Prefetch, Q

from market.contradicting import Said, are_one, contradictions, keys
from market.models import Doubt, Lot, LotPicture
from market.models.lots import LotQuerySet
from market.pictured import Words, of_picture

PRICES = ("hammer", "premium_included", "ask")


def doubt(lots: LotQuerySet) -> int:
    """How many new doubts there are."""
    some = list(read(lots))
    before = Doubt.objects.count()
    words = Words()
    wanted = [row for lot in some for row in (*alone(lot), *of_picture(lot, words))] + twins(some)
    forget([lot.pk for lot in some], wanted)
    Doubt.objects.bulk_create(wanted, ignore_conflicts=True)
    return Doubt.objects.count() - before


def read(lots: LotQuerySet) -> LotQuerySet:
    pictures = Prefetch("pictures", LotPicture.objects.only("lot_id", "says"))
    return (
        lots.select_related("sale", "attributes")
        .prefetch_related("prices", pictures)
        .order_by("pk")
    )


def alone(lot: Lot) -> list[Doubt]:
    known = getattr(lot, "attributes", None)
    if known is None or lot.excluded_reason:
        return []
    warned = [(field, raw) for field, raw, *_where in known.warnings if field_of(field) not in lot.by_hand]  # fmt: skip
    found = contradictions(said_by(lot), warned)
    return [Doubt(lot=lot, kind=kind, said=raw[:200]) for kind, raw in found.items()]


def field_of(name: str) -> str:
    return "axis_h" if name == "die_axis_h" else name


def twins(some: Iterable[Lot]) -> list[Doubt]:
    """The younger of the two stands in question."""
    asked = [(lot, said_by(lot)) for lot in some if lot.sale and not lot.excluded_reason]
    alike: dict[tuple[object, ...], list[tuple[Lot, Said]]] = defaultdict(list)
    for other in read(like([said for _lot, said in asked])):
        theirs = said_by(other)
        for key in keys(theirs):
            alike[key].append((other, theirs))
    found: dict[tuple[int, int], Doubt] = {}
    for lot, own in asked:
        for other, theirs in (pair for key in keys(own) for pair in alike[key]):
            if can_be_one(lot, other) and are_one(own, theirs):
                old, young = sorted((lot, other), key=lambda one: one.pk)
                found[old.pk, young.pk] = Doubt(lot=young, other=old, kind=Doubt.Kind.TWIN)
    return list(found.values())


def like(some: Iterable[Said]) -> LotQuerySet:
    """All that may be one with any of these, so that a day of thousands of lots is not read whole."""
    numbers = {said.number for said in some} - {""}
    weights = {said.weight for said in some} - {None}
    same = Q(lot_number__in=numbers) | Q(attributes__weight_g__in=weights)
    days = {said.day for said in some} - {None}
    found: LotQuerySet = Lot.objects.filter(same, sale__day__in=days, excluded_reason="")
    return found


def can_be_one(one: Lot, other: Lot) -> bool:
    """From two sources, or brought and fetched; never of two people, who see nothing of each other. One
    source does not tell of one lot twice."""
    if one.owner_id and other.owner_id and one.owner_id != other.owner_id:
        return False
    return (one.source_id, one.owner_id) != (other.source_id, other.owner_id)


def said_by(lot: Lot) -> Said:
    known, sale = getattr(lot, "attributes", None), lot.sale
    paid = {price.kind: f"{price.amount} {price.currency}" for price in lot.prices.all()}
    said = Said(
        price=next((paid[kind] for kind in PRICES if kind in paid), ""),
        house=sale.house if sale else "",
        day=sale.day if sale else None,
        number=lot.lot_number,
        text=f"{lot.title} {lot.description}",
    )
    if known is None:
        return said
    read_of = {
        "ruler": known.ruler_text, "denomination": known.denomination_text, "metal": known.metal,
        "year_from": known.date_from, "year_to": known.date_to, "weight": known.weight_g,
        "diameter": known.diameter_mm, "grade": known.grade,
    }  # fmt: skip
    return Said(**said.__dict__ | read_of)


def forget(lots: list[int], wanted: Iterable[Doubt]) -> None:
    still = {(row.lot_id, row.other_id, row.kind) for row in wanted}
    mine = Doubt.objects.open().filter(Q(lot__in=lots) | Q(other__in=lots))
    gone = [
        pk
        for pk, lot, other, kind in mine.values_list("pk", "lot_id", "other_id", "kind")
        if (lot, other, kind) not in still
    ]
    Doubt.objects.filter(pk__in=gone).delete()

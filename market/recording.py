"""A LotRecord into the database: what is richer stays, what is new is added, the text is read anew.
Called through `Lot.objects.record`, which holds the transaction."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from catalog import rates, references
from catalog.models import Authority, Denomination, Mint
from market.extract import Reading, read
from market.models.details import LotAttributes, LotFlag, LotReference, Price
from market.models.lots import Lot, Sale, sale_of
from market.models.pages import RawPage
from market.models.quotes import Quote
from market.models.sources import Source
from market.records import LotRecord
from market.setting_apart import set_apart

if TYPE_CHECKING:
    from catalog.models import User

# How much is decided: a lot that was sold is not open again because an older page says so
DECIDED = {"unknown": 0, "open": 1, "withdrawn": 2, "unsold": 2, "sold": 3}


def write(
    record: LotRecord, source: Source, owner: "User | None", page: RawPage | None
) -> tuple[Lot, str]:
    lot = Lot.objects.select_for_update(of=("self",)).filter(
        source=source, owner=owner, source_lot_id=record.source_lot_id[:200]
    ).first()  # fmt: skip
    made = lot is None
    lot = lot or Lot(source=source, owner=owner, source_lot_id=record.source_lot_id[:200])
    before = _state_of(lot)
    text_before, status_before = lot.description, lot.status
    excluded_before = lot.excluded_reason
    _enrich(lot, record)
    lot.sale = sale_of(record.sale, source, owner) or lot.sale
    lot.raw_page, lot.last_seen = page or lot.raw_page, timezone.now()
    reason, lot.n_coins = set_apart(f"{lot.title}\n{lot.description}")
    if "excluded_reason" not in lot.by_hand:
        lot.excluded_reason = reason
    lot.is_fresh = lot.is_fresh or (lot.status == "open" and status_before != "open")
    lot.save()
    moved = _write_prices(lot, record)
    if made or lot.description != text_before:
        write_reading(lot)
    what = "new" if made else "changed" if moved or _state_of(lot) != before else "unchanged"
    if what != "unchanged" or lot.excluded_reason != excluded_before:
        Quote.objects.renew([lot.pk])
    return lot, what


def _state_of(lot: Lot) -> tuple[Any, ...]:
    return (
        lot.sale_id, lot.lot_number, lot.url, lot.title, lot.description, lot.image_url, lot.status
    )  # fmt: skip


def _enrich(lot: Lot, record: LotRecord) -> None:
    for name, limit in (("lot_number", 40), ("url", 1000), ("title", 300), ("image_url", 1000)):
        if value := getattr(record, name):
            setattr(lot, name, value[:limit])
    if _is_richer(record, lot):
        lot.description, lot.is_cut = record.description, record.is_cut
    if "status" not in lot.by_hand and DECIDED[record.status] >= DECIDED[lot.status]:
        lot.status = record.status
    lot.warnings = [[one.code, one.raw] for one in record.warnings]


def _is_richer(record: LotRecord, lot: Lot) -> bool:
    """A whole text before a cut one; of two alike the longer."""
    if not record.description:
        return False
    if record.is_cut != lot.is_cut and lot.description:
        return lot.is_cut
    return len(record.description) >= len(lot.description)


def _write_prices(lot: Lot, record: LotRecord) -> bool:
    known = {price.kind: price for price in lot.prices.all()}
    moved = False
    for one in record.prices:
        price = known.get(one.kind) or Price(lot=lot, kind=one.kind.value)
        values = {"amount": one.money.amount, "currency": one.money.currency}
        fresh = values | converted(one.money.amount, one.money.currency, lot.sale)
        if all(getattr(price, name) == value for name, value in fresh.items()):
            continue
        for name, value in fresh.items():
            setattr(price, name, value)
        price.raw_text = one.raw[:120]
        price.save()
        moved = True
    return moved


def converted(amount: Decimal, currency: str, sale: Sale | None) -> dict[str, Any]:
    """At the European Central Bank's rate of the day of the sale, or nothing."""
    day = sale.day if sale else None
    eur = rates.convert(amount, currency, "EUR", day)
    usd = rates.convert(amount, currency, "USD", day)
    return {
        "eur": eur.amount if eur else None,
        "usd": usd.amount if usd else None,
        "fx_date": (usd or eur).rate_date if (usd or eur) else None,  # type: ignore[union-attr]
    }


def write_reading(lot: Lot) -> None:
    reading = read(f"{lot.title}\n{lot.description}" if lot.title else lot.description)
    lot.language = reading.language[:2]
    Lot.objects.filter(pk=lot.pk).update(language=lot.language)
    said = attributes(reading)
    fresh = {name: value for name, value in said.items() if name not in lot.by_hand}
    LotAttributes.objects.update_or_create(lot=lot, defaults=fresh)
    lot.references.all().delete()
    LotReference.objects.bulk_create(
        LotReference(lot=lot, text=cited[:200], canonical_key=references.normalise(cited)[:250])
        for cited in reading.cited
    )
    lot.flags.all().delete()
    LotFlag.objects.bulk_create(
        LotFlag(
            lot=lot, flag=one.value.name[:30], side=one.value.side[:10],
            severity=one.value.severity[:10], negated=one.value.negated,
        )
        for one in reading.flags
    )  # fmt: skip


WORDS: dict[str, tuple[str, Any]] = {
    "ruler_text": ("authority_id", Authority),
    "denomination_text": ("denomination_id", Denomination),
    "mint_text": ("mint_id", Mint),
}


def correct(lot: Lot, values: dict[str, Any]) -> list[str]:
    """What a person says, with the word of the vocabulary that goes with it; the names that were set."""
    words = {
        WORDS[name][0]: known_as(WORDS[name][1], str(text))
        for name, text in values.items()
        if name in WORDS
    }
    LotAttributes.objects.update_or_create(lot=lot, defaults=values | words)
    return [*values, *words]


def attributes(
    reading: Reading, known: Callable[[Any, str], int | None] | None = None
) -> dict[str, Any]:
    known = known or known_as
    grade = reading.grade.value if reading.grade else None
    dates = reading.dates.strike or reading.dates.reign
    said = reading.flat()
    return {
        "authority_id": known(Authority, said["ruler"] or ""),
        "denomination_id": known(Denomination, said["denomination"] or ""),
        "mint_id": known(Mint, said["mint"] or ""),
        "ruler_text": (said["ruler"] or "")[:120],
        "denomination_text": (said["denomination"] or "")[:60],
        "mint_text": (said["mint"] or "")[:120],
        "metal": reading.metal.value if reading.metal else "",
        "date_from": dates.value.start if dates else None,
        "date_to": dates.value.end if dates else None,
        "weight_g": said["weight_g"],
        "diameter_mm": said["diameter_mm"],
        "axis_h": said["die_axis_h"],
        "grade": grade.code[:8] if grade else "",
        "grade_ord": grade.ordinal if grade else None,
        "service": grade.service[:8] if grade else "",
        "sheldon": grade.sheldon if grade else None,
        "has_pedigree": reading.has_pedigree,
        "spans": spans(reading),
        "warnings": [[one.field, one.raw, one.start, one.end] for one in reading.warnings],
    }


def spans(reading: Reading) -> dict[str, list[int]]:
    """Where each value stands, for the page that shows what was read from where."""
    names = (
        "ruler",
        "mint",
        "metal",
        "denomination",
        "weight_g",
        "diameter_mm",
        "die_axis_h",
        "grade",
    )
    found = {name: getattr(reading, name) for name in names}
    return {name: [one.start, one.end] for name, one in found.items() if one}


def known_as(model: Any, name: str) -> int | None:
    """The one word of the shared vocabulary with this name; of two, none."""
    if not name:
        return None
    found = list(model.objects.filter(added_by=None).named(name).values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None

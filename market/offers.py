"""Lots as the market's pages need them: rows without their texts, read in four questions however
many there are."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, ExpressionWrapper, F

from market.models import Lot, LotFlag, LotReference, Price
from market.models.lots import LotQuerySet

COLUMNS = {
    "pk": "pk", "status": "status", "excluded": "excluded_reason", "title": "title",
    "number": "lot_number", "url": "url", "image_url": "image_url", "seen": "first_seen",
    "day": "sale__day", "house": "sale__house", "sale_title": "sale__title", "sale_code": "sale__code",
    "source": "source__name", "denomination_id": "attributes__denomination_id",
    "denomination": "attributes__denomination_text", "ruler_id": "attributes__authority_id",
    "ruler": "attributes__ruler_text", "mint_id": "attributes__mint_id",
    "mint": "attributes__mint_text", "metal": "attributes__metal",
    "year_from": "attributes__date_from", "year_to": "attributes__date_to",
    "weight": "attributes__weight_g", "diameter": "attributes__diameter_mm",
    "grade": "attributes__grade", "grade_ord": "attributes__grade_ord",
    "sheldon": "attributes__sheldon",
}  # fmt: skip

Money = tuple[Decimal, str]


class Named:
    """How a lot is called, and where it stands."""

    __slots__ = ()

    @property
    def link(self: Any) -> str:
        """What may stand in a page as an address."""
        return self.url if self.url.startswith(("https://", "http://")) else ""

    @property
    def name(self: Any) -> str:
        words = [self.ruler or "", self.denomination or ""]
        return " ".join(word for word in words if word) or self.title or self.number

    @property
    def where(self: Any) -> str:
        """House, sale and lot, as far as they are known."""
        sale = self.sale_title or self.sale_code or ""
        parts = [self.house or self.source, sale, f"#{self.number}" if self.number else ""]
        return ", ".join(part for part in parts if part)


class Row(NamedTuple):
    pk: int
    status: str
    excluded: str
    title: str
    number: str
    url: str
    image_url: str
    seen: datetime
    day: date | None
    house: str | None
    sale_title: str | None
    sale_code: str | None
    source: str
    denomination_id: int | None
    denomination: str | None
    ruler_id: int | None
    ruler: str | None
    mint_id: int | None
    mint: str | None
    metal: str | None
    year_from: int | None
    year_to: int | None
    weight: Decimal | None
    diameter: Decimal | None
    grade: str | None
    grade_ord: float | None
    sheldon: int | None
    prices: dict[str, Money]
    cited: tuple[str, ...]
    flags: tuple[str, ...]


class Offer(Row, Named):
    """A tuple, for a thousand are made while somebody waits."""

    __slots__ = ()

    @property
    def is_sold(self) -> bool:
        return self.status == Lot.Status.SOLD


def offers(lots: LotQuerySet) -> list[Offer]:
    """In the order of the lots."""
    rows: list[Any] = list(lots.values_list(*COLUMNS.values()))
    pks = [row[0] for row in rows]
    prices, cited = prices_of(pks), cited_by(pks)
    flags = gathered(among(LotFlag.objects.filter(negated=False), pks), "flag")
    return [
        Offer._make(
            (
                *row,
                prices.get(row[0], {}),
                tuple(cited.get(row[0], ())),
                tuple(dict.fromkeys(flags.get(row[0], ()))),
            )
        )
        for row in rows
    ]


def cited_by(pks: Iterable[int]) -> dict[int, list[str]]:
    return gathered(among(LotReference.objects.all(), pks), "text")


def among(rows: Any, pks: Iterable[int]) -> Any:
    """Of these lots. Said of plain numbers: Django looks at each of a thousand related ones for as long as a
    database needs to find it."""
    number = ExpressionWrapper(F("lot_id"), BigIntegerField())
    return rows.alias(number_of_lot=number).filter(number_of_lot__in=list(pks))


def prices_of(pks: Iterable[int]) -> dict[int, dict[str, Money]]:
    found: dict[int, dict[str, Money]] = defaultdict(dict)
    rows = among(Price.objects.order_by(), pks)
    for lot, kind, amount, currency in rows.values_list("lot_id", "kind", "amount", "currency"):
        found[lot][kind] = (amount, currency)
    return found


def gathered(rows: Any, name: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for lot, value in rows.values_list("lot_id", name):
        found[lot].append(value)
    return found

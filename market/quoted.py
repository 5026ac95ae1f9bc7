"""Lots as charts of thousands need them: read in one question from the narrow rows, with the names of
their sales beside them."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from market.models import Lot
from market.models.quotes import AMOUNTS, DICE, Quote, QuoteQuerySet
from market.offers import COLUMNS as OF_LOTS
from market.offers import Money, Named, Offer, cited_by, prices_of

COLUMNS = (
    "pk", "is_sold", "day", "ruler", "denomination", "metal", "grade", "grade_ord", "sheldon",
    "sale__house", "sale__title", "sale__code", "source__name",
    "lot__lot_number", "lot__title", "lot__url", "currency", *AMOUNTS,
)  # fmt: skip
KINDS = tuple(AMOUNTS.values())
# As offers have them: what is here, and behind it what stands with the lot alone
HERE = ("day", "denomination", "ruler", "mint", "metal", "grade", "grade_ord", "sheldon")
OFFERED = {
    "pk": "pk", "status": "is_sold", "source": "source__name",
    **{name: path for name, path in OF_LOTS.items() if path.startswith("sale__")},
    **{name: name for name in HERE},
}  # fmt: skip


class Row(NamedTuple):
    pk: int
    is_sold: bool
    day: date | None
    ruler: str
    denomination: str
    metal: str
    grade: str
    grade_ord: float | None
    sheldon: int | None
    house: str | None
    sale_title: str | None
    sale_code: str | None
    source: str
    number: str
    title: str
    url: str
    prices: dict[str, Money]


class Quoted(Row, Named):
    __slots__ = ()


Priced = Offer | Quoted


def quoted(quotes: QuoteQuerySet) -> list[Quoted]:
    rows: list[Any] = list(quotes.order_by("pk").values_list(*COLUMNS))
    n = len(Row._fields) - 1
    apart = prices_of(row[0] for row in rows if row[n] is None and any(row[n + 1 :]))
    return [
        Quoted._make(
            (*row[:n], apart[row[0]] if row[0] in apart else dict(money(row[n], row[n + 1 :])))
        )
        for row in rows
    ]


def offers_of(quotes: QuoteQuerySet) -> list[Offer]:
    """All that offers are, by their numbers: of lots that count, in two questions."""
    paths = [OFFERED.get(name, f"lot__{path}") for name, path in OF_LOTS.items()]
    n = len(paths)
    rows: list[Any] = list(quotes.order_by("pk").values_list(*paths, "flags", "currency", *AMOUNTS))
    cited = cited_by(row[0] for row in rows)
    apart = prices_of(row[0] for row in rows if row[n + 1] is None and any(row[n + 2 :]))
    return [
        Offer._make(
            (
                row[0],
                Lot.Status.SOLD.value if row[1] else Lot.Status.UNSOLD.value,
                *row[2:n],
                apart.get(row[0]) or dict(money(row[n + 1], row[n + 2 :])),
                tuple(cited.get(row[0], ())),
                tuple(row[n].split()),
            )
        )
        for row in rows
    ]


def money(currency: str, cents: Iterable[int | None]) -> Iterator[tuple[str, Money]]:
    for kind, amount in zip(KINDS, cents, strict=True):
        if amount is not None:
            yield kind, (Decimal(amount).scaleb(-2), currency)


def sample(quotes: QuoteQuerySet, n: int, most: int) -> QuoteQuerySet:
    """An even part of `n`, always the same one. Of very many those above what is needed are not sorted."""
    if n <= most:
        return quotes
    if n > 4 * most:
        quotes = quotes.filter(dice__lt=5 * DICE * most // (4 * n))
    return Quote.objects.filter(pk__in=quotes.order_by("dice").values("pk")[:most])

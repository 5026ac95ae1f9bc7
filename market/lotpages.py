"""What the page of lots is drawn from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import Q

from catalog.access import Visitor
from catalog.models import Coin, Metal
from market import graphing
from market.charts import Own, chart_data, moved
from market.flagnames import flag_choices
from market.houses import houses
from market.models import Lot, LotAttributes, Sale
from market.pieces import grade_of
from market.quartiles import quartiles
from market.quoted import Quoted
from market.searching import GRADES, SORTS, Search, find
from market.worth import Terms, Worth

PAGE = 50
LOOKED_AT, MOST_CHOICES = 2_000, 400
REMEMBERED = 10 * 60  # s: which rulers and houses are known changes seldom, and takes long to ask


@dataclass(frozen=True)
class Row:
    offer: Quoted
    price: float | None
    estimate: float | None


def lots_page(
    search: Search, user: Visitor, terms: Terms, *, sort: str, number: str, coin: Coin | None
) -> dict[str, Any]:
    found, worth = find(search, user), Worth(terms)
    rows = [Row(one, worth.of(one), worth.estimate(one)) for one in found.offers]
    marks = graphing.marked(((row.offer, row.price) for row in rows), worth)
    own = graphing.own(coin, terms) if coin else None
    return {
        "search": search,
        "found": found,
        "terms": terms,
        "coin": coin,
        "sort": sort,
        "sorts": SORTS,
        "page": Paginator(ordered(rows, sort), PAGE).get_page(number),
        "spread": quartiles([row.price for row in rows if row.price]),
        "moved": moved(marks),
        "n_unpriced": sum(row.offer.is_sold and row.price is None for row in rows),
        "houses": of_houses(rows),
        "chart": chart_data(marks, own or Own(), found.n if found.is_part else 0)
        if marks
        else None,
    }


def ordered(rows: Sequence[Row], sort: str) -> list[Row]:
    """What is not known stands last, whichever way."""
    value = VALUES[sort.removeprefix("-")]
    valued = [(value(row), row) for row in rows]
    known = [pair for pair in valued if pair[0] is not None]
    rest = [row for found, row in valued if found is None]
    known.sort(key=lambda pair: pair[0], reverse=sort.startswith("-"))
    return [row for _value, row in known] + rest


VALUES: dict[str, Callable[[Row], Any]] = {
    "day": lambda row: row.offer.day,
    "price": lambda row: row.price,
    "grade": lambda row: grade_of(row.offer),
    "house": lambda row: (row.offer.house or "").casefold() or None,
}


def of_houses(rows: Sequence[Row]) -> list[Any]:
    return houses(
        (row.offer.house or "", row.price, row.estimate)
        for row in rows
        if row.price and row.estimate
    )


def choices(user: Visitor) -> dict[str, list[str]]:
    """What may be typed, from one's newest lots; anything else may be typed as well."""
    key = f"market-choices-{user.pk}"
    known: dict[str, list[str]] | None = cache.get(key)
    if known is None:
        newest = Lot.objects.visible_to(user).order_by("-pk").values_list("pk", flat=True)
        read = LotAttributes.objects.filter(lot__in=list(newest[:LOOKED_AT])).order_by()
        rows = list(read.values_list("ruler_text", "denomination_text", "mint_text"))
        names = zip(*rows, strict=True) if rows else ((), (), ())
        known = {
            name: sorted(set(column) - {""})[:MOST_CHOICES]
            for name, column in zip(("rulers", "denominations", "mints"), names, strict=True)
        }
        sales = Sale.objects.filter(Q(owner=user.pk) | Q(owner=None)).order_by()
        found = sales.exclude(house="").values_list("house", flat=True).distinct()
        known["houses_known"] = sorted(found)[:MOST_CHOICES]
        cache.set(key, known, REMEMBERED)
    return known


def fixed_choices() -> dict[str, Any]:
    metals = Metal.objects.filter(added_by=None).exclude(code="")
    return {
        "metals": [(metal.code, str(metal)) for metal in metals],
        "grades": GRADES,
        "flags": flag_choices(),
    }


def search_for(coin: Coin) -> Search:
    """Lots of the coin's own ruler and denomination, in the words of the reader."""
    denomination = coin.denomination.name if coin.denomination else ""
    return Search(ruler=coin.authority.name if coin.authority else "", denomination=denomination)

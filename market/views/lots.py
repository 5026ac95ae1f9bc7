import csv
from collections.abc import Iterator

from django.db.models import F
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from catalog.access import Visitor, id_in
from catalog.models import Coin
from market.asking import asked_terms, usual_currencies
from market.lotpages import choices, fixed_choices, lots_page
from market.models import Lot
from market.offers import Offer, offers
from market.searching import SORTS, Search
from market.worth import Terms, Worth

CHUNK = 1_000
HEADINGS = (
    "house", "sale", "day", "lot", "status", "ruler", "denomination", "metal", "mint", "grade",
    "weight_g", "diameter_mm", "references", "price", "currency", "basis", "money_of", "estimate", "url",
)  # fmt: skip


@require_GET
def lots(request: HttpRequest) -> HttpResponse:
    search = Search.of(request.GET)
    terms, years = asked_terms(request, request.user.base_currency)  # type: ignore[union-attr]
    sort = request.GET.get("sort", "")
    context = lots_page(
        search,
        request.user,
        terms,
        sort=sort if sort in SORTS else SORTS[0],
        number=request.GET.get("page", "1"),
        coin=beside(request),
    )
    context |= choices(request.user) | fixed_choices() | {"money_years": years}
    context["currencies"] = usual_currencies(request.user.base_currency, terms.currency)  # type: ignore[union-attr]
    return render(request, "market/lots.html", context)


def beside(request: HttpRequest) -> Coin | None:
    """A coin to draw among the lots, if one is named that may be seen."""
    coins = Coin.objects.visible_to(request.user).prefetch_related("trades", "valuations")
    return coins.filter(pk=id_in(request.GET.get("coin", ""))).first()


@require_GET
def lots_csv(request: HttpRequest) -> StreamingHttpResponse:
    """All that the search finds, not only what a chart can draw."""
    terms, _years = asked_terms(request, request.user.base_currency)  # type: ignore[union-attr]
    lines = written(Search.of(request.GET), request.user, terms)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="lots.csv"'
    return response


class Echo:
    def write(self, line: str) -> str:
        return line


def written(search: Search, user: Visitor, terms: Terms) -> Iterator[str]:
    worth, writer = Worth(terms), csv.writer(Echo())
    yield "\ufeff"  # without it Excel takes UTF-8 for Latin
    yield writer.writerow(HEADINGS)
    newest = search.quotes(user).order_by(F("day").desc(nulls_last=True), "pk")
    pks = list(newest.values_list("pk", flat=True))
    for start in range(0, len(pks), CHUNK):
        some = {one.pk: one for one in offers(Lot.objects.filter(pk__in=pks[start : start + CHUNK]).order_by())}  # fmt: skip
        for pk in pks[start : start + CHUNK]:
            if pk in some:
                yield writer.writerow(cells(some[pk], worth))


def cells(offer: Offer, worth: Worth) -> list[object]:
    price, estimate = worth.of(offer), worth.estimate(offer)
    row = [
        offer.house, offer.sale_title or offer.sale_code, offer.day, offer.number, offer.status,
        offer.ruler, offer.denomination, offer.metal, offer.mint, offer.grade, offer.weight,
        offer.diameter, "; ".join(offer.cited), None if price is None else f"{price:.2f}",
        worth.terms.currency, worth.terms.basis.value, worth.terms.money_of or None, None if estimate is None else f"{estimate:.2f}",
        offer.link,
    ]  # fmt: skip
    return [plain(cell) for cell in row]


def plain(cell: object) -> object:
    """What a spreadsheet would take for a formula is text."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{cell}"
    return "" if cell is None else cell

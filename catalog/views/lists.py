from typing import Any, cast
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from catalog.cards import cards_of
from catalog.columns import NEWEST, chosen, columns_of
from catalog.facetcounts import counts
from catalog.facets import TREES, facet, options_of, panel
from catalog.filters import CoinFilter, Scope, criteria_of
from catalog.listing import Listing, list_page, page_number
from catalog.models import Coin, User

LAYOUTS = {
    "cards": (gettext_lazy("Cards"), "cards"),
    "table": (gettext_lazy("Table"), "table"),
    "grid": (gettext_lazy("Photos"), "grid"),
}
SORTS = ("added", "title", "authority", "denomination", "mint", "date", "grade", "value", "cost",
         "acquired", "weight", "number", "place", "changed")  # fmt: skip


@require_GET
def coins(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    if any(not value for value in request.GET.values()) and not request.htmx:  # type: ignore[attr-defined]
        return redirect(tidy_address(request))
    scope = Scope.of(user)
    asked = CoinFilter.from_query(request.GET, user, scope)
    layout = remembered_layout(user, request.GET.get("layout", ""))
    columns = chosen(user, scope)
    shown = columns if layout == "table" else []
    here, views = asked.to_query(), list(user.saved_views.all())
    listing = list_page(asked, page_number(request.GET.get("page", "")), shown)
    context = {
        "asked": asked,
        "listing": listing,
        "cards": cards_of(listing.coins, shown),
        "columns": [heading(asked, one.name, one) for one in shown],
        "layout": layout,
        "layouts": layouts(asked),
        "title_heading": heading(asked, "title", columns_of(scope)["title"]),
        "best_match": asked.sorted_by("").to_query(),
        "sorts": [heading(asked, name, columns_of(scope)[name]) for name in SORTS],
        "facets": panel(asked, request.GET.get("open", "").split(",")),
        "views": views,
        "view": next((one for one in views if one.query == here), None),
        "here": here,
        "from": quote(listing.here, safe=""),
        "may_edit": Coin.objects.editable_by(user).exists(),
        "ways_out": ways_out(asked) if asked and not listing.total else [],
    }
    return page_or_fragment(request, "catalog/coins.html", "catalog/_coins.html", context, listing)


def tidy_address(request: HttpRequest) -> str:
    """A form without scripts sends its empty fields too; they say nothing."""
    query = request.GET.copy()
    for key, values in list(query.lists()):
        query.setlist(key, [value for value in values if value])
    address = query.urlencode()
    return f"{reverse('coins')}?{address}" if address else reverse("coins")


def page_or_fragment(
    request: HttpRequest, page: str, fragment: str, context: dict[str, Any], listing: Listing
) -> HttpResponse:
    htmx = request.htmx  # type: ignore[attr-defined]
    is_fragment = htmx and not htmx.history_restore_request
    response = render(request, fragment if is_fragment else page, context)
    patch_vary_headers(response, ["HX-Request"])
    if is_fragment:
        here = listing.filter.to_query(page=listing.number if listing.number > 1 else "")
        # while somebody types, one entry of the history is enough
        header = "HX-Replace-Url" if "X-Typing" in request.headers else "HX-Push-Url"
        response[header] = f"{reverse('coins')}?{here}" if here else reverse("coins")
    return response


def remembered_layout(user: User, wanted: str) -> str:
    if wanted in LAYOUTS and wanted != user.list_layout:
        user.list_layout = wanted
        user.save(update_fields=["list_layout"])
    return user.list_layout if user.list_layout in LAYOUTS else next(iter(LAYOUTS))


def layouts(asked: CoinFilter) -> list[dict[str, Any]]:
    return [
        {"name": name, "label": label, "icon": icon, "query": asked.to_query(layout=name)}
        for name, (label, icon) in LAYOUTS.items()
    ]


def heading(asked: CoinFilter, name: str, column: Any) -> dict[str, Any]:
    """A link that sorts by the column, and turns round what is sorted by it already. Numbers and days
    begin with the largest."""
    first = f"-{name}" if column.is_number else name
    other = name if column.is_number else f"-{name}"
    current = asked.sort or ("" if asked.text else NEWEST)
    return {
        "column": column,
        "name": name,
        "is_active": current in {name, f"-{name}"},
        "is_descending": current == f"-{name}",
        "query": asked.sorted_by(other if current == first else first).to_query(),
    }


def ways_out(asked: CoinFilter) -> list[dict[str, Any]]:
    """Nothing matches: what would be found without each thing that narrows, where that is something."""
    found = []
    for condition in asked.conditions:
        rest = asked.without(condition.name)
        texts = ", ".join(chip.text for chip in condition.chips)
        total = rest.coins().count()
        found.append(
            {"label": condition.label, "text": texts, "total": total, "query": rest.to_query()}
        )
    return sorted((way for way in found if way["total"]), key=lambda way: -way["total"])


@require_GET
def coins_facet(request: HttpRequest, name: str) -> HttpResponse:
    """All there is to choose from: a page of its own, or what fills a facet that somebody opens."""
    user = cast(User, request.user)
    asked = CoinFilter.from_query(request.GET, user)
    criterion = {one.name: one for one in criteria_of(asked.scope)}.get(name)
    found = counts(asked, [name]).get(name)
    if criterion is None or found is None:
        raise Http404
    if request.htmx and "all" not in request.GET:  # type: ignore[attr-defined]
        filled = {"facet": facet(asked, criterion, True, found), "here": asked.to_query()}
        return render(request, "catalog/_facet_options.html", filled)
    context = {
        "asked": asked,
        "others": [pair for pair in asked.params() if pair[0] != name],
        "criterion": criterion,
        "options": options_of(asked, criterion, found),
        "is_tree": name in TREES,
        "back": asked.to_query(),
    }
    return render(request, "catalog/coins_facet.html", context)

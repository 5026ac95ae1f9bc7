from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from catalog.access import get_visible
from catalog.models import Coin
from identify import wording
from identify.models import Suggestion
from identify.specimens import shelves


@require_GET
def specimens(request: HttpRequest, pk: int) -> HttpResponse:
    """Coins to hold beside each candidate of one suggestion."""
    one: Suggestion = get_visible(Suggestion.objects.for_deciding(), request.user, pk=pk)
    context = {
        "one": one,
        "field": wording.field_name(one.field),
        "coin": Coin.objects.for_page().get(pk=one.identification.coin_id),
        "shelves": shelves(one, request.user),
    }
    template = "_specimens.html" if request.htmx else "specimens.html"  # type: ignore[attr-defined]
    return render(request, f"identify/{template}", context)

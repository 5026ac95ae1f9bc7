from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from catalog.access import get_visible
from catalog.models import Coin
from identify.similar import finding, showing


@require_GET
def similar(request: HttpRequest, pk: int) -> HttpResponse:
    """Coins that look like this one, and whether the visitor has one already."""
    coin: Coin = get_visible(Coin.objects.for_page(), request.user, pk=pk)
    found = finding.similar(coin, request.user)
    context = {
        "coin": coin,
        "strip": showing.strip(coin, found),
        "owned": finding.owned_already(coin, request.user),
        "was_seen": bool(finding.embeddings_of(coin)),
    }
    template = "_similar.html" if request.htmx else "similar.html"  # type: ignore[attr-defined]
    return render(request, f"identify/{template}", context)

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from catalog.access import get_visible
from catalog.models import Coin


@require_GET
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """A part of the coin's page, and a page of its own."""
    coin: Coin = get_visible(Coin.objects.for_page(), request.user, pk=pk)
    htmx = request.htmx  # type: ignore[attr-defined]
    is_fragment = bool(htmx) and not htmx.history_restore_request
    template = "market/_panel.html" if is_fragment else "market/panel.html"
    return render(request, template, {"coin": coin})

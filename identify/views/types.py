from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.access import get_editable, get_visible
from catalog.attribution import attribute
from catalog.models import Coin, CoinType, User
from identify.types import ranked


@require_GET
def types(request: HttpRequest, pk: int) -> HttpResponse:
    """The types that fit what is known of the coin, best first; a page where there is no htmx."""
    coin: Coin = get_visible(Coin.objects.for_page(), request.user, pk=pk)
    context = {
        "coin": coin,
        "ranked": ranked(coin, request.user),
        "may_edit": Coin.objects.editable_by(request.user).filter(pk=pk).exists(),
    }
    template = "_types.html" if request.htmx else "types.html"  # type: ignore[attr-defined]
    return render(request, f"identify/{template}", context)


@require_POST
def take(request: HttpRequest, pk: int, type_pk: int) -> HttpResponse:
    coin: Coin = get_editable(Coin.objects.for_page(), request.user, pk=pk)
    chosen = get_object_or_404(CoinType.objects.known_to(request.user), pk=type_pk)
    if attribute(coin, chosen, cast(User, request.user)):
        messages.success(request, _("This coin is “%(type)s” now.") % {"type": chosen})
    return redirect(coin)

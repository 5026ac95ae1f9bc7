from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.access import get_editable, get_visible
from catalog.models import Coin
from catalog.refusals import Refusal
from market import showing
from market.asking import asked_terms, query_of
from market.forms import sentence
from market.models import Comparable, Estimate, Lot
from market.soldbefore import add_to_provenance


@require_GET
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """A part of the coin's page, and a page of its own."""
    return show(request, get_visible(Coin.objects.for_page(), request.user, pk=pk))


def show(request: HttpRequest, coin: Coin) -> HttpResponse:
    is_part = is_fragment(request)
    terms, years = asked_terms(request, coin.collection.currency)
    if is_part:
        context = showing.panel(coin, request.user, terms)
    else:
        context = showing.page(coin, request.user, terms, request.GET.get("page", "1"))
    context["money_years"] = years
    context["may_edit"] = Coin.objects.editable_by(request.user).filter(pk=coin.pk).exists()
    template = "market/_panel.html" if is_part else "market/panel.html"
    return render(request, template, context)


def is_fragment(request: HttpRequest) -> bool:
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.history_restore_request


@require_POST
def opinion(request: HttpRequest, pk: int, lot_pk: int, what: str) -> HttpResponse:
    coin: Coin = get_editable(Coin.objects.for_page(), request.user, pk=pk)
    lot: Lot = get_object_or_404(Lot.objects.visible_to(request.user), pk=lot_pk)
    verbs: dict[str, Any] = {
        "pin": Comparable.objects.pin,
        "reject": Comparable.objects.reject,
        "reset": Comparable.objects.reset,
    }
    verbs[what](coin, lot)
    return answer(request, coin)


@require_POST
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    coin: Coin = get_editable(Coin.objects.for_page(), request.user, pk=pk)
    Comparable.objects.reset(coin)
    return answer(request, coin)


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    coin: Coin = get_editable(Coin.objects.for_page(), request.user, pk=pk)
    terms, _years = asked_terms(request, coin.collection.currency)
    try:
        Estimate.objects.take(coin, request.user, terms)
        messages.success(request, _("Taken as the value of your coin."))
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
    return redirect(f"{coin.get_absolute_url()}#trade")


@require_POST
def seen(request: HttpRequest, pk: int, lot_pk: int) -> HttpResponse:
    coin: Coin = get_editable(Coin.objects.for_page(), request.user, pk=pk)
    lots = Lot.objects.visible_to(request.user).select_related("sale", "source")
    add_to_provenance(coin, get_object_or_404(lots, pk=lot_pk), request.user)
    messages.success(request, _("Added to the provenance."))
    return redirect(f"{coin.get_absolute_url()}#provenance")


def answer(request: HttpRequest, coin: Coin) -> HttpResponse:
    if is_fragment(request):
        return show(request, coin)
    terms, _years = asked_terms(request, coin.collection.currency)
    address = reverse("market:panel", args=[coin.pk])
    return redirect(f"{address}{query_of(terms, coin.collection.currency)}#comparables")

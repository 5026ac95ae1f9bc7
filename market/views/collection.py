from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import F, FloatField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog import money
from catalog.models import Coin
from catalog.row_forms import CurrencyField
from market.melt import melt
from market.models import MetalPrice

MONTHS = 60
SHOWN = 5


class MetalPriceForm(forms.ModelForm):
    currency = CurrencyField()

    class Meta:
        model = MetalPrice
        fields = ("metal", "per_gram", "currency", "fineness", "day")
        widgets = {"day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


@require_http_methods(["GET", "POST"])
def collection(request: HttpRequest) -> HttpResponse:
    """What one holds was worth over time, the best and the worst buys, and what the metal would fetch."""
    currency = request.user.base_currency  # type: ignore[union-attr]
    form = MetalPriceForm(request.POST or None, initial={"currency": currency})
    if request.method == "POST" and form.is_valid():
        keep(request.user, form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("market:collection")
    coins = Coin.objects.visible_to(request.user).live()
    prices = list(MetalPrice.objects.filter(owner=request.user.pk))
    held = coins.held()
    weighed = held.filter(metal__code__in=[price.metal for price in prices])
    context = {
        "form": form,
        "currency": currency,
        "totals": money.totals(held, currency),
        "months": money.value_over_time(coins, MONTHS, currency),
        "buys": buys(held),
        "prices": prices,
        "melt": melt(weighed.select_related("metal").iterator(), prices, currency),
    }
    return render(request, "market/collection.html", context, status=422 if form.errors else 200)


def keep(owner: Any, values: dict[str, Any]) -> None:
    """One price for each metal: a new one takes the place of the old."""
    metal = values.pop("metal")
    MetalPrice.objects.update_or_create(owner=owner, metal=metal, defaults=values)


def buys(held: Any) -> dict[str, list[Coin]]:
    """By how often the value holds the cost; both are in the currency of the coin's collection."""
    known = held.filter(cost__gt=0, value__isnull=False).select_related(
        "collection", "authority", "denomination", "mint"
    )
    times = Cast("value", FloatField()) / Cast("cost", FloatField())
    best = known.annotate(times=times).order_by("-times", "pk")
    return {
        "best": list(best.filter(value__gt=F("cost"))[:SHOWN]),
        "worst": list(best.filter(value__lt=F("cost")).order_by("times", "pk")[:SHOWN]),
    }

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from market.asking import terms_of, usual_currencies
from market.lotpages import choices, fixed_choices
from market.models import Lot
from market.searching import Search


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    currency = request.user.base_currency  # type: ignore[union-attr]
    context = {
        "n_lots": Lot.objects.visible_to(request.user).count(),
        "search": Search(),
        "terms": terms_of(request, currency),
        "currencies": usual_currencies(currency),
    }
    return render(request, "market/home.html", context | choices(request.user) | fixed_choices())

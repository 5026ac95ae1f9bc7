from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from market.models import Lot


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    lots = Lot.objects.visible_to(request.user)
    return render(request, "market/home.html", {"n_lots": lots.count()})

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.access import get_editable, get_visible, id_in
from catalog.models import Coin, Photo
from identify import panel as telling
from identify.models import Identification
from identify.pipeline import ROLES, identify_again


@require_GET
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """A part of the coin's page, and a page of its own."""
    coin: Coin = get_visible(Coin.objects.for_page(), request.user, pk=pk)
    return show(request, coin)


def show(request: HttpRequest, coin: Coin, **more: Any) -> HttpResponse:
    job = Identification.objects.for_panel().filter(coin=coin, current=True).first()
    may_edit = Coin.objects.editable_by(request.user).filter(pk=coin.pk).exists()
    asked = id_in(request.GET.get("n", ""))
    told = telling.context(job, coin, may_edit, asked) | more
    template = "identify/_panel.html" if is_fragment(request) else "identify/panel.html"
    return render(request, template, told)


def is_fragment(request: HttpRequest) -> bool:
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.history_restore_request


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    coin: Coin = get_editable(Coin.objects.for_page(), request.user, pk=pk)
    asked = request.POST.get("photo", "") or request.GET.get("photo", "")
    photo = get_object_or_404(shown_photos(coin), pk=id_in(asked)) if asked else None
    if identify_again(coin, request.user, photo) is None:
        messages.error(request, _("There is no photo of this coin to look at yet."))
    return answer(request, coin)


def shown_photos(coin: Coin) -> QuerySet[Photo]:
    """Nobody is identified by the edge."""
    return Photo.objects.filter(coin=coin, role__in=ROLES)


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    jobs = Identification.objects.select_related("coin")
    job: Identification = get_editable(jobs, request.user, pk=pk)
    job.retry()
    return answer(request, Coin.objects.for_page().get(pk=job.coin_id))


@require_POST
def hold(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Pause, resume or cancel what no worker has begun."""
    jobs = Identification.objects.select_related("coin")
    job: Identification = get_editable(jobs, request.user, pk=pk)
    mine = Identification.objects.filter(pk=pk)
    {"pause": mine.pause, "resume": mine.resume, "cancel": mine.cancel}[what]()
    return answer(request, Coin.objects.for_page().get(pk=job.coin_id))


def answer(request: HttpRequest, coin: Coin, **more: Any) -> HttpResponse:
    if is_fragment(request):
        return show(request, coin, **more)
    return redirect("identify:panel", pk=coin.pk)

"""Where the model looked: asked for, waited for, and the pictures themselves."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST, require_safe

from catalog.access import get_editable, get_visible, id_in
from catalog.models import Coin
from catalog.refusals import Refusal
from catalog.sentences import sentence
from identify import explained
from identify.models import Explanation, HeatMap, Suggestion
from identify.views.panel import is_fragment

FOR_GOOD = "private, max-age=31536000, immutable"  # another map has another address


@require_POST
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    one: Suggestion = get_editable(Suggestion.objects.for_deciding(), request.user, pk=pk)
    try:
        job = Explanation.begin(one, request.POST.get("label", ""), request.user)
    except Refusal as refusal:
        if is_fragment(request):
            told = {"one": one, "refused": sentence(refusal)}
            return render(request, "identify/_heat.html", told)
        messages.error(request, sentence(refusal))
        return redirect("identify:panel", pk=one.identification.coin_id)
    return show(request, job) if is_fragment(request) else redirect(job)


@require_GET
def explanation(request: HttpRequest, pk: int) -> HttpResponse:
    job: Explanation = get_visible(Explanation.objects, request.user, pk=pk)
    return show(request, job)


def show(request: HttpRequest, job: Explanation) -> HttpResponse:
    shown = Explanation.objects.for_showing().get(pk=job.pk)
    coin_pk = shown.suggestion.identification.coin_id
    may_edit = Coin.objects.editable_by(request.user).filter(pk=coin_pk).exists()
    asked = id_in(request.GET.get("n", ""))
    told: dict[str, Any] = explained.context(shown, may_edit, asked)
    if is_fragment(request):
        return render(request, "identify/_heat.html", told)
    told["coin"] = Coin.objects.for_page().get(pk=coin_pk)
    return render(request, "identify/explanation.html", told)


@require_safe
def heat_map(request: HttpRequest, pk: int) -> HttpResponseBase:
    one: HeatMap = get_visible(HeatMap.objects, request.user, pk=pk)
    try:
        file = one.image.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type="image/png")
    response["Content-Disposition"] = f'inline; filename="heat-{one.pk}.png"'
    response["Cache-Control"] = FOR_GOOD
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response

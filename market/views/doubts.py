"""Lots that contradict themselves or each other, for curators to decide."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.curating import curators_only
from catalog.models import User
from market.doubt_forms import CorrectionForm
from market.models import Doubt
from market.telling import disagreement, sides

SHOWN = 30


def seen_by(request: HttpRequest, pk: int) -> Doubt:
    seen = Doubt.objects.visible_to(request.user).waiting()
    found: Doubt = get_object_or_404(seen.select_related("lot__sale", "lot__attributes"), pk=pk)
    return found


@require_GET
@curators_only
def doubts(request: HttpRequest) -> HttpResponse:
    waiting = Doubt.objects.visible_to(request.user).waiting()
    rows = waiting.select_related(
        "lot__sale", "lot__source", "lot__attributes", "other__sale", "other__source",
        "other__attributes",
    ).prefetch_related("lot__prices", "other__prices", "lot__pictures", "other__pictures")  # fmt: skip
    page = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    for one in page:
        one.disagreement, one.sides = disagreement(one), sides(one)  # type: ignore[attr-defined]
    return render(request, "market/doubts.html", {"page": page})


@require_http_methods(["GET", "POST"])
@curators_only
def doubt(request: HttpRequest, pk: int) -> HttpResponse:
    """What the text says, with a form that says it better."""
    found = seen_by(request, pk)
    form = CorrectionForm(request.POST or None, instance=getattr(found.lot, "attributes", None))
    if request.method == "POST" and form.is_valid():
        found.correct(form.changed(), cast(User, request.user))
        messages.success(request, _("Corrected. A text that is read again leaves it."))
        return redirect("market:doubts")
    status = 422 if form.errors else 200
    context = {
        "doubt": found,
        "form": form,
        "sides": sides(found),
        "pictures": found.lot.pictures.all(),
    }
    return render(request, "market/doubt.html", context, status=status)


@require_POST
@curators_only
def doubt_deed(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    found, user = seen_by(request, pk), cast(User, request.user)
    if what == "keep":
        found.keep(user)
        messages.success(request, _("It stays as it is."))
    else:
        is_other = what == "set-other-apart" and found.other is not None
        lot = found.other if is_other and found.other else found.lot
        found.set_apart(lot, user)
        messages.success(request, _("The lot no longer counts."))
    return redirect("market:doubts")

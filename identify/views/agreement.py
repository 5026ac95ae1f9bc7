"""How far curators agree, what they did, and which answers are certain."""

from typing import cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from catalog.models import User
from identify import wording
from identify.labelling import activity as doings
from identify.labelling import statistics
from identify.labelling.queue import fields_of
from identify.labelling.wording import STRENGTHS
from identify.models import Label
from identify.views.curating import curators_only
from identify.views.desk import field_in

A_PAGE = 50


@require_GET
@curators_only
def agreement(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    fields = fields_of(user)
    field = field_in(request.GET.get("field", ""), fields)
    found = statistics.agreement_of(field, user)
    context = {
        "fields": [(name, wording.field_name(name)) for name in fields],
        "field": field,
        "field_name": wording.field_name(field),
        "agreement": found,
        "strength": STRENGTHS.get(found.strength, ""),
        "erring": statistics.erring(field, user),
    }
    return render(request, "identify/agreement.html", context)


@require_GET
@curators_only
def activity(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    pages = Paginator(doings.labels_of(user), A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    sittings = list(doings.sittings(page.object_list))
    context = {"page": page, "sittings": sittings, "others": doings.others(user)}
    return render(request, "identify/activity.html", context)


@require_POST
@curators_only
def label_deed(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """A label is certain, or it is no longer; or it is withdrawn."""
    user = cast(User, request.user)
    label = get_object_or_404(Label.objects.visible_to(user).select_related("photo"), pk=pk)
    deeds = {"gold": doings.make_gold, "no-gold": doings.retire_gold, "withdraw": doings.withdraw}
    if what not in deeds:
        raise Http404
    deeds[what](label, user)
    return redirect(reverse("identify:activity"))

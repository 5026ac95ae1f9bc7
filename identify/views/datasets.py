"""Frozen sets, and photos of one specimen."""

from typing import cast

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from catalog.models import User
from catalog.refusals import Refusal
from catalog.sentences import sentence
from identify import wording
from identify.labelling import datasets as sets
from identify.labelling import proposing
from identify.labelling.queue import fields_of
from identify.models import DatasetVersion, SpecimenGroup
from identify.views.curating import curators_only

MOST = 60


@require_GET
@curators_only
def datasets(request: HttpRequest) -> HttpResponse:
    fields = fields_of(cast(User, request.user))
    context = {
        "versions": DatasetVersion.objects.select_related("created_by"),
        "fields": [(name, wording.field_name(name)) for name in fields],
    }
    return render(request, "identify/datasets.html", context)


@require_POST
@curators_only
def freeze(request: HttpRequest) -> HttpResponse:
    name = " ".join(request.POST.get("name", "").split())[:120]
    try:
        version = sets.freeze(
            name or _("Set"), request.POST.getlist("fields"), cast(User, request.user)
        )
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("“%(name)s” is kept as it is now.") % {"name": version.name})
    return redirect(reverse("identify:datasets"))


@require_GET
@curators_only
def listing(request: HttpRequest, pk: int) -> FileResponse:
    version = get_object_or_404(DatasetVersion, pk=pk)
    return FileResponse(
        version.listing.open("rb"), as_attachment=True, filename=f"{version.sha256[:16]}.tsv"
    )


@require_GET
@curators_only
def specimens(request: HttpRequest) -> HttpResponse:
    groups = proposing.visible_groups(cast(User, request.user))
    waiting = groups.filter(state=SpecimenGroup.State.PROPOSED)
    decided = groups.exclude(state=SpecimenGroup.State.PROPOSED)
    context = {"waiting": waiting[:MOST], "decided": decided[:MOST]}
    return render(request, "identify/same_specimen.html", context)


@require_POST
@curators_only
def look_for_specimens(request: HttpRequest) -> HttpResponse:
    n = proposing.propose(cast(User, request.user))
    text = ngettext("%(n)s new proposal.", "%(n)s new proposals.", n) % {"n": n}
    messages.success(request, text)
    return redirect(reverse("identify:same-specimen"))


@require_POST
@curators_only
def decide_specimen(request: HttpRequest, pk: int) -> HttpResponse:
    user = cast(User, request.user)
    group = get_object_or_404(proposing.visible_groups(user), pk=pk)
    proposing.decide(group, "same" in request.POST, user)
    return redirect(reverse("identify:same-specimen"))

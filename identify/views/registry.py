"""What was taught, version by version: which serves, which tries beside it, which has served."""

from itertools import groupby
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.access import get_visible
from catalog.models import User
from catalog.refusals import Refusal
from catalog.sentences import sentence
from identify.labelling import trials
from identify.models import ModelVersion, ShadowOpinion
from identify.teaching import telling
from identify.views.curating import may_curate
from identify.views.teaching import may_train

DEEDS = ("promote", "roll-back", "try", "retire", "keep", "let-go")


@require_GET
@may_train
def models(request: HttpRequest) -> HttpResponse:
    rows = list(ModelVersion.objects.visible_to(request.user).for_list().with_counts())
    sided = trials.sided(rows)
    for one in rows:
        one.sided = sided.get(one.pk)  # type: ignore[attr-defined]
    groups = [
        (group[0].called, group, any(one.state == one.State.ACTIVE for one in group))
        for _field, found in groupby(rows, key=lambda one: one.field)
        if (group := list(found))
    ]
    return render(request, "identify/models.html", {"groups": groups})


@require_GET
@may_train
def model(request: HttpRequest, pk: int) -> HttpResponse:
    version = version_of(request, pk)
    return render(request, "identify/model.html", told_of(version, request))


def version_of(request: HttpRequest, pk: int) -> ModelVersion:
    rows = ModelVersion.objects.for_list().with_counts()
    found: ModelVersion = get_visible(rows, request.user, pk=pk)
    return found


def told_of(version: ModelVersion, request: HttpRequest) -> dict[str, Any]:
    """Of a trial only the coins that one may see; the counts are of all."""
    said = ShadowOpinion.objects.filter(version=version)
    seen = said.visible_to(cast(User, request.user)).filter(differs=True)
    seen = seen.select_related("identification__coin", "identification__face")
    page = Paginator(seen, 24).get_page(request.GET.get("page"))
    field = version.field
    return {
        "version": version, "page": page,
        "asked": said.count(), "differing": said.filter(differs=True).count(),
        "differences": [
            (one, telling.told_label(field, one.said) if one.said else "",
             telling.told_label(field, one.beside) if one.beside else "")
            for one in page
        ],
        "labels": [telling.told_label(field, label) for label in version.labels],
        "sided": trials.sided([version]).get(version.pk),
        "may_curate": may_curate(request.user),
        "forced": "force" in request.GET and request.user.is_superuser,
    }  # fmt: skip


@require_POST
@may_train
def deed(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    if what not in DEEDS:
        raise Http404
    version, user = version_of(request, pk), cast(User, request.user)
    try:
        done(version, what, user, request)
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
        if refusal.code in ("worse", "no_reason") and user.is_superuser:
            return redirect(f"{version.get_absolute_url()}?force=1")
        return redirect(version)
    return redirect(version) if what in ("keep", "let-go") else redirect("identify:models")


def done(version: ModelVersion, what: str, user: User, request: HttpRequest) -> None:
    if what == "promote":
        version.promote(user, request.POST.get("reason", ""), "forced" in request.POST)
        text = _("%(version)s serves now. Workers take it with their next coin.")
        messages.success(request, text % {"version": version})
    elif what == "roll-back":
        earlier = version.roll_back(user)
        text = _("%(version)s serves again.") if earlier else _("%(version)s serves no longer.")
        messages.success(request, text % {"version": earlier or version})
    elif what == "try":
        version.try_beside(user)
        text = _("%(version)s is on trial: what it would say differently stands on its page.")
        messages.success(request, text % {"version": version})
    elif what == "retire":
        version.retire(user)
    else:
        version.keep(what == "keep")

"""A labelled set, sent in a ZIP: looked at by a worker, then taken or left."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.access import get_editable, get_own
from catalog.models import Collection, User
from catalog.receiving import Capped
from identify import attribution, wording
from identify.labelling import pictures, telling
from identify.labelling.forms import LabelledSetForm, TakeForm
from identify.models import LabelledSet
from identify.views.curating import curators_only
from identify.views.panel import is_fragment

SHOWN = 20


@csrf_exempt  # the form's token is asked for below, once the cap is set: reading it reads the files
@require_http_methods(["GET", "POST"])
@curators_only
def labelled_sets(request: HttpRequest) -> HttpResponse:
    request.upload_handlers.insert(0, Capped(request, settings.MAX_IMPORT_BYTES))
    return labelled_sets_page(request)


@csrf_protect
def labelled_sets_page(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = LabelledSetForm(request.POST or None, request.FILES or None, user=user)
    if request.method == "POST" and form.is_valid():
        return redirect(form.start())
    past = LabelledSet.objects.of(user).select_related("collection")[:SHOWN]
    status = 422 if form.errors else 200
    return render(
        request, "identify/labelled_sets.html", {"form": form, "past": past}, status=status
    )


def set_of(request: HttpRequest, pk: int) -> LabelledSet:
    """One's own, of a collection that one may still write to."""
    found = get_own(LabelledSet.objects.select_related("collection"), request.user, pk=pk)
    get_editable(Collection.objects.all(), request.user, pk=found.collection_id)
    return cast(LabelledSet, found)


@require_GET
@curators_only
def labelled_set(request: HttpRequest, pk: int) -> HttpResponse:
    one = set_of(request, pk)
    if is_fragment(request):
        if one.is_working:
            return render(request, "identify/_labelled_set_working.html", {"set": one})
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "identify/labelled_set.html", context_of(one))


def context_of(one: LabelledSet) -> dict[str, Any]:
    found = one.findings
    return {
        "set": one, "found": found, "field_name": wording.field_name(one.field), "form": TakeForm(),
        "classes": [
            (attribution.shown(one.field, value), count) for value, count in found.get("classes", [])
        ],
        "remarks": telling.remarks(found), "findings": telling.findings(found),
    }  # fmt: skip


@require_GET
@curators_only
def labelled_set_photo(request: HttpRequest, pk: int, at: int) -> HttpResponse:
    data = pictures.small(set_of(request, pk), at)
    if data is None:
        raise Http404
    answer = HttpResponse(data, content_type="image/webp")
    answer["Cache-Control"] = "private, max-age=3600"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


@require_POST
@curators_only
def labelled_set_deed(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    one = set_of(request, pk)
    if what == "take":
        form = TakeForm(request.POST)
        if form.is_valid():
            one.take(form.cleaned_data["copies"], form.cleaned_data["with_trouble"])
        return redirect(one)
    if what == "retry":
        one.retry()
        return redirect(one)
    if what != "drop":
        raise Http404
    one.delete()
    messages.success(request, _("The file is deleted. What was taken in stays."))
    return redirect("identify:labelled-sets")

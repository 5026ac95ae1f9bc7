from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.access import get_own
from catalog.exports.forms import RestoreForm
from catalog.models import Restoration, User

TABLES = {
    "collections": gettext_lazy("collections"),
    "coins": gettext_lazy("coins"),
    "photos": gettext_lazy("photos"),
    "attachments": gettext_lazy("attachments"),
    "sets": gettext_lazy("sets"),
    "saved_views": gettext_lazy("saved views"),
    "places": gettext_lazy("storage places"),
    "tags": gettext_lazy("tags"),
    "custom_fields": gettext_lazy("own fields"),
    "types": gettext_lazy("types"),
    "words": gettext_lazy("words of the vocabulary"),
}


@require_http_methods(["GET", "POST"])
def restore(request: HttpRequest) -> HttpResponse:
    form = RestoreForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return redirect(form.start(cast(User, request.user)))
    context = {"form": form, "jobs": Restoration.objects.of(request.user)[:10]}
    return render(request, "catalog/restore.html", context, status=422 if form.errors else 200)


@require_GET
def restoration(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_own(Restoration.objects, request.user, pk=pk)
    page = "catalog/_restoration_job.html" if request.htmx else "catalog/restoration.html"  # type: ignore[attr-defined]
    return render(request, page, {"job": job, "rows": told(job)})


def told(job: Restoration) -> list[tuple[object, int, int]]:
    added, there = job.report.get("added", {}), job.report.get("there", {})
    rows = [(label, added.get(name, 0), there.get(name, 0)) for name, label in TABLES.items()]
    return [row for row in rows if row[1] or row[2]]


@require_POST
def restoration_retry(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_own(Restoration.objects.exclude(file=""), request.user, pk=pk)
    job.retry()
    return redirect(job)

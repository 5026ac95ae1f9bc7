import mimetypes
from collections.abc import Iterable
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.access import get_own
from catalog.exports.forms import FORMS, ExportForm
from catalog.exports.selection import Selection
from catalog.exports.tables import csv_lines, json_lines
from catalog.models import Export, Place, User

SHOWN = 20


@require_http_methods(["GET", "POST"])
def exports(request: HttpRequest) -> HttpResponse:
    """The list posts its ticks, with its token; they go on as an address."""
    if request.method == "POST":
        ticked = [("coin", pk) for pk in request.POST.getlist("coin")]
        return redirect(f"{reverse('exports')}?{urlencode(ticked)}")
    return show_page(request, request.GET.urlencode())


def show_page(request: HttpRequest, query: str, refused: ExportForm | None = None) -> HttpResponse:
    user = cast(User, request.user)
    tidy_up(user)
    selection = Selection(user, query)
    forms = {kind: form(user=user, query=query) for kind, form in FORMS.items()}
    if refused:
        forms[refused.kind] = refused
    context = {
        "selection": selection,
        "query": query,
        "total": selection.coins().count(),
        "forms": forms,
        "refused": refused,
        "has_places": Place.objects.filter(owner=user, coins__isnull=False).exists(),
        "jobs": user.exports.all()[:SHOWN],
    }
    return render(request, "catalog/exports.html", context, status=422 if refused else 200)


def tidy_up(user: User) -> None:
    """Also where nobody runs the schedule: old files go, and what a dead worker left goes on."""
    for outdated in Export.objects.of(user).outdated():
        outdated.discard()
    for stalled in Export.objects.of(user).stalled():
        stalled.retry()


@require_POST
def export_start(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in FORMS:
        raise Http404
    query = request.POST.get("query", "")
    form = FORMS[kind](request.POST, user=cast(User, request.user), query=query)
    if not form.is_valid():
        return show_page(request, query, form)
    return redirect(form.start())


@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_own(Export.objects, request.user, pk=pk)
    page = "catalog/_export_job.html" if request.htmx else "catalog/export.html"  # type: ignore[attr-defined]
    return render(request, page, {"job": job})


@require_GET
def export_file(request: HttpRequest, pk: int) -> FileResponse:
    """PDF files open in the browser, from where they are printed; everything else is kept."""
    job = get_own(Export.objects.exclude(file=""), request.user, pk=pk)
    kind = mimetypes.guess_type(job.name)[0] or "application/octet-stream"
    is_download = kind != "application/pdf" or "download" in request.GET
    try:
        file = job.file.open("rb")
    except FileNotFoundError:
        raise Http404(_("This file is gone. Make it again.")) from None
    answer = FileResponse(file, as_attachment=is_download, filename=job.name, content_type=kind)
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def export_retry(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_own(Export.objects, request.user, pk=pk)
    job.retry()
    return redirect(job)


@require_POST
def export_delete(request: HttpRequest, pk: int) -> HttpResponse:
    get_own(Export.objects, request.user, pk=pk).discard()
    messages.success(request, _("The file is deleted."))
    return redirect("exports")


# --- tables that are written while they are read ---------------------------------
@require_GET
def export_csv(request: HttpRequest) -> StreamingHttpResponse:
    return streamed(csv_lines(selected(request)), "text/csv; charset=utf-8", "csv")


@require_GET
def export_json(request: HttpRequest) -> StreamingHttpResponse:
    return streamed(json_lines(selected(request)), "application/json", "json")


def selected(request: HttpRequest) -> Selection:
    return Selection(request.user, request.GET.urlencode())


def streamed(lines: Iterable[str], kind: str, suffix: str) -> StreamingHttpResponse:
    name = f"obverse-coins-{timezone.localdate():%Y-%m-%d}.{suffix}"
    headers: dict[str, Any] = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return StreamingHttpResponse(lines, content_type=kind, headers=headers)

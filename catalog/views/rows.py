from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog import rows
from catalog.access import get_editable, get_visible
from catalog.models import Attachment, Coin
from catalog.row_forms import ATTACHMENT_TYPES, starting_values


@require_http_methods(["GET", "POST"])
def row_add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    coin: Coin = get_editable(Coin.objects.for_page(), request.user, pk=pk)
    form = rows.KINDS[kind].form(
        request.POST or None, request.FILES or None, initial=starting_values(kind, coin)
    )
    return write(request, coin, kind, form)


@require_http_methods(["GET", "POST"])
def row_edit(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    row = editable_row(request, pk, kind)
    form = rows.KINDS[kind].form(request.POST or None, request.FILES or None, instance=row)
    return write(request, row.coin, kind, form)


def write(request: HttpRequest, coin: Coin, kind: str, form: Any) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        rows.keep(coin, kind, form, request.user)
        messages.success(request, _("Saved."))
        return redirect(f"{coin.get_absolute_url()}#{kind}")
    context = {"coin": coin, "kind": kind, "form": form, "title": rows.KINDS[kind].title}
    return render(request, "catalog/row_form.html", context, status=422 if form.errors else 200)


@require_POST
def row_delete(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    row = editable_row(request, pk, kind)
    rows.drop(row, kind, request.user)
    messages.success(request, _("Removed. The history remembers it."))
    return redirect(f"{row.coin.get_absolute_url()}#{kind}")


@require_POST
def provenance_move(request: HttpRequest, pk: int) -> HttpResponse:
    row = editable_row(request, pk, "provenance")
    rows.move(row, -1 if request.POST.get("to") == "up" else 1)
    return redirect(f"{row.coin.get_absolute_url()}#provenance")


def editable_row(request: HttpRequest, pk: int, kind: str) -> Any:
    row = get_object_or_404(rows.KINDS[kind].model, pk=pk)
    row.coin = get_editable(Coin.objects.for_page(), request.user, pk=row.coin_id)
    return row


@require_GET
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """Always a download: what a stranger once wrote is never run as a page of this site."""
    row = get_object_or_404(Attachment, pk=pk)
    get_visible(Coin.objects, request.user, pk=row.coin_id)
    ending = str(row.file.name).rpartition(".")[2].lower()
    name = row.name if row.name.lower().endswith(f".{ending}") else f"{row.name}.{ending}"
    kind = ATTACHMENT_TYPES.get(ending, "application/octet-stream")
    return FileResponse(row.file.open("rb"), as_attachment=True, filename=name, content_type=kind)

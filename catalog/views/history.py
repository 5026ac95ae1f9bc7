from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.access import get_editable, get_visible, id_in
from catalog.editing import change, undo
from catalog.forms import StatusForm
from catalog.models import Coin, FieldChange


@require_GET
def coin_history(request: HttpRequest, pk: int) -> HttpResponse:
    found: Coin = get_visible(Coin.objects.select_related("collection"), request.user, pk=pk)
    rows = found.changes.select_related("by").prefetch_related("undone_by")
    context = {
        "coin": found,
        "page": Paginator(rows, 100).get_page(request.GET.get("page")),
        "life": found.status_changes.select_related("by"),
        "may_edit": Coin.objects.editable_by(request.user).filter(pk=pk).exists(),
    }
    return render(request, "catalog/coin_history.html", context)


@require_POST
def coin_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back one change of this coin, or everything that was changed with it."""
    found: Coin = get_editable(Coin.objects.all(), request.user, pk=pk)
    wanted = request.POST.get("change", "")
    row = get_object_or_404(FieldChange, coin=found, pk=id_in(wanted))
    rows = [row]
    if "together" in request.POST:
        rows = list(FieldChange.objects.filter(coin=found, batch=row.batch))
    if undo(rows, request.user):
        messages.success(request, _("Taken back. The history keeps both."))
    else:
        messages.info(request, _("There was nothing to take back: the coin already says so."))
    return redirect("coin-history", pk=pk)


@require_POST
def coin_status(request: HttpRequest, pk: int) -> HttpResponse:
    found: Coin = get_editable(Coin.objects.for_page(), request.user, pk=pk)
    form = StatusForm({"on": timezone.localdate()} | {n: v for n, v in request.POST.items() if v})
    if form.is_valid():
        data = form.cleaned_data
        change(
            found, {"status": data["status"]}, request.user, reason=data["reason"], on=data["on"]
        )
        messages.success(request, _("%(coin)s: %(status)s.") % {
            "coin": found, "status": found.get_status_display()})  # fmt: skip
    else:
        messages.error(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
    return redirect(found)

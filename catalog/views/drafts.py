"""From photo to coin in a few fields, one draft after the other."""

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.access import get_editable, id_in
from catalog.arranging import transfer
from catalog.draft_forms import DraftForm
from catalog.editing import change
from catalog.models import Coin, Status, User


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves the few fields; with `own` the draft becomes a coin of the collection."""
    found: Coin = get_editable(Coin.objects.live().for_list(), request.user, pk=pk)
    form = DraftForm(request.POST, coin=found, user=cast(User, request.user))
    if not form.is_valid():
        return answer(request, found, form)
    values = dict(form.cleaned_data)
    if "own" in request.POST:
        values["status"] = Status.OWNED
    change(found, values, request.user)
    if "own" in request.POST and request.htmx:  # type: ignore[attr-defined]
        return render(request, "catalog/_draft_done.html", {"coin": found})
    return answer(request, found, None)


@require_POST
@transaction.atomic
def draft_join(request: HttpRequest, pk: int) -> HttpResponse:
    """The photos of this draft are of the same coin as those of another."""
    found: Coin = get_editable(Coin.objects.live(), request.user, pk=pk)
    into = request.POST.get("into", "")
    coins = Coin.objects.live().select_related("collection__owner")
    other: Coin = get_editable(coins, request.user, pk=id_in(into))
    photos = list(found.photos.select_related("coin"))
    emptied = transfer(photos, other, request.user)
    if emptied:
        messages.success(request, _("Joined. The empty draft is in the trash."))
    else:
        messages.success(request, _("Joined. The draft stays, because something is written in it."))
    return redirect(reverse("photo-upload") + f"#draft-{other.pk}")


def answer(request: HttpRequest, found: Coin, form: DraftForm | None) -> HttpResponse:
    status = 422 if form else 200
    row = form or DraftForm(coin=found, user=cast(User, request.user))
    if request.htmx:  # type: ignore[attr-defined]
        context = {"coin": found, "form": row, "saved": form is None}
        # htmx swaps only what is not an error
        return render(request, "catalog/_draft.html", context)
    if form:
        return render(request, "catalog/draft.html", {"coin": found, "form": form}, status=status)
    return redirect(reverse("photo-upload") + "#drafts")

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.access import get_editable, get_visible, id_in
from catalog.attribution import attribute
from catalog.cloning import clone
from catalog.editing import change
from catalog.fields import fields_of
from catalog.forms import CoinForm, CollectionChoice, StatusForm
from catalog.models import Coin, CoinType, Collection, FieldChange, User
from catalog.neighbours import neighbours


@require_GET
def coin(request: HttpRequest, pk: int) -> HttpResponse:
    found: Coin = get_visible(Coin.objects.for_page(), request.user, pk=pk)
    may_edit = Coin.objects.editable_by(request.user).filter(pk=pk).exists()
    context = {
        "coin": found,
        "may_edit": may_edit,
        "own_fields": own_facts(found),
        "changes": FieldChange.objects.filter(coin=found).select_related("by", "undoes")[:6],
        "life": found.status_changes.select_related("by"),
        "status_form": StatusForm(initial={"status": found.status, "on": timezone.localdate()})
        if may_edit
        else None,
        "neighbours": neighbours(request, found),
    }
    return render(request, "catalog/coin.html", context)


def own_facts(found: Coin) -> list[tuple[str, str]]:
    known = fields_of(found.collection.owner)
    return [
        (str(field.label), field.text(found))
        for name, field in known.items()
        if name.startswith("custom.") and field.get(found) is not None
    ]


@require_http_methods(["GET", "POST"])
def coin_add(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    collection = chosen_collection(request, user)
    new = Coin(collection=collection)
    type_ = known_type(request, user)
    form = CoinForm(
        request.POST or None,
        coin=new,
        user=collection.owner,
        fields=fields_of(collection.owner).values(),
        initial={"type": str(type_)} if type_ else None,
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            change(new, form.cleaned_data, user)
            if new.type:
                attribute(new, new.type, user)
        messages.success(request, _("“%(coin)s” is in your collection.") % {"coin": new})
        if "another" in request.POST:
            return redirect(f"{reverse('coin-add')}?collection={collection.pk}")
        return redirect(new)
    context = {
        "form": form,
        "collection": collection,
        "collections": CollectionChoice(user=user, initial={"collection": collection}),
        "cancel": reverse("coins"),
    }
    return render(request, "catalog/coin_form.html", context, status=422 if form.errors else 200)


def chosen_collection(request: HttpRequest, user: User) -> Collection:
    """The collection asked for, else the one used last, else a first one, made now."""
    editable = Collection.objects.editable_by(user).select_related("owner")
    asked = request.POST.get("collection") or request.GET.get("collection") or ""
    if asked:
        return get_editable(Collection.objects, user, pk=id_in(asked))
    last = editable.order_by("-coins__created_at").first()
    return last or Collection.objects.first_of(user)


def known_type(request: HttpRequest, user: User) -> CoinType | None:
    asked = request.GET.get("type", "")
    return CoinType.objects.known_to(user).filter(pk=id_in(asked)).first() if asked else None


@require_http_methods(["GET", "POST"])
def coin_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found: Coin = get_editable(Coin.objects.for_page(), request.user, pk=pk)
    form = CoinForm(
        request.POST or None,
        coin=found,
        user=found.collection.owner,
        fields=fields_of(found.collection.owner).values(),
    )
    stale = request.method == "POST" and request.POST.get("version") != str(found.version)
    if request.method == "POST" and form.is_valid() and not stale:
        with transaction.atomic():
            before = found.type
            written = change(found, form.cleaned_data, request.user)
            if found.type and found.type != before:
                attribute(found, found.type, request.user)
        if written:
            messages.success(request, _("Saved."))
        return redirect(found)
    if stale:
        form.full_clean()
        form.add_error(None, _("Somebody changed this coin while you were writing. Look at what "
                               "stands there now, then save again: your text is kept below."))  # fmt: skip
    context = {"form": form, "coin": found, "cancel": found.get_absolute_url()}
    return render(request, "catalog/coin_form.html", context, status=422 if form.errors else 200)


@require_POST
def coin_clone(request: HttpRequest, pk: int) -> HttpResponse:
    found: Coin = get_editable(Coin.objects.for_page(), request.user, pk=pk)
    twin = clone(found, request.user)
    messages.success(
        request, _("A copy without photos, number and certificate. Change what differs.")
    )
    return redirect("coin-edit", pk=twin.pk)


@require_POST
def coin_discard(request: HttpRequest, pk: int) -> HttpResponse:
    found: Coin = get_editable(Coin.objects.live(), request.user, pk=pk)
    found.discard(request.user)
    messages.success(
        request, _("“%(coin)s” is in the trash. You can restore it there.") % {"coin": found}
    )
    return redirect("coins")


@require_POST
def coin_restore(request: HttpRequest, pk: int) -> HttpResponse:
    found: Coin = get_editable(Coin.objects.trashed(), request.user, pk=pk)
    found.restore(request.user)
    messages.success(request, _("“%(coin)s” is back.") % {"coin": found})
    return redirect(found)


@require_POST
def coin_erase(request: HttpRequest, pk: int) -> HttpResponse:
    found: Coin = get_editable(Coin.objects.trashed(), request.user, pk=pk)
    found.delete()
    messages.success(request, _("Deleted for good."))
    return redirect("trash")


@require_GET
def coin_qr(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The short address on a printed label."""
    return redirect(get_visible(Coin.objects.all(), request.user, uid=uid))


@require_GET
def trash(request: HttpRequest) -> HttpResponse:
    gone = Coin.objects.editable_by(request.user).trashed().for_list().order_by("-deleted_at")
    page = Paginator(gone, 60).get_page(request.GET.get("page"))
    return render(request, "catalog/trash.html", {"page": page})

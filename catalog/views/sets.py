from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog import series
from catalog.access import id_in
from catalog.models import Coin, CoinSet, SetSlot, User
from catalog.set_forms import SetForm, SlotForm


@require_http_methods(["GET", "POST"])
def sets(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = SetForm(request.POST if "name" in request.POST else None)
    if request.method == "POST":
        if key := request.POST.get("series"):
            try:
                made = series.start(user, key)
            except LookupError:
                raise Http404 from None
            return redirect("set", pk=made.pk)
        if form.is_valid():
            form.instance.owner = user
            return redirect("set", pk=form.save().pk)
    context = {
        "form": form,
        "rows": series.completions(user.sets.all(), user),
        "series": series.known(),
    }
    return render(request, "catalog/sets.html", context, status=422 if form.errors else 200)


def own(request: HttpRequest, pk: int) -> CoinSet:
    return get_object_or_404(CoinSet, pk=pk, owner=request.user)


@require_GET
def coin_set(request: HttpRequest, pk: int) -> HttpResponse:
    found, user = own(request, pk), cast(User, request.user)
    context = {
        "set": found,
        "completion": series.completion(found, user),
        "slot_form": SlotForm(user=user),
        "only": request.GET.get("only", ""),
    }
    return render(request, "catalog/set.html", context)


@require_http_methods(["GET", "POST"])
def set_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = own(request, pk)
    form = SetForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("set", pk=pk)
    context = {"form": form, "set": found}
    return render(request, "catalog/set_form.html", context, status=422 if form.errors else 200)


@require_POST
def set_delete(request: HttpRequest, pk: int) -> HttpResponse:
    own(request, pk).delete()
    messages.success(request, _("The set is gone. Its coins stay."))
    return redirect("sets")


@require_POST
def slot_add(request: HttpRequest, pk: int) -> HttpResponse:
    found, user = own(request, pk), cast(User, request.user)
    form = SlotForm(request.POST, user=user)
    if not form.is_valid():
        context = {"set": found, "completion": series.completion(found, user), "slot_form": form}
        return render(request, "catalog/set.html", context, status=422)
    form.instance.set, form.instance.position = found, found.slots.count()
    form.save()
    return redirect("set", pk=pk)


def own_slot(request: HttpRequest, pk: int) -> SetSlot:
    return get_object_or_404(SetSlot, pk=pk, set__owner=request.user)


@require_POST
def slot_delete(request: HttpRequest, pk: int) -> HttpResponse:
    slot = own_slot(request, pk)
    slot.delete()
    return redirect("set", pk=slot.set_id)


@require_POST
def slot_fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a coin into a slot by hand, or takes it out again."""
    slot = own_slot(request, pk)
    wanted = request.POST.get("coin", "").replace("\0", "").strip().lstrip("#")
    slot.coin = None
    if wanted:
        slot.coin = (
            Coin.objects.visible_to(request.user).live().filter(pk=wanted).first()
            if id_in(wanted)
            else Coin.objects.visible_to(request.user).live().filter(number=wanted).first()
        )
        if slot.coin is None:
            messages.error(request, _("You have no coin with the number “%(n)s”.") % {"n": wanted})
            return redirect("set", pk=slot.set_id)
    slot.save(update_fields=["coin"])
    return redirect("set", pk=slot.set_id)

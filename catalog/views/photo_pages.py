"""Looking closely: one photo large, two coins side by side, and coins that may be the same."""

from typing import cast

from django.contrib import messages
from django.db.models import Case, Exists, OuterRef, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from catalog import comparing, duplicates, search
from catalog.access import get_editable, get_visible, id_in
from catalog.arranging import transfer
from catalog.models import Coin, Photo
from catalog.models.coins import CoinQuerySet

CHOICES = 24
OTHER_FACE = {"obverse": "reverse", "reverse": "obverse"}


@require_GET
def photo_page(request: HttpRequest, pk: int) -> HttpResponse:
    coin_id = get_visible(Photo.objects, request.user, pk=pk).coin_id
    coin = Coin.objects.for_page().get(pk=coin_id)
    row = sorted(coin.photos.all(), key=lambda one: (one.position, one.pk))
    at = [one.pk for one in row].index(pk)
    photo = row[at]
    turned = OTHER_FACE.get(photo.role, "")
    context = {
        "photo": photo,
        "coin": coin,
        "row": row,
        "earlier": row[at - 1] if at else None,
        "later": row[at + 1] if at + 1 < len(row) else None,
        "other_face": next((one for one in row if one.role == turned), None),
        "may_edit": Photo.objects.editable_by(request.user).filter(pk=pk).exists(),
    }
    return render(request, "catalog/photo.html", context)


@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """One coin asks for the second; two stand side by side at one scale."""
    asked = [request.GET.get(name, "") for name in ("a", "b")]
    coins = Coin.objects.for_list()
    a, b = (
        cast(Coin, get_visible(coins, request.user, pk=id_in(pk))) if pk else None for pk in asked
    )
    if a and b:
        return render(request, "catalog/compare.html", {"a": a, "b": b} | comparing.laid_out(a, b))
    first = a or b
    text = request.GET.get("q", "").strip()
    found = candidates(Coin.objects.visible_to(request.user).live().for_list(), first, text)
    context = {"a": first, "q": text, "choices": found[:CHOICES]}
    return render(request, "catalog/compare_choose.html", context)


def candidates(coins: CoinQuerySet, like: Coin | None, text: str) -> CoinQuerySet:
    """Coins with photos, those most like the first one first."""
    coins = coins.filter(Exists(Photo.objects.filter(coin=OuterRef("pk"))))
    if text:
        coins = search.matching(coins, text)
    if like is None:
        return coins
    likeness = Case(
        When(type__isnull=False, type=like.type_id, then=0),
        When(denomination=like.denomination_id, authority=like.authority_id, then=1),
        When(denomination=like.denomination_id, then=2),
        default=3,
    )
    return coins.exclude(pk=like.pk).order_by(likeness, "-created_at")


@require_GET
def coin_duplicates(request: HttpRequest, pk: int) -> HttpResponse:
    coin: Coin = get_visible(Coin.objects.for_list(), request.user, pk=pk)
    found = duplicates.of(coin, request.user)
    template = "_duplicates.html" if request.htmx else "duplicates.html"  # type: ignore[attr-defined]
    return render(request, f"catalog/{template}", {"coin": coin, "duplicates": found})


@require_http_methods(["GET", "POST"])
def photo_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """To another coin, chosen from a list; an emptied draft goes to the trash."""
    photo: Photo = get_editable(Photo.objects.select_related("coin"), request.user, pk=pk)
    coins = Coin.objects.editable_by(request.user).live().for_list().exclude(pk=photo.coin_id)
    if request.method == "POST":
        to = request.POST.get("coin", "")
        coin: Coin = get_editable(Coin.objects.live(), request.user, pk=id_in(to))
        emptied = transfer([photo], coin, request.user)
        text = _("The photo is with “%(coin)s” now.") % {"coin": coin}
        messages.success(
            request, f"{text} {_('The empty draft is in the trash.') if emptied else ''}"
        )
        return redirect(coin.get_absolute_url() + "#photos")
    text = request.GET.get("q", "").strip()
    found = search.matching(coins, text) if text else coins.order_by("-created_at")
    context = {"photo": photo, "coin": photo.coin, "q": text, "choices": found[:CHOICES]}
    return render(request, "catalog/photo_transfer.html", context)

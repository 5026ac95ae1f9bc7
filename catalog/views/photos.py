"""The ways in: drop, paste, camera, link, and a plain form that does the same without scripts."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.core.files import File
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from catalog import pairing
from catalog.access import get_editable, id_in
from catalog.draft_forms import DraftForm
from catalog.forms import CollectionChoice
from catalog.models import Coin, Collection, Status, User
from catalog.receiving import Capped, Upload, receive
from catalog.views.coins import chosen_collection

DRAFTS_A_PAGE = 10
MOST_NAMES = 1000


@csrf_exempt  # the form's token is asked for below, once the cap is set: reading it reads the files
@require_http_methods(["GET", "POST"])
def photo_upload(request: HttpRequest) -> HttpResponse:
    request.upload_handlers.insert(0, Capped(request, settings.MAX_PHOTO_BYTES))
    return upload_page(request)


@csrf_protect
def upload_page(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    coin = asked_coin(request, user)
    if request.method == "POST":
        collection = coin.collection if coin else chosen_collection(request, user)
        upload = receive(
            collection,
            coin,
            cast("list[File]", request.FILES.getlist("photos")),
            request.POST,
            user,
        )
        if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
            return JsonResponse(upload.told(), status=201 if upload.photos else 200)
        return answered(request, upload, coin)
    if request.headers.get("X-Fragment"):
        return render(request, "catalog/_photo_tray_dialog.html", tray(request, user, coin))
    drafts = Coin.objects.editable_by(user).live().filter(status=Status.DRAFT).for_list()
    page = Paginator(drafts.order_by("-created_at", "-pk"), DRAFTS_A_PAGE).get_page(
        request.GET.get("page")
    )
    drafts_here = list(page)
    rows = [
        (draft, DraftForm(coin=draft, user=user), above)
        for draft, above in zip(drafts_here, [None, *drafts_here], strict=False)
    ]
    context = tray(request, user, coin) | {"page": page, "rows": rows}
    return render(request, "catalog/photo_upload.html", context)


def asked_coin(request: HttpRequest, user: User) -> Coin | None:
    asked = request.POST.get("coin") or request.GET.get("coin") or ""
    if not asked:
        return None
    coins = Coin.objects.select_related("collection")
    return cast(Coin, get_editable(coins, user, pk=id_in(asked)))


def tray(request: HttpRequest, user: User, coin: Coin | None) -> dict[str, object]:
    last = Collection.objects.editable_by(user).order_by("-coins__created_at").first()
    return {"coin": coin, "collections": CollectionChoice(user=user, initial={"collection": last})}


def answered(request: HttpRequest, upload: Upload, coin: Coin | None) -> HttpResponse:
    """Without scripts: what happened stands at the top of the page that comes next."""
    for name, sentence in upload.refusals:
        messages.error(request, f"{name}: {sentence}")
    for warning in upload.warnings:
        messages.warning(request, warning.sentence)
    if not upload.photos and not upload.refusals:
        messages.error(request, _("Choose at least one photo, or give a link."))
    if coin:
        return redirect(coin.get_absolute_url() + "#photos")
    if count := len(upload.coins):
        text = ngettext("%(count)s draft is ready.", "%(count)s drafts are ready.", count)
        messages.success(request, text % {"count": count})
    return redirect(reverse("photo-upload") + "#drafts")


@require_POST
def photo_plan(request: HttpRequest) -> JsonResponse:
    """Which of these files will be one coin: asked before they are sent."""
    names = [name[:300] for name in request.POST.getlist("name")[:MOST_NAMES]]
    groups = pairing.group(names, "consecutive" in request.POST)
    return JsonResponse({"groups": groups})

"""What editors do with one photo. Each answers with the coin's photos, or leads back to them."""

from contextlib import suppress
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog import arranging, renditions
from catalog.access import get_editable, get_visible
from catalog.images import PLAIN, EditError, ImageRefused
from catalog.models import Coin, Photo
from catalog.photo_forms import EditForm
from catalog.sentences import sentence


def editable(request: HttpRequest, pk: int) -> Photo:
    photos = Photo.objects.select_related("coin__collection")
    return cast(Photo, get_editable(photos, request.user, pk=pk))


@require_GET
def coin_photos(request: HttpRequest, pk: int) -> HttpResponse:
    """The photos of a coin's page, fetched again after something was added."""
    coin: Coin = get_visible(Coin.objects.for_page(), request.user, pk=pk)
    may_edit = Coin.objects.editable_by(request.user).filter(pk=pk).exists()
    return render(request, "catalog/_photos.html", {"coin": coin, "may_edit": may_edit})


def arranged(request: HttpRequest, photo: Photo) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(photo.coin.get_absolute_url() + "#photos")
    coin = Coin.objects.for_page().get(pk=photo.coin_id)
    return render(
        request, "catalog/_photos.html", {"coin": coin, "may_edit": True, "arranging": True}
    )


@require_POST
def photo_role(request: HttpRequest, pk: int) -> HttpResponse:
    photo, role = editable(request, pk), request.POST.get("role", "")
    if role not in Photo.Role.values:
        return HttpResponseBadRequest()
    arranging.set_role(photo, role, request.user)
    return arranged(request, photo)


@require_POST
def photo_order(request: HttpRequest, pk: int) -> HttpResponse:
    photo = editable(request, pk)
    arranging.shift(photo, -1 if request.POST.get("to") == "earlier" else 1)
    return arranged(request, photo)


@require_POST
def photo_retry(request: HttpRequest, pk: int) -> HttpResponse:
    photo = editable(request, pk)
    arranging.retry(photo)
    return arranged(request, photo)


@require_http_methods(["GET", "POST"])
def photo_delete(request: HttpRequest, pk: int) -> HttpResponse:
    photo = editable(request, pk)
    if request.method == "GET":
        return render(request, "catalog/photo_delete.html", {"photo": photo, "coin": photo.coin})
    coin = photo.coin
    arranging.discard(photo, request.user)
    messages.success(request, _("The photo is deleted."))
    return redirect(coin.get_absolute_url() + "#photos")


@require_http_methods(["GET", "POST"])
def photo_edit(request: HttpRequest, pk: int) -> HttpResponse:
    photo = editable(request, pk)
    if request.method == "GET":
        form = EditForm.showing(renditions.edit_of(photo))
        return edit_page(request, photo, form)
    if "reset" in request.POST:
        arranging.set_edit(photo, PLAIN, request.user)
        messages.success(request, _("Shown as the camera saw it."))
        return redirect("photo-page", pk=pk)
    form = EditForm(request.POST)
    if "find" in request.POST:
        form = with_disc(photo, request)
    elif form.is_valid() and "preview" not in request.POST:
        try:
            arranging.set_edit(photo, form.edit(), request.user)
        except EditError as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Saved. The original stays as it is."))
            return after_saving(request, photo)
    return edit_page(request, photo, form)


def after_saving(request: HttpRequest, photo: Photo) -> HttpResponse:
    """Where "identify again" was pressed, the browser posts on to whoever identifies; nobody may."""
    if "again" in request.POST:
        with suppress(NoReverseMatch):
            again = reverse("identify:again", kwargs={"pk": photo.coin_id})
            return HttpResponse(status=307, headers={"Location": f"{again}?photo={photo.pk}"})
    return redirect("photo-page", pk=photo.pk)


def with_disc(photo: Photo, request: HttpRequest) -> EditForm:
    disc = disc_or_none(photo)
    if disc is None:
        messages.info(
            request, _("No single coin on a plain ground was found. Set the circle by hand.")
        )
        return EditForm(request.POST)
    cx, cy, r = disc
    return EditForm(request.POST.dict() | {"crop": "on", "cx": cx, "cy": cy, "r": r})


@require_GET
def photo_disc(request: HttpRequest, pk: int) -> JsonResponse:
    return JsonResponse({"disc": disc_or_none(editable(request, pk))})


def disc_or_none(photo: Photo) -> tuple[float, float, float] | None:
    try:
        return renditions.disc_of(photo)
    except (ImageRefused, FileNotFoundError, renditions.Busy):
        return None


def edit_page(request: HttpRequest, photo: Photo, form: EditForm) -> HttpResponse:
    context = {"photo": photo, "coin": photo.coin, "form": form, "query": form.query()}
    return render(request, "catalog/photo_edit.html", context, status=422 if form.errors else 200)

"""The curation desk: one photo after another, by the keyboard. Where one stands is in the address: field,
order, photo."""

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from catalog.access import get_visible, id_in
from catalog.models import Photo, User
from catalog.refusals import Refusal
from catalog.sentences import sentence
from identify import attribution, labels, wording
from identify.curation.orders import ORDERS
from identify.labelling import desk, words
from identify.labelling.queue import fields_of, queue
from identify.labelling.wording import ORDER_NAMES
from identify.models import Label, PhotoFlag
from identify.views.curating import curators_only

MOST_WORDS = 20
FLAG_KEYS = {"bad": "b", "no_coin": "o", "two_coins": "t", "duplicate": "p", "fake": "f"}


@require_GET
@curators_only
def desk_page(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    fields = fields_of(user)
    field = field_in(request.GET.get("field", ""), fields)
    order = order_in(request.GET.get("order", ""))
    waiting = queue(user, field, order) if field else []
    photo = chosen(user, waiting, id_in(request.GET.get("at", "")))
    context: dict[str, Any] = {
        "fields": [(name, wording.field_name(name)) for name in fields],
        "field": field,
        "field_name": wording.field_name(field),
        "order": order,
        "orders": ORDER_NAMES.items(),
        "left": len(waiting),
        "last": last_word(user, id_in(request.GET.get("last", ""))),
        "flags": [(kind, label, FLAG_KEYS[kind]) for kind, label in PhotoFlag.Kind.choices],
    }
    if photo:
        following = [pk for pk in waiting if pk != photo.pk][:2]
        context |= {
            "asked": desk.asked(photo, field, order, user),
            "photos": list(photo.coin.photos.exclude(role="edge").order_by("position", "pk")),
            "preloaded": Photo.objects.visible_to(user).filter(pk__in=following),
            "next": following[0] if following else 0,
        }
    return render(request, "identify/desk.html", context)


def field_in(text: str, fields: list[str]) -> str:
    """Any that is named, so that a new one may be begun; else the first that there is."""
    named = text.strip()[:60]
    return named if named and named.isprintable() else (fields[0] if fields else "")


def order_in(text: str) -> str:
    return text if text in ORDERS else "uncertain"


def chosen(user: User, waiting: list[int], at: int) -> Photo | None:
    """The one in the address, though it has its word already, so that one may look again."""
    photos = Photo.objects.visible_to(user).select_related(
        "coin__collection", "coin__authority", "coin__denomination", "coin__mint"
    )
    asked_for = photos.filter(pk=at).first() if at else None
    return asked_for or (photos.filter(pk=waiting[0]).first() if waiting else None)


def last_word(user: User, pk: int) -> desk.Told | None:
    mine = Label.objects.standing().filter(by=user, pk=pk)
    label = mine.select_related("photo", "trial__version").first()
    return desk.told(label) if label else None


@require_POST
@curators_only
def desk_deed(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    user, data = cast(User, request.user), request.POST
    photo: Photo = get_visible(Photo.objects.select_related("coin"), user, pk=pk)
    field, order = field_in(data.get("field", ""), []), order_in(data.get("order", ""))
    if what not in ("say", "skip", "flag") or not field:
        raise Http404
    stays = {"field": field, "order": order, "at": photo.pk}
    try:
        if what == "say":
            said = desk.answer(photo, field, order, data.get("label") or data.get("text", ""), user)
            return at_desk({"field": field, "order": order, "last": said.pk})
        if what == "skip":
            desk.skip(photo, field, user)
        else:
            desk.flag(photo, data.get("kind", ""), user)
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
        return at_desk(stays)
    return at_desk({"field": field, "order": order})


@require_POST
@curators_only
def desk_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """One’s own word only; back to its photo."""
    user = cast(User, request.user)
    mine = Label.objects.visible_to(user).filter(by=user).select_related("photo")
    label = get_object_or_404(mine, pk=pk)
    desk.take_back(label, user)
    order = order_in(request.POST.get("order", ""))
    return at_desk({"field": label.field, "order": order, "at": label.photo_id})


def at_desk(where: dict[str, Any]) -> HttpResponse:
    return redirect(f"{reverse('identify:desk')}?{urlencode(where)}")


@require_GET
@curators_only
def desk_words(request: HttpRequest, field: str) -> JsonResponse:
    """Classes of a field for the box that completes, as people say them."""
    wanted = labels.fold(request.GET.get("q", ""))
    told = {
        attribution.shown(field, label): attribution.told(field, label)
        for label in words.known(field)
    }
    found = [one for one in told if wanted in labels.fold(f"{one}\n{told[one]}")]
    found.sort(key=lambda one: not labels.fold(one).startswith(wanted))
    return JsonResponse({"results": found[:MOST_WORDS]})

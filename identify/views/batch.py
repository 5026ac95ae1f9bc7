"""Many photos in one go: sent, told one by one as they are identified, taken home as a file."""

from typing import Any, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.core.files import File
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from catalog.access import get_editable
from catalog.forms import CollectionChoice
from catalog.models import Collection, User
from catalog.receiving import Capped
from catalog.receiving import receive as receive_files
from catalog.refusals import Refusal
from catalog.views.coins import chosen_collection
from identify.batches import contact, exports, results
from identify.models import Batch
from identify.views.panel import is_fragment

A_PAGE = 50
SHOWN = 20


@csrf_exempt  # the form's token is asked for below, once the cap is set: reading it reads the files
@require_http_methods(["GET", "POST"])
def batches(request: HttpRequest) -> HttpResponse:
    request.upload_handlers.insert(0, Capped(request, settings.MAX_PHOTO_BYTES))
    return batches_page(request)


@csrf_protect
def batches_page(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    if request.method == "POST":
        return receive(request, user)
    last = Collection.objects.editable_by(user).order_by("-coins__created_at").first()
    mine = Batch.objects.editable_by(user).select_related("collection").with_sizes()
    context = {
        "collections": CollectionChoice(user=user, initial={"collection": last}),
        "batch": Batch(key=uuid4()),
        "batches": mine[:SHOWN],
    }
    return render(request, "identify/batches.html", context)


def receive(request: HttpRequest, user: User) -> HttpResponse:
    """A script sends one coin after another, all with the key that the page gave it."""
    files = cast("list[File]", request.FILES.getlist("photos"))
    batch = batch_for(request, user)
    upload = receive_files(batch.collection, None, files, request.POST, user)
    batch.take(upload.coins, upload.refusals)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse(upload.told(), status=201 if upload.photos else 200)
    if not upload.photos and not upload.refusals:
        messages.error(request, _("Choose at least one photo."))
        batch.forget_if_empty()
        return redirect("identify:batches")
    return redirect(batch)


def batch_for(request: HttpRequest, user: User) -> Batch:
    key = key_in(request.POST.get("batch", ""))
    if Batch.objects.filter(key=key).exists():
        return of_key(request, key)
    collection = chosen_collection(request, user)
    # two lanes of one upload may both be the first
    return Batch.objects.get_or_create(
        key=key, user=user, defaults={"collection": collection}
    )[0]  # fmt: skip


def key_in(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def of_key(request: HttpRequest, key: UUID) -> Batch:
    batches = Batch.objects.select_related("collection__owner")
    return cast(Batch, get_editable(batches, request.user, key=key))


@require_GET
def batch(request: HttpRequest, key: UUID) -> HttpResponse:
    found = of_key(request, key)
    state, sort = request.GET.get("state", ""), request.GET.get("sort", "file")
    counted = results.counts(found)
    coins = results.coins_of(found, state, sort)
    page = Paginator(coins, A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "batch": found,
        "page": page,
        "rows": results.rows(list(page)),
        "counts": counted,
        "total": sum(n for _state, _words, n in counted),
        "state": state,
        "sort": sort if sort in results.SORTS else "file",
        "sorts": results.SORTS,
        "moves": results.moves(counted),
        "kinds": ["csv", "json", "xlsx"],
    }
    name = "_batch_results.html" if is_fragment(request) else "batch.html"
    return render(request, f"identify/{name}", context)


@require_GET
def batch_file(request: HttpRequest, key: UUID, kind: str) -> HttpResponse:
    found = of_key(request, key)
    if kind not in exports.KINDS:
        raise Http404
    coins = list(results.coins_of(found, request.GET.get("state", "")))
    if kind == "pdf" and len(coins) > contact.MOST:
        text = _("A contact sheet has at most %(most)s coins. Filter by state, or take a table.")
        messages.error(request, text % {"most": contact.MOST})
        return redirect(found)
    content_type, make = exports.KINDS[kind]
    try:
        data = make(found, coins)
    except Refusal as refusal:
        messages.error(request, _(refusal.template) % refusal.params)
        return redirect(found)
    name = f"obverse-{slugify(_('Batch'))}-{found.created_at:%Y-%m-%d}.{kind}"
    disposition = "inline" if kind == "pdf" else "attachment"
    headers = {
        "Content-Disposition": f'{disposition}; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(data, content_type=content_type, headers=headers)

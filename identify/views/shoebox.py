"""A photo of many coins: in, looked at, arranged, made into coins."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.core.files import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.access import get_editable
from catalog.forms import CollectionChoice
from catalog.images import ImageRefused
from catalog.models import Collection, User
from catalog.receiving import Capped
from catalog.sentences import sentence
from catalog.views.coins import chosen_collection
from identify.models import Tray
from identify.shoebox import showing
from identify.shoebox.arriving import arrive, holds_in
from identify.shoebox.circles import coins
from identify.shoebox.forms import CirclesFormSet, TrayForm, circles_form
from identify.views.panel import is_fragment

SHOWN = 24


@csrf_exempt  # the form's token is asked for below, once the cap is set: reading it reads the files
@require_http_methods(["GET", "POST"])
def shoebox(request: HttpRequest) -> HttpResponse:
    request.upload_handlers.insert(0, Capped(request, settings.MAX_PHOTO_BYTES))
    return shoebox_page(request)


@csrf_protect
def shoebox_page(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    if request.method == "POST":
        return receive(request, user)
    last = Collection.objects.editable_by(user).order_by("-coins__created_at").first()
    trays = Tray.objects.editable_by(user).select_related("collection")[:SHOWN]
    context = {
        "form": TrayForm(),
        "collections": CollectionChoice(user=user, initial={"collection": last}),
        "trays": trays,
    }
    return render(request, "identify/shoebox.html", context)


def receive(request: HttpRequest, user: User) -> HttpResponse:
    files = cast("list[File]", request.FILES.getlist("photos"))
    if not files:
        messages.error(request, _("Choose at least one photo."))
        return redirect("identify:shoebox")
    collection, trays = chosen_collection(request, user), []
    for file in files:
        try:
            trays.append(arrive(collection, file, holds_in(request.POST.get("holds", "")), user))
        except ImageRefused as refusal:
            messages.error(request, f"{file.name}: {sentence(refusal)}")
    return redirect(trays[0]) if len(trays) == 1 else redirect("identify:shoebox")


def tray_of(request: HttpRequest, pk: int) -> Tray:
    trays = Tray.objects.select_related("collection__owner", "user")
    return cast(Tray, get_editable(trays, request.user, pk=pk))


@require_http_methods(["GET", "POST"])
def tray(request: HttpRequest, pk: int) -> HttpResponse:
    found = tray_of(request, pk)
    if request.method == "POST":
        return arrange(request, found)
    if is_fragment(request):
        return fragment(request, found)
    return show(request, found, circles_form(found))


def fragment(request: HttpRequest, found: Tray) -> HttpResponse:
    """How far it is; when it is done, the page comes anew with all that belongs to it."""
    if found.is_working:
        return render(request, "identify/_tray_working.html", {"tray": found})
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})


def show(request: HttpRequest, found: Tray, formset: CirclesFormSet) -> HttpResponse:
    context = showing.context(found, formset) if found.is_laid_out else {"tray": found}
    if found.is_made:
        made = found.coins.order_by("from_trays__number").for_list()
        context |= {"coins": made}
    status = 422 if formset.is_bound and not formset.is_valid() else 200
    return render(request, "identify/tray.html", context, status=status)


def arrange(request: HttpRequest, found: Tray) -> HttpResponse:
    """Keeps the circles; with `make` they become coins. What is made already stays as it is."""
    if not found.is_laid_out:
        return redirect(found)
    formset = circles_form(found, request.POST)
    if not formset.is_valid():
        return show(request, found, formset)
    circles = formset.circles
    if "make" not in request.POST:
        found.arrange(circles)
        messages.success(request, _("The circles are kept as they are."))
    elif total := len(coins(circles)):
        found.make_coins(circles, total)
    else:
        found.arrange(circles)
        messages.error(request, _("Keep at least one circle: there is no coin to make."))
    return redirect(found)


@require_safe
def tray_photo(request: HttpRequest, pk: int) -> FileResponse:
    found = tray_of(request, pk)
    if not found.preview.name:
        raise Http404
    try:
        answer = FileResponse(found.preview.open("rb"), content_type="image/webp")
    except FileNotFoundError:
        raise Http404 from None
    answer["Cache-Control"] = "private, max-age=3600"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


@require_POST
def tray_retry(request: HttpRequest, pk: int) -> HttpResponse:
    found = tray_of(request, pk)
    found.retry()
    return redirect(found)


@require_POST
def tray_delete(request: HttpRequest, pk: int) -> HttpResponse:
    found = tray_of(request, pk)
    made = found.coins.count()
    found.delete()
    text = ngettext(
        "The photo of the tray is deleted. Its coin stays.",
        "The photo of the tray is deleted. Its coins stay.",
        made,
    )
    messages.success(request, text if made else _("The photo of the tray is deleted."))
    return redirect("identify:shoebox")

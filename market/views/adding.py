"""The door of the market: a pasted text, saved pages, a table."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.models import User
from catalog.receiving import Capped
from market.forms import AddressForm, PagesForm, PasteForm, PictureForm, TableForm
from market.models import Source, Upload
from market.receiving import paste

LATEST = 5


@require_GET
def add(request: HttpRequest) -> HttpResponse:
    return show(request)


def show(request: HttpRequest, **refused: object) -> HttpResponse:
    """The whole door, with what was refused of one form."""
    context = {
        "paste": PasteForm(), "pages": PagesForm(), "table": TableForm(),
        "address": AddressForm(), "hosts": Source.objects.filter(enabled=True),
        "uploads": Upload.objects.of(request.user)[:LATEST],
    }  # fmt: skip
    status = 422 if refused else 200
    return render(request, "market/add.html", context | refused, status=status)


@csrf_exempt  # the form's token is asked for below, once the cap is set: reading it reads the file
@require_http_methods(["GET", "POST"])
def add_text(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("market:add")
    request.upload_handlers.insert(0, Capped(request, settings.MAX_PHOTO_BYTES))
    return pasted(request)


@csrf_protect
def pasted(request: HttpRequest) -> HttpResponse:
    """First what was read of it; kept when that is confirmed, with a picture where it is of one lot."""
    form = PasteForm(request.POST)
    if not form.is_valid():
        return show(request, paste=form)
    if "keep" not in request.POST:
        return preview_page(request, form, PictureForm(required=False))
    picture = PictureForm(request.POST, request.FILES, required=False)
    if not picture.is_valid():
        return preview_page(request, form, picture)
    counts = paste(cast(User, request.user), form.cleaned_data["text"], form.cleaned_data["url"])
    messages.success(request, told(counts.lots.get("new", 0), counts.lots.total()))
    if (
        picture.cleaned_data["picture"]
        and len(counts.kept) == 1
        and not picture.save(counts.kept[0])
    ):
        messages.error(request, " ".join(map(str, picture.errors["picture"])))
    return redirect("market:my-lots")


def preview_page(request: HttpRequest, form: PasteForm, picture: PictureForm) -> HttpResponse:
    context = {"form": form, "picture": picture}
    return render(request, "market/preview.html", context, status=422 if picture.errors else 200)


def told(new: int, total: int) -> str:
    text = ngettext("%(n)s new lot is kept.", "%(n)s new lots are kept.", new) % {"n": new}
    if new == total:
        return text
    return text + " " + _("You had %(n)s of them already.") % {"n": total - new}


@require_POST
def add_pages(request: HttpRequest) -> HttpResponse:
    form = PagesForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, pages=form)
    uploads = form.save(cast(User, request.user))
    if len(uploads) == 1:
        return redirect("market:upload", uploads[0].pk)
    return redirect("market:uploads")


@require_POST
def add_table(request: HttpRequest) -> HttpResponse:
    form = TableForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, table=form)
    return redirect("market:columns", form.save(cast(User, request.user)).pk)


@require_POST
def add_address(request: HttpRequest) -> HttpResponse:
    """Into the queue of the polite fetcher, which takes its time."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return show(request, address=form)
    task, is_new = form.save(cast(User, request.user))
    if is_new:
        messages.success(request, _("The page is queued. It comes in the next minutes, politely."))
    else:
        state = task.get_state_display()
        messages.info(request, _("This page was asked for before: %(state)s.") % {"state": state})
    return redirect("market:add")

"""What somebody has brought: the pages as they came, and the lots that were read from them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.refusals import Refusal
from market import pictures
from market.flagnames import flag_name
from market.forms import LotForm, PictureForm, sentence
from market.models import Lot, RawPage
from market.parsers import PARSERS
from market.preview import pieces_of
from market.receiving import parse_again
from market.wording import warning

SHOWN = 40


def own_pages(request: HttpRequest) -> "QuerySet[RawPage]":
    pages = RawPage.objects.visible_to(request.user).select_related("source", "owner")
    return pages.annotate(lots_left=Count("lots")).order_by("-fetched_at", "-pk")


@require_GET
def pages(request: HttpRequest) -> HttpResponse:
    page = Paginator(own_pages(request), SHOWN).get_page(request.GET.get("page"))
    for one in page:
        newest = PARSERS[one.source.slug].version if one.source.slug in PARSERS else 0
        one.is_outdated = one.parser_version < newest  # type: ignore[attr-defined]
    return render(request, "market/pages.html", {"page": page})


@require_POST
def page_again(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_object_or_404(own_pages(request), pk=pk)
    try:
        counts = parse_again(page).lots
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
        return redirect("market:pages")
    pictures.from_page_soon(page)
    changed = counts.get("new", 0) + counts.get("changed", 0)
    if changed:
        messages.success(request, _("Read again: %(n)s lots are new or changed.") % {"n": changed})
    else:
        messages.success(request, _("Read again: nothing has changed."))
    return redirect("market:pages")


@require_POST
def page_delete(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_object_or_404(own_pages(request), pk=pk)
    if "with_lots" in request.POST:
        page.lots.filter(owner=page.owner).delete()
    page.delete()
    messages.success(request, _("The page is deleted."))
    return redirect("market:pages")


def own_lots(request: HttpRequest) -> "QuerySet[Lot]":
    return Lot.objects.filter(owner=request.user.pk)


@require_GET
def my_lots(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").replace("\0", "").strip()[:200]
    wanted = request.GET.get("status", "")
    lots = own_lots(request).select_related("sale", "attributes").prefetch_related("prices")
    if asked:
        lots = lots.filter(Q(title__icontains=asked) | Q(description__icontains=asked))
    if wanted in Lot.Status.values:
        lots = lots.filter(status=wanted)
    elif wanted == "excluded":
        lots = lots.exclude(excluded_reason="")
    page = Paginator(lots.order_by("-last_seen", "-pk"), SHOWN).get_page(request.GET.get("page"))
    context = {"page": page, "q": asked, "status": wanted, "statuses": Lot.Status.choices}
    return render(request, "market/my_lots.html", context)


@require_http_methods(["GET", "POST"])
def lot(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who sees a lot may read it; only its owner says what it is."""
    seen = Lot.objects.visible_to(request.user).select_related("sale", "source", "attributes")
    found: Lot = get_object_or_404(seen, pk=pk)
    if request.method != "POST":
        return lot_page(request, found)
    if found.owner_id != request.user.pk:
        return redirect("market:lot", pk)
    form = LotForm(request.POST, instance=found)
    if not form.is_valid():
        return lot_page(request, found, form)
    form.save()
    messages.success(request, _("Saved. Pages that have this lot will leave it as you said."))
    return redirect("market:lot", pk)


def lot_page(
    request: HttpRequest,
    found: Lot,
    form: LotForm | None = None,
    picture_form: PictureForm | None = None,
) -> HttpResponse:
    """With a form that was refused, if one was."""
    context = {"lot": found, "pictures": found.pictures.all(), **read_of(found)}
    if found.owner_id == request.user.pk:
        context |= {"form": form or LotForm(instance=found), "picture_form": picture_form or PictureForm()}  # fmt: skip
    status = 422 if form or picture_form else 200
    return render(request, "market/lot.html", context, status=status)


def read_of(found: Lot) -> dict[str, object]:
    known = getattr(found, "attributes", None)
    text = f"{found.title}\n{found.description}" if found.title else found.description
    doubtful = [warning(field, raw) for field, raw, *_where in (known.warnings if known else [])]
    return {
        "pieces": pieces_of(text, known.spans if known else {}),
        "known": known,
        "prices": found.told_prices,
        "references": found.references.all(),
        "flags": [flag_name(one.flag) for one in found.flags.all() if not one.negated],
        "warnings": [warning(code, raw) for code, raw in found.warnings] + doubtful,
    }


@require_POST
def lot_delete(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(own_lots(request), pk=pk).delete()
    messages.success(request, _("The lot is deleted."))
    return redirect("market:my-lots")

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from catalog import series
from catalog.models import Coin, CoinType, User
from catalog.set_forms import RunForm
from catalog.views.coins import chosen_collection


@require_GET
def types(request: HttpRequest) -> HttpResponse:
    """The reference types, found by words as they stand in a catalogue."""
    text = request.GET.get("q", "").strip()[:200]
    found = CoinType.objects.known_to(request.user).select_related(
        "authority", "denomination", "mint", "metal"
    )
    found = found.matching(text) if text else found.order_by("title")
    page = Paginator(found, 60).get_page(request.GET.get("page"))
    return render(request, "catalog/types.html", {"page": page, "query": text})


def known(request: HttpRequest, pk: int) -> CoinType:
    return get_object_or_404(CoinType.objects.known_to(request.user), pk=pk)


@require_GET
def type_page(request: HttpRequest, pk: int) -> HttpResponse:
    found = known(request, pk)
    mine = Coin.objects.visible_to(request.user).live().filter(type=found).for_list()
    context = {
        "type": found,
        "references": found.references.all(),
        "issues": found.issues.all()[:400],
        "has_run": bool(series.run_of(found)),
        "coins": mine[:24],
    }
    return render(request, "catalog/type.html", context)


@require_http_methods(["GET", "POST"])
def run_add(request: HttpRequest, pk: int) -> HttpResponse:
    found, user = known(request, pk), cast(User, request.user)
    collection = chosen_collection(request, user)
    said = request.POST if request.method == "POST" else None
    form = RunForm(said, user=user, initial={"collection": collection})
    issues = series.run_of(found)
    ticked = set(request.POST.getlist("issue"))
    wanted = [issue for issue in issues if str(issue) in ticked]
    if request.method == "POST" and form.is_valid() and wanted:
        data = form.cleaned_data
        common = {name: data[name] for name in ("status", "grade", "place") if data[name]}
        coins = series.add_run(data["collection"], found, wanted, user, **common)
        count = len(coins)
        told = ngettext("%(count)d coin added.", "%(count)d coins added.", count) % {"count": count}
        messages.success(request, told)
        return redirect(f"{reverse('coins')}?type={found.pk}")
    if request.method == "POST" and not wanted:
        form.add_error(None, _("Tick at least one date."))
    context = {
        "type": found,
        "form": form,
        "issues": issues,
        "ticked": ticked,
        "owned": series.owned_issues(found, user),
    }
    return render(request, "catalog/run.html", context, status=422 if form.errors else 200)

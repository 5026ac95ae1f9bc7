"""What somebody waits for, and what came."""

from typing import cast

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.access import get_own
from catalog.models import User
from market.models import Watch, WatchHit
from market.searching import Search
from market.watch_forms import WatchForm, first_values, left_aside

SHOWN = 60


@require_http_methods(["GET", "POST"])
def watches(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    initial = first_values(user, request.GET)
    form = WatchForm(request.POST or None, user=user, initial=initial)
    if request.method == "POST" and form.is_valid():
        watch = form.save()
        messages.success(
            request, _("You will be told. “%(name)s” is on the list.") % {"name": watch}
        )
        return redirect("market:watches")
    new = Count("hits", filter=Q(hits__seen_at=None))
    mine = Watch.objects.of(user).annotate(n_hits=Count("hits"), n_new=new)
    context = {
        "form": form, "is_open": bool(form.errors or initial), "hits": latest(user),
        "left_aside": left_aside(Search.of(request.GET)),
        "watches": mine.order_by("-created_at", "-pk"),
    }  # fmt: skip
    return render(request, "market/watches.html", context, status=422 if form.errors else 200)


def latest(user: User) -> list[WatchHit]:
    hits = WatchHit.objects.filter(watch__user=user)
    return list(
        hits.select_related("watch", "lot__sale", "lot__attributes").prefetch_related(
            "lot__prices"
        )[:SHOWN]
    )


@require_GET
def pending(request: HttpRequest) -> HttpResponse:
    """A number behind the link, if there is one."""
    hits = WatchHit.objects.filter(watch__user=cast(User, request.user), seen_at=None)
    return render(request, "market/_pending.html", {"count": hits.count()})


@require_POST
def watches_seen(request: HttpRequest) -> HttpResponse:
    mine = WatchHit.objects.filter(watch__user=cast(User, request.user), seen_at=None)
    mine.update(seen_at=timezone.now())
    return redirect("market:watches")


@require_POST
def watch_switch(request: HttpRequest, pk: int) -> HttpResponse:
    watch: Watch = get_own(Watch.objects, request.user, pk=pk)
    watch.is_active = not watch.is_active
    watch.save(update_fields=["is_active"])
    return redirect("market:watches")


@require_POST
def watch_delete(request: HttpRequest, pk: int) -> HttpResponse:
    watch: Watch = get_own(Watch.objects, request.user, pk=pk)
    watch.delete()
    messages.success(request, _("“%(name)s” is gone from the list.") % {"name": watch.name})
    return redirect("market:watches")

"""One coin after another: look, say a word, the next. The next one's photos are on their way already."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from catalog.access import id_in
from catalog.models import Coin, Photo
from identify import panel as telling
from identify.models import Identification, State, Suggestion
from identify.models.identifications import IdentificationQuerySet
from identify.views.panel import is_fragment


@require_GET
def review(request: HttpRequest) -> HttpResponse:
    at = id_in(request.GET.get("at", ""))
    return show(request, at, last=id_in(request.GET.get("last", "")))


def show_after(
    request: HttpRequest, job: Identification, moves_on: bool, **more: Any
) -> HttpResponse:
    """The same coin as long as it has something to decide, then the next."""
    done = moves_on and not Suggestion.objects.waiting().filter(identification=job).exists()
    return show(request, job.pk + 1 if done else job.pk, last=job.pk, exactly=not done, **more)


def address(job: Identification, moves_on: bool) -> str:
    done = moves_on and not Suggestion.objects.waiting().filter(identification=job).exists()
    at = job.pk + 1 if done else job.pk
    return f"{reverse('identify:review')}?at={at}&last={job.pk}"


def show(
    request: HttpRequest, at: int, last: int = 0, exactly: bool = False, **more: Any
) -> HttpResponse:
    mine = Identification.objects.editable_by(request.user)
    queue = mine.undecided()
    job = chosen(mine, queue, at, exactly)
    told: dict[str, Any] = {"left": queue.count(), "last": last, "in_review": True} | more
    if job:
        coin = Coin.objects.for_page().get(pk=job.coin_id)
        following = queue.exclude(pk=job.pk).filter(pk__gt=job.pk).order_by("pk").first()
        told |= telling.context(job, coin, True, 0)
        told |= {
            "next": following.pk if following else 0,
            "previous": previous(mine, job),
            "preloaded": photos_of(following),
        }
    name = "_review.html" if is_fragment(request) else "review.html"
    return render(request, f"identify/{name}", told)


def chosen(
    mine: IdentificationQuerySet, queue: IdentificationQuerySet, at: int, exactly: bool
) -> Identification | None:
    """The one that is asked for, even if decided, so that one may go back; else the next that waits."""
    asked = mine.current().filter(pk=at, state=State.SUGGESTED).for_panel().first()
    if asked or exactly:
        return asked
    waiting = queue.order_by("pk").for_panel()
    return waiting.filter(pk__gte=at).first() or waiting.first()


def previous(mine: IdentificationQuerySet, job: Identification) -> int:
    earlier = mine.current().filter(state=State.SUGGESTED, pk__lt=job.pk)
    return earlier.order_by("-pk").values_list("pk", flat=True).first() or 0


def photos_of(job: Identification | None) -> list[Photo]:
    if job is None:
        return []
    return list(Photo.objects.filter(pk__in=[photo for photo, *_more in job.shown]))


@require_GET
def pending(request: HttpRequest) -> HttpResponse:
    """How many coins wait for a word: a badge in the navigation."""
    count = Identification.objects.editable_by(request.user).undecided().count()
    return render(request, "identify/_pending.html", {"count": count})


@require_GET
def attention(request: HttpRequest) -> HttpResponse:
    """A line for the morning page; nothing where nothing waits."""
    count = Identification.objects.editable_by(request.user).undecided().count()
    return render(request, "identify/_attention.html", {"count": count})

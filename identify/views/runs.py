"""One run: watched while it learns, read once it has, and held against another."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from catalog.access import get_visible, id_in
from catalog.models import Photo, User
from catalog.refusals import Refusal
from catalog.sentences import sentence
from identify.models import TrainingRun
from identify.teaching import telling
from identify.teaching.judging import compared
from identify.views.panel import is_fragment
from identify.views.teaching import may_train

WISHES = ("pause", "resume", "stop", "retry")
MOST_WRONG, MOST_PAIRS = 12, 8


@require_GET
@may_train
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked again and again while it learns; where nothing has happened, nothing is sent."""
    found: TrainingRun = get_visible(TrainingRun.objects.for_list(), request.user, pk=pk)
    if is_fragment(request) and request.GET.get("seen") == stamp_of(found):
        return HttpResponse(status=204)
    return show(request, found)


@require_POST
@may_train
def wish(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    if what not in WISHES:
        raise Http404
    found: TrainingRun = get_visible(TrainingRun.objects.for_list(), request.user, pk=pk)
    try:
        found.require_wish(what)
    except Refusal as refusal:
        if not is_fragment(request):
            messages.error(request, sentence(refusal))
    return show(request, found) if is_fragment(request) else redirect(found)


def show(request: HttpRequest, found: TrainingRun) -> HttpResponse:
    found.refresh_from_db()
    user = cast(User, request.user)
    name = "_run.html" if is_fragment(request) else "run.html"
    return render(request, f"identify/{name}", told_of(found, user))


def stamp_of(run: TrainingRun) -> str:
    return f"{run.state}-{run.wish}-{run.done}-{run.prepared}-{int(run.is_lost)}"


def told_of(run: TrainingRun, user: User) -> dict[str, Any]:
    version = getattr(run, "version", None)
    others = TrainingRun.objects.visible_to(user).filter(field=run.field, version__isnull=False)
    return {
        "run": run, "version": version, "stamp": stamp_of(run),
        "time_left": telling.time_left(run.latest.get("seconds_left")),
        "wrong": wrong_of(run, user), "report": run.report,
        "classes": [
            (telling.told_label(run.field, one["label"]), one)
            for one in run.report.get("per_class", [])
        ],
        "confusions": confusions_of(run, user), "health": health_of(run, user),
        "others": others.exclude(pk=run.pk).select_related("version") if version else [],
    }  # fmt: skip


def wrong_of(run: TrainingRun, user: User) -> list[dict[str, Any]]:
    """While it learns, those of the last round; then those of the coins that judged it. A photo of a
    collection that one may not see stays unseen."""
    rows = [
        (one["photo"], one["truth"], one["said"], one["confidence"])
        for one in run.report.get("answers", [])
        if one["said"] != one["truth"]
    ] or [tuple(one) for one in ([] if run.report else run.wrong)]
    rows = sorted(rows, key=lambda row: -row[3])[:MOST_WRONG]
    photos = seen_by(user, [row[0] for row in rows])
    return [
        {"photo": photos[photo], "truth": telling.told_label(run.field, truth),
         "said": telling.told_label(run.field, said), "sure": sure}
        for photo, truth, said, sure in rows
        if photo in photos
    ]  # fmt: skip


def confusions_of(run: TrainingRun, user: User) -> list[dict[str, Any]]:
    pairs = run.report.get("confusions", [])[:MOST_PAIRS]
    photos = seen_by(user, [pk for one in pairs for pk in one["photos"]])
    return [
        {"truth": telling.told_label(run.field, one["truth"]),
         "said": telling.told_label(run.field, one["said"]), "count": one["count"],
         "photos": [photos[pk] for pk in one["photos"] if pk in photos][:3]}
        for one in pairs
    ]  # fmt: skip


def health_of(run: TrainingRun, user: User) -> list[tuple[str, list[Photo]]]:
    remarks = run.health.get("remarks", [])
    photos = seen_by(user, [pk for _code, _names, keys in remarks for pk in keys])
    return [
        (telling.health_words(run.field, code, names), [photos[pk] for pk in keys if pk in photos])
        for code, names, keys in remarks
    ]


def seen_by(user: User, keys: list[int]) -> dict[int, Photo]:
    return Photo.objects.visible_to(user).select_related("coin").in_bulk(keys)


@require_GET
@may_train
def compare(request: HttpRequest) -> HttpResponse:
    """Two versions of one field, on the coins that judged both and taught neither."""
    runs = TrainingRun.objects.for_list().filter(version__isnull=False)
    first, second = (
        get_visible(runs, request.user, pk=id_in(request.GET.get(name, ""))) for name in "ab"
    )
    if first.field != second.field:
        raise Http404
    found = compared(first.version, second.version)
    user = cast(User, request.user)
    pairs = [*found.only_first, *found.only_second][: 2 * MOST_WRONG]
    photos = seen_by(user, [one.photo for one in pairs])
    context = {
        "first": first, "second": second, "found": found,
        "pairs": [
            {"photo": photos[one.photo], "truth": telling.told_label(first.field, one.label),
             "first": telling.told_label(first.field, one.first),
             "second": telling.told_label(first.field, one.second),
             "first_right": one.first == one.label}
            for one in pairs
            if one.photo in photos
        ],
    }  # fmt: skip
    return render(request, "identify/compare_versions.html", context)

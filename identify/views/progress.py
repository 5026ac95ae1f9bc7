from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from identify.models import Identification
from identify.progress import Progress, progress_of
from identify.views.panel import is_fragment


@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    return show(request)


@require_POST
def hold(request: HttpRequest, what: str) -> HttpResponse:
    """Pause, resume or cancel whatever of one's own no worker has begun."""
    mine = Identification.objects.editable_by(request.user)
    deeds = {"pause": mine.pause, "resume": mine.resume, "cancel": mine.cancel}
    if what not in deeds:
        raise Http404
    deeds[what]()
    return show(request) if is_fragment(request) else redirect("identify:progress")


def show(request: HttpRequest) -> HttpResponse:
    found = progress_of(request.user)
    told = {"progress": found, "time_left": time_left(found), "poll": poll(found)}
    name = "_progress.html" if is_fragment(request) else "progress.html"
    return render(request, f"identify/{name}", told)


def poll(found: Progress) -> str:
    """What is paused does not move."""
    if not found.unfinished:
        return ""
    return "1s" if found.waiting + found.running else "10s"


def time_left(found: Progress) -> str:
    seconds = found.seconds_left
    if seconds is None:
        return ""
    if seconds < 90:
        n = max(1, round(seconds))
        return ngettext("%(n)s second left", "%(n)s seconds left", n) % {"n": n}
    n = round(seconds / 60)
    return ngettext("%(n)s minute left", "%(n)s minutes left", n) % {"n": n}

"""What a person says of a suggestion: of one field, or of all of a coin's at one stroke."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from catalog.access import get_editable
from catalog.models import Coin, User
from catalog.refusals import Refusal
from catalog.sentences import sentence
from identify.models import Identification, Suggestion, suggestions
from identify.views import panel, review

Deed = Callable[[], object]


@require_POST
def decide(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    user = cast(User, request.user)
    one: Suggestion = get_editable(Suggestion.objects.for_deciding(), user, pk=pk)
    data = request.POST
    deeds: dict[str, Deed] = {
        "accept": lambda: one.accept(user, data.get("label", ""), "replace" in data),
        "correct": lambda: one.correct(user, {name: str(data[name]) for name in data}),
        "refuse": lambda: one.refuse(user),
        "unknown": lambda: one.dont_know(user),
        "undo": lambda: one.take_back(user),
    }
    return answered(request, one.identification, one, deed_in(deeds, what))


@require_POST
def decide_all(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    user = cast(User, request.user)
    jobs = Identification.objects.select_related("face", "other_face")
    job: Identification = get_editable(jobs, user, pk=pk)
    deeds: dict[str, Deed] = {
        "accept": lambda: suggestions.accept_all(job, user),
        "refuse": lambda: suggestions.refuse_all(job, user),
        "unknown": lambda: suggestions.know_none(job, user),
        "undo": lambda: suggestions.take_back_all(job, user),
    }
    return answered(request, job, None, deed_in(deeds, what), moves_on=what != "undo")


def deed_in(deeds: dict[str, Deed], what: str) -> Deed:
    if what not in deeds:
        raise Http404
    return deeds[what]


def answered(
    request: HttpRequest, job: Identification, one: Suggestion | None, deed: Deed, moves_on: bool = True
) -> HttpResponse:  # fmt: skip
    """A refusal stands beside its field, by name; without scripts at the top of the page."""
    refused = ""
    try:
        deed()
    except Refusal as refusal:
        refused = sentence(refusal)
    from_review = request.POST.get("view") == "review"
    if not panel.is_fragment(request):
        if refused:
            messages.error(request, refused)
        return redirect(
            review.address(job, moves_on and not refused) if from_review else at_panel(job)
        )
    more = {"refused": refused, "refused_at": one.pk if one else 0, "deed_done": not refused}
    if from_review:
        return review.show_after(request, job, moves_on and not refused, **more)
    return panel.show(request, Coin.objects.for_page().get(pk=job.coin_id), **more)


def at_panel(job: Identification) -> str:
    return reverse("identify:panel", args=[job.coin_id])

"""What the panel of a coin tells, ready for a template: everything in words, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.fields import BUILT_IN
from catalog.forms import capitalised, suggestions
from catalog.models import Coin
from identify import attribution, wording
from identify.models import Decision, Identification, State, Suggestion
from identify.teaching.thanks import thanks_of
from identify.values import Answer, Opinion

QUICK, SLOWEST = 0.7, 10.0  # seconds between two looks
PATIENCE = 600.0  # then the page stops asking, and says so
NEAR = 32  # so many before it are done in a few seconds


@dataclass(frozen=True)
class Choice:
    label: str
    told: str
    percent: str
    bar: int  # tenths


@dataclass(frozen=True)
class Input:
    name: str
    label: str
    suggest: str


@dataclass(frozen=True)
class Row:
    suggestion: Suggestion
    name: str
    choices: Sequence[Choice]
    words: str
    parent: str
    remarks: Sequence[str]
    now: str  # what the coin says, where that is something else
    agrees: bool
    outcome: str
    inputs: Sequence[Input]
    read: str
    letters: Sequence[tuple[str, str, str]]

    @property
    def best(self) -> Choice | None:
        return self.choices[0] if self.choices else None

    @property
    def is_doubtful(self) -> bool:
        """The second is then as near as the first, and should be seen."""
        return self.ambiguous or self.suggestion.confidence < wording.LIKELY

    @property
    def ambiguous(self) -> bool:
        return len(attribution.choices(self.suggestion.field, self.suggestion.label)) > 1


def rows(job: Identification, coin: Coin) -> list[Row]:
    fields = job.said.fields
    return [
        row(one, fields.get(one.field, Answer(())), coin)
        for one in job.suggestions.all()
        if attribution.targets(one.field)
    ]


def row(one: Suggestion, answer: Answer, coin: Coin) -> Row:
    targets = attribution.targets(one.field)
    now = attribution.now_said(coin, targets)
    told = attribution.told(one.field, one.label)
    said = [wording.remark_words(remark, one.field) for remark in answer.remarks]
    return Row(
        suggestion=one,
        name=wording.field_name(one.field),
        choices=[choice(one.field, label.label, label.confidence) for label in one.offered],
        words=wording.confidence_words(answer),
        parent=wording.parent_words(one.field, answer.parent) if answer.parent else "",
        remarks=[sentence for sentence in said if sentence],
        now=now,
        agrees=now == told,
        outcome=outcome(one),
        inputs=[corrected(name) for name in targets],
        read=answer.read,
        letters=[letter(*one_letter) for one_letter in answer.letters],
    )


def choice(field: str, label: str, confidence: float) -> Choice:
    told = attribution.told(field, label) or _("none")
    return Choice(label, told, wording.percent(confidence), round(10 * confidence))


def corrected(name: str) -> Input:
    field = BUILT_IN[name]
    asked = suggestions(field).get("data-suggest", "")
    return Input(name, capitalised(field.label), asked)


def letter(sign: str, sure: float, angle: float) -> tuple[str, str, str]:
    level = "sure" if sure >= 0.9 else "likely" if sure >= 0.6 else "faint"
    return sign, level, wording.percent(sure)


def outcome(one: Suggestion) -> str:
    if one.decision == Decision.CORRECTED:
        return one.decided.replace("|", ", ")
    return attribution.told(one.field, one.decided) if one.decided else ""


# --- the page around them ----------------------------------------------------------
def context(job: Identification | None, coin: Coin, may_edit: bool, asked: int) -> dict[str, Any]:
    """`asked` is how often this page has looked already."""
    told: dict[str, Any] = {"coin": coin, "job": job, "may_edit": may_edit, "state": state_of(job)}
    told["thanks"] = thanks_of(coin) if may_edit else []
    told["has_photos"] = any(photo.role != "edge" for photo in coin.photos.all())
    if job is None:
        return told
    state = told["state"]
    if state in ("queued", "running"):
        told |= waiting(job, asked)
    elif state == "failed":
        told["failure"] = wording.failure_words(job.reason)
    elif state in ("suggested", "abstained"):
        told |= said(job, coin)
    return told


def state_of(job: Identification | None) -> str:
    if job is None:
        return "none"
    return str(State.STALE if job.outdated_by else job.state)


def waiting(job: Identification, asked: int) -> dict[str, Any]:
    ahead = job.ahead if job.state == State.WAITING else 0
    lost = job.is_stalled and Identification.objects.nobody_works()
    delay = delay_of(asked, ahead if job.state == State.WAITING else 0)
    return {
        "ahead": ahead,
        "is_lost": lost,
        "poll": None if lost or waited(asked) > PATIENCE else f"{delay * 1000:.0f}ms",
        "next_look": f"{reverse('identify:panel', args=[job.coin_id])}?n={asked + 1}",
    }


def delay_of(asked: int, ahead: int) -> float:
    """Quick while the result may come any moment, then ever slower."""
    if asked < 40 and ahead < NEAR:
        return QUICK
    return float(min(SLOWEST, QUICK * 1.15 ** min(asked, 60)))


def waited(asked: int) -> float:
    return sum(delay_of(n, 0) for n in range(min(asked, 400)))


def said(job: Identification, coin: Coin) -> dict[str, Any]:
    opinion: Opinion = job.said
    found = rows(job, coin)
    problems = [remark for face in opinion.faces for remark in face.problems]
    sentences = [wording.remark_words(one) for one in (*opinion.remarks, *problems)]
    return {
        "rows": found,
        "waiting": [
            one for one in found if one.suggestion.is_open and not one.suggestion.abstained
        ],
        "decided": any(not one.suggestion.is_open for one in found),
        "remarks": list(dict.fromkeys(sentence for sentence in sentences if sentence)),
        "scope": wording.scope_name(opinion.scope.label),
        "abstained_because": wording.abstained_words(job.reason),
        "seconds": opinion.seconds or job.timings.get("predict", 0.0),
    }

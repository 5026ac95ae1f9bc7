"""What the panel of a coin tells, ready for a template: everything in words, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from catalog.fields import BUILT_IN
from catalog.forms import capitalised, suggestions
from catalog.models import Coin, Photo
from identify import attribution, facing, framing, specimens, wording
from identify.framing import Framed, Ring
from identify.models import EXPLAINED, Decision, Explanation, Identification, State, Suggestion
from identify.teaching.thanks import thanks_of
from identify.values import Answer, Face, Opinion

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
    ring: Ring | None  # the letters on the photo, where they stand
    heat: Explanation | None  # kept from when somebody asked

    @property
    def best(self) -> Choice | None:
        return self.choices[0] if self.choices else None

    @property
    def is_doubtful(self) -> bool:
        """The second is then as near as the first, and should be seen."""
        return self.ambiguous or self.suggestion.confidence < wording.LIKELY

    @property
    def can_be_explained(self) -> bool:
        return self.suggestion.field in EXPLAINED

    @property
    def has_specimens(self) -> bool:
        return self.suggestion.field in specimens.FIELDS

    @property
    def ambiguous(self) -> bool:
        return len(attribution.choices(self.suggestion.field, self.suggestion.label)) > 1


def rows(job: Identification, coin: Coin) -> list[Row]:
    said = job.said
    return [
        row(one, said.fields.get(one.field, Answer(())), coin, face_of(job, said, one.field))
        for one in job.suggestions.all()
        if attribution.targets(one.field)
    ]


Placed = tuple[Face, Photo]


def placed(job: Identification, said: Opinion) -> list[Placed]:
    return list(zip(said.faces, facing.photos_of(said.faces, job.photos), strict=True))


def face_of(job: Identification, said: Opinion, field: str) -> Placed | None:
    """Whose legend it is."""
    side = field.removesuffix("_legend")
    found = (pair for pair in placed(job, said) if pair[0].side == side and pair[0].disc)
    return next(found, None)


def row(one: Suggestion, answer: Answer, coin: Coin, face: Placed | None = None) -> Row:
    targets = attribution.targets(one.field)
    now = attribution.now_said(coin, targets)
    alike = {attribution.shown(one.field, one.label), attribution.told(one.field, one.label)}
    said = [wording.remark_words(remark, one.field) for remark in answer.remarks]
    return Row(
        suggestion=one,
        name=wording.field_name(one.field),
        choices=[choice(one.field, label.label, label.confidence) for label in one.offered],
        words=wording.confidence_words(answer),
        parent=wording.parent_words(one.field, answer.parent) if answer.parent else "",
        remarks=[sentence for sentence in said if sentence],
        now=now,
        agrees=now in alike,
        outcome=outcome(one),
        inputs=[corrected(name) for name in targets],
        read=answer.read,
        letters=[letter(*one_letter) for one_letter in answer.letters],
        ring=ring(answer, *face) if face and answer.letters else None,
        heat=max(one.explanations.all(), key=lambda job: job.label == one.label, default=None),
    )


def ring(answer: Answer, face: Face, photo: Photo) -> Ring:
    signs = [(sign, level_of(sure), angle) for sign, sure, angle in answer.letters]
    return framing.ring(photo, face.disc or framing.WHOLE, signs)


def choice(field: str, label: str, confidence: float) -> Choice:
    told = attribution.shown(field, label)
    return Choice(label, told, wording.percent(confidence), round(10 * confidence))


def corrected(name: str) -> Input:
    field = BUILT_IN[name]
    asked = suggestions(field).get("data-suggest", "")
    return Input(name, capitalised(field.label), asked)


def letter(sign: str, sure: float, angle: float) -> tuple[str, str, str]:
    return sign, level_of(sure), wording.percent(sure)


def level_of(sure: float) -> str:
    return "sure" if sure >= 0.9 else "likely" if sure >= 0.6 else "faint"


def outcome(one: Suggestion) -> str:
    if one.decision == Decision.CORRECTED:
        return one.decided.replace("|", ", ")
    return attribution.shown(one.field, one.decided) if one.decided else ""


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


@dataclass(frozen=True)
class Saw:
    frame: Framed
    side: str
    found: bool


def saw(face: Face, photo: Photo) -> Saw:
    side = str(wording.SIDES.get(face.side, photo.face))
    return Saw(framing.framed(photo, face.disc or framing.WHOLE), side, face.disc is not None)


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
        "scope": wording.scope_told(opinion),
        "abstained_because": wording.abstained_words(job.reason),
        "saw": [saw(face, photo) for face, photo in placed(job, opinion)],
        "seconds": opinion.seconds or job.timings.get("predict", 0.0),
    }

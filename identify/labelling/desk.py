"""One photo on the desk: what is shown of it, and what becomes of the curator's word."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from catalog.models import Photo, User
from catalog.refusals import Refusal, gettext_noop
from identify import attribution, wording
from identify.curation.orders import OPEN, Item, Pair
from identify.labelling import trials, words
from identify.labelling.queue import Candidates, candidates_of
from identify.labelling.training import agreed, vote
from identify.models import How, Label, PhotoFlag, Skip

MOST_CHOICES = 6
BLIND, TRIAL = "second", "trial"


@dataclass(frozen=True)
class Choice:
    key: int
    label: str
    told: str
    percent: str = ""


@dataclass(frozen=True)
class Said:
    """What others have said, without their names: the word counts, not who said it."""

    told: str
    people: int


@dataclass(frozen=True)
class Asked:
    photo: Photo
    choices: Sequence[Choice]
    others: Sequence[Said]
    offered: str  # the answer that stands there to be taken; empty where he is to judge by himself
    offered_told: str
    pair: Pair | None = None  # two answers that disagree, of which nobody is told whose is which

    @property
    def two(self) -> Sequence[Choice]:
        """The pair’s answers by the alphabet; one, if the other was not sure enough to say."""
        return (
            self.choices[: sum(map(bool, (self.pair.trial, self.pair.serving)))]
            if self.pair
            else []
        )

    @property
    def rest(self) -> Sequence[Choice]:
        return self.choices[len(self.two) :]


def asked(photo: Photo, field: str, order: str, user: User) -> Asked:
    said = candidates_of(user, field, photo.pk).get(photo.pk, ())[:MOST_CHOICES]
    others = list(Label.objects.standing().filter(photo=photo, field=field).exclude(by=user))
    if order == TRIAL and (pair := trials.pairs_of(user, field, photo.pk).get(photo.pk)):
        return Asked(photo, beside_each_other(field, said, pair), [], "", "", pair)
    offered = offer(photo, said, others, order)
    shown = others if order in OPEN else []
    return Asked(
        photo, choices(field, said, order, shown), counted(field, shown), offered,
        attribution.shown(field, offered) if offered else "",
    )  # fmt: skip


def offer(photo: Photo, said: Candidates, others: Sequence[Label], order: str) -> str:
    if order == BLIND:
        return ""
    item = Item(photo.pk, said, tuple(vote(label) for label in others))
    if order == "people":
        return next((one.value for one in others if fold_is(one.value, item.likely)), item.said)
    return item.said


def fold_is(value: str, folded: str) -> bool:
    return words.labels.fold(value) == folded


def choices(field: str, said: Candidates, order: str, others: Sequence[Label]) -> list[Choice]:
    """For a second opinion by the alphabet, so that the order gives nothing away."""
    shares = dict(said) | {one.value: dict(said).get(one.value, 0.0) for one in others}
    found = [(label, attribution.shown(field, label), sure) for label, sure in shares.items()]
    if order == BLIND:
        found.sort(key=lambda one: one[1].casefold())
    return [
        Choice(n, label, told, wording.percent(sure) if sure and order != BLIND else "")
        for n, (label, told, sure) in enumerate(found[:9], 1)
    ]


def beside_each_other(field: str, said: Candidates, pair: Pair) -> list[Choice]:
    """The two first, without a share or an order that would tell which of them is the new one's."""
    told = {one: attribution.shown(field, one) for one in (pair.trial, pair.serving) if one}
    two = sorted(told, key=lambda one: told[one].casefold())
    more = [one for one, _sure in said if one not in told]
    return [
        Choice(n, one, attribution.shown(field, one)) for n, one in enumerate([*two, *more][:9], 1)
    ]


def counted(field: str, others: Sequence[Label]) -> list[Said]:
    values = [one.value for one in others]
    return [
        Said(attribution.shown(field, value), values.count(value))
        for value in dict.fromkeys(values)
    ]


# --- what he says ---------------------------------------------------------------------
@transaction.atomic
def answer(photo: Photo, field: str, order: str, text: str, user: User) -> Label:
    """The same for the other face: who is on a coin does not change when it is turned."""
    before = asked(photo, field, order, user)
    value = words.label_named(field, text, [one.label for one in before.choices])
    if not value:
        raise Refusal("empty", gettext_noop("Write what it is, or skip it."))
    how, shown = how_said(value, before, field)
    now, trial = timezone.now(), before.pair.opinion if before.pair else None
    said = [
        Label.say(one, field, value, user, how, shown=shown, at=now, trial_id=trial)
        for one in faces(photo, field)
    ]
    return said[0]


def how_said(value: str, before: Asked, field: str) -> tuple[str, str]:
    """Who takes one of two answers denies the other; it is still no word of his own that could judge."""
    if before.pair is None:
        if not before.offered:
            return How.TYPED, ""
        return (How.VIEWED if value == before.offered else How.CORRECTED), before.offered
    trial, serving = before.pair.trial, before.pair.serving
    side = trials.side_of(field, value, trial, serving)
    if side == trials.NEITHER:
        return How.CORRECTED, serving or trial
    return How.VIEWED, (serving if side == trials.TRIAL else trial) or value


def faces(photo: Photo, field: str) -> list[Photo]:
    roles = {"obverse": "reverse", "reverse": "obverse"}
    if field == "side" or photo.role not in roles:
        return [photo]
    other = Photo.objects.filter(coin=photo.coin_id, role=roles[photo.role]).first()
    return [photo, other] if other else [photo]


def take_back(label: Label, user: User) -> None:
    """Both faces' labels were one word, of one moment."""
    together = Label.objects.standing().filter(
        by=user, field=label.field, at=label.at, photo__coin=label.photo.coin_id
    )
    for one in together:
        one.withdraw(user)


def skip(photo: Photo, field: str, user: User) -> None:
    Skip.objects.get_or_create(photo=photo, field=field, by=user)


def flag(photo: Photo, kind: str, user: User) -> PhotoFlag:
    if kind not in PhotoFlag.Kind.values:
        raise Refusal("unknown_flag", gettext_noop("There is no such flag."))
    return PhotoFlag.raise_for(photo, kind, user)


@dataclass(frozen=True)
class Told:
    """What became of the last word: shown after it was said, so that it leads nobody."""

    label: Label
    value: str
    people: int
    agreed: str
    side: str = ""  # of a version on trial or of what serves, if he judged between them
    version: str = ""


def told(label: Label) -> Told:
    standing = list(Label.objects.standing().filter(photo=label.photo_id, field=label.field))
    common = agreed(label.field, standing)
    value = attribution.shown(label.field, label.value)
    pair, side, version = label.trial, "", ""
    if pair:
        side = trials.side_of(label.field, label.value, pair.said, pair.beside)
        version = pair.version.name
    common = attribution.shown(label.field, common) if common else ""
    return Told(label, value, len(standing), common, side, version)

import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.editing import Source, change, undo
from catalog.fields import BUILT_IN
from catalog.models import Coin, Collection, FieldChange
from catalog.refusals import Refusal, gettext_noop
from identify import attribution
from identify.labelling import typed
from identify.labelling.following import as_coin_says, follow
from identify.models.identifications import Identification
from identify.values import Candidate, Opinion

if TYPE_CHECKING:
    from catalog.access import Visitor
    from catalog.models import User

NOT_ATTRIBUTION = {"side"}  # told with the photo; a coin has two


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, user: "Visitor") -> "SuggestionQuerySet":
        return self.filter(identification__coin__collection__in=Collection.objects.visible_to(user))

    def editable_by(self, user: "Visitor") -> "SuggestionQuerySet":
        return self.filter(
            identification__coin__collection__in=Collection.objects.editable_by(user)
        )

    def waiting(self) -> "SuggestionQuerySet":
        """For somebody's word; what the model itself does not dare to say does not press."""
        return self.filter(decision=Decision.OPEN, abstained=False)

    def for_deciding(self) -> "SuggestionQuerySet":
        return self.select_related(
            "identification__face", "identification__other_face",
            "identification__coin__collection__owner",
        )  # fmt: skip

    def make(self, job: Identification, opinion: Opinion) -> None:
        """In the order in which the opinion tells them."""
        rows = []
        for place, (name, answer) in enumerate(opinion.fields.items()):
            if name in NOT_ATTRIBUTION or not answer.best:
                continue
            candidates = [[one.label, float(one.confidence)] for one in answer.candidates]
            rows.append(
                Suggestion(
                    identification=job,
                    field=name,
                    place=place,
                    candidates=candidates,
                    label=answer.best.label[:300],
                    confidence=answer.best.confidence,
                    abstained=answer.abstained,
                )
            )
        Suggestion.objects.bulk_create(rows)


class Decision(models.TextChoices):
    OPEN = "open", _("Not decided")
    ACCEPTED = "accepted", _("Accepted")
    UNREAD = "unread", _("Accepted with all the others")
    CORRECTED = "corrected", _("Corrected")
    REFUSED = "refused", _("Refused")
    UNKNOWN = "unknown", _("I don’t know")


class Suggestion(models.Model):
    """What the model says of one field, and what a person made of it. `decided` is the label that
    counts in the end; `wrote` are the lines of the coin's history that came of it."""

    Decision = Decision

    identification = models.ForeignKey(Identification, models.CASCADE, related_name="suggestions")
    field = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField(default=0)
    candidates: Any = models.JSONField(default=list)
    label = models.CharField(max_length=300)
    confidence = models.FloatField()
    abstained = models.BooleanField(default=False)
    decision = models.CharField(max_length=9, choices=Decision, default=Decision.OPEN)
    decided = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(null=True)
    wrote: Any = models.JSONField(default=list)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        constraints = [
            models.UniqueConstraint("identification", "field", name="suggestion_of_field_once")
        ]
        indexes = [models.Index(fields=["decision", "abstained"], name="suggestion_decision")]

    def __str__(self) -> str:
        return f"{self.field}: {self.label}"

    @property
    def is_open(self) -> bool:
        return self.decision == Decision.OPEN

    @property
    def offered(self) -> list[Candidate]:
        """With what one label means in two words as two."""
        found: dict[str, float] = {}
        for label, confidence in self.candidates:
            for one in attribution.choices(self.field, label):
                found.setdefault(one, confidence)
        return [Candidate(label, confidence) for label, confidence in found.items()]

    # --- what a person decides -----------------------------------------------------
    @transaction.atomic
    def accept(
        self, by: "User", label: str = "", replace: bool = False, together: uuid.UUID | None = None
    ) -> None:
        """`together`: with all others of its coin at one stroke, so perhaps without a look at it."""
        coin = self.require_undecided()
        label = label or self.label
        words = attribution.choices(self.field, label)
        if len(words) > 1:
            choices = {"choices": ", ".join(words)}
            raise Refusal(
                "ambiguous",
                gettext_noop("It may be each of these: %(choices)s. Choose one."),
                **choices,
            )
        if label not in [one.label for one in self.offered]:
            raise Refusal(
                "no_candidate", gettext_noop("“%(label)s” was not suggested."), label=label
            )
        values = attribution.values_of(coin, self.field, label)
        rows = write(coin, values, by, Source.SUGGESTION, replace, together)
        self.decide(Decision.UNREAD if together else Decision.ACCEPTED, by, label, rows)

    @transaction.atomic
    def correct(self, by: "User", texts: Mapping[str, str]) -> None:
        """What somebody writes himself is his word, and replaces what stands there."""
        coin = self.require_undecided()
        allowed = attribution.targets(self.field)
        said = {name: texts[name] for name in allowed if texts.get(name, "").strip()}
        if not said:
            raise Refusal("empty", gettext_noop("Write what it is, or say that you don’t know."))
        rows = write(coin, attribution.stored(coin, said), by, Source.HAND, replace=True)
        decided = "|".join(" ".join(one.split()) for one in said.values())
        self.decide(Decision.CORRECTED, by, decided, rows, as_coin_says(coin, said))

    @transaction.atomic
    def refuse(self, by: "User") -> None:
        self.require_undecided()
        self.decide(Decision.REFUSED, by)

    @transaction.atomic
    def dont_know(self, by: "User") -> None:
        self.require_undecided()
        self.decide(Decision.UNKNOWN, by)

    @transaction.atomic
    def take_back(self, by: "User") -> None:
        """Open again. What somebody has changed since on the coin stays as he left it."""
        if self.is_open:
            return
        coin = Coin.objects.for_page().get(pk=self.identification.coin_id)
        rows = FieldChange.objects.filter(pk__in=self.wrote, coin=coin)
        undo([row for row in rows if BUILT_IN[row.field].get(coin) == row.new], by)
        self.decide(Decision.OPEN, by)

    def require_undecided(self) -> Coin:
        """Locks the row, so that of two clicks one decides."""
        fresh = Suggestion.objects.select_for_update().get(pk=self.pk)
        if fresh.decision != Decision.OPEN:
            raise Refusal("decided", gettext_noop("This was decided already. Undo it first."))
        self.identification.require_fresh()
        return Coin.objects.for_page().get(pk=self.identification.coin_id)

    def decide(
        self, decision: str, by: "User", label: str = "", rows: Sequence[FieldChange] = (),
        said: dict[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.decision, self.by, self.at = decision, by, timezone.now()
        self.decided, self.wrote = label[:400], [row.pk for row in rows]
        self.save(update_fields=["decision", "by", "at", "decided", "wrote"])
        follow(self, by, said)


def write(
    coin: Coin, values: dict[str, Any], by: "User", source: str, replace: bool = False,
    together: uuid.UUID | None = None,
) -> list[FieldChange]:  # fmt: skip
    """Where the coin says nothing yet. What it says is replaced only if somebody said so; the first
    of the values is the matter itself, the others come along."""
    taken = {name: BUILT_IN[name].text(coin) for name in attribution.taken(coin, values)}
    first = next(iter(values), "")
    if first in taken and not replace:
        template = gettext_noop("The coin says “%(text)s” already. Replace it, or leave it.")
        raise Refusal("taken", template, text=taken[first])
    wanted = {name: value for name, value in values.items() if replace or name not in taken}
    rows = change(coin, wanted, by, source, batch=together, tell=False)
    if rows:  # its own label follows; what somebody had typed before may no longer hold
        typed.withdraw_outdated(coin, by)
    return rows


# --- all fields of one coin at once ----------------------------------------------
def accept_all(job: Identification, by: "User") -> int:
    """What is sure and free; what needs a choice or would replace something stays open."""
    job.require_fresh()
    together, accepted = uuid.uuid4(), 0
    for suggestion in waiting_of(job):
        try:
            suggestion.accept(by, together=together)
        except Refusal as refusal:
            if refusal.code not in {"ambiguous", "taken", "unreadable"}:
                raise
        else:
            accepted += 1
    return accepted


def refuse_all(job: Identification, by: "User") -> int:
    open_ones = waiting_of(job)
    for suggestion in open_ones:
        suggestion.refuse(by)
    return len(open_ones)


def know_none(job: Identification, by: "User") -> int:
    open_ones = waiting_of(job)
    for suggestion in open_ones:
        suggestion.dont_know(by)
    return len(open_ones)


def take_back_all(job: Identification, by: "User") -> int:
    """The last stroke: everything of this coin that was decided with the latest decision."""
    decided = list(
        Suggestion.objects.for_deciding().filter(identification=job)
        .exclude(decision=Decision.OPEN).order_by("-at", "-pk")
    )  # fmt: skip
    for suggestion in decided:
        suggestion.take_back(by)
    return len(decided)


def waiting_of(job: Identification) -> list[Suggestion]:
    return list(Suggestion.objects.waiting().for_deciding().filter(identification=job))

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Coin, Collection, Photo
from catalog.models.jobs import LEASE, Job, JobQuerySet
from catalog.refusals import Refusal, gettext_noop
from catalog.renditions import version as edit_key
from catalog.sentences import at_most
from identify import facing, opinions
from identify.values import Opinion

if TYPE_CHECKING:
    from catalog.access import Visitor

Shown = list[list[Any]]  # photo, checksum of its original, key of its edit
MOST_ATTEMPTS = 3  # a photo that kills its worker each time must not do so for ever


class StaleSuggestion(Refusal):
    """What it was made from is no longer so: the photo, its edit or the model."""


class IdentificationQuerySet(JobQuerySet):
    def visible_to(self, user: "Visitor") -> "IdentificationQuerySet":
        return self.filter(coin__collection__in=Collection.objects.visible_to(user))

    def editable_by(self, user: "Visitor") -> "IdentificationQuerySet":
        return self.filter(coin__collection__in=Collection.objects.editable_by(user))

    def current(self) -> "IdentificationQuerySet":
        return self.filter(current=True, coin__deleted_at=None)

    def waiting(self) -> "IdentificationQuerySet":
        return self.filter(state=State.WAITING)

    def unfinished(self) -> "IdentificationQuerySet":
        return self.filter(state__in=(State.WAITING, State.PAUSED, State.RUNNING))

    def nobody_works(self) -> bool:
        """What waits in a long queue is not lost as long as a worker beats."""
        alive = self.filter(state=State.RUNNING, beat_at__gte=timezone.now() - LEASE)
        return not alive.exists()

    def undecided(self) -> "IdentificationQuerySet":
        """With at least one field that somebody should look at."""
        from identify.models.suggestions import Suggestion

        open_ones = Suggestion.objects.waiting().filter(identification=OuterRef("pk"))
        return self.current().filter(Exists(open_ones), state=State.SUGGESTED)

    def for_panel(self) -> "IdentificationQuerySet":
        return self.select_related("face", "other_face", "user").prefetch_related(
            "suggestions__explanations"
        )

    # --- many at once ----------------------------------------------------------
    def pause(self) -> int:
        return self.waiting().update(state=State.PAUSED)

    def cancel(self) -> int:
        """Only what no worker has begun; without a result there is nothing to keep."""
        return self.filter(state__in=(State.WAITING, State.PAUSED)).delete()[0]

    def resume(self) -> int:
        return self.filter(state=State.PAUSED).queue_again()

    def queue_again(self) -> int:
        """A task takes many along, so that not each of them needs one."""
        from identify.pipeline import AT_ONCE

        chosen = list(self.order_by("created_at", "pk").values_list("pk", flat=True))
        queued = self.update(state=State.WAITING, beat_at=timezone.now())
        for pk in chosen[::AT_ONCE]:
            Identification(pk=pk).enqueue()
        return queued

    def outdate(self, version: str) -> int:
        """Another model serves now: what is still to be decided should be its suggestion."""
        open_ones = Q(pk__in=self.undecided()) | Q(state=State.ABSTAINED)
        return (
            Identification.objects.current().filter(open_ones).exclude(model=version)
            .update(state=State.STALE, reason="model")
        )  # fmt: skip


class State(models.TextChoices):
    WAITING = "queued", _("Queued")
    PAUSED = "paused", _("Paused")
    RUNNING = "running", _("Being looked at")
    SUGGESTED = "suggested", _("Suggested")
    ABSTAINED = "abstained", _("Not confident")
    FAILED = "failed", _("Failed")
    STALE = "stale", _("Out of date")


class Identification(Job):
    """One look at one photo of a coin, or at both faces together. `current` is the one that a coin's
    page shows: both faces before one, a face before another picture, the later before the earlier."""

    State = State  # type: ignore[assignment]  # what is done is told more precisely

    task = "identify.tasks.run"

    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    coin = models.ForeignKey(Coin, models.CASCADE, related_name="identifications")
    face = models.ForeignKey(Photo, models.CASCADE, related_name="+")
    other_face = models.ForeignKey(Photo, models.CASCADE, null=True, related_name="+")
    shown: Any = models.JSONField(default=list)
    key = models.CharField(max_length=32)
    current = models.BooleanField(default=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=60, blank=True)
    opinion: Any = models.JSONField(default=dict)
    model = models.CharField(max_length=120, blank=True)
    timings: Any = models.JSONField(default=dict)

    objects = IdentificationQuerySet.as_manager()

    class Meta(Job.Meta):
        verbose_name = _("identification")
        verbose_name_plural = _("identifications")
        constraints = [
            models.UniqueConstraint(
                "coin", condition=Q(current=True), name="identification_shown_once"
            )
        ]
        indexes = [
            models.Index(fields=["state", "created_at"], name="identification_queue"),
            models.Index(fields=["coin", "key"], name="identification_key"),
        ]

    def __str__(self) -> str:
        return f"{self.coin_id}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("identify:panel", args=[self.coin_id])

    # --- what a person, or a photo that arrives, asks for ------------------------
    @classmethod
    @transaction.atomic
    def begin(
        cls, photos: Sequence[Photo], by: "Visitor | None" = None, again: bool = False
    ) -> "Identification":
        """Of two who ask for the same, the second gets what the first began; `again` is a new look."""
        coin = Coin.objects.select_for_update().get(pk=photos[0].coin_id)
        shown = shown_by(photos)
        key = key_of(shown)
        alike = cls.objects.filter(coin=coin, key=key).exclude(
            state__in=(State.FAILED, State.STALE)
        )
        if not again and (there := alike.first()):
            return there
        rival = cls.objects.filter(coin=coin, current=True).select_related("face").first()
        takes_over = again or rival is None or rank(photos) >= rank(rival.photos)
        if rival and takes_over:
            rival.step_back()
        author = by if by is not None and by.is_authenticated else None
        job = cls.objects.create(
            coin=coin, face=photos[0], other_face=photos[1] if len(photos) > 1 else None,
            shown=shown, key=key, current=takes_over, user=author, total=len(photos),
        )  # fmt: skip
        job.enqueue()
        return job

    def step_back(self) -> None:
        """What no worker has begun is not begun; what was said and decided stays on record."""
        if (
            not type(self)
            .objects.filter(pk=self.pk, state__in=(State.WAITING, State.PAUSED))
            .delete()[0]
        ):
            type(self).objects.filter(pk=self.pk).update(current=False)

    def retry(self) -> bool:
        """A person's wish begins to count anew; a dead worker's work goes on counting."""
        failed = type(self).objects.filter(pk=self.pk, state=State.FAILED)
        failed.update(attempts=0, reason="")
        return super().retry()

    # --- what a worker does ------------------------------------------------------
    def claim(self) -> bool:
        if not super().claim():
            return False
        self.beat(attempts=self.attempts + 1)
        if self.attempts <= MOST_ATTEMPTS:
            return True
        self.fail_because("gave_up", f"{MOST_ATTEMPTS} workers died over it")
        return False

    @transaction.atomic
    def fail_because(self, reason: str, detail: str = "") -> None:
        from identify.models.webhooks import Delivery

        self.settle(State.FAILED, reason=reason, failure=at_most(detail, 2000))
        Delivery.objects.announce(self)

    @transaction.atomic
    def conclude(self, opinion: Opinion, model: str, timings: dict[str, float]) -> None:
        """All of it or nothing: a full disk leaves no half of a suggestion."""
        from identify.models.embeddings import Embedding
        from identify.models.suggestions import Suggestion
        from identify.models.webhooks import Delivery

        state = State(opinion.state) if self.is_true_to_photos() else State.STALE
        reason = opinion.reason if state != State.STALE else "photo"
        self.settle(
            state, opinion=opinions.to_json(opinion), model=model, timings=timings,
            reason=reason[:60], failure=opinion.reason if state == State.FAILED else "",
            done=self.total,
        )  # fmt: skip
        if state in (State.SUGGESTED, State.ABSTAINED):
            Suggestion.objects.make(self, opinion)
        Delivery.objects.announce(self)
        if state != State.STALE:
            photos = facing.photos_of(opinion.faces, self.photos)
            for face, photo in reversed([*zip(opinion.faces, photos, strict=True)]):
                Embedding.keep(photo.pk, face, model)  # the first face of a photo is the last word

    # --- what it is ----------------------------------------------------------------
    @property
    def photos(self) -> list[Photo]:
        return [self.face, self.other_face] if self.other_face else [self.face]

    def is_true_to_photos(self) -> bool:
        now = Photo.objects.in_bulk([photo for photo, *_more in self.shown])
        return shown_by(now[photo] for photo, *_more in self.shown if photo in now) == self.shown

    @property
    def outdated_by(self) -> str:
        """`photo` or `model`, or nothing. Asked of photos that were loaded with it."""
        if self.state == State.STALE:
            return self.reason or "photo"
        has_result = self.state in (State.SUGGESTED, State.ABSTAINED)
        return "photo" if has_result and shown_by(self.photos) != self.shown else ""

    def require_fresh(self) -> None:
        """Refuses by name. What is decided upon is what is on the photo now."""
        if not self.current:
            raise StaleSuggestion(
                "superseded", gettext_noop("A newer suggestion has taken this one’s place.")
            )
        why = self.outdated_by
        if why == "photo":
            type(self).objects.filter(pk=self.pk).update(state=State.STALE, reason="photo")
            template = gettext_noop(
                "The photo was changed after this was suggested. Identify it again."
            )
            raise StaleSuggestion("stale_photo", template)
        if why:
            template = gettext_noop(
                "A newer model has come since this was suggested. Identify it again."
            )
            raise StaleSuggestion("stale_model", template)

    @property
    def said(self) -> Opinion:
        return opinions.from_json(self.opinion)

    @property
    def ahead(self) -> int:
        """How many stand before it in the queue."""
        earlier = Identification.objects.waiting().filter(created_at__lt=self.created_at)
        return earlier.count()

    @property
    def waited(self) -> timedelta:
        return timezone.now() - self.created_at


def shown_by(photos: Iterable[Photo]) -> Shown:
    return [[photo.pk, photo.sha256, edit_key(photo)] for photo in photos]


def key_of(shown: Shown) -> str:
    text = json.dumps(sorted(shown))
    return hashlib.blake2s(text.encode(), digest_size=16).hexdigest()


def rank(photos: Sequence[Photo]) -> int:
    """Both faces before one, a face before a picture of something else."""
    return 2 if len(photos) > 1 else int(photos[0].role != Photo.Role.OTHER)

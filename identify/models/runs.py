from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.jobs import LEASE, Job, JobQuerySet
from catalog.refusals import Refusal, gettext_noop
from catalog.sentences import sentence
from identify import wording

if TYPE_CHECKING:
    from catalog.access import Visitor
    from catalog.models import User

MAY_TRAIN = "identify.train"
OWN = "own:"
MOST_ATTEMPTS = 3  # a worker that dies three times in one and the same round will die again
DIED = gettext_noop("%(n)s workers died over it, in the same round.")


class TrainingRunQuerySet(JobQuerySet):
    def visible_to(self, user: "Visitor") -> "TrainingRunQuerySet":
        """What teaches the site is seen by everybody who may teach; what is somebody's own, by him."""
        if not user.has_perm(MAY_TRAIN):
            return self.none()
        return self if user.is_superuser else self.filter(~Q(field__startswith=OWN) | Q(user=user))

    def editable_by(self, user: "Visitor") -> "TrainingRunQuerySet":
        return self.visible_to(user)

    def for_list(self) -> "TrainingRunQuerySet":
        return self.select_related("user", "version")

    def nobody_teaches(self) -> bool:
        """What waits behind a long lesson is not lost as long as its worker beats."""
        alive = self.filter(state=State.RUNNING, beat_at__gte=timezone.now() - LEASE)
        return not alive.exists()

    def unfinished(self) -> "TrainingRunQuerySet":
        return self.filter(state__in=(State.WAITING, State.RUNNING, State.PAUSED))


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Learning")
    PAUSED = "paused", _("Paused")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    STOPPED = "stopped", _("Stopped early")


class Wish(models.TextChoices):
    """What somebody asks of a run while a worker has it: heeded after the round that it is in."""

    NONE = "", _("Nothing")
    PAUSE = "pause", _("Pause")
    STOP = "stop", _("Stop and keep the best")


class TrainingRun(Job):
    """One course of teaching: pictures with labels go in, a `ModelVersion` comes out. A worker beats
    while it learns; one that dies leaves its last checkpoint, from which the next goes on."""

    State = State  # type: ignore[assignment]  # it can be paused, and stopped with what it has
    Wish = Wish

    task = "identify.teaching.tasks.learn"

    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    wish = models.CharField(max_length=5, choices=Wish, default=Wish.NONE, blank=True)
    field = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    classes: Any = models.JSONField(default=list)  # of something of one's own: label and coins
    plan: Any = models.JSONField(default=dict)
    health: Any = models.JSONField(default=dict)
    curve: Any = models.JSONField(default=list)
    wrong: Any = models.JSONField(default=list)
    report: Any = models.JSONField(default=dict)
    data_hash = models.CharField(max_length=64, blank=True)
    prepared = models.PositiveIntegerField(default=0)
    to_prepare = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)

    objects = TrainingRunQuerySet.as_manager()

    class Meta(Job.Meta):
        verbose_name = _("training run")
        verbose_name_plural = _("training runs")
        permissions = [("train", _("Can teach the site what coins look like"))]
        indexes = [models.Index(fields=["state", "created_at"], name="training_queue")]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        return wording.called(self.field, self.title)

    def get_absolute_url(self) -> str:
        return reverse("identify:run", args=[self.pk])

    @classmethod
    def begin(
        cls, by: "User", field: str, title: str, plan: dict[str, Any], classes: Iterable[Any] = ()
    ) -> "TrainingRun":
        run = cls.objects.create(
            user=by, field=field[:40], title=title[:120], plan=plan, classes=list(classes),
            total=plan.get("epochs") or 0,
        )  # fmt: skip
        run.enqueue()
        return run

    def enqueue(self) -> None:
        """To the workers that only teach: nobody's photo waits for a lesson."""
        from django_q.tasks import async_task

        task, key = self.task, self.pk
        where = {"cluster": settings.TEACHING_CLUSTER, "group": f"{task} {key}"}
        transaction.on_commit(lambda: async_task(task, key, **where))

    # --- what a person asks for ------------------------------------------------
    def pause(self) -> bool:
        return bool(
            self.mine(State.WAITING, lease=None).update(state=State.PAUSED, wish=Wish.NONE)
            or self.mine(State.WAITING, State.RUNNING).update(wish=Wish.PAUSE)
        )

    def resume(self) -> bool:
        """Whoever asked for a pause and thinks better of it has lost nothing."""
        if self.mine(State.RUNNING, wish=Wish.PAUSE).update(wish=Wish.NONE):
            return True
        fresh = {"state": State.WAITING, "wish": Wish.NONE, "beat_at": timezone.now()}
        if not self.mine(State.PAUSED).update(**fresh):
            return False
        self.enqueue()
        return True

    def stop(self) -> bool:
        """What is learnt already is kept: the best round so far becomes a version."""
        unfinished = (State.WAITING, State.RUNNING, State.PAUSED)
        if self.mine(*unfinished, lease=None, done=0).update(
            state=State.STOPPED, finished_at=timezone.now()
        ):
            return True
        if self.mine(State.WAITING, State.RUNNING).update(wish=Wish.STOP):
            return True
        fresh = {"state": State.WAITING, "wish": Wish.STOP, "beat_at": timezone.now()}
        if not self.mine(State.PAUSED).update(**fresh):
            return False
        self.enqueue()
        return True

    def retry(self) -> bool:
        """From its last checkpoint, as all that goes on does."""
        self.mine(State.FAILED).update(attempts=0, wish=Wish.NONE)
        return super().retry()

    def mine(self, *states: str, **more: Any) -> TrainingRunQuerySet:
        return type(self).objects.filter(pk=self.pk, state__in=states, **more)

    def require_wish(self, what: str) -> None:
        """Raises a refusal where the state does not allow it; of two clicks the second is too late."""
        deeds = {
            "pause": self.pause, "resume": self.resume, "stop": self.stop, "retry": self.retry,
        }  # fmt: skip
        if not deeds[what]():
            raise Refusal(
                "too_late",
                gettext_noop("This run has gone on meanwhile. Look at where it is now."),
            )
        self.refresh_from_db()

    # --- what a worker does ----------------------------------------------------
    def claim(self) -> bool:
        if not super().claim():
            return False
        self.beat(attempts=self.attempts + 1, started_at=self.started_at or timezone.now())
        if self.attempts <= MOST_ATTEMPTS:
            return True
        self.fail(sentence(Refusal("died", DIED, n=MOST_ATTEMPTS)))
        return False

    def keep_round(self, told: dict[str, Any], wrong: list[Any]) -> None:
        """One round is learnt; one that was learnt twice, because its worker died, counts once."""
        curve = [one for one in self.curve if one["epoch"] < told["epoch"]]
        self.beat(
            curve=[*curve, told], wrong=wrong, done=told["epoch"], total=told["epochs"], attempts=1
        )

    def rest(self) -> None:
        """As somebody wished: nobody holds it until he lets it go on. If he thought better of it while
        the worker packed up, the next one goes on at once."""
        self.beat()
        mine = type(self).objects.filter(pk=self.pk, lease=self.lease)
        if not mine.filter(wish=Wish.PAUSE).update(state=State.PAUSED, wish=Wish.NONE, lease=None):
            self.hand_on()

    # --- what it is --------------------------------------------------------------
    @property
    def is_own(self) -> bool:
        return self.field.startswith(OWN)

    @property
    def is_unfinished(self) -> bool:
        return self.state in (State.WAITING, State.RUNNING, State.PAUSED)

    @property
    def folder(self) -> Path:
        return models_folder() / "runs" / str(self.pk)

    @property
    def latest(self) -> dict[str, Any]:
        return dict(self.curve[-1]) if self.curve else {}

    @property
    def is_lost(self) -> bool:
        """Waits, and there is no worker that it could wait for."""
        waits = self.state == State.WAITING and self.beat_at < timezone.now() - LEASE
        return waits and TrainingRun.objects.nobody_teaches()


def models_folder() -> Path:
    return Path(settings.DATA_DIR) / "models"

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Collection, Photo
from catalog.refusals import Refusal, gettext_noop
from identify import wording
from identify.models.identifications import Identification
from identify.models.runs import MAY_TRAIN, OWN, TrainingRun, models_folder

if TYPE_CHECKING:
    from catalog.access import Visitor
    from catalog.models import User


class ModelVersionQuerySet(models.QuerySet["ModelVersion"]):
    def visible_to(self, user: "Visitor") -> "ModelVersionQuerySet":
        if not user.has_perm(MAY_TRAIN):
            return self.none()
        return self if user.is_superuser else self.filter(~Q(field__startswith=OWN) | Q(user=user))

    def editable_by(self, user: "Visitor") -> "ModelVersionQuerySet":
        return self.visible_to(user)

    def active(self) -> "ModelVersionQuerySet":
        return self.filter(state=ModelVersion.State.ACTIVE)

    def serving(self) -> "ModelVersionQuerySet":
        """What a worker loads: those whose word counts, and those that try beside them."""
        return self.filter(state__in=(ModelVersion.State.ACTIVE, ModelVersion.State.SHADOW))

    def for_list(self) -> "ModelVersionQuerySet":
        return self.select_related("run", "user").prefetch_related("changes__by")

    def with_counts(self) -> "ModelVersionQuerySet":
        return self.annotate(
            shown=Count("lessons", filter=Q(lessons__judged=False)),
            judging=Count("lessons", filter=Q(lessons__judged=True)),
        )

    def number_for(self, field: str) -> int:
        last = self.filter(field=field).aggregate(last=Max("number"))["last"]
        return (last or 0) + 1


class ModelVersion(models.Model):
    """What a run taught, and whether it serves. Of each field one is active; a shadow says its word
    beside it, where only those who teach see it. Its files are never changed once they are written."""

    class State(models.TextChoices):
        CANDIDATE = "candidate", _("Candidate")
        SHADOW = "shadow", _("On trial")
        ACTIVE = "active", _("Active")
        RETIRED = "retired", _("Retired")

    field = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    number = models.PositiveIntegerField()
    run = models.OneToOneField(TrainingRun, models.PROTECT, related_name="version")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    card: Any = models.JSONField(default=dict)
    metrics: Any = models.JSONField(default=dict)
    data_hash = models.CharField(max_length=64, blank=True)
    code_version = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200)
    state = models.CharField(max_length=9, choices=State, default=State.CANDIDATE)
    kept = models.BooleanField(_("its files are kept"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ModelVersionQuerySet.as_manager()

    class Meta:
        ordering = ["field", "-number"]
        verbose_name = _("model version")
        verbose_name_plural = _("model versions")
        constraints = [
            models.UniqueConstraint("field", "number", name="model_version_once"),
            models.UniqueConstraint("field", condition=Q(state="active"), name="model_active_once"),
        ]

    def __str__(self) -> str:
        return f"{self.called} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("identify:model", args=[self.pk])

    @property
    def called(self) -> str:
        return wording.called(self.field, self.title)

    # --- what a person decides -----------------------------------------------------
    @transaction.atomic
    def promote(self, by: "User", reason: str = "", forced: bool = False) -> None:
        """Never one that is worse than what serves, unless an administrator says why."""
        before = type(self).objects.select_for_update().filter(field=self.field).active().first()
        if before == self:
            return
        self.require_loadable()
        if before and (worse := self.worse_than(before)):
            if not forced:
                raise Refusal(
                    "worse",
                    gettext_noop(
                        "%(new)s is right about %(new_share)s of the coins kept aside, "
                        "%(old)s about %(old_share)s. It stays as it is."
                    ),
                    **worse,
                )
            self.require_reason(by, reason)
        if before:
            before.move(self.State.RETIRED, by, reason)
        self.move(self.State.ACTIVE, by, reason)
        self.reconsider()

    @transaction.atomic
    def roll_back(self, by: "User") -> "ModelVersion | None":
        """To whichever was active before this one; to the shipped model alone, where none was."""
        if self.state != self.State.ACTIVE:
            raise Refusal("not_active", gettext_noop("Only what is active can be taken back."))
        earlier = self.one_before()
        if earlier:
            earlier.require_loadable()
        self.move(self.State.RETIRED, by)
        if earlier:
            earlier.move(self.State.ACTIVE, by)
        (earlier or self).reconsider()
        return earlier

    def one_before(self) -> "ModelVersion | None":
        """Who returned to a version has taken back what came after it, so that twice goes back two."""
        changes = VersionChange.objects.filter(version__field=self.field, new=self.State.ACTIVE)
        served: list[ModelVersion] = []
        for change in changes.select_related("version").order_by("at", "pk"):
            if change.version in served:
                del served[served.index(change.version) :]
            served.append(change.version)
        return served[-2] if len(served) > 1 and served[-1] == self else None

    def try_beside(self, by: "User") -> None:
        if self.state == self.State.ACTIVE:
            raise Refusal("active", gettext_noop("It is active already, so there is no trial."))
        self.require_loadable()
        self.move(self.State.SHADOW, by)

    def retire(self, by: "User") -> None:
        if self.state == self.State.ACTIVE:
            raise Refusal("active", gettext_noop("Take it back instead, or promote another."))
        self.move(self.State.RETIRED, by)

    def keep(self, kept: bool) -> None:
        """Its files stay although it serves nobody, or may be cleared away again."""
        self.kept = kept
        self.save(update_fields=["kept"])

    def move(self, state: str, by: "User | None", reason: str = "") -> None:
        old, self.state = self.state, state
        if old == state:
            return
        self.save(update_fields=["state"])
        VersionChange.objects.create(
            version=self, old=old, new=state, by=by, reason=" ".join(reason.split())[:300]
        )

    def reconsider(self) -> None:
        """Workers notice by themselves; what is open is looked at again in the background."""
        from django_q.tasks import async_task

        key = self.pk
        transaction.on_commit(lambda: async_task("identify.teaching.tasks.reconsider", key))

    def require_reason(self, by: "User", reason: str) -> None:
        if not by.is_superuser:
            raise Refusal(
                "administrators", gettext_noop("Only an administrator may promote a worse version.")
            )
        if not reason.strip():
            raise Refusal("no_reason", gettext_noop("Say why, for those who come after you."))

    def require_loadable(self) -> None:
        """Before anything is promised: a worker would find the same, but later."""
        from identify.taught import trouble_with

        if what := trouble_with(self):
            raise Refusal(
                "broken",
                gettext_noop("The files of %(version)s cannot be used: %(what)s"),
                version=self.name,
                what=what,
            )

    def worse_than(self, other: "ModelVersion") -> dict[str, str]:
        """Empty where it is as good. Judged upon coins that neither was shown, if the report has them."""
        from identify.teaching.judging import worse

        return worse(self, other)

    # --- what it is ----------------------------------------------------------------
    @property
    def name(self) -> str:
        return f"v{self.number}"

    @property
    def is_own(self) -> bool:
        return self.field.startswith(OWN)

    @property
    def folder(self) -> Path:
        return models_folder() / self.path

    @property
    def is_cleared(self) -> bool:
        """Its files went with old runs'; what is known of it stays."""
        return not self.folder.exists()

    @property
    def labels(self) -> list[str]:
        return list(self.card.get("labels", []))


class VersionChange(models.Model):
    """Who made which version what, and why."""

    version = models.ForeignKey(ModelVersion, models.CASCADE, related_name="changes")
    old = models.CharField(max_length=9, choices=ModelVersion.State, blank=True)
    new = models.CharField(max_length=9, choices=ModelVersion.State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.new}"


class Lesson(models.Model):
    """One photo that a version was shown, and what it was told of it: from whom it has what it knows."""

    version = models.ForeignKey(ModelVersion, models.CASCADE, related_name="lessons")
    photo = models.ForeignKey(Photo, models.CASCADE, related_name="lessons")
    label = models.CharField(max_length=300)
    judged = models.BooleanField(default=False)  # kept aside: what was `said` of it judges
    said = models.CharField(max_length=300, blank=True)
    confidence = models.FloatField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("version", "photo", name="lesson_once")]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.label}"


class ShadowOpinionQuerySet(models.QuerySet["ShadowOpinion"]):
    def visible_to(self, user: "Visitor") -> "ShadowOpinionQuerySet":
        """Of coins that he may see; what is somebody's own is tried for him alone."""
        seen = self.filter(
            identification__coin__collection__in=Collection.objects.visible_to(user),
            identification__coin__deleted_at=None,
        )
        return seen.filter(~Q(version__field__startswith=OWN) | Q(version__user=user))

    def on_trial(self) -> "ShadowOpinionQuerySet":
        return self.filter(version__state=ModelVersion.State.SHADOW)

    def disagreeing(self) -> "ShadowOpinionQuerySet":
        """With what stands on the coin's page. A photo that a version was taught says nothing of it."""
        taught = Lesson.objects.filter(
            version=OuterRef("version"), photo=OuterRef("identification__face"), judged=False
        )
        return self.filter(~Exists(taught), differs=True, identification__current=True)


class ShadowOpinion(models.Model):
    """What a version on trial said of a coin beside what the site said."""

    version = models.ForeignKey(ModelVersion, models.CASCADE, related_name="shadow_opinions")
    identification = models.ForeignKey(
        Identification, models.CASCADE, related_name="shadow_opinions"
    )
    said = models.CharField(max_length=300, blank=True)
    confidence = models.FloatField()
    beside = models.CharField(max_length=300, blank=True)
    differs = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    objects = ShadowOpinionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint("version", "identification", name="shadow_opinion_once")
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.said}"

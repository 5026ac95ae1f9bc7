import uuid
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models import Collection, Photo
from catalog.models.jobs import Job, JobQuerySet
from catalog.refusals import Refusal, gettext_noop
from catalog.sentences import at_most
from identify.models.suggestions import Suggestion
from identify.values import Drawn

if TYPE_CHECKING:
    from catalog.access import Visitor

MOST_ATTEMPTS = 3  # as with identifications: what kills its worker must not do so for ever
# What a network answers by looking. Letters are read, and show on the photo where they stand
EXPLAINED = ("ruler", "denomination", "world_coin", "face_value", "us_denomination")


class ExplanationQuerySet(JobQuerySet):
    def visible_to(self, user: "Visitor") -> "ExplanationQuerySet":
        seen = Collection.objects.visible_to(user)
        return self.filter(suggestion__identification__coin__collection__in=seen)

    def editable_by(self, user: "Visitor") -> "ExplanationQuerySet":
        mine = Collection.objects.editable_by(user)
        return self.filter(suggestion__identification__coin__collection__in=mine)

    def for_showing(self) -> "ExplanationQuerySet":
        return self.select_related(
            "suggestion__identification__face", "suggestion__identification__other_face"
        ).prefetch_related("maps__photo")


class Explanation(Job):
    """Where on the photos the model found what speaks for one label. Made when somebody asks, and kept
    with the suggestion: whoever asks again gets the same."""

    task = "identify.tasks.explain"

    suggestion = models.ForeignKey(Suggestion, models.CASCADE, related_name="explanations")
    label = models.CharField(max_length=300)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=60, blank=True)
    model = models.CharField(max_length=120, blank=True)

    objects = ExplanationQuerySet.as_manager()

    class Meta(Job.Meta):
        verbose_name = _("explanation")
        verbose_name_plural = _("explanations")
        constraints = [
            models.UniqueConstraint("suggestion", "label", name="explanation_of_label_once")
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id}: {self.label}"

    def get_absolute_url(self) -> str:
        return reverse("identify:explanation", args=[self.pk])

    # --- what a person asks for ------------------------------------------------------
    @classmethod
    @transaction.atomic
    def begin(
        cls, suggestion: Suggestion, label: str = "", by: "Visitor | None" = None
    ) -> "Explanation":
        """Refuses by name what cannot be explained. What failed is tried once more."""
        label = label or suggestion.label
        if suggestion.field not in EXPLAINED:
            raise Refusal("not_explained", gettext_noop("This was not answered by looking alone."))
        if label != suggestion.label and label not in [one.label for one in suggestion.offered]:
            raise Refusal(
                "no_candidate", gettext_noop("“%(label)s” was not suggested."), label=label
            )
        suggestion.identification.require_fresh()
        author = by if by is not None and by.is_authenticated else None
        job, is_new = cls.objects.get_or_create(
            suggestion=suggestion, label=label,
            defaults={"user": author, "total": len(suggestion.identification.photos)},
        )  # fmt: skip
        if is_new:
            job.enqueue()
        elif job.state == cls.State.FAILED:
            job.retry()
        return job

    def retry(self) -> bool:
        """A person's wish begins to count anew; a dead worker's work goes on counting."""
        failed = type(self).objects.filter(pk=self.pk, state=self.State.FAILED)
        failed.update(attempts=0, reason="")
        return super().retry()

    # --- what a worker does ----------------------------------------------------------
    def claim(self) -> bool:
        if not super().claim():
            return False
        self.beat(attempts=self.attempts + 1)
        if self.attempts <= MOST_ATTEMPTS:
            return True
        self.fail_because("gave_up", f"{MOST_ATTEMPTS} workers died over it")
        return False

    def fail_because(self, reason: str, detail: str = "") -> None:
        self.settle(self.State.FAILED, reason=reason, failure=at_most(detail, 2000))

    def conclude(self, maps: Sequence[tuple[Drawn, Photo, str]], model: str) -> None:
        """All maps or none. A photo that was changed meanwhile shows something else than they do."""
        if not self.suggestion.identification.is_true_to_photos():
            self.fail_because("photo")
            return
        with transaction.atomic():
            self.maps.all().delete()
            for place, (one, photo, side) in enumerate(maps):
                self.maps.create(
                    place=place, photo=photo, square=list(one.square), side=side,
                    image=ContentFile(one.png, "heat.png"),
                )  # fmt: skip
            self.settle(self.State.DONE, model=model, done=self.total, reason="")


class HeatMapQuerySet(models.QuerySet["HeatMap"]):
    def visible_to(self, user: "Visitor") -> "HeatMapQuerySet":
        return self.filter(photo__in=Photo.objects.visible_to(user))

    def editable_by(self, user: "Visitor") -> "HeatMapQuerySet":
        return self.filter(photo__in=Photo.objects.editable_by(user))


def map_path(heat_map: "HeatMap", name: str) -> str:
    """Random, like the photos' own names."""
    key = uuid.uuid4().hex
    return f"explanations/{key[:2]}/{key}.png"


class HeatMap(models.Model):
    """One face of it: a picture to lay over the square of the photo that the model saw."""

    explanation = models.ForeignKey(Explanation, models.CASCADE, related_name="maps")
    place = models.PositiveSmallIntegerField()
    photo = models.ForeignKey(Photo, models.CASCADE, related_name="+")
    side = models.CharField(max_length=7, blank=True)
    square: Any = models.JSONField()  # its middle and half its side, as an edit's crop has them
    image = models.FileField(upload_to=map_path, max_length=200)

    objects = HeatMapQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("heat map")
        verbose_name_plural = _("heat maps")

    def __str__(self) -> str:
        return f"{self.explanation_id}: {self.place}"


@receiver(post_delete, sender=HeatMap)
def file_goes_too(instance: HeatMap, **kwargs: Any) -> None:
    """Photos and coins take their maps along by cascade, which calls no method."""
    name, storage = instance.image.name or "", instance.image.storage
    transaction.on_commit(partial(storage.delete, name), robust=True)

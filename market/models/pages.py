from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.jobs import Job, JobQuerySet
from market.models.sources import Source

if TYPE_CHECKING:
    from catalog.access import Visitor


class RawPageQuerySet(models.QuerySet["RawPage"]):
    def visible_to(self, user: "Visitor") -> "RawPageQuerySet":
        return self.filter(owner=user.pk) if user.is_authenticated else self.none()


class RawPage(models.Model):
    """A page as it came, so that it can be parsed again. Nobody but its uploader ever sees it."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="pages")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="market_pages"
    )
    url = models.URLField(_("address"), max_length=1000, blank=True)
    sha256 = models.CharField(max_length=64)
    body = models.FileField(upload_to="market/pages/%Y/%m", max_length=300)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    fetched_at = models.DateTimeField(_("received"), default=timezone.now)
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    parser_version = models.PositiveIntegerField(default=0)
    parsed_at = models.DateTimeField(null=True, blank=True)
    n_lots = models.PositiveIntegerField(_("lots"), default=0)
    n_stated = models.PositiveIntegerField(_("lots that it says it has"), null=True, blank=True)
    is_partial = models.BooleanField(_("partial"), default=False)
    n_refused = models.PositiveIntegerField(_("refused values"), default=0)
    refusal = models.CharField(_("refused"), max_length=30, blank=True)
    warnings = models.JSONField(default=list, blank=True)

    objects = RawPageQuerySet.as_manager()

    class Meta:
        ordering = ["-fetched_at", "-pk"]
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "source", "sha256", "url"], name="rawpage_once"
            )
        ]

    def __str__(self) -> str:
        return self.url or self.sha256[:12]

    def data(self) -> bytes:
        with self.body.open("rb") as file:
            return bytes(file.read())


class Upload(Job):
    """Pages or a table on their way in, for one person."""

    class Kind(models.TextChoices):
        PAGE = "page", _("Saved page")
        TABLE = "table", _("Table")

    class State(models.TextChoices):
        """What a job goes through, and before it the question what the columns mean."""

        COLUMNS = "columns", _("Waits for its columns")
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    task = "market.tasks.run"

    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="market_uploads"
    )
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.PAGE)
    file = models.FileField(upload_to="market/uploads/%Y/%m", max_length=300)
    name = models.CharField(_("file name"), max_length=200, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    mapping = models.JSONField(_("columns"), default=dict, blank=True)
    # Only where the table itself does not say: 4/5/2020
    day_first = models.BooleanField(_("days come before months"), null=True, blank=True)
    columns = models.JSONField(_("headings and samples"), default=dict, blank=True)
    report = models.JSONField(default=dict, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta(Job.Meta):
        verbose_name = _("upload of lots")
        verbose_name_plural = _("uploads of lots")

    def __str__(self) -> str:
        return self.name

    @property
    def may_map(self) -> bool:
        """Until the first row is in; what is in was read by the old columns."""
        mappable = (self.State.COLUMNS, self.State.FAILED)
        return self.kind == self.Kind.TABLE and self.state in mappable and not self.done

    def map_columns(self, mapping: dict[str, str], *, day_first: bool | None) -> bool:
        """Off it goes; of two clicks one does nothing."""
        asked = Upload.objects.filter(
            pk=self.pk, state__in=(self.State.COLUMNS, self.State.FAILED), done=0
        ).update(
            mapping=mapping, day_first=day_first, state=self.State.WAITING, failure="", lease=None,
            beat_at=timezone.now(),
        )  # fmt: skip
        if asked:
            self.refresh_from_db()
            self.enqueue()
        return bool(asked)


@receiver(post_delete, sender=RawPage)
@receiver(post_delete, sender=Upload)
def remove_file(instance: Any, **_more: Any) -> None:
    """Users are deleted by cascade, which calls no method: only this sees them all."""
    file = instance.body if isinstance(instance, RawPage) else instance.file
    if file:
        transaction.on_commit(partial(file.storage.delete, str(file.name)), robust=True)

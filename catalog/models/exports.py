from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.jobs import Job, JobQuerySet

KEPT_FOR = timedelta(days=7)


class ExportQuerySet(JobQuerySet):
    def outdated(self) -> "ExportQuerySet":
        return self.filter(created_at__lt=timezone.now() - KEPT_FOR)


class Export(Job):
    """A file being made in the background: an archive, a report, a sheet of labels."""

    class Kind(models.TextChoices):
        ARCHIVE = "archive", _("Archive with photos")
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"
        JSON = "json", "JSON"
        INSURANCE = "insurance", _("Insurance report")
        FLIPS = "flips", _("Flip labels")
        BOXES = "boxes", _("Box labels")

    task = "catalog.exports.tasks.run"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="exports")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    query = models.TextField(_("filter"), blank=True)
    options = models.JSONField(default=dict, blank=True)
    notes = models.JSONField(default=list, blank=True)
    file = models.FileField(upload_to="exports/%Y/%m", max_length=300, blank=True)
    name = models.CharField(_("file name"), max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)

    objects = ExportQuerySet.as_manager()

    class Meta(Job.Meta):
        verbose_name = _("export")
        verbose_name_plural = _("exports")

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return reverse("export", args=[self.pk])

    @property
    def expires_at(self) -> datetime:
        return self.created_at + KEPT_FOR

    def discard(self) -> None:
        """The file goes with the row: nobody else knows its random name."""
        if self.file:
            self.file.delete(save=False)
        self.delete()


class Restoration(Job):
    """An archive on its way back into somebody's account."""

    task = "catalog.exports.tasks.restore"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="restorations")
    file = models.FileField(upload_to="restorations/%Y/%m", max_length=300, blank=True)
    name = models.CharField(_("file name"), max_length=200, blank=True)
    report = models.JSONField(default=dict, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta(Job.Meta):
        verbose_name = _("restoration")
        verbose_name_plural = _("restorations")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("restoration", args=[self.pk])

    def discard(self) -> None:
        if self.file:
            self.file.delete(save=False)
        self.delete()

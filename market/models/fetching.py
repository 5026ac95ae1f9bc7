"""What is to be fetched and how far it came; what each host was asked today, and whether it may be."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from market.models.pages import RawPage
from market.models.sources import Source

# Longer than any one visit: who dies meanwhile keeps nobody waiting for ever
LEASE = timedelta(minutes=5)
MOST_PAGES = 200  # of one listing: one that has no end is left


class FetchTask(models.Model):
    """One address of the frontier. Its state says where it stands, so that a run may stop anywhere."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        OK = "ok", _("Fetched")
        NOT_MODIFIED = "same", _("Not modified")
        BLOCKED = "blocked", _("Blocked")
        FAILED = "failed", _("Failed")

    class Kind(models.TextChoices):
        PAGE = "page", _("Page")
        LISTING = "listing", _("Page of a listing")
        LOT = "lot", _("Lot")
        PICTURE = "picture", _("Picture")

    source = models.ForeignKey(Source, models.PROTECT, related_name="fetch_tasks")
    url = models.URLField(_("address"), max_length=1000)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PAGE)
    # The first page of the listing that led here
    root = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="found",
        verbose_name=_("listing"),
    )
    n_stated = models.PositiveIntegerField(_("lots that it says it has"), null=True, blank=True)
    is_partial = models.BooleanField(_("partial"), default=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(_("not before"), default=timezone.now)
    error = models.CharField(_("error"), max_length=30, blank=True)
    page = models.ForeignKey(RawPage, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("page to fetch")
        verbose_name_plural = _("pages to fetch")
        constraints = [models.UniqueConstraint("source", "url", name="fetch_once")]
        indexes = [models.Index(fields=["state", "not_before"], name="fetch_due")]

    def __str__(self) -> str:
        return self.url

    def settle(self, what: str, why: str, at: datetime | None, now: datetime) -> None:
        """What a fetch has come to; `later` leaves it in the queue."""
        states = {
            "keep": self.State.OK, "same": self.State.NOT_MODIFIED, "block": self.State.BLOCKED,
            "stop": self.State.BLOCKED, "later": self.State.QUEUED, "fail": self.State.FAILED,
        }  # fmt: skip
        self.state, self.error = states[what], why[:30]
        self.not_before = at or self.not_before
        self.finished_at = None if what == "later" else now
        self.save()

    def lead_on(
        self, next_url: str, lots: Iterable[str], stated: int | None, now: datetime
    ) -> None:
        """A page of a listing: where it goes on is queued once, whoever says it how often."""
        listing = self.root or self
        self.kind = self.Kind.LISTING
        if stated is not None and listing.n_stated is None:
            listing.n_stated = stated
            FetchTask.objects.filter(pk=listing.pk).update(n_stated=stated)
        led = [(next_url, self.Kind.LISTING)] if next_url else []
        for url, kind in [*led, *((url, self.Kind.LOT) for url in lots)]:
            task, new = FetchTask.objects.get_or_create(
                source=self.source, url=url,
                defaults={
                    "kind": kind, "root": listing, "asked_by": listing.asked_by, "not_before": now,
                },
            )  # fmt: skip
            if new and kind == self.Kind.LISTING and listing.pages().count() > MOST_PAGES:
                task.settle("fail", "too_long", None, now)

    def pages(self) -> "models.QuerySet[FetchTask]":
        """Of a listing, from its first page on."""
        return FetchTask.objects.filter(
            Q(pk=self.pk) | Q(root=self.pk, kind=self.Kind.LISTING)
        ).order_by("pk")

    def count_up(self) -> None:
        """Partial until every page of a listing is there, with as many lots in all as it says."""
        pages = self.pages()
        missing = pages.exclude(state__in=[self.State.OK, self.State.NOT_MODIFIED]).exists()
        stated = FetchTask.objects.filter(pk=self.pk).values_list("n_stated", flat=True).get()
        n_lots = pages.aggregate(n=models.Sum("page__n_lots"))["n"] or 0
        is_partial = missing or (stated is not None and stated != n_lots)
        FetchTask.objects.filter(pk=self.pk).update(is_partial=is_partial)

    @classmethod
    def ask_for(cls, source: Source, url: str, user: Any) -> "tuple[FetchTask, bool]":
        """Queued, and whether that is new: two who ask for one page share it."""
        return cls.objects.get_or_create(source=source, url=url, defaults={"asked_by": user})


class FetchHost(models.Model):
    """One connection a host, at the pace that it asks for; what its robots.txt says, for a day."""

    host = models.CharField(_("host"), max_length=200, unique=True)
    robots = models.TextField(blank=True)
    robots_verdict = models.CharField(max_length=8, blank=True)  # rules, allow or disallow
    robots_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(_("not before"), default=timezone.now)
    busy_until = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    stopped_why = models.CharField(_("stopped because"), max_length=30, blank=True)

    class Meta:
        ordering = ["host"]
        verbose_name = _("host")
        verbose_name_plural = _("hosts")

    def __str__(self) -> str:
        return self.host

    @classmethod
    def claim(cls, host: str, now: datetime) -> "FetchHost | None":
        """One connection a host: of two workers one gets it. A host that has stopped us stays closed until
        an administrator opens it."""
        cls.objects.get_or_create(host=host, defaults={"next_at": now})
        free = Q(busy_until=None) | Q(busy_until__lt=now)
        mine = cls.objects.filter(free, host=host, stopped_at=None)
        if not mine.update(busy_until=now + LEASE):
            return None
        return cls.objects.get(host=host)

    def release(self) -> None:
        FetchHost.objects.filter(pk=self.pk).update(busy_until=None)

    def wait_until(self, at: datetime) -> None:
        self.next_at = max(self.next_at, at)
        self.save(update_fields=["next_at"])

    def stop(self, why: str, now: datetime) -> None:
        self.stopped_at, self.stopped_why = now, why[:30]
        self.save(update_fields=["stopped_at", "stopped_why"])

    def open_again(self) -> None:
        self.stopped_at, self.stopped_why, self.robots_at = None, "", None
        self.save(update_fields=["stopped_at", "stopped_why", "robots_at"])

    def remember_robots(self, verdict: str, text: str, now: datetime) -> None:
        self.robots_verdict, self.robots, self.robots_at = verdict, text, now
        self.save(update_fields=["robots_verdict", "robots", "robots_at"])


class FetchDay(models.Model):
    """What a source was asked for on a day: the quota is counted here."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="fetch_days")
    day = models.DateField(_("day"))
    requests = models.PositiveIntegerField(_("requests"), default=0)
    bytes = models.PositiveBigIntegerField(_("bytes"), default=0)

    class Meta:
        ordering = ["-day"]
        verbose_name = _("day of fetching")
        verbose_name_plural = _("days of fetching")
        constraints = [models.UniqueConstraint("source", "day", name="fetch_day_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.day}"

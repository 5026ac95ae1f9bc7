"""How far a batch is: what works now, and what was done since the oldest of it began to wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from catalog.access import Visitor
from identify.models import Batch, Identification, State

UNFINISHED = Q(state__in=(State.WAITING, State.RUNNING, State.PAUSED))
LATELY = timedelta(minutes=2)


@dataclass(frozen=True)
class Progress:
    waiting: int = 0
    running: int = 0
    paused: int = 0
    done: int = 0
    failed: int = 0
    rate: float = 0.0  # a second

    @property
    def unfinished(self) -> int:
        return self.waiting + self.running + self.paused

    @property
    def total(self) -> int:
        return self.unfinished + self.done + self.failed

    @property
    def seconds_left(self) -> float | None:
        to_do = self.waiting + self.running
        return to_do / self.rate if self.rate and to_do else None


def progress_of(user: Visitor) -> Progress:
    mine = Identification.objects.editable_by(user)
    since = mine.filter(UNFINISHED).aggregate(since=Min("created_at"))["since"]
    if since is None:
        return Progress()
    return counted(mine.filter(UNFINISHED | Q(finished_at__gte=since)), since)


def progress_of_batch(batch: Batch) -> Progress:
    return counted(batch.looks(), batch.created_at)


def counted(jobs: QuerySet[Identification], since: datetime) -> Progress:
    counts = jobs.aggregate(
        waiting=Count("pk", Q(state=State.WAITING)),
        running=Count("pk", Q(state=State.RUNNING)),
        paused=Count("pk", Q(state=State.PAUSED)),
        failed=Count("pk", Q(state=State.FAILED)),
        done=Count("pk", ~UNFINISHED & ~Q(state=State.FAILED)),
        lately=Count("pk", ~UNFINISHED & Q(finished_at__gte=timezone.now() - LATELY)),
    )
    lately = counts.pop("lately")
    return Progress(rate=rate(lately, since), **counts)


def rate(lately: int, since: datetime) -> float:
    elapsed = min(timezone.now() - since, LATELY).total_seconds()
    return lately / elapsed if lately and elapsed > 0 else 0.0

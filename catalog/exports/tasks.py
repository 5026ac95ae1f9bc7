"""What the queue calls. Each task is given an id, and may be delivered twice or die at any time."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from catalog.exports import making
from catalog.exports.archive.zipping import StillBusy
from catalog.exports.restore import Report
from catalog.exports.restore import restore as restore_archive
from catalog.models import Export, Restoration
from catalog.models.jobs import Job, LostLease
from catalog.refusals import UNEXPECTED, Refusal
from catalog.sentences import sentence

log = logging.getLogger(__name__)
BEAT = 1.0  # seconds
# Well under the queue's own limit (Q_CLUSTER), which kills without asking
LONGEST = 20 * 60.0


class OutOfTime(Exception):
    pass


class Pulse:
    """Tells the database how far the work is, once a second and not once a coin."""

    def __init__(self, job: Job, longest: float = float("inf")) -> None:
        self.job, self.told = job, 0.0
        self.end = time.monotonic() + longest

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if now - self.told < BEAT:
            return
        self.told = now
        self.job.beat(done=done)
        if now > self.end:
            raise OutOfTime


def run(export_id: int) -> None:
    work(Export.objects.filter(pk=export_id).first(), make)


def restore(restoration_id: int) -> None:
    work(Restoration.objects.filter(pk=restoration_id).first(), bring_back)


def work(job: Any, do: Callable[[Any], None]) -> None:
    if job is None or not job.claim():
        return
    with translation.override(job.user.language or settings.LANGUAGE_CODE):
        try:
            do(job)
        except LostLease:
            log.warning("%s %s went on in another worker", job.task, job.pk)
        except OutOfTime:
            job.hand_on()
        except StillBusy:
            job.let_go()
        except Refusal as refusal:
            job.fail(sentence(refusal))
        except Exception:
            job.fail(sentence(UNEXPECTED))
            raise


def make(export: Export) -> None:
    longest = LONGEST if export.kind in making.RESUMABLE else float("inf")
    making.hand_over(export, making.make(export, Pulse(export, longest)))


def bring_back(job: Restoration) -> None:
    report, before = Report(), Report.from_json(job.report)
    pulse = Pulse(job, LONGEST)

    def progress(done: int, of: int) -> None:
        if of != job.total:
            job.beat(total=of)
        pulse(done)

    try:
        with job.file.open("rb") as file:
            restore_archive(file, job.user, progress, report)
    except OutOfTime:
        job.beat(report=report.after(before).to_json())
        raise
    job.settle(Restoration.State.DONE, done=job.total, report=report.after(before).to_json())
    job.file.delete(save=False)  # it may be as large as all the photos
    Restoration.objects.filter(pk=job.pk).update(file="")


# --- for schedules ---------------------------------------------------------------
def resume_stalled() -> int:
    """What a dead worker left behind goes on."""
    jobs = [*Export.objects.stalled(), *Restoration.objects.stalled()]
    return sum(job.retry() for job in jobs)


def sweep() -> int:
    """Files that nobody fetched in a week go, and what lies about in the workshop."""
    outdated = list(Export.objects.outdated())
    for export in outdated:
        export.discard()
    for job in Restoration.objects.filter(created_at__lt=timezone.now() - timedelta(days=7)):
        job.discard()
    alive = {making.path_for(export).name for export in Export.objects.exclude(state="done")}
    for path in making.workshop().glob("export-*"):
        if path.name not in alive:
            path.unlink(missing_ok=True)
    return len(outdated)

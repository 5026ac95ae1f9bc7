"""What the queue calls. A task is given an id, and may be delivered twice or die at any time."""

from datetime import timedelta

from django.utils import timezone

from catalog.exports.tasks import work
from identify import delivering, explaining, pipeline
from identify.models import Delivery, Explanation, Identification, LabelledSet, State, Tray

SETS_KEPT_DAYS = 14


def run(job_id: int) -> None:
    pipeline.run(job_id)


def tray(tray_id: int) -> None:
    from identify.shoebox import working

    found = Tray.objects.select_related("user", "collection__owner").filter(pk=tray_id).first()
    work(found, working.work)


def labelled_set(set_id: int) -> None:
    from identify.labelling import arriving

    one = LabelledSet.objects.select_related("user", "collection__owner").filter(pk=set_id).first()
    work(one, arriving.work)


def forget_sets() -> int:
    """A ZIP that somebody looked at and neither took nor left."""
    old = timezone.now() - timedelta(days=SETS_KEPT_DAYS)
    done = LabelledSet.objects.exclude(file="").exclude(state__in=("waiting", "running"))
    forgotten = list(done.filter(created_at__lt=old))
    for one in forgotten:
        one.delete()
    return len(forgotten)


def explain(job_id: int) -> None:
    explaining.run(job_id)


def resume_stalled() -> int:
    """What a dead worker left behind goes on; and what waits, if its task was lost."""
    others = [
        *Tray.objects.stalled(),
        *Explanation.objects.stalled(),
        *LabelledSet.objects.stalled(),
    ]
    return resume_identifications() + sum(job.retry() for job in others)


def resume_identifications() -> int:
    stalled = Identification.objects.stalled()
    dead = sum(job.retry() for job in stalled.filter(state=State.RUNNING))
    if not Identification.objects.nobody_works():
        return dead
    return dead + stalled.filter(state=State.WAITING).queue_again()


def deliver(delivery_id: int) -> None:
    delivering.deliver(delivery_id)


def deliver_due() -> int:
    """What did not arrive is tried again, and old messages are forgotten."""
    old = timezone.now() - timedelta(days=delivering.KEPT_DAYS)
    Delivery.objects.filter(created_at__lt=old).delete()
    due = Delivery.objects.due().order_by("not_before").values_list("pk", flat=True)
    return sum(delivering.deliver(pk) for pk in due[: delivering.AT_ONCE])

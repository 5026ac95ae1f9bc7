"""What the queue calls. A task is given an id, and may be delivered twice or die at any time."""

from identify import pipeline
from identify.models import Identification, State


def run(job_id: int) -> None:
    pipeline.run(job_id)


def resume_stalled() -> int:
    """What a dead worker left behind goes on; and what waits, if its task was lost."""
    stalled = Identification.objects.stalled()
    dead = sum(job.retry() for job in stalled.filter(state=State.RUNNING))
    if not Identification.objects.nobody_works():
        return dead
    return dead + stalled.filter(state=State.WAITING).queue_again()

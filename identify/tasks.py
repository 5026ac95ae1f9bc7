"""What the queue calls. A task is given an id, and may be delivered twice or die at any time."""

from identify import pipeline
from identify.models import Identification


def run(job_id: int) -> None:
    pipeline.run(job_id)


def resume_stalled() -> int:
    """What a dead worker left behind, or a task that was lost, goes on."""
    return sum(job.retry() for job in Identification.objects.stalled())

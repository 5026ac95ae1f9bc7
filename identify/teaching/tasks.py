"""What the queue calls. A task is given an id, and may be delivered twice or die at any time."""

from django.conf import settings

from identify.models import TrainingRun
from identify.models.runs import State


def learn(run_id: int) -> None:
    from identify.teaching.learning import learn as teach

    teach(run_id)


def resume_lessons() -> int:
    """A worker that died in the middle of one left its last round. What waits for a worker that teaches
    something else is not lost."""
    stalled = TrainingRun.objects.stalled()
    if not TrainingRun.objects.nobody_teaches():
        stalled = stalled.filter(state=State.RUNNING)
    return sum(run.retry() for run in stalled)


def teach_again() -> int:
    from identify.teaching.offers import teach_again as begin_those_due

    return begin_those_due()


def clear_runs() -> int:
    """Bytes that were freed."""
    from identify.teaching.clearing import clear

    return sum(one.size for one in clear(settings.KEEP_RUNS))


def reconsider(version_id: int) -> int:
    from identify.teaching.reconsidering import reconsider as look_again

    return look_again(version_id)

"""What the queue calls. Each task is given an id, and may be delivered twice or die at any time."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.utils import translation

from catalog.imports import check as checking
from catalog.imports import run as running
from catalog.imports import undo as undoing
from catalog.imports.readers import TableError
from catalog.models import ImportSession
from catalog.models.imports import LostLease
from catalog.refusals import UNEXPECTED
from catalog.sentences import sentence

log = logging.getLogger(__name__)
State = ImportSession.State


def check(session_id: int) -> None:
    work(session_id, State.READING, checking.check)


def run(session_id: int) -> None:
    work(session_id, State.RUNNING, running.run)


def undo(session_id: int) -> None:
    work(session_id, State.UNDOING, undoing.undo)


def resume_stalled() -> int:
    """For a schedule, and for the start of a worker: what a dead one left behind goes on."""
    return sum(session.wake() for session in ImportSession.objects.stalled())


def work(session_id: int, state: str, do: Callable[[ImportSession], None]) -> None:
    session = ImportSession.objects.filter(pk=session_id).first()
    if session is None or not session.claim(state):
        return
    with translation.override(session.user.language or settings.LANGUAGE_CODE):
        try:
            do(session)
        except LostLease:
            log.warning("Import %s went on in another worker", session_id)
        except TableError as error:
            session.fail(sentence(error))
        except Exception:
            session.fail(sentence(UNEXPECTED))
            raise

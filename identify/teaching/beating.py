"""A worker that is deep in arithmetic still lives: a thread of its own says so, and brings word back."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

from catalog.models.jobs import LostLease
from identify.models.runs import TrainingRun, Wish

log = logging.getLogger(__name__)

EVERY = 15.0  # seconds; four of them are a lease
ASK_EVERY = 1.0  # seconds: a wish is heeded soon, and the database is not asked for each batch


class Heart:
    def __init__(self, run: TrainingRun) -> None:
        self.run, self.over, self.is_lost = run, threading.Event(), False
        self.asked, self.wish = 0.0, ""

    def beat(self) -> None:
        while not self.over.wait(EVERY):
            try:
                self.run.beat()
            except LostLease:
                self.is_lost = True
                return
            except DatabaseError:
                # a locked or restarting database: the lease has room for another try
                log.warning("Run %s could not beat", self.run.pk, exc_info=True)
            finally:
                connection.close()

    def wants_to_stop(self) -> bool:
        """Asked for each batch, in the thread that learns."""
        return self.look() if time.monotonic() - self.asked >= ASK_EVERY else self.is_over

    @property
    def is_over(self) -> bool:
        return self.is_lost or bool(self.wish)

    def look(self) -> bool:
        self.asked = time.monotonic()
        if not self.is_over:
            row = TrainingRun.objects.filter(pk=self.run.pk, lease=self.run.lease)
            said = row.values_list("wish", flat=True).first()
            self.is_lost, self.wish = said is None, said or Wish.NONE
        return self.is_over


@contextmanager
def beating(run: TrainingRun) -> Iterator[Heart]:
    heart = Heart(run)
    thread = threading.Thread(target=heart.beat, daemon=True)
    thread.start()
    try:
        yield heart
    finally:
        heart.over.set()
        thread.join()

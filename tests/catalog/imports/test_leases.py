"""One worker at a time, whatever the queue does: a job is a row, claimed by a conditional update."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files import File
from django.utils import timezone

from catalog import photos
from catalog.imports import run as running
from catalog.imports import tasks, writing
from catalog.models import Coin, Collection, ImportSession, Photo
from catalog.models.imports import LEASE, LostLease
from tests.catalog.imports.doing import check, upload
from tests.catalog.imports.files import a_collection, csv_file

State = ImportSession.State
TEN = "Title,Number\n" + "".join(f"Coin {n},{n}\n" for n in range(10))


@pytest.fixture
def session(collection: Collection) -> ImportSession:
    return check(upload(collection, csv_file(TEN)))


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 4)


def abandon(session: ImportSession) -> None:
    """As after a power cut: running, leased, and silent for too long."""
    old = timezone.now() - LEASE - timedelta(seconds=1)
    ImportSession.objects.filter(pk=session.pk).update(beat_at=old)
    session.refresh_from_db()


def numbers() -> list[str]:
    return sorted(Coin.objects.values_list("number", flat=True))


def test_a_second_start_does_nothing(session: ImportSession) -> None:
    twin = ImportSession.objects.get(pk=session.pk)
    assert session.start()
    assert not twin.start()


def test_a_second_delivery_does_nothing(session: ImportSession) -> None:
    session.start()
    tasks.run(session.pk)
    tasks.run(session.pk)
    assert len(numbers()) == 10


def test_a_delivery_while_another_is_at_work_does_nothing(session: ImportSession) -> None:
    session.start()
    assert session.claim(State.RUNNING)
    tasks.run(session.pk)
    assert not Coin.objects.exists()


def test_a_session_that_nobody_started_is_not_run(session: ImportSession) -> None:
    tasks.run(session.pk)
    assert not Coin.objects.exists()
    tasks.run(10**9)


def test_a_dead_workers_rows_are_not_done_again(
    session: ImportSession, small_chunks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.start()
    stop_after(monkeypatch, 2)
    with pytest.raises(SystemExit):
        tasks.run(session.pk)
    assert len(numbers()) == 8
    monkeypatch.undo()
    tasks.run(session.pk)  # too early: the lease of the dead one still holds
    assert len(numbers()) == 8
    abandon(session)
    tasks.run(session.pk)
    session.refresh_from_db()
    assert numbers() == sorted(str(n) for n in range(10))
    assert (session.state, session.done, session.refused) == ("done", 10, 0)


def stop_after(monkeypatch: pytest.MonkeyPatch, chunks: int) -> None:
    """SystemExit is what no `except Exception` catches: the nearest thing to a kill in a test."""
    monkeypatch.setattr(running, "CHUNK", 4)
    done: list[int] = []
    real = running.write_chunk

    def write_chunk(*args: Any) -> int:
        if len(done) == chunks:
            raise SystemExit
        done.append(1)
        return real(*args)

    monkeypatch.setattr(running, "write_chunk", write_chunk)


def test_whoever_was_taken_over_writes_nothing_more(
    session: ImportSession, small_chunks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.start()
    slow = ImportSession.objects.get(pk=session.pk)
    assert slow.claim(State.RUNNING)
    abandon(session)
    tasks.run(session.pk)
    with pytest.raises(LostLease):
        running.run(slow)
    assert len(numbers()) == 10


def test_a_failure_keeps_the_chunks_before_it_and_goes_on_from_there(
    session: ImportSession, small_chunks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.start()
    calls: list[int] = []
    real = writing.write_history

    def fail_once(*args: Any) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("the disk is full")
        real(*args)

    monkeypatch.setattr(writing, "write_history", fail_once)
    with pytest.raises(RuntimeError):
        tasks.run(session.pk)
    session.refresh_from_db()
    assert (session.state, session.failed_in, session.done) == ("failed", "running", 4)
    assert len(numbers()) == 4
    assert not session.may_map  # or its coins would be made again
    assert not session.map_columns(session.mapping, {})
    assert session.resume()
    tasks.run(session.pk)
    session.refresh_from_db()
    assert (session.state, len(numbers())) == ("done", 10)


def test_stalled_work_is_woken_once(
    session: ImportSession, django_capture_on_commit_callbacks: Any
) -> None:
    session.start()
    assert not ImportSession.objects.stalled().exists()
    abandon(session)
    assert session.is_stalled
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.resume_stalled() == 1
        assert tasks.resume_stalled() == 0
    assert len(numbers()) == 10


def test_out_of_time_it_hands_over_to_the_next_task(
    session: ImportSession, small_chunks: None, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    session.start()
    monkeypatch.setattr(running, "BUDGET", -1)
    with django_capture_on_commit_callbacks() as callbacks:
        tasks.run(session.pk)
    session.refresh_from_db()
    assert (session.state, session.lease, len(callbacks)) == ("running", None, 1)
    monkeypatch.setattr(running, "BUDGET", 60)
    tasks.run(session.pk)
    assert len(numbers()) == 10


def test_a_check_that_died_starts_anew(session: ImportSession) -> None:
    assert session.map_columns(session.mapping, {})
    assert session.claim(State.READING)
    abandon(session)
    tasks.check(session.pk)
    session.refresh_from_db()
    assert (session.state, session.total, session.rows.count()) == ("checked", 10, 10)


def test_a_photo_stored_just_before_the_kill_is_not_stored_again(
    collection: Collection, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = File(a_collection(tmp_path / "cabinet.db").open("rb"), "cabinet.db")
    session = check(upload(collection, file))
    session.start()
    real = photos.store_many

    def store_and_die(*args: Any) -> None:
        real(*args)
        raise SystemExit

    monkeypatch.setattr(photos, "store_many", store_and_die)
    with pytest.raises(SystemExit):
        tasks.run(session.pk)
    monkeypatch.undo()
    assert (Coin.objects.count(), Photo.objects.count()) == (3, 2)
    abandon(session)
    tasks.run(session.pk)
    session.refresh_from_db()
    assert (session.state, Coin.objects.count(), Photo.objects.count()) == ("done", 3, 2)

"""The life of a job, from the click to the file and to the day on which it is forgotten."""

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import TestCase
from django.utils import timezone

from catalog.exports import making, tasks
from catalog.exports.archive.zipping import Growing
from catalog.models import Coin, Collection, Export, Restoration, User
from catalog.models.jobs import LEASE, LostLease
from tests.catalog.exports.cabinet import archive_of, build_cabinet, content, wipe
from tests.factories import make_coin, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_workshop(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DATA_DIR = tmp_path / "data"
    return


def ask(user: User, kind: str = "archive", **values: Any) -> Export:
    return Export.objects.create(user=user, kind=kind, **values)


def again(export: Export) -> Export:
    export.refresh_from_db()
    return export


def test_an_archive_is_made_and_handed_over(owner: User, tmp_path: Path) -> None:
    build_cabinet(owner)
    export = ask(owner)
    tasks.run(export.pk)
    again(export)
    assert (export.state, export.failure, export.done, export.total) == ("done", "", 6, 6)
    assert export.name.startswith("obverse-archive-with-photos-")
    assert export.size == export.file.size
    copy = tmp_path / "copy.zip"
    copy.write_bytes(export.file.read())
    assert content(copy) == content(archive_of(owner, tmp_path / "direct.zip"))
    assert list(making.workshop().iterdir()) == []


@pytest.mark.parametrize("kind", ["xlsx", "insurance", "flips", "boxes"])
def test_every_other_kind_is_made(owner: User, coin: Coin, kind: str) -> None:
    export = ask(owner, kind, options={"paper": "letter"})
    tasks.run(export.pk)
    assert again(export).state == "done", export.failure
    head = export.file.read(4)
    assert head == (b"PK\3\4" if kind == "xlsx" else b"%PDF")


def test_only_some_collections(owner: User, collection: Collection, tmp_path: Path) -> None:
    build_cabinet(owner)
    make_coin(collection, title="Alone")
    export = ask(owner, options={"collections": [collection.pk]})
    tasks.run(export.pk)
    copy = tmp_path / "copy.zip"
    copy.write_bytes(again(export).file.read())
    assert [row["title"] for row in content(copy)["data/coins.jsonl"]] == ["Alone"]


def test_another_s_collection_is_never_packed(stranger: User, coin: Coin) -> None:
    export = ask(stranger, options={"collections": [coin.collection_id]})
    tasks.run(export.pk)
    with zipfile.ZipFile(io.BytesIO(again(export).file.read())) as archive:
        assert archive.read("data/coins.jsonl") == b""


# --- claims, crashes, failures -----------------------------------------------------
def test_a_second_delivery_does_nothing(owner: User, coin: Coin) -> None:
    export = ask(owner, "xlsx")
    tasks.run(export.pk)
    first = again(export).file.name
    tasks.run(export.pk)
    assert again(export).file.name == first


def test_two_workers_cannot_have_the_same_job(owner: User) -> None:
    export = ask(owner)
    assert export.claim()
    assert not Export.objects.get(pk=export.pk).claim()


def test_a_dead_worker_s_job_goes_to_the_next(owner: User, coin: Coin) -> None:
    export = ask(owner)
    export.claim()
    Export.objects.update(beat_at=timezone.now() - LEASE - timedelta(seconds=1))
    assert again(export).is_stalled
    tasks.run(export.pk)
    assert again(export).state == "done"


def test_the_first_worker_notices_that_it_was_taken_over(owner: User) -> None:
    slow = ask(owner)
    slow.claim()
    Export.objects.update(beat_at=timezone.now() - LEASE - timedelta(seconds=1))
    assert Export.objects.get(pk=slow.pk).claim()
    with pytest.raises(LostLease):
        slow.beat(done=1)


def test_one_that_is_still_writing_is_left_alone(owner: User, coin: Coin) -> None:
    export = ask(owner)
    growing = Growing(making.path_for(export))
    tasks.run(export.pk)
    assert (again(export).state, export.lease) == ("running", None)
    growing.abandon()
    tasks.run(export.pk)
    assert again(export).state == "done"


def test_out_of_time_it_hands_on_and_the_next_goes_on(owner: User, monkeypatch: Any) -> None:
    build_cabinet(owner)
    export = ask(owner)
    monkeypatch.setattr(tasks, "LONGEST", -1.0)
    with TestCase.captureOnCommitCallbacks() as callbacks:
        tasks.run(export.pk)
    assert (again(export).state, len(callbacks)) == ("running", 1)
    monkeypatch.setattr(tasks, "LONGEST", 60.0)
    tasks.run(export.pk)
    assert again(export).state == "done"


def test_a_refusal_is_told_and_can_be_tried_again(
    owner: User, coin: Coin, monkeypatch: Any
) -> None:
    from catalog.exports.printing import insurance

    monkeypatch.setattr(insurance, "MOST_COINS", 0)
    export = ask(owner, "insurance")
    tasks.run(export.pk)
    assert (again(export).state, "at most 0 coins" in export.failure) == ("failed", True)
    monkeypatch.undo()
    with TestCase.captureOnCommitCallbacks() as callbacks:
        assert export.retry()
        assert not Export.objects.get(pk=export.pk).retry()
    assert len(callbacks) == 1
    tasks.run(export.pk)
    assert again(export).state == "done"


def test_an_accident_is_told_and_raised(owner: User, coin: Coin, monkeypatch: Any) -> None:
    def fall(*args: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(making, "make", fall)
    export = ask(owner, "xlsx")
    with pytest.raises(MemoryError):
        tasks.run(export.pk)
    assert again(export).failure.startswith("Something went wrong on our side.")


def test_a_deleted_job_stops_its_worker(owner: User) -> None:
    export = ask(owner)
    export.claim()
    Export.objects.get(pk=export.pk).discard()
    with pytest.raises(LostLease):
        export.beat(done=1)
    tasks.run(export.pk)  # and a late delivery finds nothing


def test_what_stands_still_is_woken(owner: User) -> None:
    for state in ("waiting", "running", "done", "failed"):
        ask(owner, state=state, beat_at=timezone.now() - 2 * LEASE)
    with TestCase.captureOnCommitCallbacks() as callbacks:
        assert tasks.resume_stalled() == 2
    assert len(callbacks) == 2


def test_after_a_week_it_is_gone_with_its_file(owner: User, coin: Coin) -> None:
    old, new = ask(owner, "xlsx"), ask(owner, "xlsx")
    tasks.run(old.pk)
    Export.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=8))
    again(old)
    lost = making.workshop() / "export-999999.zip"
    lost.touch()
    kept = making.path_for(new)
    kept.touch()
    assert tasks.sweep() == 1
    assert not old.file.storage.exists(str(old.file.name))
    assert (lost.exists(), kept.exists()) == (False, True)
    assert list(Export.objects.all()) == [new]


# --- back again ----------------------------------------------------------------------
def bring(user: User, archive: Path) -> Restoration:
    file = ContentFile(archive.read_bytes(), "archive.zip")
    return Restoration.objects.create(user=user, name="archive.zip", file=file)


def test_a_restore_in_the_background(owner: User, tmp_path: Path) -> None:
    build_cabinet(owner)
    archive = archive_of(owner, tmp_path / "a.zip")
    wipe(owner)
    job = bring(owner, archive)
    name = job.file.name
    tasks.restore(job.pk)
    job.refresh_from_db()
    assert (job.state, job.failure) == ("done", "")
    assert job.report["added"]["coins"] == 3
    assert job.done == job.total > 0
    assert not job.file
    assert not job.file.storage.exists(str(name))


def test_a_long_restore_is_handed_on_and_counted_once(
    owner: User, tmp_path: Path, monkeypatch: Any
) -> None:
    build_cabinet(owner)
    archive = archive_of(owner, tmp_path / "a.zip")
    wipe(owner)
    job = bring(owner, archive)
    monkeypatch.setattr(tasks, "BEAT", 0.0)
    monkeypatch.setattr("catalog.exports.restore.coins.AT_ONCE", 1)
    calls = iter(range(1000))
    clock = {"end": False}

    class Impatient(tasks.Pulse):
        def __call__(self, done: int) -> None:
            super().__call__(done)
            if Coin.objects.exists() and not clock["end"] and next(calls) >= 0:
                clock["end"] = True
                raise tasks.OutOfTime

    monkeypatch.setattr(tasks, "Pulse", Impatient)
    tasks.restore(job.pk)
    job.refresh_from_db()
    assert (job.state, job.report["added"]["coins"]) == ("running", 1)
    tasks.restore(job.pk)
    job.refresh_from_db()
    assert (job.state, job.report["added"]["coins"]) == ("done", 3)
    assert job.report["there"].get("coins", 0) == 0


def test_a_refused_archive_says_why(owner: User, tmp_path: Path) -> None:
    path = tmp_path / "no.zip"
    path.write_bytes(b"nothing")
    job = bring(make_user("other"), path)
    tasks.restore(job.pk)
    job.refresh_from_db()
    assert (job.state, job.failure) == ("failed", "This is not a ZIP file, or it is damaged.")

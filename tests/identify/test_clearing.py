"""What of old runs is cleared away, and what never."""

import io
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from catalog.models import Collection, User
from catalog.refusals import Refusal
from identify.models import LabelledSet, ModelVersion, TrainingRun, VersionChange
from identify.tasks import forget_sets
from identify.teaching import clearing
from identify.teaching.clearing import clear
from identify.teaching.tasks import clear_runs


@pytest.fixture(autouse=True)
def runs(settings: Any, tmp_path: Path, db: None) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    return settings.DATA_DIR / "models" / "runs"  # type: ignore[no-any-return]


def make(state: str = "candidate", field: str = "ruler", **more: Any) -> ModelVersion:
    run = TrainingRun.objects.create(field=field, title=field.title(), state="done")
    version = ModelVersion.objects.create(
        field=field, title=run.title, number=ModelVersion.objects.number_for(field), run=run,
        state=state, sha256="0" * 64, path=f"runs/{run.pk}/lesson", **more,
    )  # fmt: skip
    fill(run)
    return version


def fill(run: TrainingRun, size: int = 1000) -> Path:
    folder = run.folder / "lesson"
    folder.mkdir(parents=True)
    (folder / "model.safetensors").write_bytes(bytes(size))
    return run.folder


def left(runs: Path) -> set[int]:
    return {int(path.name) for path in runs.iterdir()}


def test_all_but_the_last_of_each_matter_go(runs: Path) -> None:
    first, second, third = (make() for _n in range(3))
    other = make(field="mint")
    gone = list(clear(keep=1))
    assert [(one.name, one.size) for one in gone] == [("Ruler v1", 1000), ("Ruler v2", 1000)]
    assert left(runs) == {third.run_id, other.run_id}
    assert ModelVersion.objects.count() == 4, "what is known of them stays"
    assert (first.is_cleared, second.is_cleared, third.is_cleared) == (True, True, False)
    assert list(clear(keep=1)) == []


def test_what_is_needed_stays_however_old(runs: Path) -> None:
    active, shadow, kept = make("active"), make("shadow"), make(kept=True)
    served = make("retired")
    VersionChange.objects.create(version=served, old="candidate", new="active")
    tried = make("retired")
    make()
    list(clear(keep=1))
    assert {active.run_id, shadow.run_id, kept.run_id, served.run_id} <= left(runs)
    assert tried.run_id not in left(runs)


@pytest.mark.parametrize("state", ["waiting", "running", "paused"])
def test_what_still_learns_stays(runs: Path, state: str) -> None:
    run = TrainingRun.objects.create(field="ruler", title="Ruler", state=state)
    fill(run)
    make()
    assert list(clear(keep=1)) == []


def test_what_is_promoted_in_the_same_moment_stays(
    runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = make()
    make()
    found = clearing.old_runs(1)
    monkeypatch.setattr(clearing, "old_runs", lambda keep: found)
    ModelVersion.objects.filter(pk=version.pk).update(state="active")
    assert list(clear(keep=1)) == []
    assert version.run_id in left(runs)


def test_folders_that_belong_to_no_run_go_after_a_day(runs: Path) -> None:
    make()
    for name, age in (("77", 3), ("78", 0), ("notes", 3)):
        (runs / name).mkdir()
        long_ago = (timezone.now() - timedelta(days=age)).timestamp()
        os.utime(runs / name, (long_ago, long_ago))
    assert [one.name for one in clear(keep=1)] == ["runs/77"]
    assert (runs / "notes").is_dir()


def test_a_link_is_not_followed(runs: Path, tmp_path: Path) -> None:
    old = TrainingRun.objects.create(field="ruler", title="Ruler", state="failed")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "coins.txt").write_text("mine")
    make()
    old.folder.symlink_to(elsewhere)
    assert list(clear(keep=1)) == []
    assert (elsewhere / "coins.txt").exists()


def test_the_command_says_what_and_how_much(runs: Path) -> None:
    version = make()
    make()
    out = io.StringIO()
    call_command("clear_runs", "--keep", "1", "--dry-run", stdout=out)
    assert "1 folders would go" in out.getvalue()
    assert version.run_id in left(runs)
    call_command("clear_runs", "--keep", "1", stdout=out)
    assert "Ruler v1: 1000" in out.getvalue().replace("\xa0", " ")
    assert version.run_id not in left(runs)
    with pytest.raises(CommandError):
        call_command("clear_runs", "--keep", "0")


def test_the_schedule_does_nothing_where_all_is_to_be_kept(runs: Path, settings: Any) -> None:
    make()
    make()
    settings.KEEP_RUNS = 0
    assert clear_runs() == 0
    settings.KEEP_RUNS = 1
    assert clear_runs() == 1000


def test_without_a_folder_there_is_nothing_to_do() -> None:
    assert list(clear(keep=1)) == []


def test_keeping_is_a_button_and_what_is_gone_offers_none(as_user: Any, curator: User) -> None:
    version = make()
    browser = as_user(curator)
    page = browser.get(version.get_absolute_url()).content.decode()
    assert "Keep for good" in page
    for what, kept in (("keep", True), ("let-go", False)):
        browser.post(f"{version.get_absolute_url()}{what}/")
        version.refresh_from_db()
        assert version.kept is kept
    make()
    list(clear(keep=1))
    page = browser.get(version.get_absolute_url()).content.decode()
    assert "Cleared away with old runs" in page
    assert "Let it serve" not in page
    with pytest.raises(Refusal):
        version.promote(curator)


def test_a_labelled_set_that_nobody_took_is_forgotten(
    collection: Collection, owner: User, django_capture_on_commit_callbacks: Any
) -> None:
    old, fresh = (
        LabelledSet(user=owner, collection=collection, field="ruler", name="a.zip", state="done")
        for _n in range(2)
    )
    for one in (old, fresh):
        one.file.save("a.zip", ContentFile(b"zip"))
    long_ago = timezone.now() - timedelta(days=20)
    LabelledSet.objects.filter(pk=old.pk).update(created_at=long_ago)
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_sets() == 1
    assert list(LabelledSet.objects.all()) == [fresh]
    assert not old.file.storage.exists(old.file.name)

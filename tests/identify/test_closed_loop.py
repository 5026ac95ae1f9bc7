"""With the real teacher: a class that nobody knew is taught from a few drawn coins, serves, and is seen."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from catalog.models import Collection, Tag, User
from identify import pipeline
from identify.models import Identification, ModelVersion, TrainingRun
from identify.models.runs import State
from identify.taught import CLASSROOM
from identify.teaching.learning import learn
from tests.catalog.drawn import coin as drawn
from tests.catalog.drawn import saved
from tests.factories import make_coin, make_photo
from tests.identify.conftest import job_of
from tests.identify.fakes import Fake

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def own_models(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"
    CLASSROOM.loaded.clear()
    CLASSROOM.refused.clear()


def token(seed: int) -> bytes:
    """Of another metal, with a square hole: what a glance tells apart, four rounds shall."""
    from PIL import ImageDraw

    image = drawn(300, seed)
    draw = ImageDraw.Draw(image)
    draw.ellipse((30, 30, 270, 270), fill="#c3cbd6", outline="#39424f", width=10)
    draw.rectangle((95, 95, 205, 205), fill="#23262b")
    draw.text((60, 135), f"{seed % 10}", fill="#39424f", font_size=30)
    return saved(image, "JPEG").getvalue()


def plain(seed: int) -> bytes:
    return saved(drawn(300, seed), "JPEG").getvalue()


def taught_tokens(owner: User, collection: Collection, **plan: Any) -> TrainingRun:
    tag = Tag.at(owner, "Holed")
    for seed in range(8):
        make_photo(make_coin(collection), data=plain(seed))
        coin = make_coin(collection)
        coin.tags.add(tag)
        make_photo(coin, data=token(100 + seed))
    classes = [{"label": "Holed token", "tag": tag.pk}]
    told = {"preset": "quick", "backbone": "shipped", "epochs": 25, "views": 1, "rate": 0.01} | plan
    return TrainingRun.begin(owner, "own:holed", "Holed token", told, classes)


@pytest.mark.django_db(transaction=True)  # a worker's heart beats in another thread
def test_a_class_that_nobody_knew_is_recognised(
    owner: User, collection: Collection, queue: list[Any], fake: Fake
) -> None:
    run = taught_tokens(owner, collection)
    learn(run.pk)
    run.refresh_from_db()
    assert (run.state, run.failure) == (State.DONE, "")
    assert run.curve[-1]["top1"] >= 0.75
    version = ModelVersion.objects.get()
    assert version.metrics["top1"] >= 0.75
    assert version.lessons.filter(judged=True).exists()
    version.promote(owner)
    said = {seed: said_of(collection, data) for seed, data in (
        ("token", token(500)), ("another", token(501)), ("plain", plain(600)),
    )}  # fmt: skip
    assert said == {"token": "Holed token", "another": "Holed token", "plain": ""}


def said_of(collection: Collection, data: bytes) -> str:
    coin = make_coin(collection)
    pipeline.run(Identification.begin([make_photo(coin, data=data)]).pk)
    found = job_of(coin).suggestions.filter(field="own:holed", abstained=False).first()
    return found.label if found else ""


@pytest.mark.django_db(transaction=True)  # a worker's heart beats in another thread
def test_a_pause_loses_no_round_and_a_spoilt_checkpoint_is_refused(
    owner: User, collection: Collection, queue: list[Any]
) -> None:
    run = taught_tokens(owner, collection, epochs=3)
    TrainingRun.objects.update(wish="pause")
    learn(run.pk)
    run.refresh_from_db()
    assert (run.state, ModelVersion.objects.count()) == (State.PAUSED, 0)
    run.require_wish("resume")
    learn(run.pk)
    run.refresh_from_db()
    assert [one["epoch"] for one in run.curve] == [1, 2, 3]
    second = TrainingRun.begin(owner, "own:holed", "Holed token", run.plan, run.classes)
    checkpoint = second.folder / "lesson" / "checkpoint"
    checkpoint.mkdir(parents=True)
    (checkpoint / "state.json").write_text("{")
    learn(second.pk)
    second.refresh_from_db()
    assert second.state == State.FAILED
    assert "damaged" in second.failure
    second.require_wish("retry")
    learn(second.pk)
    second.refresh_from_db()
    assert (second.state, second.version.name) == (State.DONE, "v2")


WORKER = """
import os, pathlib, sys, time
import django
from django.conf import settings
django.setup()
settings.IDENTIFY_TEACHER = "tests.identify.school"
from tests.identify.school import LESSON
from identify.teaching.learning import learn

def after(epoch):
    if epoch == 2:
        pathlib.Path(sys.argv[2]).write_text("now")
        time.sleep(120)

LESSON.after = after
learn(int(sys.argv[1]))
"""


@pytest.mark.django_db(transaction=True)
def test_kill_nine_costs_a_round_at_most(
    owner: User, collection: Collection, queue: list[Any], settings: Any, tmp_path: Path
) -> None:
    from django.db import connection

    from catalog.models.jobs import LEASE
    from identify.teaching.tasks import resume_lessons
    from tests.identify.school import LESSON
    from tests.services import wait_until

    if connection.vendor != "sqlite":
        pytest.skip("the other process is told of a file")
    settings.IDENTIFY_TEACHER = "tests.identify.school"
    LESSON.epochs.clear()
    run = taught_tokens(owner, collection)
    TrainingRun.objects.update(plan={"preset": "quick", "epochs": 4})
    mark = tmp_path / "now"
    surroundings = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings", "MEDIA_ROOT": settings.MEDIA_ROOT,
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "DATA_DIR": str(settings.DATA_DIR),
    }  # fmt: skip
    command = [sys.executable, "-c", textwrap.dedent(WORKER), str(run.pk), str(mark)]
    worker = subprocess.Popen(command, env=surroundings)
    try:
        wait_until(mark.exists, "the second round", 90)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    run.refresh_from_db()
    assert (run.state, run.done) == (State.RUNNING, 1)
    TrainingRun.objects.update(beat_at=run.beat_at - 2 * LEASE)
    assert resume_lessons() == 1
    learn(run.pk)
    run.refresh_from_db()
    assert (run.state, LESSON.epochs) == (State.DONE, [3, 4])

"""Which model a worker serves, and that a web process never carries one."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core import mail
from django.core.checks import run_checks

from identify import predicting
from identify.predicting import ModelUnusable, Worker
from tests.factories import make_admin
from tests.identify.fakes import Fake
from tests.servers import ROOT, surroundings

HEAVY = ("torch", "cv2", "openvino", "timm", "torchvision", "onnxruntime")


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(predicting, "folder", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def loads(monkeypatch):
    """What loading gives next, and how often it was asked."""
    told = {"next": Fake(), "times": 0}

    def load(path):
        told["times"] += 1
        if isinstance(told["next"], Exception):
            raise told["next"]
        return told["next"]

    monkeypatch.setattr(predicting, "load", load)
    return told


@pytest.mark.django_db
def test_it_is_loaded_once_and_gives_way_to_a_newer_one(place, loads):
    worker, first = Worker(), loads["next"]
    assert [worker.predictor(), worker.predictor()] == [first, first]
    assert loads["times"] == 1
    loads["next"] = newer = Fake()
    (place / "card.json").write_text("{}")
    assert worker.predictor() is newer


@pytest.mark.django_db
def test_a_broken_one_leaves_the_one_before_in_service_and_is_told_once(place, loads):
    curator = make_admin()
    curator.email = "curator@example.org"
    curator.save()
    worker, first = Worker(), loads["next"]
    worker.predictor()
    loads["next"] = ModelUnusable("broken_model", "heads.safetensors: wrong hash")
    (place / "card.json").write_text("{}")
    assert [worker.predictor(), worker.predictor()] == [first, first]
    [message] = mail.outbox
    assert message.to == ["curator@example.org"]
    assert "heads.safetensors: wrong hash" in message.body


@pytest.mark.django_db
def test_without_one_before_it_the_trouble_is_the_jobs(place, loads):
    loads["next"] = ModelUnusable("broken_model", "wrong hash")
    with pytest.raises(ModelUnusable):
        Worker().predictor()


def test_an_empty_folder_is_no_model(tmp_path):
    with pytest.raises(ModelUnusable) as trouble:
        predicting.load(tmp_path)
    assert trouble.value.reason == "no_model"


def test_a_bad_name_of_a_predictor_is_told_before_anything_starts(settings):
    settings.IDENTIFY_PREDICTOR = "tests.identify.fakes.nobody_at_all"
    assert "identify.E001" in [message.id for message in run_checks()]
    settings.IDENTIFY_PREDICTOR = "tests.identify.fakes.nobody"
    assert "identify.E001" not in [message.id for message in run_checks()]


@pytest.mark.parametrize(
    "code",
    ["import coinsite.wsgi", "import django; django.setup(); import identify.tasks, coinsite.urls"],
)
def test_a_web_process_never_loads_a_network(code: str, tmp_path: Path) -> None:
    ask = f"{code}; import sys; print(sorted(set({HEAVY}) & set(sys.modules)))"
    environment = surroundings(tmp_path) | {
        "DJANGO_SETTINGS_MODULE": "coinsite.settings", "DEBUG": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, env=environment, capture_output=True, text=True,
        timeout=120, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"

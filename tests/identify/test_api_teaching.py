"""Runs and versions for programs of those who may teach."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from catalog.models import Collection, Tag, User
from identify.models import Label, ModelVersion, TrainingRun
from identify.taught import CLASSROOM
from identify.teaching.learning import learn
from tests.catalog.api.conftest import api as api
from tests.factories import draw_coin, make_coin, make_collection, make_photo, make_user
from tests.identify.school import LESSON

RUNS, VERSIONS = "/api/v1/training-runs/", "/api/v1/model-versions/"
TEACHABLE = "/api/v1/teachable/"


@pytest.fixture(autouse=True)
def school(settings: Any, tmp_path: Path, queue: list[Any]) -> None:
    settings.IDENTIFY_TEACHER = "tests.identify.school"
    settings.DATA_DIR = tmp_path / "data"
    LESSON.epochs.clear()
    LESSON.after, LESSON.wrong = lambda epoch: None, 0
    CLASSROOM.loaded.clear()
    CLASSROOM.refused.clear()


def may_teach(user: User) -> User:
    user.user_permissions.add(Permission.objects.get(codename="train"))
    return User.objects.get(pk=user.pk)


@pytest.fixture
def trainer(owner: User) -> User:
    return may_teach(owner)


@pytest.fixture
def labelled(trainer: User, collection: Collection) -> None:
    for tone, ruler in ((60, "Nero"), (62, "Nero"), (200, "Otho"), (202, "Otho")):
        photo = make_photo(make_coin(collection), data=draw_coin(tone=tone))
        Label.say(photo, "ruler", ruler, trainer)


def begun(program: Any, **said: Any) -> TrainingRun:
    answer = program.post(RUNS, {"field": "ruler"} | said)
    assert answer.status_code == 201, answer.json()
    assert answer["Location"] == f"{RUNS}{answer.json()['id']}/"
    return TrainingRun.objects.get(pk=answer.json()["id"])


def version_of(program: Any, wrong: int = 0) -> ModelVersion:
    LESSON.wrong = wrong
    run = begun(program)
    learn(run.pk)
    return ModelVersion.objects.get(run=run)


# --- what could be taught ------------------------------------------------------------------
def test_what_could_be_taught_is_told(api: Any, trainer: User, labelled: None) -> None:
    program = api(trainer)
    [offer] = program.get(TEACHABLE).json()
    assert offer == {
        "field": "ruler", "title": "Ruler", "photos": 4, "labels": 2, "new": 4, "is_due": False,
        "version": None,
    }  # fmt: skip
    told = program.get(f"{TEACHABLE}ruler/").json()
    assert (told["offer"], told["condition"]["can_teach"]) == (offer, True)
    assert told["condition"]["classes"][0] == {
        "label": "Nero", "coins": 2, "photos": 2, "judging": 2,
    }  # fmt: skip
    assert [one["code"] for one in told["condition"]["remarks"]] == ["teach_few"]
    assert told["condition"]["remarks"][0]["text"].startswith("Fewer than 10 coins each")
    version = version_of(program)
    assert (
        program.get(TEACHABLE).json()[0] | {"version": version.pk, "new": 0}
        == (program.get(TEACHABLE).json()[0])
    )


def test_too_little_is_told_before_a_run_is_refused(
    api: Any, trainer: User, collection: Collection
) -> None:
    Label.say(make_photo(make_coin(collection)), "mint", "Rome", trainer)
    program = api(trainer)
    told = program.get(f"{TEACHABLE}mint/").json()["condition"]
    assert not told["can_teach"]
    assert [one["code"] for one in told["hinders"]] == ["teach_one_class"]
    assert program.post(RUNS, {"field": "mint"}).status_code == 409


def test_what_nobody_labelled_cannot_be_taught(api: Any, trainer: User, labelled: None) -> None:
    for field in ("mint", "side", "nonsense"):
        assert api(trainer).get(f"{TEACHABLE}{field}/").status_code == 404


def test_who_may_not_teach_learns_nothing_of_it(api: Any, editor: User, labelled: None) -> None:
    for address in (TEACHABLE, f"{TEACHABLE}ruler/"):
        assert api(editor).get(address).status_code == 403
        assert api(None).get(address).status_code == 401


# --- runs --------------------------------------------------------------------------------
def test_from_a_request_to_a_version_that_serves(api: Any, trainer: User, labelled: None) -> None:
    program = api(trainer)
    run = begun(program, preset="fine", epochs=2)
    assert (run.title, run.user, run.plan["preset"]) == ("Ruler", trainer, "fine")
    learn(run.pk)
    told = program.get(f"{RUNS}{run.pk}/").json()
    assert (told["state"], told["done"], len(told["curve"])) == ("done", 2, 2)
    assert told["report"]["top1"]["value"] == 1.0
    assert "answers" not in told["report"], "single photos may be of others"
    version = f"{VERSIONS}{told['version']}/"
    assert program.post(f"{version}promote/", {}).json()["state"] == "active"
    found = program.get(version).json()
    assert (found["labels"], found["shown"] + found["judging"]) == (["Nero", "Otho"], 4)
    assert [one["new"] for one in found["changes"]] == ["active"]
    assert found["sided"] == {"trial": 0, "serving": 0, "neither": 0}
    assert program.post(f"{version}take-back/").json()["state"] == "retired"


def test_lists_are_narrowed(api: Any, trainer: User, labelled: None) -> None:
    program = api(trainer)
    version = version_of(program)
    begun(program)
    states = [one["state"] for one in program.get(RUNS).json()["results"]]
    assert states == ["waiting", "done"]
    assert len(program.get(RUNS, {"state": "waiting"}).json()["results"]) == 1
    assert program.get(RUNS, {"field": "mint"}).json()["results"] == []
    assert program.get(RUNS, {"state": "asleep"}).status_code == 400
    [row] = program.get(VERSIONS, {"field": "ruler", "state": "candidate"}).json()["results"]
    assert (row["id"], row["metrics"]["top1"]) == (version.pk, 1.0)


def test_pause_resume_stop(api: Any, trainer: User, labelled: None) -> None:
    program = api(trainer)
    run = begun(program)
    address = f"{RUNS}{run.pk}/"
    assert program.post(f"{address}resume/").status_code == 409
    assert program.post(f"{address}pause/").json()["state"] == "paused"
    assert program.post(f"{address}resume/").json()["state"] == "waiting"
    assert program.post(f"{address}stop/").json()["state"] == "stopped"
    late = program.post(f"{address}pause/")
    assert late.status_code == 409
    assert "gone on meanwhile" in late.json()["detail"]
    assert program.post(f"{address}retry/").status_code == 409


def test_something_of_ones_own(api: Any, trainer: User, labelled: None, stranger: User) -> None:
    tag = Tag.at(trainer, "Tokens")
    for tone in (100, 102):
        coin = make_coin(trainer.collections.get())
        make_photo(coin, data=draw_coin(tone=tone))
        coin.tags.add(tag)
    program = api(trainer)
    run = begun(program, field="", classes=[{"label": "Token", "tag": tag.pk}])
    assert (run.field, run.title, run.classes) == (
        "own:token", "Token", [{"label": "Token", "tag": tag.pk}]
    )  # fmt: skip
    theirs = Tag.at(stranger, "Theirs")
    for said, code in (
        ({"classes": [{"label": "Token", "tag": theirs.pk}]}, 400),
        ({"classes": [{"label": "rest", "tag": tag.pk}]}, 400),
        ({"classes": [{"label": "Other", "coins": [10**9]}]}, 409),
        ({"field": "ruler", "classes": [{"label": "Token", "tag": tag.pk}]}, 400),
        ({}, 400), ({"field": "weight"}, 409), ({"field": "ruler", "backbone": "a b"}, 409),
        ({"field": "ruler", "preset": "magic"}, 400), ({"field": "ruler", "epochs": -1}, 400),
    ):  # fmt: skip
        assert program.post(RUNS, said).status_code == code, said
    assert TrainingRun.objects.count() == 1


def test_too_little_to_learn_from_is_a_conflict(
    api: Any, trainer: User, collection: Collection
) -> None:
    Label.say(make_photo(make_coin(collection)), "ruler", "Nero", trainer)
    answer = api(trainer).post(RUNS, {"field": "ruler"})
    assert answer.status_code == 409
    assert "only one kind of coin" in answer.json()["detail"]


# --- versions ----------------------------------------------------------------------------
def test_a_trial_and_its_end(api: Any, trainer: User, labelled: None) -> None:
    program = api(trainer)
    address = f"{VERSIONS}{version_of(program).pk}/"
    assert program.post(f"{address}trial/").json()["state"] == "shadow"
    assert program.post(f"{address}take-back/").status_code == 409
    assert program.post(f"{address}retire/").json()["state"] == "retired"


def test_a_worse_one_is_promoted_by_an_administrator_with_a_reason(
    api: Any, trainer: User, curator: User, labelled: None
) -> None:
    program = api(trainer)
    good, bad = version_of(program), version_of(program, wrong=1)
    program.post(f"{VERSIONS}{good.pk}/promote/", {})
    address = f"{VERSIONS}{bad.pk}/promote/"
    refused = program.post(address, {})
    assert refused.status_code == 409
    assert "It stays as it is" in refused.json()["detail"]
    assert program.post(address, {"forced": True, "reason": "why not"}).status_code == 409
    assert api(curator).post(address, {"forced": True}).status_code == 409
    said = api(curator).post(address, {"forced": True, "reason": "The other is no good"}).json()
    assert (said["state"], said["changes"][0]["reason"]) == ("active", "The other is no good")


# --- who ---------------------------------------------------------------------------------
def test_who_may_not_teach_sees_nothing(api: Any, trainer: User, labelled: None) -> None:
    version = version_of(api(trainer))
    stranger = api(make_user())
    for address in (RUNS, VERSIONS, f"{RUNS}{version.run_id}/", f"{VERSIONS}{version.pk}/"):
        assert stranger.get(address).status_code == 403
        assert api(None).get(address).status_code == 401
    assert stranger.post(RUNS, {"field": "ruler"}).status_code == 403
    assert stranger.post(f"{VERSIONS}{version.pk}/promote/", {}).status_code == 403


def test_a_token_that_only_reads_begins_nothing(api: Any, trainer: User, labelled: None) -> None:
    program = api(trainer, "read")
    assert program.get(RUNS).status_code == 200
    assert program.post(RUNS, {"field": "ruler"}).status_code == 403


def test_what_is_anothers_own_is_not_there(api: Any, trainer: User, labelled: None) -> None:
    version = version_of(api(trainer))
    TrainingRun.objects.update(field="own:token")
    ModelVersion.objects.update(field="own:token")
    other = api(may_teach(make_collection().owner))
    assert other.get(RUNS).json()["results"] == []
    assert other.get(f"{RUNS}{version.run_id}/").status_code == 404
    assert other.post(f"{VERSIONS}{version.pk}/promote/", {}).status_code == 404


# --- the administration ------------------------------------------------------------------
def test_the_administration_shows_them_and_changes_nothing(
    api: Any, trainer: User, curator: User, labelled: None
) -> None:
    version = version_of(api(trainer))
    client = Client()
    client.force_login(curator)
    for name, row in (("trainingrun", version.run), ("modelversion", version)):
        listed = client.get(reverse(f"admin:identify_{name}_changelist"))
        assert "Ruler" in listed.content.decode()
        page = client.get(reverse(f"admin:identify_{name}_change", args=[row.pk]))
        assert row.get_absolute_url() in page.content.decode()
        assert client.get(reverse(f"admin:identify_{name}_add")).status_code == 403
        gone = client.post(reverse(f"admin:identify_{name}_delete", args=[row.pk]), {"post": "yes"})
        assert gone.status_code == 403

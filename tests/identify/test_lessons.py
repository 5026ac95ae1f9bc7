"""A course of teaching as a worker lives it: from what people said to a version, through pauses and falls."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from catalog.models import Collection, Tag, User
from catalog.models.jobs import LEASE
from catalog.refusals import Refusal
from identify.models import Lesson, ModelVersion, TrainingRun
from identify.models.runs import State, Wish
from identify.teaching.learning import learn, words_of
from identify.teaching.tasks import resume_lessons
from tests.factories import draw_coin, make_coin, make_photo, make_user
from tests.identify.school import LESSON

PLAN = {"preset": "quick", "backbone": "shipped"}
TOKENS = [{"label": "Token", "tag": 0}]


@pytest.fixture(autouse=True)
def school(settings: Any, tmp_path: Path) -> Any:
    settings.IDENTIFY_TEACHER = "tests.identify.school"
    settings.DATA_DIR = tmp_path / "data"
    LESSON.epochs.clear()
    LESSON.after, LESSON.wrong = lambda epoch: None, 0
    return LESSON


@pytest.fixture
def tokens(collection: Collection, owner: User) -> list[dict[str, Any]]:
    """Three dark tokens that are tagged, three bright coins that are not."""
    tag = Tag.at(owner, "Tokens")
    for tone in (60, 62, 64, 200, 202, 204):
        coin = make_coin(collection)
        make_photo(coin, data=draw_coin(tone=tone))
        if tone < 100:
            coin.tags.add(tag)
    return [{"label": "Token", "tag": tag.pk}]


def begun(owner: User, tokens: list[dict[str, Any]], **plan: Any) -> TrainingRun:
    return TrainingRun.begin(owner, "own:token", "Token", PLAN | plan, tokens)


def fresh(run: TrainingRun) -> TrainingRun:
    return TrainingRun.objects.get(pk=run.pk)


def test_what_people_tagged_becomes_a_version(
    owner: User, tokens: list[dict[str, Any]], queue: list[Any]
) -> None:
    run = begun(owner, tokens)
    assert learn(run.pk)
    run = fresh(run)
    version = run.version
    assert (run.state, run.done, [one["epoch"] for one in run.curve]) == (State.DONE, 3, [1, 2, 3])
    assert (version.name, version.state, version.labels) == ("v1", "candidate", ["Token", "rest"])
    assert version.lessons.count() == 6
    assert version.lessons.filter(judged=True).count() == 2
    assert len(run.data_hash) == len(version.sha256) == 64
    assert (version.folder / "model.safetensors").exists()
    assert not (run.folder / "examples").exists()


def test_it_goes_to_the_workers_that_only_teach(
    owner: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr("django_q.tasks.async_task", lambda *task, **how: asked.append((task, how)))
    with django_capture_on_commit_callbacks(execute=True):
        run = begun(owner, [])
    [(task, how)] = asked
    assert (task, how["cluster"]) == (("identify.teaching.tasks.learn", run.pk), "teaching")


def test_a_second_delivery_does_nothing(
    owner: User, tokens: list[dict[str, Any]], queue: list[Any]
) -> None:
    run = begun(owner, tokens)
    LESSON.after = lambda epoch: assert_false(learn(run.pk))
    assert learn(run.pk)
    assert not learn(run.pk)
    assert LESSON.epochs == [1, 2, 3]


def assert_false(value: bool) -> None:
    assert not value


def test_a_pause_is_heeded_after_the_round_and_it_goes_on_from_there(
    owner: User, tokens: list[dict[str, Any]], queue: list[Any]
) -> None:
    run = begun(owner, tokens)
    LESSON.after = lambda epoch: epoch == 1 and fresh(run).require_wish("pause")
    learn(run.pk)
    assert (fresh(run).state, fresh(run).wish, fresh(run).lease) == (State.PAUSED, "", None)
    assert not learn(run.pk), "nobody takes what is paused"
    fresh(run).require_wish("resume")
    learn(run.pk)
    assert (fresh(run).state, LESSON.epochs) == (State.DONE, [1, 2, 3])
    assert [one["epoch"] for one in fresh(run).curve] == [1, 2, 3]


def test_who_stops_it_keeps_the_best_so_far(
    owner: User, tokens: list[dict[str, Any]], queue: list[Any]
) -> None:
    run = begun(owner, tokens)
    LESSON.after = lambda epoch: epoch == 2 and fresh(run).require_wish("stop")
    learn(run.pk)
    assert (fresh(run).state, LESSON.epochs) == (State.STOPPED, [1, 2])
    assert fresh(run).version.name == "v1"


def test_what_is_paused_can_be_stopped_too(
    owner: User, tokens: list[dict[str, Any]], queue: list[Any]
) -> None:
    run = begun(owner, tokens)
    LESSON.after = lambda epoch: epoch == 1 and fresh(run).require_wish("pause")
    learn(run.pk)
    fresh(run).require_wish("stop")
    learn(run.pk)
    assert (fresh(run).state, LESSON.epochs) == (State.STOPPED, [1])
    assert ModelVersion.objects.count() == 1


def test_what_nobody_began_is_stopped_at_once(owner: User, queue: list[Any]) -> None:
    run = begun(owner, [])
    run.require_wish("stop")
    assert fresh(run).state == State.STOPPED
    with pytest.raises(Refusal) as refused:
        run.require_wish("pause")
    assert refused.value.code == "too_late"


def test_a_dead_workers_lesson_goes_on_from_its_last_round(
    owner: User, tokens: list[dict[str, Any]], queue: list[Any]
) -> None:
    class KilledError(BaseException):
        pass

    def die(epoch: int) -> None:
        if epoch == 2:
            raise KilledError

    run = begun(owner, tokens)
    LESSON.after = die
    with pytest.raises(KilledError):
        learn(run.pk)
    assert fresh(run).state == State.RUNNING
    LESSON.after = lambda epoch: None
    assert resume_lessons() == 0, "its lease still runs"
    TrainingRun.objects.update(beat_at=timezone.now() - 2 * LEASE)
    assert resume_lessons() == 1
    learn(run.pk)
    assert (fresh(run).state, LESSON.epochs) == (State.DONE, [1, 2, 3])


def test_what_waits_behind_another_lesson_is_not_lost(owner: User, queue: list[Any]) -> None:
    waiting, running = begun(owner, []), begun(owner, [])
    long_ago = timezone.now() - 2 * LEASE
    TrainingRun.objects.filter(pk=waiting.pk).update(beat_at=long_ago)
    assert fresh(waiting).is_lost
    TrainingRun.objects.filter(pk=running.pk).update(state=State.RUNNING)
    assert not fresh(waiting).is_lost
    assert resume_lessons() == 0
    TrainingRun.objects.filter(pk=running.pk).update(beat_at=long_ago)
    assert resume_lessons() == 2


def test_who_has_lost_the_lease_writes_nothing_more(
    owner: User, tokens: list[dict[str, Any]], queue: list[Any]
) -> None:
    run = begun(owner, tokens)
    LESSON.after = lambda epoch: TrainingRun.objects.update(lease=None)
    learn(run.pk)
    assert (fresh(run).curve, ModelVersion.objects.count()) == ([], 0)


def test_too_few_classes_are_told_in_words(owner: User, queue: list[Any]) -> None:
    run = begun(owner, [{"label": "Token"}])
    learn(run.pk)
    assert (fresh(run).state, fresh(run).failure) == (
        State.FAILED, "Photos of two classes are needed.",
    )  # fmt: skip


def test_why_it_failed_is_told_in_the_readers_language(
    owner: User, tokens: list[dict[str, Any]], queue: list[Any]
) -> None:
    run = begun(owner, tokens)
    TrainingRun.objects.filter(pk=run.pk).update(failure=words_of(MemoryError("no room")))
    assert fresh(run).failure.startswith("There was too little memory for it.")
    with override("de"):
        assert fresh(run).failure.startswith("Dafür war zu wenig Speicher da.")
        assert fresh(run).failure.endswith(" (MemoryError: no room)")


def test_a_damaged_checkpoint_is_refused_and_the_next_try_begins_anew(
    owner: User, tokens: list[dict[str, Any]], queue: list[Any]
) -> None:
    run = begun(owner, tokens)
    LESSON.after = lambda epoch: epoch == 1 and fresh(run).require_wish("pause")
    learn(run.pk)
    (run.folder / "lesson" / "checkpoint" / "state.json").write_text("{broken")
    fresh(run).require_wish("resume")
    learn(run.pk)
    assert (fresh(run).state, fresh(run).failure) == (State.FAILED, "The checkpoint is damaged.")
    LESSON.after = lambda epoch: None
    fresh(run).require_wish("retry")
    learn(run.pk)
    assert fresh(run).state == State.DONE


def test_a_round_that_kills_three_workers_is_given_up(owner: User, queue: list[Any]) -> None:
    run = begun(owner, [])
    TrainingRun.objects.update(attempts=3, state=State.RUNNING)
    assert not learn(run.pk)
    assert fresh(run).state == State.FAILED


def test_a_photo_that_goes_while_it_teaches_is_left_out(
    owner: User, tokens: list[dict[str, Any]], queue: list[Any], collection: Collection
) -> None:
    run = begun(owner, tokens)
    LESSON.after = lambda epoch: collection.coins.order_by("pk")[0].photos.all().delete()
    learn(run.pk)
    assert Lesson.objects.count() == 5


def test_a_coin_in_two_classes_teaches_neither(
    owner: User, tokens: list[dict[str, Any]], collection: Collection
) -> None:
    from identify.teaching.classes import REST, sorted_out

    first = collection.coins.order_by("pk").first()
    assert first
    told = sorted_out([*tokens, {"label": "Copper", "coins": [first.pk]}], owner)
    assert first.pk not in {coin for coin, label in told.items() if label != REST}
    assert sorted(told.values()).count("Token") == 2


def test_another_persons_coins_are_never_taken(
    tokens: list[dict[str, Any]], stranger: User
) -> None:
    from identify.teaching.classes import sorted_out

    assert sorted_out(tokens, stranger) == {}


def test_only_who_may_teach_sees_a_run(owner: User, curator: User, queue: list[Any]) -> None:
    run = begun(owner, [])
    for user, seen in ((curator, [run]), (owner, []), (make_user(), [])):
        assert list(TrainingRun.objects.visible_to(user)) == seen


def test_the_wish_of_a_moment_is_withdrawn_by_the_next(owner: User, queue: list[Any]) -> None:
    run = begun(owner, [])
    TrainingRun.objects.update(state=State.RUNNING, wish=Wish.PAUSE, beat_at=timezone.now())
    run.require_wish("resume")
    assert (run.state, run.wish) == (State.RUNNING, "")
    TrainingRun.objects.update(beat_at=timezone.now() - timedelta(hours=1))
    assert fresh(run).is_stalled

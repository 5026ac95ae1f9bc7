"""From a queued row to a suggestion, and everything that may happen on the way."""

import errno
from datetime import timedelta

import numpy as np
import pytest
from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import override

from catalog.models.jobs import LEASE
from identify import pipeline, tasks
from identify.models import Embedding, Identification, Suggestion
from identify.predicting import ModelUnusable
from identify.values import Measured
from tests.factories import make_coin
from tests.identify.conftest import job_of
from tests.identify.fakes import VERSION, Fake, opinion

pytestmark = pytest.mark.django_db


def test_a_photo_becomes_a_suggestion(fake, arrive, coin):
    photo = arrive(coin)
    job = job_of(coin)
    assert (job.state, job.model, job.attempts, job.lease) == ("suggested", VERSION, 1, None)
    said = [(one.field, one.label, one.decision) for one in job.suggestions.all()]
    assert said == [("ruler", "Trajan", "open"), ("denomination", "Denarius", "open")]
    assert set(job.timings) == {"waited", "read", "predict"}
    assert job.said.fields["ruler"].best.confidence == 0.97
    kept = Embedding.objects.get(photo=photo)
    assert (kept.model, kept.disc) == (VERSION, [0.5, 0.5, 0.45])
    assert np.array_equal(kept.as_vector(), np.arange(8, dtype=np.float32))


def test_the_model_sees_the_photo_upright_and_edited(fake, arrive, coin):
    arrive(coin, edit={"crop": [0.5, 0.5, 0.25]})
    [[seen]] = fake.calls
    assert (seen.images[0].shape, seen.images[0].dtype) == ((150, 150, 3), np.uint8)
    assert (seen.names, seen.roles) == (("coin.jpg",), ("obverse",))


def test_what_was_measured_goes_along(fake, arrive, collection):
    known = make_coin(collection, weight="2.1", diameter="18.5", year_from=98)
    arrive(known)
    arrive(make_coin(collection))
    [[first], [second]] = fake.calls
    assert first.measured == Measured(2.1, 18.5, 98)
    assert second.measured is None


def test_a_weight_alone_is_worth_telling(fake, arrive, collection):
    arrive(make_coin(collection, weight="3.4", diameter=None))
    assert fake.calls[0][0].measured == Measured(weight=3.4)


def test_a_second_delivery_does_nothing(fake, arrive, coin):
    arrive(coin)
    assert pipeline.run(job_of(coin).pk) == 0
    assert len(fake.calls) == 1
    assert pipeline.run(10**9) == 0


def test_what_waits_is_taken_along_in_one_call(fake, queue, arrive, collection):
    coins = [make_coin(collection) for _n in range(5)]
    for one in coins:
        arrive(one)
    assert pipeline.run(queue[0][1]) == 5
    assert [len(call) for call in fake.calls] == [5]
    assert [pipeline.run(pk) for _task, pk in queue[1:]] == [0, 0, 0, 0]


def test_a_killed_workers_job_is_taken_up_again_and_alone(fake, queue, arrive, collection):
    arrive(make_coin(collection))
    arrive(make_coin(collection))
    dead, other = Identification.objects.order_by("pk")
    assert dead.claim()
    assert tasks.resume_stalled() == 0
    Identification.objects.filter(pk=dead.pk).update(beat_at=timezone.now() - 2 * LEASE)
    queue.clear()
    assert tasks.resume_stalled() == 1
    assert pipeline.run(dead.pk) == 1
    assert Identification.objects.get(pk=dead.pk).state == "suggested"
    assert Identification.objects.get(pk=other.pk).state == "queued"


def test_one_that_kills_every_worker_is_given_up(fake, queue, arrive, coin):
    arrive(coin)
    for _death in range(3):
        assert job_of(coin).claim()
        Identification.objects.update(beat_at=timezone.now() - timedelta(minutes=5))
        tasks.resume_stalled()
    assert pipeline.run(job_of(coin).pk) == 0
    assert (job_of(coin).state, job_of(coin).reason) == ("failed", "gave_up")
    job_of(coin).retry()
    assert pipeline.run(job_of(coin).pk) == 1


def test_two_workers_never_have_the_same_one(queue, arrive, coin):
    arrive(coin)
    one, other = job_of(coin), job_of(coin)
    assert (one.claim(), other.claim()) == (True, False)


def test_a_worker_that_was_overtaken_writes_nothing(fake, queue, arrive, coin):
    arrive(coin)
    late = job_of(coin)
    late.claim()
    Identification.objects.update(beat_at=timezone.now() - 2 * LEASE, state="running")
    assert job_of(coin).claim()
    pipeline.keep(pipeline.Work(late, None), opinion(), VERSION)
    assert not Suggestion.objects.exists()
    assert job_of(coin).state == "running"


def test_a_photo_deleted_meanwhile_ends_it_quietly(fake, queue, arrive, coin):
    photo = arrive(coin)
    job = job_of(coin)

    def deleted_while_looking(seen):
        photo.delete()
        return opinion()

    fake.says = deleted_while_looking
    assert pipeline.run(job.pk) == 1
    assert not Identification.objects.exists()


def test_a_photo_changed_meanwhile_makes_it_stale(fake, queue, arrive, coin):
    photo = arrive(coin)

    def turned_while_looking(seen):
        photo.edit = {"rotate": 90}
        photo.save()
        return opinion()

    fake.says = turned_while_looking
    pipeline.run(job_of(coin).pk)
    assert (job_of(coin).state, job_of(coin).reason) == ("stale", "photo")
    assert not Suggestion.objects.exists()
    assert not Embedding.objects.exists()


def test_not_confident_is_no_failure(fake, arrive, coin):
    fake.says = opinion("abstained", reason="unlike_anything")
    arrive(coin)
    assert (job_of(coin).state, job_of(coin).reason) == ("abstained", "unlike_anything")
    assert not Suggestion.objects.exists()


def test_without_a_model_it_says_so_and_goes_on_once_there_is_one(
    arrive, coin, settings, django_capture_on_commit_callbacks
):
    arrive(coin)
    job = job_of(coin)
    assert (job.state, job.reason) == ("failed", "no_model")
    settings.IDENTIFY_PREDICTOR = "tests.identify.fakes.Fake"
    with django_capture_on_commit_callbacks(execute=True):
        assert job.retry()
    assert job_of(coin).state == "suggested"


def test_a_broken_model_is_told_with_its_own_words(arrive, coin, monkeypatch):
    def broken():
        raise ModelUnusable("broken_model", "heads.safetensors: wrong hash")

    monkeypatch.setattr("identify.pipeline.predictor", broken)
    arrive(coin)
    assert (job_of(coin).reason, job_of(coin).failure) == (
        "broken_model", "heads.safetensors: wrong hash",
    )  # fmt: skip


def test_a_photo_that_cannot_be_read_fails_alone(fake, queue, arrive, collection):
    bad, good, gone = (make_coin(collection) for _n in range(3))
    arrive(bad, data=b"\xff\xd8\xff but no more")
    arrive(good)
    photo = arrive(gone)
    photo.original.storage.delete(photo.original.name)
    pipeline.run(queue[0][1])
    assert [(job_of(one).state, job_of(one).reason) for one in (bad, good, gone)] == [
        ("failed", "unreadable"), ("suggested", ""), ("failed", "unreadable"),
    ]  # fmt: skip
    assert job_of(gone).failure == "The original file is missing."
    with override("de"):
        assert job_of(gone).failure == "Die Originaldatei fehlt."


def test_one_coin_that_the_model_fails_over_costs_the_others_nothing(
    fake, queue, arrive, collection
):
    coins = [make_coin(collection) for _n in range(3)]
    arrive(coins[0])
    arrive(coins[1], role="both")
    arrive(coins[2])

    def mood(seen):
        if seen.roles == ("both",):
            raise RuntimeError("cannot do this one")
        return opinion()

    fake.says = mood
    pipeline.run(queue[0][1])
    assert [job_of(one).state for one in coins] == ["suggested", "failed", "suggested"]
    assert "cannot do this one" in job_of(coins[1]).failure


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OperationalError("database or disk is full"), "disk_full"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk_full"),
        (OperationalError("connection lost"), "storage"),
    ],
)
def test_a_full_disk_leaves_nothing_half_written_and_can_be_retried(
    fake, arrive, coin, monkeypatch, error, reason, django_capture_on_commit_callbacks
):
    def full(*args):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(Embedding, "keep", full)
        arrive(coin)
    job = job_of(coin)
    assert (job.state, job.reason, job.opinion) == ("failed", reason, {})
    assert not Suggestion.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert job.retry()
    assert job_of(coin).state == "suggested"


def test_too_little_memory_has_a_name_of_its_own(fake, arrive, coin, monkeypatch):
    def large(*args):
        raise MemoryError

    monkeypatch.setattr("identify.pipeline.looked_at", large)
    arrive(coin)
    assert job_of(coin).reason == "memory"


def test_another_model_outdates_what_is_still_to_be_decided(fake, arrive, collection, owner):
    decided, undecided, abstained = (make_coin(collection) for _n in range(3))
    arrive(decided)
    for one in job_of(decided).suggestions.all():
        one.refuse(owner)
    arrive(undecided)
    fake.says = opinion("abstained")
    arrive(abstained)
    assert Identification.objects.outdate(Fake().version) == 0
    assert Identification.objects.outdate("fake-2") == 2
    assert job_of(decided).state == "suggested"
    assert (job_of(undecided).state, job_of(undecided).reason) == ("stale", "model")
    assert job_of(abstained).state == "stale"

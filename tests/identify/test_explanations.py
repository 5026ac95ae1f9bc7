"""The row behind a heat map: asked for, worked once, resumed, kept, gone with its photo."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from catalog import arranging
from catalog.models.jobs import LEASE
from catalog.refusals import Refusal
from identify import facing, tasks
from identify.models import Explanation, HeatMap, Identification, StaleSuggestion
from identify.values import Face
from tests.factories import make_photo
from tests.identify.conftest import job_of
from tests.identify.fakes import Standing, answer, opinion

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggestion(fake, arrive, coin):
    arrive(coin)
    return job_of(coin).suggestions.get(field="ruler")


def done(suggestion, label="", by=None):
    job = Explanation.begin(suggestion, label, by)
    tasks.explain(job.pk)
    job.refresh_from_db()
    return job


def test_it_is_made_and_kept(fake, suggestion, owner):
    job = done(suggestion, by=owner)
    assert (job.state, job.model, job.label, job.user) == ("done", "fake-1", "Trajan", owner)
    [one] = job.maps.all()
    assert one.square == [0.5, 0.5, 0.468]
    assert (one.photo, one.side) == (suggestion.identification.face, "obverse")
    assert one.image.read().startswith(b"\x89PNG")
    assert fake.explained == [("roman_imperial", "ruler", "Trajan")]


def test_asked_twice_it_is_the_same(fake, suggestion, queue):
    first = Explanation.begin(suggestion)
    assert Explanation.begin(suggestion, "Trajan") == first
    tasks.explain(first.pk)
    tasks.explain(first.pk)  # a second delivery
    assert len(fake.explained) == 1
    assert Explanation.begin(suggestion).state == "done"
    assert HeatMap.objects.count() == 1


def test_another_candidate_has_a_map_of_its_own(fake, suggestion):
    assert done(suggestion) != done(suggestion, "Hadrian")
    assert [label for _scope, _field, label in fake.explained] == ["Trajan", "Hadrian"]


def test_both_faces_have_one_each(fake, arrive, coin, queue):
    arrive(coin, "obverse")
    arrive(coin, "reverse")
    tasks.run(job_of(coin).pk)
    fake.says = opinion()
    job = done(job_of(coin).suggestions.get(field="ruler"))
    assert [one.photo.role for one in job.maps.all()] == ["obverse", "reverse"]


def test_nothing_that_spoke_for_it_is_no_map(fake, suggestion, monkeypatch):
    cold = fake.explain

    def explain(*asked):
        return [type(heat)(heat.values * 0, heat.square) for heat in cold(*asked)]

    fake.explain = explain
    job = done(suggestion)
    assert (job.state, job.maps.count()) == ("done", 0)


# --- refusals, each by name ------------------------------------------------------------
def test_what_was_not_suggested_is_refused(suggestion):
    with pytest.raises(Refusal) as refused:
        Explanation.begin(suggestion, "Napoleon")
    assert refused.value.code == "no_candidate"


def test_what_was_read_is_not_explained_by_looking(fake, arrive, coin):
    fake.says = opinion(fields={"obverse_legend": answer(("IMP C", 0.9))})
    arrive(coin)
    with pytest.raises(Refusal) as refused:
        Explanation.begin(job_of(coin).suggestions.get())
    assert refused.value.code == "not_explained"


def test_a_stale_suggestion_is_refused(suggestion):
    photo = suggestion.identification.face
    photo.edit = {"rotate": 90}
    photo.save()
    with pytest.raises(StaleSuggestion):
        Explanation.begin(suggestion)


@pytest.mark.parametrize("reason", ["photo", "model", "not_explained", "no_model", "unreadable"])
def test_what_goes_wrong_has_its_name(fake, suggestion, reason):
    job = Explanation.begin(suggestion)
    photo = suggestion.identification.face
    if reason == "photo":
        type(photo).objects.filter(pk=photo.pk).update(edit={"rotate": 90})
    elif reason == "model":
        fake.version = "fake-2"
    elif reason == "not_explained":
        fake.explain = lambda *asked: []
    elif reason == "no_model":
        Standing.predictor = None
    else:
        photo.original.storage.delete(photo.original.name)
    tasks.explain(job.pk)
    job.refresh_from_db()
    assert (job.state, job.reason, job.maps.count()) == ("failed", reason, 0)


def test_whatever_the_model_raises_is_written_down_and_tried_again(fake, suggestion):
    def broken(*asked):
        raise RuntimeError("tensor on fire")

    well, fake.explain = fake.explain, broken
    job = done(suggestion)
    assert (job.state, job.reason) == ("failed", "error")
    assert "tensor on fire" in job.failure
    fake.explain = well
    again = Explanation.begin(suggestion)
    assert (again, again.state, again.failure) == (job, "waiting", "")
    tasks.explain(again.pk)
    assert Explanation.objects.get().state == "done"


# --- workers that die ------------------------------------------------------------------
def dead(job):
    Explanation.objects.filter(pk=job.pk).update(
        state="running", beat_at=timezone.now() - LEASE - timedelta(seconds=1)
    )


def test_a_dead_workers_wish_goes_on(fake, suggestion):
    job = Explanation.begin(suggestion)
    dead(job)
    assert tasks.resume_stalled() == 1
    tasks.explain(job.pk)
    assert Explanation.objects.get().state == "done"


def test_what_kills_its_worker_each_time_is_given_up(fake, suggestion):
    job = Explanation.begin(suggestion)
    Explanation.objects.update(attempts=3)
    tasks.explain(job.pk)
    job.refresh_from_db()
    assert (job.state, job.reason) == ("failed", "gave_up")
    assert not fake.explained


# --- what goes with what -------------------------------------------------------------
@pytest.mark.parametrize("what", ["photo", "coin", "identification"])
def test_the_picture_goes_with_what_it_shows(
    fake, suggestion, coin, owner, what, django_capture_on_commit_callbacks
):
    name = done(suggestion).maps.get().image.name
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        if what == "photo":
            arranging.discard(suggestion.identification.face, owner)
        elif what == "coin":
            coin.delete()
        else:
            Identification.objects.all().delete()
    assert not Explanation.objects.exists()
    assert not default_storage.exists(name)


# --- which face was on which photo ---------------------------------------------------
def test_two_photos_of_one_name_are_told_apart_by_what_they_show(coin):
    photos = [make_photo(coin, "obverse"), make_photo(coin, "reverse")]
    faces = [Face("coin.jpg", "reverse"), Face("coin.jpg", "obverse")]
    assert facing.photos_of(faces, photos) == photos[::-1]


def test_two_faces_on_one_photo_are_both_on_it(coin):
    photo = make_photo(coin, "both")
    faces = [Face("coin.jpg", "obverse"), Face("coin.jpg", "reverse")]
    assert facing.photos_of(faces, [photo]) == [photo, photo]
    other = make_photo(coin, "other")
    assert facing.photos_of([*faces, Face("coin.jpg")], [photo, other]) == [photo, photo, other]

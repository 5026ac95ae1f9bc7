"""What begins an identification, and which of several a coin shows."""

import pytest

from identify.models import Identification
from identify.pipeline import identify_again
from tests.factories import make_photo
from tests.identify.conftest import job_of

pytestmark = pytest.mark.django_db


def test_a_photo_begins_one_and_the_task_gets_its_id(queue, arrive, coin):
    photo = arrive(coin)
    job = job_of(coin)
    assert (job.state, job.photos, job.total) == ("queued", [photo], 1)
    assert queue == [("identify.tasks.run", job.pk)]


def test_the_second_face_begins_one_for_both_in_place_of_the_first(queue, arrive, coin):
    reverse = arrive(coin, "reverse")
    obverse = arrive(coin, "obverse")
    assert job_of(coin).photos == [obverse, reverse]
    assert Identification.objects.count() == 1


def test_both_at_once_are_one_job(queue, arrive, coin):
    make_photo(coin, "obverse")
    reverse = arrive(coin, "reverse")
    arrive_again = Identification.begin([*job_of(coin).photos])
    assert arrive_again == job_of(coin)
    assert reverse in arrive_again.photos


def test_an_edge_begins_nothing(queue, arrive, coin):
    arrive(coin, "edge")
    assert not Identification.objects.exists()


def test_a_picture_of_something_else_does_not_take_the_faces_place(fake, arrive, coin):
    face = arrive(coin, "obverse")
    arrive(coin, "other")
    assert job_of(coin).photos == [face]
    assert Identification.objects.filter(current=False, state="suggested").count() == 1


def test_what_was_said_of_one_face_stays_on_record(fake, arrive, coin):
    arrive(coin, "obverse")
    arrive(coin, "reverse")
    states = Identification.objects.order_by("pk").values_list("state", "current")
    assert list(states) == [("suggested", False), ("suggested", True)]


def test_again_is_a_new_look(fake, arrive, coin, owner, django_capture_on_commit_callbacks):
    arrive(coin)
    first = job_of(coin)
    with django_capture_on_commit_callbacks(execute=True):
        again = identify_again(coin, owner)
    assert again.pk != first.pk
    assert job_of(coin).pk == again.pk


def test_without_a_photo_there_is_nothing_to_look_at(coin, owner):
    assert identify_again(coin, owner) is None


def test_the_jobs_of_a_deleted_photo_vanish(queue, arrive, coin):
    arrive(coin).delete()
    assert not Identification.objects.exists()

"""What went wrong is kept so that each reads it in his own language."""

import copy
import json
import pickle

import pytest
from django.core import serializers
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from catalog.models import Export, Photo
from catalog.refusals import Refusal
from catalog.sentences import MARK, at_most, kept, named, sentence, worded
from catalog.tasks import make_thumbnails
from tests.factories import make_coin, make_photo

LARGE = Refusal(
    "bomb",
    "The picture is larger than %(limit)s megapixels. Scale it down and try again.",
    limit=80,
)
ENGLISH = "The picture is larger than 80 megapixels. Scale it down and try again."
DAMAGED = Refusal("truncated", "The file is empty.")


def test_what_was_kept_in_one_language_is_read_in_another():
    with override("de"):
        said = sentence(LARGE)
    assert said != ENGLISH
    assert worded(kept(said)) == ENGLISH
    with override("de"):
        assert worded(kept(said)) == said


def test_what_it_is_about_stands_before_it():
    told = kept(named("a.jpg", DAMAGED))
    assert worded(told) == "a.jpg: The file is empty."
    with override("de"):
        assert worded(told) == "a.jpg: Die Datei ist leer."


@pytest.mark.parametrize(
    "text",
    [
        "The file is empty.", "KeyError: 'nonsense'", "", "{", f"{MARK}", f'{MARK}"cut o',
        f'{MARK}"%(limit)s", "with": {{"other": 1}}}}',
        f'{MARK}1}}', f'{MARK}"%(limit)d", "with": {{"limit": "a"}}}}', f'{MARK}"a", "with": 3}}',
    ],
)  # fmt: skip
def test_whatever_else_stands_there_stays_as_it_is(text):
    with override("de"):
        assert worded(text) == text


def test_a_name_that_looks_like_a_sentence_stays_a_name():
    name = kept(sentence(LARGE))
    told = kept(named(name, DAMAGED))
    assert worded(told) == f"{name}: The file is empty."


def test_a_sentence_is_not_cut_through():
    assert at_most("plain words", 5) == "plain"
    assert worded(kept(at_most(sentence(LARGE), 5))) == ENGLISH


def test_a_sentence_goes_through_a_cache_and_a_copy():
    said = sentence(LARGE)
    for other in (copy.deepcopy(said), pickle.loads(pickle.dumps(said))):
        assert (other, other.kept) == (said, said.kept)


@pytest.mark.django_db
def test_a_row_tells_it_to_each_in_his_own_language(owner):
    pk = Export.objects.create(user=owner, failure=sentence(LARGE)).pk
    assert Export.objects.get(pk=pk).failure == ENGLISH
    with override("de"):
        german = Export.objects.get(pk=pk)
        assert german.failure == Export.objects.values_list("failure", flat=True).get(pk=pk)
        assert german.failure != ENGLISH
        german.save()  # by a German, all columns
    assert Export.objects.get(pk=pk).failure == ENGLISH
    [said] = json.loads(serializers.serialize("json", Export.objects.all()))
    assert worded(said["fields"]["failure"]) == ENGLISH


@pytest.mark.django_db
def test_a_row_of_before_keeps_its_sentence(owner):
    pk = Export.objects.create(user=owner, failure="The file is empty.").pk
    with override("de"):
        assert Export.objects.get(pk=pk).failure == "The file is empty."


@pytest.mark.django_db
def test_what_is_too_long_for_its_column_is_kept_as_it_reads(collection):
    why = sentence(Refusal("long", "It is %(what)s.", what="long " * 80))
    photo = make_photo(make_coin(collection))
    Photo.objects.filter(pk=photo.pk).update(failure=why)
    photo.refresh_from_db()
    assert photo.failure == why[:300]


@pytest.mark.django_db
def test_a_photo_tells_in_german_why_it_cannot_be_shown(owner, collection):
    photo = make_photo(make_coin(collection))
    photo.original.storage.delete(photo.original.name)
    make_thumbnails([photo.pk])
    photo.refresh_from_db()
    assert photo.failure == "The original file is missing."
    owner.language = "de"
    owner.save()
    client = Client()
    client.force_login(owner)
    page = client.get(photo.coin.get_absolute_url()).content.decode()
    assert "Die Originaldatei fehlt." in page
    told = client.get(reverse("v1:photo-detail", args=[photo.pk])).json()
    assert told["failure"] == "Die Originaldatei fehlt."

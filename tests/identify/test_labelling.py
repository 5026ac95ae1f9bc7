"""Labels: who said what of a photo, what stands, what was withdrawn, and what a model may learn of it."""

import pytest
from django.db import IntegrityError, transaction

from identify.labelling.words import label_for
from identify.models import How, Label, PhotoFlag, SpecimenGroup, Suggestion
from identify.models.suggestions import accept_all, take_back_all
from tests.factories import make_coin, make_collection, make_photo, make_user
from tests.identify.conftest import job_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(coin):
    return make_photo(coin)


def of(coin, field="ruler"):
    return Suggestion.objects.for_deciding().get(identification=job_of(coin), field=field)


# --- one person's word ----------------------------------------------------------------
def test_a_new_word_withdraws_the_former_which_stays_on_record(photo, owner):
    first = Label.say(photo, "ruler", "Trajan", owner)
    second = Label.say(photo, "ruler", "Hadrian", owner)
    first.refresh_from_db()
    assert (first.withdrawn_by, second.withdrawn_at) == (owner, None)
    assert list(Label.objects.standing()) == [second]
    assert Label.objects.count() == 2


def test_each_person_has_a_word_of_each_field(photo, owner, editor):
    Label.say(photo, "ruler", "Trajan", owner)
    Label.say(photo, "ruler", "Hadrian", editor)
    Label.say(photo, "side", "obverse", owner)
    assert Label.objects.standing().count() == 3


def test_the_database_keeps_a_second_standing_word_out(photo, owner):
    Label.say(photo, "ruler", "Trajan", owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        Label.objects.create(photo=photo, field="ruler", value="Nerva", by=owner)


def test_an_unread_word_takes_away_none_that_was_looked_at(photo, owner):
    typed = Label.say(photo, "ruler", "Trajan", owner)
    assert Label.say(photo, "ruler", "Hadrian", owner, How.UNREAD) == typed
    assert [one.value for one in Label.objects.all()] == ["Trajan"]


@pytest.mark.parametrize(
    ("how", "weight", "judges"),
    [
        ("typed", 1, True), ("corrected", 1, True), ("viewed", 1, False), ("unread", 0.3, False),
        ("imported", 1, False),
    ],
)  # fmt: skip
def test_what_a_word_weighs_and_whether_it_judges(photo, owner, how, weight, judges):
    label = Label.say(photo, "ruler", "Trajan", owner, how)
    assert (label.weight, label.judges) == (weight, judges)


def test_strangers_see_no_labels(photo, owner, viewer, stranger):
    Label.say(photo, "ruler", "Trajan", owner)
    assert [Label.objects.visible_to(user).count() for user in (owner, viewer, stranger)] == [
        1,
        1,
        0,
    ]


def test_a_person_who_leaves_leaves_his_words(photo, editor):
    Label.say(photo, "ruler", "Trajan", editor)
    editor.delete()
    assert Label.objects.standing().get().by is None


# --- decisions about suggestions ------------------------------------------------------
def test_accepting_after_a_look(fake, arrive, coin, owner):
    arrive(coin)
    of(coin).accept(owner)
    label = Label.objects.get()
    assert (label.field, label.value, label.how, label.by) == ("ruler", "Trajan", "viewed", owner)
    assert label.suggestion == of(coin)


def test_accepting_all_is_unread(fake, arrive, coin, owner):
    arrive(coin)
    accept_all(job_of(coin), owner)
    assert set(Label.objects.values_list("value", "how")) == {
        ("Trajan", "unread"),
        ("Denarius", "unread"),
    }


def test_correcting_denies_what_was_shown(fake, arrive, coin, owner):
    arrive(coin)
    of(coin).correct(owner, {"authority": "Nerva"})
    label = Label.objects.get()
    assert (label.value, label.how, label.contradicts) == ("Nerva", "corrected", "Trajan")


def test_both_faces_get_the_word(fake, arrive, coin, owner):
    arrive(coin)
    arrive(coin, "reverse")
    of(coin).accept(owner)
    assert set(Label.objects.values_list("photo__role", "value")) == {
        ("obverse", "Trajan"),
        ("reverse", "Trajan"),
    }


def test_undoing_withdraws_it(fake, arrive, coin, owner):
    arrive(coin)
    of(coin).accept(owner)
    of(coin).take_back(owner)
    assert not Label.objects.standing().exists()
    accept_all(job_of(coin), owner)
    take_back_all(job_of(coin), owner)
    assert not Label.objects.standing().exists()
    assert Label.objects.count() == 3


def test_refusing_and_not_knowing_are_no_labels(fake, arrive, coin, owner):
    arrive(coin)
    of(coin).refuse(owner)
    of(coin, "denomination").dont_know(owner)
    assert not Label.objects.exists()


@pytest.mark.parametrize(
    ("field", "said", "known", "label"),
    [
        ("face_value", {"denomination": "10 Euro cent"}, (), "10c"),
        ("us_denomination", {"denomination": "Dime", "region": "United States"}, (), "dimes"),
        ("ruler", {"authority": " Gordian  III "}, (), "Gordian III"),
        (
            "world_coin", {"denomination": "1 Krone", "region": "Norway"},
            ("1 Krone|Norwegian Krone|norway",), "1 Krone|Norwegian Krone|norway",
        ),
        ("world_coin", {"denomination": "1 Florin", "region": "Aruba"}, (), "1 Florin|Aruba"),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_the_models_word(field, said, known, label):
    assert label_for(field, said, known) == label


# --- what a model may learn -----------------------------------------------------------
def values(field="ruler"):
    return {row.photo_id: row.value for row in Label.objects.for_training(field)}


def test_a_row_has_what_training_asks_for(photo, owner):
    Label.say(photo, "ruler", "Trajan", owner, How.UNREAD)
    [row] = Label.objects.for_training("ruler")
    assert (row.photo, row.value, row.weight, row.judges) == (photo, "Trajan", 0.3, False)
    assert (row.photo_id, row.group) == (photo.pk, photo.coin_id)
    assert Label.objects.judging("ruler") == []


def test_the_disputed_teaches_nobody(photo, owner, editor):
    Label.say(photo, "ruler", "Trajan", owner)
    assert values() == {photo.pk: "Trajan"}
    Label.say(photo, "ruler", "Hadrian", editor)
    assert values() == {}
    Label.say(photo, "ruler", "Trajan", editor)
    assert values() == {photo.pk: "Trajan"}


def test_a_dynasty_is_no_class(photo, owner):
    Label.say(photo, "ruler", "flavian", owner)
    assert values() == {}


@pytest.mark.parametrize(
    ("kind", "teaches"), [("bad", False), ("fake", False), ("duplicate", True)]
)
def test_a_flagged_photo_teaches_nobody(photo, owner, kind, teaches):
    Label.say(photo, "ruler", "Trajan", owner)
    flag = PhotoFlag.raise_for(photo, kind, owner)
    assert PhotoFlag.raise_for(photo, kind, owner) == flag
    assert bool(values()) == teaches
    flag.withdraw(owner)
    assert values()


def test_what_is_thrown_away_teaches_nobody(photo, owner):
    Label.say(photo, "ruler", "Trajan", owner)
    photo.coin.discard(owner)
    assert values() == {}


def test_photos_of_one_specimen_have_one_group(collection, owner):
    photos = [make_photo(make_coin(collection)) for _n in range(5)]
    for state, pair in (
        ("confirmed", photos[:2]), ("confirmed", photos[1:3]), ("refused", photos[2:4]),
    ):  # fmt: skip
        group = SpecimenGroup.objects.create(
            key=str(len(pair[0].sha256)) + pair[0].sha256[-4:], state=state
        )
        group.photos.set(pair)
    for photo in photos:
        Label.say(photo, "ruler", "Trajan", owner)
    groups = [row.group for row in Label.objects.for_training("ruler")]
    first = photos[0].coin_id
    assert groups == [first, first, first, photos[3].coin_id, photos[4].coin_id]


def test_questions_asked_of_the_database(owner, django_assert_num_queries):
    collection, other = make_collection(owner), make_user()
    for _n in range(6):
        photo = make_photo(make_coin(collection))
        Label.say(photo, "ruler", "Trajan", owner)
        Label.say(photo, "ruler", "Trajan", other)
    with django_assert_num_queries(2):
        assert len([row.photo.coin.pk for row in Label.objects.for_training("ruler")]) == 6

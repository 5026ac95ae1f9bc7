"""The curation desk: what waits there for whom, and what becomes of a curator's word."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from catalog.refusals import Refusal
from identify.labelling import desk, queue
from identify.models import Gold, Label, PhotoFlag, Skip
from tests.factories import make_coin, make_photo, make_user, share_with
from tests.identify.fakes import answer, opinion

pytestmark = pytest.mark.django_db


def curate(user):
    user.is_staff = True
    user.save()
    user.user_permissions.add(Permission.objects.get(codename="curate"))
    return type(user).objects.get(pk=user.pk)


@pytest.fixture
def anna(viewer):
    return curate(viewer)


@pytest.fixture
def ben(collection):
    ben = make_user("ben")
    share_with(collection, ben)
    return curate(ben)


@pytest.fixture
def photos(fake, arrive, collection):
    found = []
    for first, second in ((0.9, 0.05), (0.5, 0.45), (0.7, 0.2)):
        said = answer(("Trajan", first), ("Hadrian", second))
        fake.says = opinion(fields={"ruler": said})
        found.append(arrive(make_coin(collection)))
    return found


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user, query="?field=ruler") -> str:
    return signed_in(user).get(reverse("identify:desk") + query).content.decode()


def post(user, photo, what="say", order="uncertain", **data):
    address = reverse("identify:desk-deed", args=[photo.pk, what])
    return signed_in(user).post(address, {"field": "ruler", "order": order} | data)


# --- who --------------------------------------------------------------------------------
def test_the_desk_is_for_curators_who_are_staff(owner, stranger, photos):
    stranger.is_staff = True
    stranger.save()
    owner.user_permissions.add(Permission.objects.get(codename="curate"))
    for user in (owner, stranger):
        assert signed_in(user).get(reverse("identify:desk")).status_code == 403
        assert post(user, photos[0], label="Trajan").status_code == 403
    assert not Label.objects.exists()


def test_a_curator_sees_no_photo_that_he_could_not_see_otherwise(stranger, photos):
    curate(stranger)
    assert "nothing to label yet" in page(stranger, "")
    assert queue.queue(stranger, "ruler", "uncertain") == []
    assert f"/photos/{photos[0].pk}/" not in page(stranger, f"?field=ruler&at={photos[0].pk}")
    assert post(stranger, photos[0], label="Trajan").status_code == 404


# --- the queue --------------------------------------------------------------------------
def test_the_least_sure_come_first_and_the_address_says_where_one_is(anna, photos):
    order = [photos[1].pk, photos[2].pk, photos[0].pk]
    assert queue.queue(anna, "ruler", "uncertain") == order
    found = page(anna, f"?field=ruler&order=uncertain&at={photos[2].pk}")
    assert reverse("identify:desk-deed", args=[photos[2].pk, "say"]) in found
    assert "3 photos wait" in found


def test_a_word_is_kept_and_the_next_photo_comes(anna, photos):
    answered = post(anna, photos[1], label="Trajan")
    label = Label.objects.get()
    assert (label.value, label.how, label.by) == ("Trajan", "viewed", anna)
    assert f"last={label.pk}" in answered["Location"]
    found = signed_in(anna).get(answered["Location"]).content.decode()
    assert "You said: Trajan." in found
    assert reverse("identify:desk-deed", args=[photos[2].pk, "say"]) in found


def test_another_candidate_or_a_typed_word_is_a_correction(anna, photos):
    post(anna, photos[0], label="Hadrian")
    post(anna, photos[1], text=" nerva ")
    assert list(Label.objects.order_by("pk").values_list("value", "how", "shown")) == [
        ("Hadrian", "corrected", "Trajan"),
        ("Nerva", "corrected", "Trajan"),
    ]


def test_nothing_written_is_refused(anna, photos):
    with pytest.raises(Refusal) as refusal:
        desk.answer(photos[0], "ruler", "uncertain", "  ", anna)
    assert refusal.value.code == "empty"
    assert f"at={photos[0].pk}" in post(anna, photos[0], text="")["Location"]


def test_the_coin_itself_stays_as_its_owner_left_it(anna, photos):
    post(anna, photos[0], label="Trajan")
    photos[0].coin.refresh_from_db()
    assert photos[0].coin.authority is None


def test_skipping_and_flagging(anna, ben, photos):
    post(anna, photos[1], "skip")
    assert Skip.objects.get().by == anna
    assert queue.queue(anna, "ruler", "uncertain") == [photos[2].pk, photos[0].pk]
    assert photos[1].pk in queue.queue(ben, "ruler", "uncertain")
    post(anna, photos[1], "flag", kind="bad")
    assert PhotoFlag.objects.get().kind == "bad"
    assert photos[1].pk not in queue.queue(ben, "ruler", "uncertain")
    post(anna, photos[0], "flag", kind="ugly")
    assert PhotoFlag.objects.count() == 1


def test_undo_takes_back_ones_own_word_and_no_others(anna, ben, photos):
    post(anna, photos[0], label="Trajan")
    label = Label.objects.get()
    address = reverse("identify:desk-undo", args=[label.pk])
    assert signed_in(ben).post(address).status_code == 404
    assert Label.objects.standing().exists()
    assert f"at={photos[0].pk}" in signed_in(anna).post(address)["Location"]
    assert not Label.objects.standing().exists()


def test_a_word_about_a_coin_is_kept_with_both_faces_and_undone_with_both(anna, photos):
    reverse_face = make_photo(photos[0].coin, "reverse")
    said = desk.answer(photos[0], "ruler", "uncertain", "Trajan", anna)
    assert set(Label.objects.values_list("photo", flat=True)) == {photos[0].pk, reverse_face.pk}
    desk.take_back(said, anna)
    assert not Label.objects.standing().exists()


# --- several people ---------------------------------------------------------------------
def test_a_second_opinion_does_not_show_the_first(anna, ben, photos):
    post(anna, photos[1], label="Hadrian")
    assert queue.queue(ben, "ruler", "second") == [photos[1].pk]
    assert queue.queue(anna, "ruler", "second") == []
    found = page(ben, "?field=ruler&order=second")
    assert "person says" not in found
    assert 'data-key="a"' not in found
    assert found.index("Hadrian") < found.index("Trajan")  # by the alphabet, not by the model
    answered = post(ben, photos[1], order="second", label="Hadrian")
    label = Label.objects.get(by=ben)
    assert (label.how, label.shown, label.judges) == ("typed", "", True)
    assert "agree on Hadrian" in signed_in(ben).get(answered["Location"]).content.decode()


def test_a_dispute_shows_what_people_said_without_their_names(
    anna, ben, curator, collection, photos
):
    share_with(collection, curator)
    post(anna, photos[1], label="Hadrian")
    post(ben, photos[1], label="Trajan")
    assert queue.queue(curator, "ruler", "people") == [photos[1].pk]
    found = page(curator, "?field=ruler&order=people")
    assert "1 person says Hadrian" in found
    assert ben.username not in found


def test_the_model_against_people_comes_back_until_it_was_seen(anna, owner, photos):
    Label.say(photos[1], "ruler", "Hadrian", anna)
    assert queue.queue(anna, "ruler", "model") == [photos[1].pk]
    desk.answer(photos[1], "ruler", "model", "Hadrian", anna)
    assert queue.queue(anna, "ruler", "model") == []


def test_gold_is_slipped_in_unseen(anna, ben, collection, fake, arrive):
    for _n in range(9):
        fake.says = opinion(fields={"ruler": answer(("Trajan", 0.6), ("Hadrian", 0.3))})
        arrive(make_coin(collection))
    waiting = queue.queue(anna, "ruler", "uncertain")
    last = waiting[-1]
    label = Label.say(collection.coins.get(photos=last).photos.get(), "ruler", "Hadrian", ben)
    Gold.objects.create(photo=label.photo, field="ruler", value="Hadrian", by=ben)
    for photo in waiting[:7]:
        desk.answer(
            collection.coins.get(photos=photo).photos.get(), "ruler", "uncertain", "Trajan", anna
        )
    assert queue.queue(anna, "ruler", "uncertain")[0] == last
    assert "certain" not in page(anna).replace("uncertain", "")
    assert queue.gold_for(ben, "ruler") == []


def test_a_field_of_ones_own_begins_with_every_photo(anna, photos):
    assert queue.queue(anna, "own:tokens", "rare") == []
    found = page(anna, f"?field=own:tokens&at={photos[0].pk}")
    assert "The model has said nothing" in found
    post(anna, photos[0], field="own:tokens", text="Nuremberg")
    assert Label.objects.get().how == "typed"
    assert queue.fields_of(anna) == ["ruler", "own:tokens"]


def test_words_for_the_box_that_completes(anna, photos):
    Label.say(photos[0], "ruler", "Trajan Decius", anna)
    address = reverse("identify:desk-words", args=["ruler"])
    found = signed_in(anna).get(address, {"q": "traj"}).json()["results"]
    assert set(found) >= {"Trajan", "Trajan Decius"}


def test_questions_asked_of_the_database(anna, photos, django_assert_max_num_queries):
    client = signed_in(anna)
    with django_assert_max_num_queries(26):
        client.get(reverse("identify:desk") + "?field=ruler")

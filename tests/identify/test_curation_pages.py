"""How far curators agree, how often they err, and what they did."""

import pytest
from django.test import Client
from django.urls import reverse

from identify.labelling import statistics
from identify.models import Gold, Label
from tests.factories import make_coin, make_photo
from tests.identify.test_desk import curate

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(viewer):
    return curate(viewer)


@pytest.fixture
def ben(editor):
    return curate(editor)


def get(user, name, query="") -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse(f"identify:{name}") + query).content.decode()


def post(user, label, what):
    client = Client()
    client.force_login(user)
    return client.post(reverse("identify:label", args=[label.pk, what]))


def say(collection, words):
    """`words`: for each coin what each person says of it."""
    for said in words:
        photo = make_photo(make_coin(collection))
        for person, value in said.items():
            Label.say(photo, "ruler", value, person)


def test_two_people_and_their_kappa(collection, anna, ben):
    both = [("Trajan", "Trajan")] * 20 + [("Trajan", "Nerva")] * 5
    both += [("Nerva", "Trajan")] * 10 + [("Nerva", "nerva")] * 15
    say(collection, [{anna: one, ben: other} for one, other in both])
    found = statistics.agreement_of("ruler", anna)
    [pair] = found.pairs
    assert (pair.photos, pair.same, round(pair.kappa, 3)) == (50, 35, 0.4)
    assert [one.disputed for one in found.classes] == [15, 15]
    assert "0.40" in get(anna, "agreement", "?field=ruler")


def test_what_was_accepted_unread_agrees_with_nobody(collection, anna, ben):
    photo = make_photo(make_coin(collection))
    Label.say(photo, "ruler", "Trajan", anna)
    Label.say(photo, "ruler", "Trajan", ben, "unread")
    found = statistics.agreement_of("ruler", anna)
    assert (found.photos, found.several, found.kappa) == (1, 0, None)
    assert "answered by two people" in get(anna, "agreement", "?field=ruler")


def test_a_word_about_both_faces_counts_once(collection, anna):
    coin = make_coin(collection)
    for role in ("obverse", "reverse"):
        Label.say(make_photo(coin, role), "ruler", "Trajan", anna)
    assert statistics.agreement_of("ruler", anna).photos == 1


def test_the_measured_error_is_of_first_answers(collection, anna, ben, owner):
    photos = [make_photo(make_coin(collection)) for _n in range(4)]
    for n, photo in enumerate(photos):
        Gold.objects.create(photo=photo, field="ruler", value="Trajan", by=ben)
        Label.say(photo, "ruler", "Trajan" if n else "Nerva", anna)
    Label.say(photos[0], "ruler", "Trajan", anna)  # he thought again
    Label.say(photos[1], "ruler", "Nerva", ben)  # marked it himself
    [one] = statistics.erring("ruler", anna)
    assert (one.person, one.asked, one.wrong) == (anna.username, 4, 1)
    assert "25 % (5–70)" in get(anna, "agreement", "?field=ruler")


def test_a_label_becomes_certain_and_is_no_longer(collection, anna, ben):
    label = Label.say(make_photo(make_coin(collection)), "ruler", "Trajan", anna)
    post(ben, label, "gold")
    post(ben, label, "gold")
    assert Gold.objects.get(retired_at=None).value == "Trajan"
    assert "Not certain" in get(anna, "activity")
    post(ben, label, "no-gold")
    assert not Gold.objects.filter(retired_at=None).exists()


def test_a_curator_withdraws_anothers_label_and_it_stays_in_the_history(collection, anna, ben):
    label = Label.say(make_photo(make_coin(collection)), "ruler", "Trajan", anna)
    post(ben, label, "withdraw")
    label.refresh_from_db()
    assert label.withdrawn_by == ben
    assert f"withdrawn by {ben}" in get(anna, "activity")


def test_what_was_said_of_a_coin_in_one_go_names_the_coin_once(collection, anna, ben):
    photo = make_photo(make_coin(collection, title="One coin of many words"))
    for field, value in (("ruler", "Trajan"), ("metal", "Silver")):
        Label.say(photo, field, value, anna)
    page = get(anna, "activity")
    assert page.count(photo.coin.title) == 1
    assert "Trajan" in page
    assert "Silver" in page
    assert page.count("Withdraw<") == 2
    Label.say(photo, "ruler", "Trajan", ben)
    assert get(anna, "activity").count(photo.coin.title) == 2


def test_a_page_that_is_not_for_everybody_says_for_whom(viewer):
    client = Client()
    client.force_login(viewer)
    said = client.get(reverse("identify:activity"))
    assert said.status_code == 403
    assert "for curators" in said.content.decode()


def test_a_curator_who_may_not_see_the_coin_is_a_stranger(collection, anna, stranger):
    curate(stranger)
    label = Label.say(make_photo(make_coin(collection)), "ruler", "Trajan", anna)
    for what in ("gold", "withdraw"):
        assert post(stranger, label, what).status_code == 404
    assert "Trajan" not in get(stranger, "activity")
    assert "Trajan" not in get(stranger, "agreement", "?field=ruler")

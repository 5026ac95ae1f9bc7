"""Coins like a coin, for programs: what is told, and to whom."""

import pytest
from django.test import Client

from tests.catalog.api.conftest import api as api
from tests.factories import make_coin, make_collection, share_with
from tests.identify.test_similar import asked as asked
from tests.identify.test_similar import attributed, seen
from tests.identify.test_similar import own_index as own_index

pytestmark = pytest.mark.django_db


def address(coin) -> str:
    return f"/api/v1/coins/{coin.pk}/similar/"


def test_the_nearest_with_their_likeness(api, owner, collection, asked):
    far, near = attributed(collection, 0.6), attributed(collection, 0.9)
    said = api(owner).get(address(asked)).json()
    assert said["was_seen"] is True
    assert [one["coin"] for one in said["similar"]] == [near.pk, far.pk]
    first = said["similar"][0]
    assert first["likeness"] == pytest.approx(0.9, abs=1e-3)
    assert first["faces"] == {"obverse": pytest.approx(0.9, abs=1e-3)}
    assert (first["name"], first["is_own"]) == ("Alike 0.9", True)


def test_ones_own_first_then_what_others_share(api, owner, collection, asked):
    other = make_collection()
    share_with(other, owner)
    theirs, mine = attributed(other, 0.95), attributed(collection, 0.7)
    attributed(make_collection(), 0.99)
    said = api(owner).get(address(asked)).json()["similar"]
    assert [(one["coin"], one["is_own"]) for one in said] == [(mine.pk, True), (theirs.pk, False)]


def test_what_one_may_own_already(api, owner, collection, asked):
    twin = make_coin(collection, status="owned")
    seen(twin, 0.97)
    said = api(owner).get(address(asked)).json()
    assert [one["coin"] for one in said["owned_already"]] == [twin.pk]
    assert said["similar"] == []  # nobody has said what it is


def test_as_many_as_one_asks_for(api, owner, collection, asked):
    for likeness in (0.9, 0.8, 0.7):
        attributed(collection, likeness)
    assert len(api(owner).get(address(asked), {"most": 2}).json()["similar"]) == 2
    for most in ("0", "51", "many"):
        answer = api(owner).get(address(asked), {"most": most})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["most"])


def test_a_coin_nobody_looked_at(api, owner, collection):
    said = api(owner).get(address(make_coin(collection))).json()
    assert said == {"was_seen": False, "similar": [], "owned_already": []}


def test_viewers_ask_strangers_find_nothing(api, viewer, stranger, asked):
    assert api(viewer).get(address(asked)).status_code == 200
    assert api(stranger).get(address(asked)).status_code == 404
    assert Client().get(address(asked)).status_code == 401


def test_it_stands_in_the_schema_with_its_problems(api, owner):
    schema = api(owner).get("/api/v1/schema/?format=json").json()
    said = schema["paths"]["/api/v1/coins/{id}/similar/"]["get"]
    assert {"200", "404"} <= set(said["responses"])
    assert said["tags"] == ["coins"]
    assert any(one["name"] == "most" for one in said["parameters"])


def test_the_first_page_still_names_the_coins(api, owner):
    assert "coins" in api(owner).get("/api/v1/").json()

from decimal import Decimal

import pytest
from django.core.cache import cache

from catalog import editing
from catalog.facets import Facet, panel
from catalog.filters import CoinFilter
from catalog.models import Collection, CustomField, Tag, User
from tests.factories import make_coin, make_collection, make_photo, make_place, make_type

pytestmark = pytest.mark.django_db
EVERY = ["region", "place", "tag", "acquired", "no", "own.r", "own.y"]


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


def facets(query: str, user: User) -> dict[str, Facet]:
    return {one.name: one for one in panel(CoinFilter.from_query(query, user), EVERY)}


def told(facet: Facet) -> dict[str, int]:
    return {option.label: option.count for option in facet.options}


def test_words_are_counted_with_those_that_have_none(owner: User, collection: Collection) -> None:
    for name in ("Trajan", "Trajan", "Hadrian"):
        make_coin(collection, authority=name)
    make_coin(collection)
    found = facets("", owner)["authority"]
    assert told(found) == {"Trajan": 2, "Hadrian": 1, "not given": 1}


def test_a_facet_narrows_the_others_but_not_itself(owner: User, collection: Collection) -> None:
    trajan = make_coin(collection, authority="Trajan", metal="Silver")
    make_coin(collection, authority="Hadrian", metal="Gold")
    found = facets(f"authority={trajan.authority_id}", owner)
    assert told(found["authority"]) == {"Trajan": 1, "Hadrian": 1}
    assert told(found["metal"]) == {"Silver": 1}
    active = {option.label: option.is_active for option in found["authority"].options}
    assert active == {"Trajan": True, "Hadrian": False}


def test_a_place_counts_what_is_in_it(owner: User, collection: Collection) -> None:
    for path in ("Safe › Tray 1", "Safe › Tray 1", "Safe", "Shelf"):
        make_coin(collection, place=make_place(owner, path))
    found = facets("", owner)["place"]
    assert told(found) == {"Safe": 3, "Tray 1": 2, "Shelf": 1}
    assert [option.depth for option in found.options] == [0, 1, 0]


def test_a_tag_counts_a_coin_once(owner: User, collection: Collection) -> None:
    coin = make_coin(collection)
    coin.tags.add(Tag.at(owner, "Roman › Silver"), Tag.at(owner, "Roman › Toned"))
    make_coin(collection)
    found = told(facets("", owner)["tag"])
    assert found == {"Roman": 1, "Silver": 1, "Toned": 1, "not given": 1}


def test_centuries_years_and_statuses(owner: User, collection: Collection) -> None:
    make_coin(collection, year_from=-27, year_to=14, acquired_on="2020-05-04", status="sold")
    make_coin(collection, year_to=1943, acquired_on="2020-07-01")
    make_coin(collection)
    found = facets("", owner)
    assert told(found["century"]) == {"1st century BC": 1, "20th century": 1}
    assert told(found["acquired"]) == {"2020": 2, "unknown": 1}
    assert told(found["status"]) == {"Owned": 2, "Sold": 1}


def test_what_coins_lack(owner: User, collection: Collection) -> None:
    full = make_coin(collection, weight=Decimal(3), type=make_type(), year_from=1, grade="VF",
                     place=make_place(owner, "Safe"))  # fmt: skip
    make_photo(full)
    make_coin(collection)
    found = facets("", owner)["no"]
    labels = ["photo", "type", "date", "weight", "grade", "storage place"]
    assert told(found) == dict.fromkeys(labels, 1)


def test_own_fields_with_a_choice(owner: User, collection: Collection) -> None:
    CustomField.objects.create(
        owner=owner, key="r", name="Rarity", kind="choice", options=["R1", "R2"]
    )
    CustomField.objects.create(owner=owner, key="y", name="Cleaned", kind="yes_no")
    make_coin(collection, custom={"r": "R1", "y": True})
    make_coin(collection, custom={"r": "R1", "y": False})
    make_coin(collection)
    found = facets("", owner)
    assert told(found["own.r"]) == {"R1": 2}
    assert told(found["own.y"]) == {"yes": 1, "no": 1}


def test_collections_are_a_choice_when_there_are_two(owner: User, collection: Collection) -> None:
    make_coin(collection)
    assert "collection" not in facets("", owner)
    make_coin(make_collection(owner, "Attic"))
    assert told(facets("", owner)["collection"]) == {"Cabinet": 1, "Attic": 1}


def test_a_long_facet_shows_the_most_frequent_and_says_how_many_more(
    owner: User, collection: Collection
) -> None:
    for n in range(12):
        for _times in range(12 - n):
            make_coin(collection, metal=f"Alloy {n}")
    found = facets("", owner)["metal"]
    assert [option.label for option in found.options] == [f"Alloy {n}" for n in range(7)]
    assert found.more == 5


def test_counts_follow_every_change_at_once(owner: User, collection: Collection) -> None:
    coin = make_coin(collection, status="owned")
    assert told(facets("", owner)["status"]) == {"Owned": 1}
    editing.change(coin, {"status": "sold"}, owner)
    assert told(facets("", owner)["status"]) == {"Sold": 1}
    coin.discard(owner)
    assert "status" not in facets("", owner)


def test_a_shut_facet_is_not_counted(owner: User, collection: Collection) -> None:
    make_coin(collection, place=make_place(owner, "Safe"))
    shut = next(one for one in panel(CoinFilter.from_query("", owner)) if one.name == "place")
    assert not shut.is_counted
    assert not shut.is_open


def test_a_stranger_counts_nothing(stranger: User, collection: Collection) -> None:
    make_coin(collection, authority="Trajan")
    found = facets("", stranger)
    assert {name for name, one in found.items() if one.options} == {"grade"}

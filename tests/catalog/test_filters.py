from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from catalog import editing, search
from catalog.filters import CoinFilter, neighbours
from catalog.models import Coin, Collection, CustomField, ImportSession, Tag, User
from tests.factories import (
    make_coin,
    make_collection,
    make_photo,
    make_place,
    make_type,
    make_user,
    share_with,
)

pytestmark = pytest.mark.django_db


def found(query: str, user: User) -> list[str]:
    asked = CoinFilter.from_query(query, user)
    return [coin.title for coin in asked.ordered(asked.coins())]


def titles(query: str, user: User) -> set[str]:
    return set(found(query, user))


def test_words_of_the_vocabulary(owner: User, collection: Collection) -> None:
    trajan = make_coin(collection, title="one", authority="Trajan", metal="Silver")
    make_coin(collection, title="two", authority="Hadrian", metal="Silver")
    make_coin(collection, title="three")
    pk = trajan.authority_id
    assert titles(f"authority={pk}", owner) == {"one"}
    assert titles(f"authority={pk}&authority=none", owner) == {"one", "three"}
    assert titles("authority=none", owner) == {"three"}
    assert titles(f"metal={trajan.metal_id}&authority={pk}", owner) == {"one"}


def test_status_and_collection(owner: User, collection: Collection) -> None:
    other = make_collection(owner, "Attic")
    make_coin(collection, title="kept")
    make_coin(collection, title="gone", status="sold")
    make_coin(other, title="above")
    assert titles("status=sold", owner) == {"gone"}
    assert titles(f"collection={other.pk}&status=owned", owner) == {"above"}


def test_a_place_with_all_in_it(owner: User, collection: Collection) -> None:
    make_coin(collection, title="in", place=make_place(owner, "Safe › Tray 1"))
    make_coin(collection, title="near", place=make_place(owner, "Safe 2"))
    assert titles(f"place={make_place(owner, 'Safe').pk}", owner) == {"in"}


def test_a_tag_with_all_below_it_finds_each_coin_once(owner: User, collection: Collection) -> None:
    coin = make_coin(collection, title="tagged")
    make_coin(collection, title="bare")
    for path in ("Roman › Silver", "Roman › Gold"):
        coin.tags.add(Tag.at(owner, path))
    assert found(f"tag={Tag.at(owner, 'Roman').pk}", owner) == ["tagged"]
    assert found("tag=none", owner) == ["bare"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("date=27 BC to AD 14", {"augustus", "open"}),
        ("date=AD 1-AD 100", {"augustus", "open"}),
        ("date=1943", {"cent", "open"}),
        ("date=100 BC", set()),
        ("century=-1", {"augustus", "open"}),
        ("century=20&century=-1", {"augustus", "open", "cent"}),
    ],
)
def test_dates(owner: User, collection: Collection, query: str, expected: set[str]) -> None:
    make_coin(collection, title="augustus", year_from=-27, year_to=14)
    make_coin(collection, title="cent", year_from=1943, year_to=1943)
    make_coin(collection, title="open", year_from=-30)
    make_coin(collection, title="undated")
    assert titles(query, owner) == expected


def test_spans(owner: User, collection: Collection) -> None:
    make_coin(collection, title="low", grade="F", value=Decimal(10), weight=Decimal("3.1"))
    make_coin(collection, title="high", grade="MS-65", value=Decimal(500), cost=Decimal(90))
    assert titles("grade_from=VF", owner) == {"high"}
    assert titles("grade_to=VF", owner) == {"low"}
    assert titles("value_from=5&value_to=20,5", owner) == {"low"}
    assert titles("cost_to=100", owner) == {"high"}
    assert titles("weight_from=3&weight_to=3.2", owner) == {"low"}


def test_when_it_was_acquired(owner: User, collection: Collection) -> None:
    make_coin(collection, title="old", acquired_on=date(1999, 12, 31))
    make_coin(collection, title="unknown")
    assert titles("acquired=1999", owner) == {"old"}
    assert titles("acquired=none", owner) == {"unknown"}


def test_what_is_missing(owner: User, collection: Collection) -> None:
    full = make_coin(collection, title="full", weight=Decimal(3), type=make_type())
    make_photo(full)
    make_coin(collection, title="bare")
    assert titles("no=photo", owner) == {"bare"}
    assert titles("no=photo&no=weight&no=type", owner) == {"bare"}
    assert titles("has=photo", owner) == {"full"}
    assert titles(f"type={full.type_id}", owner) == {"full"}


def test_coins_of_an_import(owner: User, collection: Collection) -> None:
    session = ImportSession.objects.create(collection=collection, user=owner, name="a.csv")
    make_coin(collection, title="imported", import_session=session)
    make_coin(collection, title="typed")
    assert titles(f"import={session.pk}", owner) == {"imported"}


@pytest.mark.parametrize(
    ("kind", "value", "query"),
    [
        ("text", "Very rare", "own.f=rare"),
        ("link", "https://example.org/x", "own.f=example"),
        ("choice", "R2", "own.f=R2"),
        ("yes_no", True, "own.f=yes"),
        ("number", "12.5", "own.f_from=12&own.f_to=13"),
        ("date", "2024-05-31", "own.f_from=2024-05-01"),
    ],
)
def test_own_fields(
    owner: User, collection: Collection, kind: str, value: object, query: str
) -> None:
    CustomField.objects.create(owner=owner, key="f", name="Own", kind=kind, options=["R1", "R2"])
    make_coin(collection, title="with", custom={"f": value})
    make_coin(collection, title="without")
    make_coin(
        collection, title="other", custom={"f": {"yes_no": False, "number": "99"}.get(kind, "1")}
    )
    assert titles(query, owner) == {"with"}


def test_searching_is_narrowed_further_by_filters(owner: User, collection: Collection) -> None:
    coin = make_coin(collection, title="one", authority="Gordian III", denomination="Antoninianus")
    make_coin(collection, title="two", denomination="Antoninianus", status="sold")
    assert titles("q=antoninianus gordian", owner) == {"one"}
    assert titles("q=antonin", owner) == {"one", "two"}
    assert titles("q=antonin&status=sold", owner) == {"two"}
    editing.change(coin, {"references": ["RIC IV 127"]}, owner)
    assert titles("q=RIC 127", owner) == {"one"}


def test_the_very_words_come_first(owner: User, collection: Collection) -> None:
    make_coin(collection, title="RIC 127")
    make_coin(collection, title="RIC 1270")
    assert found("q=ric 127", owner) == ["RIC 127", "RIC 1270"]
    assert found("q=ric 127&sort=-title", owner) == ["RIC 1270", "RIC 127"]


def test_the_address_of_a_filter_reads_back_as_the_same(
    owner: User, collection: Collection
) -> None:
    make_coin(collection, title="a", authority="Trajan")
    query = "q=a&status=owned&date=27+BC&grade_from=VF&no=photo&sort=-value"
    asked = CoinFilter.from_query(query + "&century=&page=3&layout=table", owner)
    assert asked.to_query() == query
    assert CoinFilter.from_query(asked.to_query(), owner).to_query() == query
    assert asked.to_query(page=2).endswith("&sort=-value&page=2")


def test_chips_say_what_narrows_and_lead_out_of_it(owner: User, collection: Collection) -> None:
    pk = make_coin(collection, authority="Trajan").authority_id
    chips = CoinFilter.from_query(
        f"authority={pk}&authority=none&grade_from=VF&grade_to=EF&century=-1", owner
    ).chips()
    told = [(str(chip.label), chip.text, chip.without) for chip in chips]
    assert told == [
        ("authority", "Trajan", "authority=none&century=-1&grade_from=VF&grade_to=EF"),
        ("authority", "not given", f"authority={pk}&century=-1&grade_from=VF&grade_to=EF"),
        ("century", "1st century BC", f"authority={pk}&authority=none&grade_from=VF&grade_to=EF"),
        ("grade", "VF to EF", f"authority={pk}&authority=none&century=-1"),
    ]


@pytest.mark.parametrize(
    "query",
    [
        "authority=abc", "authority=99999999999999999999", "status=broken", "date=the day after",
        "date=0", "century=0", "century=x", "grade_from=super", "value_from=NaN", "value_to=1e400",
        "acquired=20x", "no=soul", "sort=-secret", "place=-1", "tag=%00", "authority=²",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_left_out_with_a_note(
    owner: User, collection: Collection, query: str
) -> None:
    make_coin(collection, title="one")
    asked = CoinFilter.from_query(query, owner)
    assert [c.title for c in asked.ordered(asked.coins())] == ["one"]
    assert len(asked.notes) == (0 if query == "tag=%00" else 1)
    assert asked.to_query() == ""


def test_a_stranger_sees_nothing_and_learns_no_names(
    owner: User, stranger: User, collection: Collection
) -> None:
    place = make_place(owner, "Under the stairs")
    tag = Tag.at(owner, "Secret")
    make_coin(collection, title="mine", place=place)
    asked = CoinFilter.from_query(
        f"place={place.pk}&tag={tag.pk}&collection={collection.pk}",
        stranger,  # type: ignore[union-attr]
    )
    assert list(asked.coins()) == []
    assert asked.chips() == []
    assert len(asked.notes) == 3


def test_members_see_the_coins_and_the_words_of_the_owner(
    owner: User, viewer: User, collection: Collection
) -> None:
    place = make_place(owner, "Safe")
    make_coin(collection, title="shared", place=place)
    assert titles(f"place={place.pk}", viewer) == {"shared"}


def test_trashed_coins_are_not_listed(owner: User, collection: Collection) -> None:
    make_coin(collection, title="gone").discard(owner)
    assert titles("", owner) == set()


def test_neighbours(owner: User, collection: Collection) -> None:
    a, b, c = (make_coin(collection, title=title) for title in "abc")
    other = make_coin(make_collection(make_user()))
    assert neighbours(b, "sort=title", owner) == (a.pk, c.pk)
    assert neighbours(a, "sort=title", owner) == (None, b.pk)
    assert neighbours(c, "sort=title&page=9", owner) == (b.pk, None)
    assert neighbours(b, "status=sold", owner) == (None, None)
    assert neighbours(other, "", owner) == (None, None)


def test_neighbours_across_pages(owner: User, collection: Collection) -> None:
    coins = [make_coin(collection, number=str(n)) for n in range(1, 124)]
    assert neighbours(coins[60], "sort=number&page=2", owner) == (coins[59].pk, coins[61].pk)
    assert neighbours(coins[59], "sort=number&page=1", owner) == (coins[58].pk, coins[60].pk)
    assert neighbours(coins[59], "sort=number&page=2", owner) == (coins[58].pk, coins[60].pk)


KEYS = ["q", "authority", "status", "date", "century", "grade_from", "place", "tag", "value_from",
        "acquired", "no", "has", "type", "sort", "own.f", "own.n_to"]  # fmt: skip


class Anything(TestCase):
    @settings(max_examples=120, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(KEYS), st.text(max_size=30)), max_size=6))
    def test_no_address_breaks_the_list(self, pairs: list[tuple[str, str]]) -> None:
        user = make_user()
        CustomField.objects.create(owner=user, key="f", name="F")
        CustomField.objects.create(owner=user, key="n", name="N", kind="number")
        coin: Coin = make_coin(make_collection(user), title="x", custom={"f": "a", "n": "1"})
        search.index([coin])
        query = QueryDict(mutable=True)
        for key, value in pairs:
            query.appendlist(key, value)
        asked = CoinFilter.from_query(query, user)
        list(asked.ordered(asked.coins()))
        assert CoinFilter.from_query(asked.to_query(), user).to_query() == asked.to_query()


def test_sharing_makes_no_coin_come_twice(owner: User, collection: Collection) -> None:
    share_with(collection, owner, "viewer")
    make_coin(collection, title="once")
    assert found("", owner) == ["once"]

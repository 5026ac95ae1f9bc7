from decimal import Decimal

import pytest
from django.utils import translation

from catalog import columns
from catalog.criteria import Scope
from catalog.filters import CoinFilter
from catalog.models import Collection, CustomField, Tag, User
from tests.factories import make_coin, make_place, make_type

pytestmark = pytest.mark.django_db


def in_order(sort: str, user: User) -> list[str]:
    asked = CoinFilter.from_query(f"sort={sort}", user)
    return [coin.notes for coin in asked.ordered(asked.coins())]


@pytest.mark.parametrize(
    ("column", "first", "second"),
    [
        ("title", {"title": "aureus"}, {"title": "Zecchino"}),
        ("authority", {"authority": "Augustus"}, {"authority": "Trajan"}),
        ("date", {"year_from": -27, "year_to": 14}, {"year_from": 98, "year_to": 98}),
        ("grade", {"grade": "VF"}, {"grade": "MS-65"}),
        ("weight", {"weight": Decimal("3.1")}, {"weight": Decimal("12.9")}),
        ("number", {"number": "9"}, {"number": "10"}),
        ("value", {"value": Decimal(9)}, {"value": Decimal(10)}),
        ("cost", {"cost": Decimal(9)}, {"cost": Decimal(10)}),
        ("acquired", {"acquired_on": "2019-01-01"}, {"acquired_on": "2020-01-01"}),
        ("certificate", {"certificate": "a"}, {"certificate": "b"}),
        ("die_axis", {"die_axis": 6}, {"die_axis": 12}),
        ("custom.rank", {"custom": {"rank": "9"}}, {"custom": {"rank": "10"}}),
        ("custom.word", {"custom": {"word": "a"}}, {"custom": {"word": "B"}}),
    ],
)
def test_sorts_both_ways_with_the_empty_ones_last(
    owner: User, collection: Collection, column: str, first: dict, second: dict
) -> None:
    CustomField.objects.create(owner=owner, key="rank", name="Rank", kind="number")
    CustomField.objects.create(owner=owner, key="word", name="Word")
    for note, values in (("2", second), ("3", {}), ("1", first)):
        make_coin(collection, notes=note, **values)
    assert in_order(column, owner) == ["1", "2", "3"]
    assert in_order(f"-{column}", owner) == ["2", "1", "3"]


def test_sorts_by_what_hangs_on_a_coin(owner: User, collection: Collection) -> None:
    one, two, _three = (make_coin(collection, notes=note) for note in "123")
    one.tags.add(Tag.at(owner, "A"), Tag.at(owner, "Z"))
    two.tags.add(Tag.at(owner, "B"))
    one.place, two.place = make_place(owner, "Safe › 1"), make_place(owner, "Safe › 2")
    one.type, two.type = make_type(title="Aureus"), make_type(title="Denarius")
    one.save()
    two.save()
    one.references.create(text="RIC 9")
    two.references.create(text="RIC 10")
    for column in ("tags", "place", "type", "references"):
        assert in_order(column, owner) == ["1", "2", "3"], column


def test_every_column_sorts_and_reads(owner: User, collection: Collection) -> None:
    CustomField.objects.create(owner=owner, key="rank", name="Rank", kind="number")
    coin = make_coin(collection, title="x", authority="Trajan", weight=Decimal("3.40"), value=Decimal(1200),
                     grade="VF", year_from=-27, year_to=14, custom={"rank": "7"})  # fmt: skip
    make_coin(collection)
    known = columns.columns_of(Scope.of(owner))
    texts = {name: column.cell(coin) for name, column in known.items()}
    for name in known:
        in_order(name, owner)
        in_order(f"-{name}", owner)
    assert texts["weight"] == "3.4 g"
    assert texts["value"] == "1,200.00 EUR"
    assert texts["date"] == "27 BC – AD 14"
    assert texts["custom.rank"] == "7"
    assert texts["added"] == "today"


def test_columns_are_those_the_user_chose(owner: User, collection: Collection) -> None:
    CustomField.objects.create(owner=owner, key="rank", name="Rank", kind="number")
    owner.list_columns = ["weight", "gone", 7, "custom.rank", "authority"]
    names = [column.name for column in columns.chosen(owner, Scope.of(owner))]
    assert names == ["weight", "custom.rank", "authority"]
    owner.list_columns = {"no": "list"}
    assert [c.name for c in columns.chosen(owner, Scope.of(owner))] == columns.DEFAULT


def test_equal_ones_keep_one_order_over_the_pages(owner: User, collection: Collection) -> None:
    for note in "12345":
        make_coin(collection, notes=note, grade="VF")
    assert in_order("grade", owner) == list("12345")
    assert in_order("-grade", owner) == list("54321")


def test_columns_of_a_shared_collection_are_offered_to_its_members(
    owner: User, viewer: User, stranger: User, collection: Collection
) -> None:
    CustomField.objects.create(owner=owner, key="rank", name="Rank", kind="number")
    assert "custom.rank" in columns.columns_of(Scope.of(viewer))
    assert "custom.rank" not in columns.columns_of(Scope.of(stranger))


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("weight", "small"), ("grade", "small"), ("cost", "middle"), ("authority", "middle"),
        ("place", "wide"), ("type", "widest"), ("notes", "widest"), ("certificate", "wide"),
    ],
)  # fmt: skip
def test_a_column_knows_its_width_before_its_rows(name: str, size: str) -> None:
    assert columns.FIXED[name].size == size


def test_a_heading_has_room_in_every_language() -> None:
    with translation.override("de"):
        assert columns.FIXED["die_axis"].size == "wide"  # Stempelstellung

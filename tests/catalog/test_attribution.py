from decimal import Decimal

import pytest

from catalog.attribution import attribute
from catalog.editing import undo
from catalog.fields import BUILT_IN, SPECIMEN
from catalog.models import (
    Authority,
    Coin,
    CoinType,
    Collection,
    Denomination,
    Metal,
    Mint,
    Region,
    TypeReference,
    User,
)
from tests.factories import make_coin, make_type

pytestmark = pytest.mark.django_db

SPECIMEN_VALUES = {
    "weight": Decimal("3.4"), "diameter": Decimal("18.5"), "thickness": Decimal(2), "die_axis": 6,
    "edge": "plain", "grade": "VF", "grade_service": "NGC", "certificate": "1", "grade_details": "x",
}  # fmt: skip


@pytest.fixture
def denarius() -> CoinType:
    """A type that says everything a type can say."""
    type_ = make_type(
        "ric.2.tr.147", title="RIC II Trajan 147", authority=Authority.objects.create(name="Trajan"),
        denomination=Denomination.objects.create(name="Denarius"), mint=Mint.objects.create(name="Rome"),
        metal=Metal.objects.create(name="Silver"), region=Region.objects.create(name="Italy"),
        year_from=103, year_to=111, is_circa=True, obverse_legend="IMP TRAIANO", reverse_legend="COS V",
        obverse_design="Laureate head", reverse_design="Aequitas", weight="3.10", diameter="19",
    )  # fmt: skip
    TypeReference.objects.create(type=type_, text="RIC II Trajan 147")
    return type_


def test_what_is_empty_is_filled(owner: User, collection: Collection, denarius: CoinType) -> None:
    coin = make_coin(collection)
    attribute(coin, denarius, owner)
    coin = Coin.objects.get()
    assert coin.type == denarius
    for name in ("authority", "denomination", "mint", "metal", "region", "obverse_legend",
                 "reverse_legend", "obverse_design", "reverse_design", "year_from", "year_to",
                 "is_circa"):  # fmt: skip
        assert getattr(coin, name) == getattr(denarius, name), name
    assert [row.text for row in coin.references.all()] == ["RIC II Trajan 147"]


def test_what_somebody_wrote_stays(owner: User, collection: Collection, denarius: CoinType) -> None:
    lyon = Mint.objects.create(name="Lyon")
    coin = make_coin(collection, mint=lyon, obverse_legend="IMP TRA", year_from=104, year_to=104)
    attribute(coin, denarius, owner)
    coin = Coin.objects.get()
    assert (coin.mint, coin.obverse_legend, coin.year_from, coin.year_to) == (
        lyon, "IMP TRA", 104, 104,
    )  # fmt: skip
    assert coin.authority == denarius.authority


def test_no_specimen_field_is_filled(
    owner: User, collection: Collection, denarius: CoinType
) -> None:
    coin = make_coin(collection)
    changes = attribute(coin, denarius, owner)
    specimen = {name for name, field in BUILT_IN.items() if field.group == SPECIMEN}
    assert not specimen & {change.field for change in changes}
    coin = Coin.objects.get()
    for name in specimen:
        assert not BUILT_IN[name].get(coin), name


def test_no_specimen_field_is_changed(
    owner: User, collection: Collection, denarius: CoinType
) -> None:
    specimen = {name for name, field in BUILT_IN.items() if field.group == SPECIMEN}
    assert specimen == set(SPECIMEN_VALUES), "a new field of the specimen belongs into this test"
    coin = make_coin(collection, **SPECIMEN_VALUES)
    attribute(coin, denarius, owner)
    coin = Coin.objects.get()
    assert {name: getattr(coin, name) for name in SPECIMEN_VALUES} == SPECIMEN_VALUES


def test_the_history_says_that_it_came_from_the_type(
    owner: User, collection: Collection, denarius: CoinType
) -> None:
    changes = attribute(make_coin(collection), denarius, owner)
    assert {(change.source, change.by) for change in changes} == {("type", owner)}
    assert {"type", "authority", "date", "references"} <= {change.field for change in changes}


def test_it_can_be_undone(owner: User, collection: Collection, denarius: CoinType) -> None:
    coin = make_coin(collection, obverse_legend="IMP TRA")
    undo(attribute(coin, denarius, owner), owner)
    coin = Coin.objects.get()
    assert (coin.type, coin.authority, coin.year_from) == (None, None, None)
    assert coin.obverse_legend == "IMP TRA"
    assert not coin.references.exists()


def test_the_second_time_changes_nothing(
    owner: User, collection: Collection, denarius: CoinType
) -> None:
    coin = make_coin(collection)
    attribute(coin, denarius, owner)
    assert attribute(Coin.objects.for_page().get(), denarius, owner) == []

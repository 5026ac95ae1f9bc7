"""The ladder from the same type in the same grade down to the same denomination, metal and period."""

from dataclasses import replace

import pytest

from market.comparables import Piece, Pool, Reason, Sold, Tier, comparables, section

TRAJAN = Piece(
    denomination="denarius", ruler="trajan", metal="AR", types=frozenset({"ric ii trajan 207"}),
    grade=4.0, year=110, day=2020.0, flags=frozenset({"toned"}),
)  # fmt: skip


def sold(key: str = "a", price: float = 100, **changes: object) -> Sold:
    return Sold(**{**TRAJAN.__dict__, "key": key, "price": price, **changes})  # type: ignore[arg-type]


OTHER_TYPE = frozenset({"ric ii trajan 318"})


@pytest.mark.parametrize(
    ("changes", "tier"),
    [
        ({}, Tier.TYPE_AND_GRADE),
        ({"grade": 4.3}, Tier.TYPE_AND_GRADE),
        ({"grade": 5.0}, Tier.TYPE),
        ({"grade": None}, Tier.TYPE),
        ({"types": OTHER_TYPE}, Tier.RULER_AND_GRADE),
        ({"types": OTHER_TYPE, "grade": 5.0}, Tier.RULER),
        ({"types": OTHER_TYPE, "ruler": "hadrian", "year": 120}, Tier.PERIOD),
        ({"types": OTHER_TYPE, "ruler": "hadrian", "year": None}, Tier.PERIOD),
        ({"types": OTHER_TYPE, "ruler": "gordian", "year": 240}, 0),
        ({"types": OTHER_TYPE, "ruler": "hadrian", "metal": "AV"}, 0),
        ({"denomination": "aureus"}, 0),
        ({"denomination": ""}, Tier.TYPE_AND_GRADE),
    ],
)
def test_each_rung(changes: dict[str, object], tier: int) -> None:
    assert Pool([sold(**changes)]).tiers(TRAJAN).tolist() == [tier]


def test_a_coin_of_which_nothing_is_known_has_no_comparables() -> None:
    assert comparables(Piece(day=2020.0), Pool([sold()])) == []


def test_a_coin_without_denomination_is_found_by_its_type() -> None:
    coin = replace(TRAJAN, denomination="")
    assert [one.tier for one in comparables(coin, Pool([sold()]))] == [Tier.TYPE_AND_GRADE]


def test_near_in_type_grade_time_and_number_come_first() -> None:
    pool = Pool(
        [
            sold("far number", types=OTHER_TYPE),
            sold("near number", types=frozenset({"ric ii trajan 208"})),
            sold("old", day=2000.0),
            sold("worse", grade=3.0),
            sold("same"),
        ]
    )
    order = [one.sold.key for one in comparables(TRAJAN, pool)]
    assert order[0] == "same"
    assert order.index("near number") < order.index("far number")
    assert order.index("worse") < order.index("old") < order.index("far number")


def test_reasons_in_words() -> None:
    (best,) = comparables(TRAJAN, Pool([sold(grade=5.0)]))
    assert best.reasons == (
        Reason("cites", "ric ii trajan 207"),
        Reason("same_ruler", "trajan"),
        Reason("same_denomination", "denarius"),
        Reason("same_metal", "AR"),
        Reason("better_grade", "1.0"),
        Reason("shares_flag", "toned"),
    )
    (same,) = comparables(TRAJAN, Pool([sold()]))
    assert Reason("same_grade") in same.reasons
    (unknown,) = comparables(TRAJAN, Pool([sold(grade=None)]))
    assert not {"same_grade", "better_grade", "worse_grade"} & {r.code for r in unknown.reasons}


def test_numbers_of_a_catalogue() -> None:
    assert section("ric ii trajan 207") == ("ric ii trajan", 207)
    assert section("rrc 443/1") == ("rrc 443/", 1)
    assert section("ric ii -") is None
    assert section("price 23a") == ("price", 23)


def test_the_same_whatever_the_order_of_the_lots() -> None:
    lots = [sold(str(n), price=n, grade=3 + n / 4) for n in range(1, 9)]
    there = [one.sold.key for one in comparables(TRAJAN, Pool(lots))]
    back = [one.sold.key for one in comparables(TRAJAN, Pool(lots[::-1]))]
    assert there == back

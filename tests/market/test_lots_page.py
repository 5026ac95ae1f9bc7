"""Lots of any ruler and kind: what is asked for is found, sorted, summed up, and written out."""

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Authority, Collection, User
from market.houses import houses
from market.models import PremiumRule
from market.searching import Search, find
from tests.factories import make_term, make_trade
from tests.market.makes import make_lot, make_lots, make_trajan

SignIn = Callable[[User | None], Client]
HADRIAN = "HADRIAN. AD 117-138. AR Denarius (18mm, 3.20 g). Rome mint. RIC II 39. {grade}."


@pytest.fixture
def some(owner: User) -> None:
    make_lots(owner, [100, 120, 140])
    make_lot(owner, 90, text=HADRIAN.format(grade="EF"), house="Other House", day=date(2019, 2, 3))
    make_lot(owner, 30, text=HADRIAN.format(grade="F"), flag="", day=date(2016, 2, 3))
    make_lot(owner, None, text=HADRIAN.format(grade="VF"), status="unsold")


def prices(user: User, **asked: str) -> list[int]:
    found = find(Search.of(asked), user)
    return sorted(int(one.prices["hammer"][0]) for one in found.offers if "hammer" in one.prices)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [30, 90, 100, 120, 140]),
        ({"ruler": "Hadrian"}, [30, 90]),
        ({"ruler": "hadrian", "denomination": "Denarius"}, [30, 90]),
        ({"denomination": "aureus"}, []),
        ({"metal": "ar", "ruler": "trajan"}, [100, 120, 140]),
        ({"mint": "Rome", "house": "other house"}, [90]),
        ({"grade_from": "EF"}, [90]),
        ({"grade_to": "F"}, [30]),
        ({"grade_from": "VF", "grade_to": "VF", "ruler": "Trajan"}, [100, 120, 140]),
        ({"reference": "RIC II 39"}, [30, 90]),
        ({"reference": "RIC 39"}, [30, 90]),
        ({"reference": "RIC 3"}, []),
        ({"year_from": "2018", "year_to": "2020"}, [90]),
        ({"year_from": "²", "year_to": "99999999999999999"}, [30, 90, 100, 120, 140]),
    ],
)
def test_every_filter(some: None, owner: User, asked: dict[str, str], expected: list[int]) -> None:
    assert prices(owner, **asked) == expected


def test_a_flag_that_is_denied_is_not_found(owner: User) -> None:
    make_lot(owner, 50, flag="Scratches. ")
    make_lot(owner, 60)
    assert prices(owner, flag="scratches") == [50]


def test_a_ruler_is_found_in_any_language(some: None, owner: User) -> None:
    make_term(Authority, "Hadrian", names={"it": "Adriano"})
    assert prices(owner, ruler="Adriano") == [30, 90]


def test_nobody_finds_what_is_anothers(some: None, stranger: User) -> None:
    assert prices(stranger) == []


def test_of_many_an_even_part(owner: User) -> None:
    make_lots(owner, [100] * 40)
    found = find(Search(), owner, most=10)
    assert (found.n, found.is_part) == (40, True)
    assert len(found.offers) == 10


def test_of_many_it_is_always_the_same_part(owner: User) -> None:
    make_lots(owner, [100] * 30)
    make_lots(owner, [90] * 10, text=HADRIAN.format(grade="VF"))
    found = find(Search(ruler="Trajan"), owner, most=20)
    assert (found.n, found.is_part, len(found.offers)) == (30, True, 20)
    assert find(Search(ruler="Trajan"), owner, most=20) == found
    assert {one.pk for one in find(Search(ruler="Trajan"), owner).offers} > {
        one.pk for one in found.offers
    }


def test_of_very_many_only_some_are_sorted(owner: User) -> None:
    make_lots(owner, [100] * 60)
    found = find(Search(), owner, most=10)
    assert (found.n, len(found.offers)) == (60, 10)


def page(client: Client, query: str = "") -> str:
    return client.get(reverse("market:lots") + query).content.decode()


def test_the_page_answers(some: None, owner: User, as_user: SignIn) -> None:
    said = page(as_user(owner), "?ruler=Hadrian")
    assert "data-median>€60<" in said
    assert 'id="market-chart-data"' in said
    assert 'value="Hadrian"' in said
    assert "33 %" in said  # stayed unsold


def test_cheaper_is_said_without_a_minus(owner: User, as_user: SignIn) -> None:
    make_lots(owner, [200] * 8, day=date(2015, 5, 4))
    make_lots(owner, [100] * 8, day=date(2024, 5, 4))
    assert "Cheaper by 50 %" in page(as_user(owner))


def test_what_has_no_price_was_not_left_out_evenly(owner: User, as_user: SignIn) -> None:
    make_lots(owner, [200, 210])
    make_lot(owner, 50, day=None, currency="USD")
    said = page(as_user(owner))
    assert "1 sale has no price in these terms" in said
    assert "taken evenly" not in said


def test_nothing_is_found(some: None, owner: User, as_user: SignIn) -> None:
    assert "No lots like these" in page(as_user(owner), "?ruler=Nobody")


def test_sorted_by_price_and_back(some: None, owner: User, as_user: SignIn) -> None:
    client = as_user(owner)
    said = page(client, "?sort=price")
    assert said.index("€30.00") < said.index("€140.00")
    said = page(client, "?sort=-price")
    assert said.index("€140.00") < said.index("€30.00")
    assert page(client, "?sort=nonsense&page=99&currency=xx&basis=yy&coin=x")


def test_my_coin_is_drawn_among_them(
    some: None, owner: User, collection: Collection, as_user: SignIn
) -> None:
    coin = make_trajan(collection)
    make_trade(coin, 75, date=date(2020, 1, 1))
    said = page(as_user(owner), f"?ruler=Trajan&coin={coin.pk}")
    assert '"bought": [2020.0, 75.0]' in said


def test_a_strangers_coin_is_not(some: None, stranger: User, collection: Collection) -> None:
    coin = make_trajan(collection)
    make_lot(stranger, 10)
    client = Client()
    client.force_login(stranger)
    assert str(coin) not in page(client, f"?coin={coin.pk}")


def test_what_buyers_paid(owner: User, as_user: SignIn) -> None:
    PremiumRule.objects.create(house="Invented House", tiers=[[None, 20]])
    make_lot(owner, 100)
    assert "data-median>€120<" in page(as_user(owner), "?basis=buyer")


def test_all_lots_as_csv(some: None, owner: User, stranger: User, as_user: SignIn) -> None:
    make_lot(owner, 10, text="=1+1 Trajan", house="=Evil")
    answer = as_user(owner).get(reverse("market:lots-csv") + "?currency=USD")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(StringIO(text)))
    assert len(rows) == 7
    assert {row["currency"] for row in rows} == {"USD"}
    assert "'=Evil" in {row["house"] for row in rows}
    assert [row["price"] for row in rows if row["status"] == "unsold"] == [""]
    answer = as_user(stranger).get(reverse("market:lots-csv"))
    assert len(list(answer.streaming_content)) == 2  # type: ignore[attr-defined]


def test_a_house_needs_six_lots_to_be_judged() -> None:
    sold = [("House", 130.0, 100.0)] * 6 + [("Small", 100.0, 100.0)] * 5
    [house] = houses(sold)
    assert (house.name, house.n, house.per_cent) == ("House", 6, 30)


def test_houses_on_the_page(owner: User, as_user: SignIn) -> None:
    make_lots(owner, [130] * 6, estimate=100)
    assert "130 %" in page(as_user(owner))


def test_the_questions_do_not_grow(
    owner: User, as_user: SignIn, django_assert_max_num_queries: object
) -> None:
    make_lots(owner, [100, 110, 120, 130, 140, 150, 160])
    client = as_user(owner)
    page(client)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        page(client)

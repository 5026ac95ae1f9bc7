"""What one holds, over time: how much of it was valued, the best and worst buys, and the metal."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Collection, Metal, User
from catalog.money import refresh_collection
from market.models import MetalPrice
from tests.factories import make_coin, make_term, make_trade, make_valuation

SignIn = Callable[[User | None], Client]
GOLD = {"metal": "AV", "per_gram": "100", "currency": "EUR", "fineness": 900, "day": "2024-05-03"}


@pytest.fixture
def coins(collection: Collection) -> None:
    make_term(Metal, "Gold", code="AV")
    for cost, value in ((100, 300), (100, 50)):
        coin = make_coin(collection, title=f"Worth {value}", metal="Gold", weight="10")
        make_trade(coin, cost)
        make_valuation(coin, value)
    make_coin(collection, title="Nobody’s guess", metal="Gold")
    refresh_collection(collection)


def page(client: Client) -> str:
    return client.get(reverse("market:collection")).content.decode()


def test_it_says_how_much_was_valued(coins: None, owner: User, as_user: SignIn) -> None:
    said = page(as_user(owner))
    assert "Valued: 2 of 3 coins" in said
    assert said.index("Best buys") < said.index("Worth 300") < said.index("Worth 50")


def test_the_metal_by_a_price_of_ones_own(
    coins: None, owner: User, stranger: User, as_user: SignIn
) -> None:
    client = as_user(owner)
    assert "data-melt" not in page(client)
    for price in ("90", "100"):
        client.post(reverse("market:collection"), GOLD | {"per_gram": price})
    assert MetalPrice.objects.get().per_gram == Decimal(100)
    assert "data-melt>€1,800<" in page(client)
    assert "1 has no weight" in page(client)
    assert "data-melt" not in page(as_user(stranger))


@pytest.mark.parametrize("wrong", [{"per_gram": "-1"}, {"fineness": 1001}, {"currency": "gold"}])
def test_what_is_no_price_is_refused(
    owner: User, as_user: SignIn, wrong: dict[str, object]
) -> None:
    answer = as_user(owner).post(reverse("market:collection"), GOLD | wrong)
    assert answer.status_code == 422
    assert not MetalPrice.objects.exists()


def test_a_stranger_sees_his_own_nothing(coins: None, stranger: User, as_user: SignIn) -> None:
    said = page(as_user(stranger))
    assert "Valued: 0 of 0 coins" in said
    assert "Worth 300" not in said

"""Invented sales: the same for ever, like a market, and read by the same rules as real ones."""

from collections import Counter
from datetime import date
from random import Random
from statistics import median
from typing import Any

import pytest
from django.core.management import call_command

from catalog.models import User
from market.demo import pricing
from market.demo.loading import load
from market.demo.texts import GRADES, Kind, text_of
from market.extract import read
from market.models import Lot, LotAttributes, Price
from tests.factories import make_coin, make_collection

TODAY = date(2026, 8, 1)
KIND = Kind(
    "Trajan", "denarius", "AR", "Rome", "AD 103–111", "IMP TRAIANO AVG", "COS V P P", 3.3, 19.0,
    ("RIC II 128",),
)  # fmt: skip


@pytest.fixture
def collector(owner: User) -> User:
    cabinet = make_collection(owner)
    for ruler in ("Trajan", "Hadrian"):
        make_coin(
            cabinet, authority=ruler, denomination="Denarius", mint="Rome", metal="Silver",
            grade="VF", value=200, weight="3.3", diameter="19",
        )  # fmt: skip
    make_coin(cabinet, authority="Germany", denomination="1 euro cent", value="0.01")
    make_coin(cabinet, title="Nobody knows")
    return owner


def test_houses_hold_their_sales_for_ten_years() -> None:
    sales = pricing.calendar()
    assert sales == pricing.calendar()
    assert {sale.house.currency for sale in sales} == {"USD", "EUR", "CHF", "GBP"}
    assert (sales[0].day.year, sales[-1].day.year) == (2016, 2026)
    numbers = [(sale.house, sale.number) for sale in sales]
    assert len(set(numbers)) == len(numbers)


def test_better_coins_fetch_more_and_some_do_not_sell() -> None:
    sale, random = pricing.calendar()[-1], Random(1)
    offers = [pricing.offer(random, sale, 200, 4.0) for _n in range(800)]
    by_grade: dict[str, list[int]] = {}
    for one in offers:
        if one.hammer:
            by_grade.setdefault(one.grade, []).append(one.hammer)
            assert one.hammer >= one.start * 0.9
    prices = [median(by_grade[grade]) for grade in ("F", "VF", "EF")]
    assert prices == sorted(prices)
    assert 0.1 < sum(one.hammer is None for one in offers) / len(offers) < 0.5


@pytest.mark.parametrize("house", pricing.HOUSES, ids=lambda house: house.name)
def test_a_text_says_what_it_was_made_from(house: pricing.House) -> None:
    sale = next(one for one in pricing.calendar() if one.house == house)
    random, right = Random(2), Counter[str]()
    for _n in range(40):
        said = pricing.offer(random, sale, 200, 4.0)
        reading = read(text_of(random, KIND, said)).flat()
        right["ruler"] += reading["ruler"] == "Trajan"
        right["denomination"] += reading["denomination"] == "denarius"
        right["weight"] += reading["weight_g"] is not None
        right["grade"] += reading["grade"] is not None
    assert min(right.values()) >= 38, right
    assert GRADES[house.language].keys() == pricing.GRADES.keys()


def test_the_sales_of_one_user(collector: User, stranger: User) -> None:
    assert load(collector, TODAY) == 2 * 60
    lots = Lot.objects.filter(owner=collector)
    assert set(lots.values_list("status", flat=True)) == {"sold", "unsold", "open"}
    assert Counter(lots.values_list("status", flat=True))["open"] == 4
    assert not lots.filter(status="unsold", prices__kind="hammer").exists()
    assert not lots.filter(status="sold").exclude(prices__kind="hammer").exists()
    assert LotAttributes.objects.filter(ruler_text="Trajan").count() > 50
    assert Price.objects.filter(currency="USD").exclude(eur=None).exists()
    assert not Lot.objects.visible_to(stranger).exists()


def test_they_are_loaded_once_and_alike(collector: User) -> None:
    load(collector, TODAY)
    first = list(Lot.objects.values_list("source_lot_id", "description", "status"))
    assert load(collector, TODAY) == 0
    Lot.objects.all().delete()
    collector.market_lots.all().delete()
    from market.models import Sale

    Sale.objects.all().delete()
    load(collector, TODAY)
    assert list(Lot.objects.values_list("source_lot_id", "description", "status")) == first


def test_who_has_no_coins_gets_no_sales(stranger: User) -> None:
    assert load(stranger, TODAY) == 0


def test_the_command(collector: User, capsys: Any) -> None:
    call_command("load_demo_lots", user="owner")
    assert "120 invented sales for owner" in capsys.readouterr().out
    call_command("load_demo_lots", user="owner")
    assert capsys.readouterr().out == ""

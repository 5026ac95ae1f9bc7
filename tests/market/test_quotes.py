"""The narrow rows that searches and charts read say what the lots themselves say, whatever happens."""

from datetime import date
from decimal import Decimal
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from catalog.models import User
from market.models import Lot, Quote, Sale
from market.models.lots import sale_of
from market.models.quotes import DICE
from market.offers import offers
from market.prices import Kind, Money
from market.quoted import quoted
from market.records import PriceRecord, SaleRecord
from market.worth import Basis, Terms, Worth
from tests.market.makes import make_lot, make_lots

SHARED = (
    "pk", "is_sold", "day", "ruler", "denomination", "metal", "grade", "grade_ord", "sheldon", "house",
    "sale_title", "sale_code", "source", "number", "title", "url", "prices", "where", "link", "name",
)  # fmt: skip


def same(user: User) -> int:
    """Asserts that the short way says what the long way does, and counts the lots."""
    long = offers(Lot.objects.visible_to(user).counted().order_by("pk"))
    short = quoted(Quote.objects.visible_to(user))
    assert [one.pk for one in short] == [one.pk for one in long]
    for mine, theirs in zip(short, long, strict=True):
        assert {name: getattr(mine, name) for name in SHARED} == {
            name: getattr(theirs, name) for name in SHARED
        }
        for basis in Basis:
            worth = Worth(Terms("USD", basis))
            assert (worth.of(mine), worth.estimate(mine)) == (
                worth.of(theirs),
                worth.estimate(theirs),
            )
    flags = {pk: set(names.split()) for pk, names in Quote.objects.values_list("pk", "flags")}
    assert all(flags[one.pk] == set(one.flags) for one in long)
    return len(short)


@pytest.fixture
def some(owner: User) -> list[Lot]:
    return [
        *make_lots(owner, [100, 120.55], flag="Toned. Scratches. ", estimate=90),
        make_lot(owner, 5_500, currency="CHF", text="Ein Ding, ss.", url="", house=""),
        make_lot(owner, None, status="unsold", estimate=50, day=None),
        make_lot(owner, 70, kind=Kind.PREMIUM_INCLUDED, grade="NGC MS 65"),
        make_lot(None, 80),
    ]


def test_both_ways_say_the_same(some: list[Lot], owner: User, stranger: User) -> None:
    assert (same(owner), same(stranger)) == (6, 1)


def test_what_does_not_count_is_not_there(some: list[Lot], owner: User) -> None:
    make_lot(owner, 10, text="Lot of 12 coins. Do not divide.")
    make_lot(owner, None, status="open")
    make_lot(owner, None, status="withdrawn")
    assert same(owner) == 6


def test_a_persons_word_moves_it(some: list[Lot], owner: User) -> None:
    some[0].settle("sold", "replica")
    assert same(owner) == 5
    some[0].settle("unsold", "")
    assert same(owner) == 6


def test_a_lot_that_is_gone(some: list[Lot], owner: User) -> None:
    some[0].delete()
    assert same(owner) == 5


def test_a_sale_that_learns_its_day(owner: User) -> None:
    lot = make_lot(owner, 50, day=None)
    sale = Sale.objects.get(pk=lot.sale_id)
    said = SaleRecord(sale.house, sale.code, "", date(2021, 3, 4), "EUR")
    sale_of(said, sale.source, owner)
    assert same(owner) == 1
    assert Quote.objects.get().day == date(2021, 3, 4)


def test_prices_in_two_currencies_are_looked_up(owner: User) -> None:
    lot = make_lot(owner, 50, currency="GBP")
    lot.prices.create(kind="start", amount=Decimal("30.50"), currency="CHF")
    Quote.objects.renew([lot.pk])
    assert Quote.objects.get().currency is None
    assert same(owner) == 1
    assert quoted(Quote.objects.all())[0].prices["start"] == (Decimal("30.50"), "CHF")


def test_renewing_twice_changes_nothing(some: list[Lot], owner: User) -> None:
    before = list(Quote.objects.order_by("pk").values())
    Quote.objects.renew([lot.pk for lot in [*some, *some]])
    Quote.objects.renew([])
    assert list(Quote.objects.order_by("pk").values()) == before


def test_a_price_that_comes_later(some: list[Lot], owner: User) -> None:
    lot = make_lot(owner, None, status="open")
    source = lot.source
    record = PriceRecord(Kind.HAMMER, Money(Decimal(40), "EUR"))
    from market.records import LotRecord

    said = LotRecord(
        lot.source_lot_id, SaleRecord("Invented House"), status="sold", prices=(record,)
    )
    Lot.objects.record(said, source, owner)
    assert same(owner) == 7


def test_any_part_of_the_dice_is_an_even_part(owner: User) -> None:
    make_lots(owner, [10] * 64)
    low = Quote.objects.filter(dice__lt=DICE // 2).count()
    assert 30 <= low <= 34


def test_the_migration_writes_what_renewing_does(some: list[Lot], owner: User) -> None:
    before = list(Quote.objects.order_by("pk").values())
    Quote.objects.all().delete()
    fill: Any = import_module("market.migrations.0007_quotes_of_known_lots").fill
    with connection.cursor() as cursor:
        fill(apps, SimpleNamespace(connection=connection, execute=cursor.execute))
    for one in before:  # in whatever order a database joins the names
        one["flags"] = sorted(one["flags"].split())
    after = list(Quote.objects.order_by("pk").values())
    assert [one | {"flags": sorted(one["flags"].split())} for one in after] == before

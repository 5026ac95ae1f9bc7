from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from catalog import money
from catalog.models import Coin, Collection, StatusChange, Trade, User, Valuation
from catalog.templatetags.money import money as written
from catalog.templatetags.money import signed_whole_money, whole_money
from tests.factories import make_coin, make_collection, make_trade, make_valuation

FRIDAY = date(2024, 5, 3)
pytestmark = pytest.mark.django_db


def sums(coin: Coin) -> tuple[Decimal | None, Decimal | None, date | None]:
    coin.refresh_from_db()
    return coin.cost, coin.value, coin.acquired_on


def test_cost_has_fees_and_shipping_at_the_rate_of_the_day(coin: Coin) -> None:
    make_trade(coin, 80, "USD", fees=Decimal(15), shipping=Decimal(5), date=FRIDAY)
    make_valuation(coin, 200, "USD", date=FRIDAY)
    money.refresh_money([coin])
    assert sums(coin) == (Decimal("93.08"), Decimal("186.15"), FRIDAY)


def test_the_newest_valuation_counts_and_all_purchases(coin: Coin) -> None:
    make_trade(coin, 100, date=date(2020, 1, 2))
    make_trade(coin, 30, date=date(2019, 1, 2))
    make_valuation(coin, 500, date=date(2023, 1, 1))
    make_valuation(coin, 400, date=date(2022, 1, 1))
    money.refresh_money([coin])
    assert sums(coin) == (Decimal(130), Decimal(500), date(2019, 1, 2))


def test_a_sale_is_no_cost(coin: Coin) -> None:
    make_trade(coin, 100, kind="sale")
    money.refresh_money([coin])
    assert sums(coin) == (None, None, None)


def test_one_missing_rate_leaves_the_cost_unknown(coin: Coin) -> None:
    make_trade(coin, 100)
    make_trade(coin, 2, "XAU")
    make_valuation(coin, 3, "XAU")
    money.refresh_money([coin])
    assert sums(coin)[:2] == (None, None)


def test_another_currency_of_the_collection_changes_every_sum(
    collection: Collection, coin: Coin
) -> None:
    make_trade(coin, 100, "EUR", date=FRIDAY)
    money.set_currency(collection, "USD")
    assert sums(coin)[0] == Decimal("107.44")


def test_refreshing_many_takes_a_constant_number_of_queries(
    collection: Collection, django_assert_num_queries: object
) -> None:
    coins = [make_coin(collection) for _ in range(30)]
    for coin in coins:
        make_trade(coin)
    with django_assert_num_queries(4):  # type: ignore[operator]
        money.refresh_money(coins)
    with django_assert_num_queries(3):  # type: ignore[operator]
        money.refresh_money(coins)  # nothing differs, nothing is written


def test_each_purchase_is_a_tax_lot_and_a_sale_closes_the_oldest(owner: User, coin: Coin) -> None:
    values = {"currency": "EUR", "price": Decimal(100)}
    first = money.record_purchase(coin, owner, date=date(2019, 1, 1), **values)
    second = money.record_purchase(coin, owner, date=date(2019, 6, 1), **values)
    assert first.tax_lot == f"2019-{coin.pk}"
    assert second.tax_lot == f"2019-{coin.pk}-2"
    sale = money.record_sale(coin, owner, date=FRIDAY, **values)
    again = money.record_sale(coin, owner, date=FRIDAY, **values)
    assert (sale.tax_lot, again.tax_lot) == (first.tax_lot, second.tax_lot)


def test_a_sale_may_change_the_status_and_says_why(owner: User, coin: Coin) -> None:
    version = coin.version
    money.record_sale(
        coin, owner, date=FRIDAY, price=Decimal(50), currency="EUR", status="sold", reason="Doubled"
    )
    change = StatusChange.objects.get()
    assert (change.new, change.on, change.reason) == ("sold", FRIDAY, "Doubled")
    coin.refresh_from_db()
    assert coin.version > version


def test_valuations_are_only_ever_added(owner: User, coin: Coin) -> None:
    money.value_coin(coin, owner, Decimal(100), "EUR", "Dealer", date=FRIDAY)
    money.value_coin(coin, owner, Decimal(120), "EUR", "Auction")
    assert Valuation.objects.filter(coin=coin, by=owner).count() == 2
    assert sums(coin)[1] == Decimal(120)


def test_the_realised_gain_of_a_tax_lot(owner: User, collection: Collection, coin: Coin) -> None:
    money.record_purchase(
        coin, owner, date=date(2019, 1, 1), price=Decimal(100), currency="EUR", shipping=Decimal(5)
    )
    money.record_sale(
        coin, owner, date=FRIDAY, price=Decimal(200), currency="USD", fees=Decimal(20)
    )
    only = list(money.realised(Coin.objects.all()))
    assert [(one.cost, one.proceeds, one.gain) for one in only] == [
        (Decimal(105), Decimal("167.54"), Decimal("62.54"))
    ]


def test_a_sale_without_its_purchase_has_no_gain(coin: Coin) -> None:
    make_trade(coin, 100, kind="sale", tax_lot="gone")
    (only,) = money.realised(Coin.objects.all())
    assert (only.proceeds, only.cost, only.gain) == (Decimal(100), None, None)


def test_totals_say_what_they_leave_out(collection: Collection) -> None:
    whole, valued, gold, _bare = (make_coin(collection) for _ in range(4))
    make_trade(whole, 100)
    make_valuation(whole, 160)
    make_valuation(valued, 40)
    make_trade(gold, 2, "XAU")
    make_valuation(gold, 3, "XAU")
    money.refresh_money(Coin.objects.all())
    found = money.totals(Coin.objects.all())
    assert (found.cost, found.value, found.gain) == (Decimal(100), Decimal(200), Decimal(60))
    assert (found.n, found.n_costed, found.n_valued, found.n_unvalued) == (4, 1, 2, 2)
    assert found.n_unconverted == 1
    assert found.unconverted == [money.Unconverted("XAU", "No ECB rate for XAU", 1)]


def test_totals_of_nothing() -> None:
    found = money.totals(Coin.objects.none())
    assert (found.n, found.value, found.currency, found.unconverted) == (0, 0, "EUR", [])


def test_two_collections_in_two_currencies_meet(owner: User, collection: Collection) -> None:
    other = make_collection(owner, currency="USD")
    for coin, currency in ((make_coin(collection), "EUR"), (make_coin(other), "USD")):
        make_valuation(coin, 100, currency)
    money.refresh_money(Coin.objects.all())
    found = money.totals(Coin.objects.all(), "EUR")
    assert found.n_valued == 2
    assert Decimal(150) < found.value < Decimal(250)


def test_a_collection_in_gold_cannot_be_added_and_is_counted(
    owner: User, collection: Collection
) -> None:
    make_coin(make_collection(owner, currency="XAU"))
    found = money.totals(Coin.objects.all(), "EUR")
    assert found.unconverted == [money.Unconverted("XAU", "No ECB rate for XAU", 1)]


def test_value_over_time(collection: Collection) -> None:
    coin = make_coin(collection)
    make_trade(coin, 90, date=date(2024, 2, 10))
    make_valuation(coin, 100, date=date(2023, 1, 1))  # before the purchase: holds from it on
    make_valuation(coin, 150, date=date(2024, 4, 20))
    unvalued = make_coin(collection)
    make_trade(unvalued, 10, date=date(2024, 3, 1))
    sold = make_coin(collection, status="sold")
    make_trade(sold, 30, date=date(2024, 1, 5))
    make_valuation(sold, 40, date=date(2024, 1, 5))
    StatusChange.objects.create(coin=sold, old="owned", new="sold", on=date(2024, 3, 15))
    make_valuation(make_coin(collection, status="wanted"), 999)
    money.refresh_money(Coin.objects.all())
    months = money.value_over_time(Coin.objects.all(), 5, today=date(2024, 5, 20))
    assert [(one.end.isoformat(), one.value, one.n_valued, one.n, one.cost) for one in months] == [
        ("2024-01-31", 40, 1, 1, 30),
        ("2024-02-29", 140, 2, 2, 120),
        ("2024-03-31", 100, 1, 2, 100),
        ("2024-04-30", 150, 1, 2, 100),
        ("2024-05-20", 150, 1, 2, 100),
    ]


def test_amounts_read_as_the_language_writes_them() -> None:
    amount = Decimal("1234.5")
    assert written(amount, "EUR") == "€1,234.50"
    assert written(Decimal(5000), "JPY") == "¥5,000"
    assert written(None, "EUR") == "–"
    assert whole_money(amount, "USD") == "$1,234"
    assert signed_whole_money(amount, "EUR") == "+€1,234"
    assert signed_whole_money(-amount, "EUR") == "−€1,234"
    with translation.override("de"):
        assert written(amount, "EUR") == "1.234,50\xa0€"
        assert whole_money(Decimal("1234.6"), "EUR") == "1.235\xa0€"


def test_trades_keep_what_was_paid(coin: Coin) -> None:
    make_trade(coin, 80, "USD", date=FRIDAY)
    money.refresh_money([coin])
    assert Trade.objects.get().currency == "USD"

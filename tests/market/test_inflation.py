"""Prices in the money of one year: by a series that somebody brought, and not at all without one."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from catalog.models import Collection, User
from market.inflation import Series, SeriesRefusal, read_series
from market.models import PremiumRule, PriceLevel
from market.worth import Terms, Worth
from tests.factories import make_trade
from tests.market.makes import make_lot, make_lots, make_trajan

SignIn = Callable[[User | None], Client]
YEARS = {(2010, 0): Decimal(50), (2020, 0): Decimal(100)}


def test_a_year_is_what_it_says_else_the_mean_of_twelve_months() -> None:
    months = {(2021, month): Decimal(100 + month) for month in range(1, 13)}
    series = Series(YEARS | months | {(2022, 1): Decimal(130)})
    assert series.years == [2021, 2020, 2010]
    assert series.of_year[2021] == Decimal("106.5")
    assert series.on(date(2021, 3, 9)) == 103
    assert series.on(date(2022, 1, 9)) == 130
    assert series.on(date(2022, 2, 9)) is None


def test_what_is_not_known_has_no_factor() -> None:
    series = Series(YEARS)
    assert series.factor(date(2010, 5, 4), 2020) == 2
    assert series.factor(date(2011, 5, 4), 2020) is None
    assert series.factor(date(2010, 5, 4), 2011) is None
    assert series.factor(None, 2020) is None


@pytest.mark.parametrize(
    "text",
    [
        "2010,50\n2020,100", "Year,Index\n2010,50.0\n\n2020,100", "\ufeff2010;50,0\n2020;100,0",
        "2010\t50\n2020\t100",
    ],
)  # fmt: skip
def test_a_series_is_read(text: str) -> None:
    assert read_series(text.splitlines()) == YEARS


def test_months_are_read() -> None:
    lines = ["2020-01,99.5", "2020M02,100", "2020-03-01,101"]
    assert list(read_series(lines)) == [(2020, 1), (2020, 2), (2020, 3)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "nothing"), ("Year,Index", "nothing"), ("2010,50\n2010,51", "twice"),
        ("2010,50\nabc,1", "bad_line"), ("2010,50\n2011,-1", "bad_line"), ("2010,50\n2011,NaN", "bad_line"),
        ("2010,50\n2011-13,5", "bad_line"), ("2010,50\n2011-00,5", "bad_line"), ("2010,50\n2011", "bad_line"),
    ],
)  # fmt: skip
def test_what_is_no_series_is_refused(text: str, code: str) -> None:
    with pytest.raises(SeriesRefusal) as refused:
        read_series(text.splitlines())
    assert refused.value.code == code


@pytest.fixture
def series(tmp_path: Path, db: None) -> Path:
    file = tmp_path / "cpi.csv"
    file.write_text("2010,50\n2020,100\n")
    call_command("load_cpi", str(file), currency="eur")
    return file


def test_loading_takes_the_place_of_what_was(series: Path) -> None:
    series.write_text("2015,70\n")
    call_command("load_cpi", str(series), currency="EUR")
    assert [str(one) for one in PriceLevel.objects.all()] == ["EUR 2015"]
    series.write_text("2015,70\nnonsense\n")
    with pytest.raises(CommandError, match="Line 2"):
        call_command("load_cpi", str(series), currency="EUR")
    with pytest.raises(CommandError, match="no currency"):
        call_command("load_cpi", str(series), currency="XXX")
    with pytest.raises(CommandError):
        call_command("load_cpi", str(series.parent / "none.csv"), currency="EUR")
    assert PriceLevel.objects.count() == 1


def test_a_price_in_the_money_of_a_year(series: Path) -> None:
    worth = Worth(Terms("EUR", money_of=2020))
    assert worth.converted((Decimal(30), "EUR"), date(2010, 5, 4)) == 60
    assert worth.converted((Decimal(30), "EUR"), date(2020, 5, 4)) == 30
    assert worth.converted((Decimal(30), "EUR"), date(2012, 5, 4)) is None
    assert Worth(Terms("EUR")).converted((Decimal(30), "EUR"), date(2012, 5, 4)) == 30


def test_the_page_offers_it_where_there_is_a_series(
    series: Path, owner: User, collection: Collection, as_user: SignIn
) -> None:
    coin = make_trajan(collection)
    make_trade(coin, 75, date=date(2010, 1, 1))
    make_lot(owner, 40, day=date(2010, 5, 4))
    make_lot(owner, 100, day=date(2020, 5, 4))
    client, address = as_user(owner), reverse("market:lots")
    said = client.get(f"{address}?money_of=2020&currency=EUR&coin={coin.pk}").content.decode()
    assert "data-median>€90<" in said
    assert "in money of 2020" in said
    assert '"bought": [2010.0, 150.0]' in said
    assert "data-median>€70<" in client.get(f"{address}?money_of=2015").content.decode()
    assert 'name="money_of"' not in client.get(f"{address}?currency=USD").content.decode()
    answer = client.get(reverse("market:lots-csv") + "?money_of=2020")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert ",80.00,EUR,hammer,2020," in text


def test_the_panel_of_a_coin_offers_it_too(
    series: Path, owner: User, collection: Collection, as_user: SignIn
) -> None:
    coin, client = make_trajan(collection), as_user(owner)
    make_lots(owner, [40] * 6, day=date(2010, 5, 4))
    make_lot(owner, 100, day=date(2020, 5, 4))
    make_lot(owner, 500, day=date(2012, 5, 4))
    address = reverse("market:panel", args=[coin.pk])
    assert "data-median>€40<" in client.get(address).content.decode()
    for headers in ({}, {"HX-Request": "true"}):
        said = client.get(f"{address}?money_of=2020", headers=headers).content.decode()
        assert "data-median>€80<" in said
        assert (
            "Prices are in money of 2020, by the consumer prices that were loaded for EUR." in said
        )
        assert "1 sale has no price in these terms." in said
        assert '<option value="2020" selected>money of 2020</option>' in said
        assert (
            f"/market/coins/{coin.pk}/reset/?money_of=2020" in said or "pin/?money_of=2020" in said
        )
        assert "€40.00" in said
    assert "data-money-of" not in client.get(f"{address}?money_of=2012").content.decode()
    assert 'name="money_of"' not in client.get(f"{address}?currency=USD").content.decode()


def test_what_a_person_says_keeps_the_money(
    series: Path, owner: User, collection: Collection, as_user: SignIn
) -> None:
    coin, lot = make_trajan(collection), make_lot(owner, 40, day=date(2010, 5, 4))
    address = reverse("market:opinion", args=[coin.pk, lot.pk, "pin"]) + "?money_of=2020"
    assert as_user(owner).post(address)["Location"].endswith("?money_of=2020#comparables")


def test_another_years_money_is_no_value_of_today(
    series: Path, owner: User, collection: Collection, as_user: SignIn
) -> None:
    coin, client = make_trajan(collection), as_user(owner)
    make_lots(owner, [90, 95, 100, 100, 105, 110, 115], day=date(2020, 5, 4))
    address = reverse("market:panel", args=[coin.pk])
    assert "Take this as valuation" in client.get(address).content.decode()
    assert "Take this as valuation" not in client.get(f"{address}?money_of=2010").content.decode()
    taken = client.post(
        reverse("market:take", args=[coin.pk]) + "?money_of=2010", follow=True
    ).content.decode()
    assert "no value of today" in taken
    assert not coin.valuations.exists()
    assert not coin.market_estimates.exists()


def test_programs_ask_for_it_beside_a_coin(
    series: Path, owner: User, collection: Collection, as_user: SignIn
) -> None:
    coin, client = make_trajan(collection), as_user(owner)
    make_lot(owner, 40, day=date(2010, 5, 4))
    at = f"/api/v1/coins/{coin.pk}"
    said = client.get(f"{at}/comparables/?money_of=2020").json()
    assert (said["money_of"], said["comparables"][0]["price"]) == (2020, "80.00")
    assert said["comparables"][0]["as_sold"]["amount"] == "40.00"
    assert client.get(f"{at}/comparables/").json()["money_of"] is None
    assert client.get(f"{at}/estimate/?money_of=2020").json()["money_of"] == 2020
    assert client.get(f"{at}/chart/?money_of=2020").json()["points"][0]["price"] == "80.00"
    refused = client.get(f"{at}/estimate/?money_of=2012")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["money_of"])
    assert client.post(f"{at}/estimate/take/?money_of=2020").status_code == 409


def test_nothing_is_offered_without_one(owner: User, as_user: SignIn) -> None:
    make_lot(owner, 40)
    assert "money_of" not in as_user(owner).get(reverse("market:lots")).content.decode()


# --- what houses add ------------------------------------------------------------------------
def test_some_premiums_are_there_with_their_origin_and_unchecked(db: None) -> None:
    rule = PremiumRule.objects.on("heritage", date(2026, 3, 1))
    assert rule is not None
    assert rule.paid(Decimal(100)) == 122
    assert PremiumRule.objects.on("Heritage", date(2018, 3, 1)) is None
    assert not PremiumRule.objects.filter(origin="").exists()
    assert not PremiumRule.objects.exclude(checked_on=None).exists()


def test_seeding_never_touches_what_somebody_entered(db: None) -> None:
    PremiumRule.objects.all().delete()
    PremiumRule.objects.create(house="HERITAGE", tiers=[[None, 1]])
    import_module("market.migrations.0009_first_premiums").seed(apps, None)
    assert PremiumRule.objects.filter(house__iexact="heritage").count() == 1
    assert PremiumRule.objects.filter(house="Spink").count() == 1

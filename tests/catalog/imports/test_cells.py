from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.imports import cells


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("12,50 €", "12.50", "EUR"), ("$1,234.56", "1234.56", "USD"), ("1.234,56", "1234.56", ""),
        ("1,234", "1234", ""), ("1.234.567", "1234567", ""), ("0,125", "0.12", ""), ("EUR 30", "30", "EUR"),
        ("CHF 1'234.50", "1234.50", "CHF"), ("1 234,50", "1234.50", ""), ("Fr. 20", "20", "CHF"),
        ("£5", "5", "GBP"), ("300 DM", "300", "DEM"), ("12.", "12", None),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(text: str, amount: str, currency: str | None) -> None:
    if currency is None:
        with pytest.raises(cells.CellError):
            cells.amount(text)
        return
    assert cells.amount(text) == (Decimal(amount), currency)


@pytest.mark.parametrize("text", ["", "-", "—", "n/a", "unknown"])
def test_nothing_is_nothing(text: str) -> None:
    assert cells.amount(text) is None
    assert cells.day(text) is None


@pytest.mark.parametrize("text", ["abc", "25 - 30", "-5", "12 florins of old", "1e9"])
def test_what_is_no_amount_says_how_to_write_one(text: str) -> None:
    with pytest.raises(cells.CellError, match="Write"):
        cells.amount(text)


@pytest.mark.parametrize(
    ("heading", "currency"),
    [("Buying price (EUR)", "EUR"), ("Price, USD", "USD"), ("Price [€]", "EUR"), ("Price", ""),
     ("Weight (g)", ""), ("Estimate (in box)", "")],
)  # fmt: skip
def test_the_currency_of_a_heading(heading: str, currency: str) -> None:
    assert cells.currency_in(heading) == currency


def test_days() -> None:
    assert (
        cells.day("2020-05-04")
        == cells.day("4.5.2020")
        == cells.day("04/05/2020")
        == date(2020, 5, 4)
    )
    assert cells.day("04/05/2020", day_first=False) == date(2020, 4, 5)
    assert cells.day("12/31/2020") == date(2020, 12, 31)
    assert cells.day("2020-05-04 00:00:00") == date(2020, 5, 4)


@pytest.mark.parametrize("text", ["2020-02-30", "soon", "32.1.2020"])
def test_what_is_no_day_says_how_to_write_one(text: str) -> None:
    with pytest.raises(cells.CellError, match="2024-05-31"):
        cells.day(text)


@pytest.mark.parametrize("text", ["2020", "05/2020", "2020-05"])
def test_a_year_alone_is_vague(text: str) -> None:
    assert cells.is_vague(text)
    assert cells.day(text) is None


def test_a_column_tells_whether_days_come_first() -> None:
    assert cells.is_day_first(["01/02/2020", "31/12/2020"])
    assert not cells.is_day_first(["01/02/2020", "12/31/2020"])
    assert cells.is_day_first(["01/02/2020"])


@given(st.text(max_size=30))
def test_never_crashes(text: str) -> None:
    for read in (cells.amount, cells.day):
        with suppress(cells.CellError):
            read(text)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_amounts_come_back(amount: Decimal) -> None:
    assert cells.amount(f"{amount:,}") == (amount, "")
    european = f"{amount:,}".translate(str.maketrans(",.", ".,"))
    assert cells.amount(f"{european} €") == (amount, "EUR")

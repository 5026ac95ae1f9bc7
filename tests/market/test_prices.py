"""Prices: what is read, and each refusal by name."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.prices import CURRENCIES, Money, PriceRefusal, parse, parse_estimate, status_word


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("125 EUR", "125", "EUR"),
        ("5'500 USD", "5500", "USD"),
        ("5’500 CHF", "5500", "CHF"),
        ("250\u202f000 USD", "250000", "USD"),
        ("1\u00a0500 EUR", "1500", "EUR"),
        ("6.000 €", "6000", "EUR"),
        ("7.750€", "7750", "EUR"),
        ("$1,450", "1450", "USD"),
        ("1.234,50 EUR", "1234.50", "EUR"),
        ("1,234.50 USD", "1234.50", "USD"),
        ("EUR 1.000.000", "1000000", "EUR"),
        ("500.- CHF", "500", "CHF"),
        ("500,— EUR", "500", "EUR"),
        ("12.50 GBP", "12.50", "GBP"),
        ("US$ 500", "500", "USD"),
        ("SFr. 80", "80", "CHF"),
        ("Fr. 80", "80", "CHF"),
        ("10000 USD", "10000", "USD"),
        ("  : 90 € ", "90", "EUR"),
    ],
)
def test_prices_as_houses_print_them(text: str, amount: str, currency: str) -> None:
    assert parse(text) == Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("Unsold", "unsold"),
        ("Lot unsold", "unsold"),
        ("invendu", "unsold"),
        ("nicht verkauft", "unsold"),
        ("Withdrawn", "withdrawn"),
        ("*", "hidden"),
        ("-", "dash"),
        ("–", "dash"),
        ("Premium", "premium"),
        ("100 EUR (premium included)", "premium"),
        ("100 EUR + 20%", "premium"),
        ("To Be Posted", "not_yet"),
        ("Upcoming Auction", "not_yet"),
        ("Price on request", "on_request"),
        ("200-300 EUR", "range"),
        ("€200 – €300", "range"),
        ("200 EUR to 300 EUR", "range"),
        ("125 EUR 150 USD", "two_amounts"),
        ("1,23,456 USD", "two_amounts"),
        ("100 XYZ", "unknown_currency"),
        ("100 apples", "unknown_currency"),
        ("100", "no_currency"),
        ("0 EUR", "not_positive"),
        ("-5 EUR", "not_positive"),
        ("€ -5", "not_positive"),
        ("99999999999 EUR", "too_large"),
        ("1.000,000 EUR", "unreadable"),
        ("5.5555 EUR", "unreadable"),
        ("EUR", "unreadable"),
        ("٣٠٠ EUR", "unreadable"),
        ("100 EUR USD", "two_currencies"),
    ],
)
def test_each_refusal_by_name(text: str, code: str) -> None:
    with pytest.raises(PriceRefusal) as refused:
        parse(text)
    assert refused.value.code == code
    assert refused.value.message


def test_a_currency_said_elsewhere_on_the_page() -> None:
    assert parse("1'250", "chf") == Money(Decimal(1250), "CHF")
    assert parse("$90", "CAD") == Money(Decimal(90), "CAD")
    assert parse("90 EUR", "CHF") == Money(Decimal(90), "EUR")


def test_a_currency_said_elsewhere_that_does_not_exist() -> None:
    with pytest.raises(PriceRefusal) as refused:
        parse("1250", "XXX")
    assert refused.value.code == "unknown_currency"


def test_estimates_are_ranges_or_one_amount() -> None:
    assert parse_estimate("200-300 EUR") == (Money(Decimal(200), "EUR"), Money(Decimal(300), "EUR"))
    assert parse_estimate("€1.000–1.500")[1] == Money(Decimal(1500), "EUR")
    assert parse_estimate("250 CHF") == (Money(Decimal(250), "CHF"),) * 2


@pytest.mark.parametrize(
    ("text", "code"),
    [("300-200 EUR", "reversed"), ("20 EUR 30 EUR 40 EUR", "two_amounts"), ("Unsold", "unsold")],
)
def test_estimates_that_are_none(text: str, code: str) -> None:
    with pytest.raises(PriceRefusal) as refused:
        parse_estimate(text)
    assert refused.value.code == code


def test_what_a_text_says_in_place_of_a_price() -> None:
    said = [status_word(text) for text in ("Unsold", "Withdrawn", "To Be Posted", "*", "100 EUR")]
    assert said == ["unsold", "withdrawn", "open", "", ""]


WRITTEN = {
    "apostrophe": ("'", "."),
    "typographic": ("’", "."),
    "comma": (",", "."),
    "dot": (".", ","),
    "narrow": ("\u202f", ","),
    "plain": ("", "."),
}


@given(
    st.integers(1, 10**8),
    st.integers(0, 99),
    st.sampled_from(sorted(WRITTEN)),
    st.sampled_from(sorted(CURRENCIES)),
    st.booleans(),
)
def test_every_way_of_writing_is_read_back(
    whole: int, cents: int, style: str, code: str, before: bool
) -> None:
    thousands, point = WRITTEN[style]
    number = f"{whole:,}".replace(",", thousands) + f"{point}{cents:02}"
    text = f"{code} {number}" if before else f"{number} {code}"
    assert parse(text) == Money(Decimal(f"{whole}.{cents:02}"), code)


@given(st.text(max_size=60))
def test_anything_is_read_or_refused_and_never_worse(text: str) -> None:
    try:
        money = parse(text)
    except PriceRefusal:
        return
    assert money.amount > 0
    assert money.currency in CURRENCIES


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from(["-", " - ", "–", " to "]))
def test_no_range_passes_for_a_price(low: int, high: int, dash: str) -> None:
    with pytest.raises(PriceRefusal):
        parse(f"{low}{dash}{high} EUR")

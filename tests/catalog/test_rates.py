import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from catalog import rates

FRIDAY, SUNDAY = date(2024, 5, 3), date(2024, 5, 5)


def test_the_rate_of_the_day() -> None:
    found = rates.convert(Decimal(100), "USD", "EUR", FRIDAY)
    assert found is not None
    assert found.amount == Decimal("93.08")  # the ECB printed 1.0744 dollars for that day
    assert found.rate_date == FRIDAY


def test_on_a_sunday_the_rate_of_the_friday_holds() -> None:
    found = rates.convert(Decimal(100), "USD", "EUR", SUNDAY)
    assert found is not None
    assert (found.amount, found.rate_date) == (Decimal("93.08"), FRIDAY)


def test_between_two_foreign_currencies_by_way_of_the_euro() -> None:
    found = rates.convert(Decimal(100), "GBP", "CHF", FRIDAY)
    assert found is not None
    assert found.amount == Decimal("113.87")  # 0.85573 pounds and 0.9744 francs a euro


@pytest.mark.parametrize("on", [date(1985, 3, 1), date(1999, 6, 1), date(2024, 1, 1)])
def test_a_mark_is_worth_what_it_was_exchanged_for(on: date) -> None:
    found = rates.convert(Decimal(500), "DEM", "EUR", on)
    assert found is not None
    assert (found.amount, found.is_fixed) == (Decimal("255.65"), True)


def test_marks_into_dollars_need_a_day_that_the_table_knows() -> None:
    found = rates.convert(Decimal(500), "DEM", "USD", date(2001, 5, 3))
    assert found is not None
    assert not found.is_fixed
    assert rates.convert(Decimal(500), "DEM", "USD", date(1985, 3, 1)) is None


def test_a_later_joiner_has_the_rate_of_the_day_before_it_joined() -> None:
    before = rates.convert(Decimal(100), "CYP", "EUR", date(2000, 1, 3))
    after = rates.convert(Decimal(100), "CYP", "EUR", date(2010, 1, 4))
    assert before is not None
    assert after is not None
    assert (before.is_fixed, after.is_fixed) == (False, True)


def test_one_currency_needs_neither_rate_nor_date() -> None:
    found = rates.convert(Decimal("12.345"), "XAU", "XAU", None)
    assert found is not None
    assert found.amount == Decimal("12.34")


@pytest.mark.parametrize(
    ("source", "target", "on", "reason"),
    [
        ("XAU", "EUR", FRIDAY, "No ECB rate for XAU"),
        ("EUR", "XAU", FRIDAY, "No ECB rate for XAU"),
        ("USD", "EUR", date(1990, 1, 1), "ECB rates begin on 4 January 1999"),
        ("RUB", "EUR", FRIDAY, "ECB rates for RUB end on 1 March 2022"),
        ("BRL", "EUR", date(2000, 1, 3), "ECB rates for BRL begin on 2 January 2008"),
        ("USD", "EUR", None, "Without a date there is no rate of the day"),
    ],
)
def test_a_missing_rate_is_missing_with_a_reason(
    source: str, target: str, on: date | None, reason: str
) -> None:
    assert rates.convert(Decimal(1), source, target, on) is None
    assert rates.why_missing(source, target, on) == reason


def test_after_the_end_of_the_table_a_week_is_bridged_and_no_more() -> None:
    end = rates.table().last_day
    assert rates.convert(Decimal(1), "USD", "EUR", date.fromordinal(end.toordinal() + 7))
    late = date.fromordinal(end.toordinal() + 8)
    assert rates.convert(Decimal(1), "USD", "EUR", late) is None
    assert rates.why_missing("USD", "EUR", late).startswith("The newest ECB rate here is of ")


def test_what_converts_has_no_reason() -> None:
    assert rates.why_missing("USD", "EUR", FRIDAY) == ""


def test_living_currencies_come_first() -> None:
    known = rates.known_currencies()
    assert {"EUR", "USD", "DEM", "TRL"} <= set(known)
    assert known.index("ZAR") < known.index("ATS")


def test_a_fetched_table_wins_over_the_bundled_one(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    assert rates.replace_table(table_of("2030-01-02,2,N/A,", "2030-01-01,4,100,")) == date(
        2030, 1, 2
    )
    found = rates.convert(Decimal(10), "USD", "EUR", date(2030, 1, 3))
    assert found is not None
    assert (found.amount, found.rate_date) == (Decimal("5.00"), date(2030, 1, 2))
    assert rates.convert(Decimal(100), "JPY", "EUR", date(2030, 1, 2)).amount == Decimal("1.00")  # type: ignore[union-attr]


@pytest.mark.parametrize("broken", [b"<html>maintenance</html>", b"", "too old"])
def test_a_broken_or_older_table_is_refused(settings: Any, tmp_path: Path, broken: Any) -> None:
    settings.DATA_DIR = tmp_path
    data = table_of("2001-01-02,2,N/A,") if broken == "too old" else broken
    with pytest.raises((zipfile.BadZipFile, ValueError)):
        rates.replace_table(data)
    assert rates.convert(Decimal(100), "USD", "EUR", FRIDAY)


def table_of(*rows: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("eurofxref-hist.csv", "\n".join(["Date,USD,JPY,", *rows]))
    return out.getvalue()

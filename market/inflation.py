"""What money of one day is in money of a year, by an index of consumer prices. Values in, values out."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property

from catalog.refusals import Refusal, gettext_noop

Levels = Mapping[tuple[int, int], Decimal]  # by year and month; month 0 is the mean of the year
_PERIOD = re.compile(r"(?P<year>\d{4})(?:[-/M](?P<month>\d{1,2}))?(?:-\d{2})?", re.IGNORECASE)
BAD_LINE = gettext_noop("Line %(line)s is not a month or a year and its index: “%(text)s”.")
TWICE = gettext_noop("Line %(line)s says “%(text)s” for the second time.")
NOTHING = gettext_noop("There is no line with a month or a year and its index.")


class SeriesRefusal(Refusal):
    pass


@dataclass(frozen=True)
class Series:
    levels: Levels

    def factor(self, day: date | None, year: int) -> Decimal | None:
        """By which a price of that day becomes one in the year's money; None where either is not known."""
        target, then = self.of_year.get(year), self.on(day) if day else None
        return target / then if target and then else None

    def on(self, day: date) -> Decimal | None:
        return self.levels.get((day.year, day.month)) or self.of_year.get(day.year)

    @cached_property
    def of_year(self) -> dict[int, Decimal]:
        """As it was said, else the mean of twelve months; of fewer months there is none."""
        found: dict[int, Decimal] = {}
        for year in sorted({year for year, _month in self.levels}):
            months = [
                self.levels[year, month] for month in range(1, 13) if (year, month) in self.levels
            ]
            if (year, 0) in self.levels:
                found[year] = self.levels[year, 0]
            elif len(months) == 12:
                found[year] = sum(months, Decimal(0)) / 12
        return found

    @property
    def years(self) -> list[int]:
        """In whose money prices may be said, the newest first."""
        return sorted(self.of_year, reverse=True)


def read_series(lines: Iterable[str]) -> dict[tuple[int, int], Decimal]:
    """`2020,105.3` or `2020-01;105,3`, perhaps below a line of headings."""
    found: dict[tuple[int, int], Decimal] = {}
    for number, line in enumerate(lines, start=1):
        text = line.strip().lstrip("\ufeff")
        if not text:
            continue
        period, level = _read(text)
        if period is None or level is None:
            if number == 1:  # headings
                continue
            raise SeriesRefusal("bad_line", BAD_LINE, line=number, text=text[:60])
        if period in found:
            raise SeriesRefusal("twice", TWICE, line=number, text=text[:60])
        found[period] = level
    if not found:
        raise SeriesRefusal("nothing", NOTHING)
    return found


def _read(text: str) -> tuple[tuple[int, int] | None, Decimal | None]:
    delimiter = next((sign for sign in ";\t" if sign in text), ",")
    cells = next(csv.reader([text], delimiter=delimiter))
    period = _PERIOD.fullmatch(cells[0].strip())
    if period is None or len(cells) < 2 or int(period["month"] or 0) > 12:
        return None, None
    if period["month"] and int(period["month"]) == 0:
        return None, None
    try:
        level = Decimal(cells[1].strip().replace(",", "."))
    except InvalidOperation:
        return None, None
    usable = level.is_finite() and Decimal("0.0001") <= level < Decimal(10) ** 10
    return (int(period["year"]), int(period["month"] or 0)), level if usable else None

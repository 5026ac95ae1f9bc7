"""When a coin was struck: text in, signed years out, and back. 27 BC is -27, AD 14 is 14, and no
year is 0. The words come first (`words`), then native calendars (`calendars`), then `parsing`."""

from catalog.dates.formatting import ENGLISH, Labels, format
from catalog.dates.parsing import parse
from catalog.dates.ranges import (
    FIRST_YEAR,
    LAST_YEAR,
    UNDATED,
    DateError,
    DateRange,
    century,
    century_of,
    century_years,
    overlaps,
    sort_key,
    span,
    year_span,
)

__all__ = [
    "ENGLISH",
    "FIRST_YEAR",
    "LAST_YEAR",
    "UNDATED",
    "DateError",
    "DateRange",
    "Labels",
    "century",
    "century_of",
    "century_years",
    "format",
    "overlaps",
    "parse",
    "sort_key",
    "span",
    "year_span",
]

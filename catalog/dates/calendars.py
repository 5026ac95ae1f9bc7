"""Years of other calendars as years of ours. A year that begins in our spring or autumn covers two."""

import re
from collections.abc import Callable

from catalog.dates.numerals import plain_digits
from catalog.dates.ranges import DateError, DateRange, shift
from catalog.refusals import gettext_noop as _

Years = tuple[int, int]

GREGORIAN_REFORM = 2299161  # Julian day number of 15 October 1582
JULIAN_AD_1 = 1721424  # of 1 January AD 1, Julian calendar
ISLAMIC_EPOCH = 1948440  # of 16 July 622, civil reckoning


def islamic(year: int) -> Years:
    """The tabular calendar, leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29 of thirty. A mint
    that looked for the moon may be a day off, which moves a year only at its very edge."""
    return year_of_day(_islamic_new_year(year)), year_of_day(_islamic_new_year(year + 1) - 1)


def _islamic_new_year(year: int) -> int:
    return ISLAMIC_EPOCH + (year - 1) * 354 + (3 + 11 * year) // 30


def year_of_day(day: int) -> int:
    """Julian before the reform of 1582 and Gregorian after it, as historians count."""
    if day < GREGORIAN_REFORM:
        return (4 * (day - JULIAN_AD_1) + 3) // 1461 + 1
    # Fliegel and Van Flandern 1968: the year runs from March
    shifted = day + 32044
    era, rest = divmod(shifted, 146097)
    hundred = (4 * rest + 3) // 146097
    rest -= 146097 * hundred // 4
    year = (4 * rest + 3) // 1461
    rest -= 1461 * year // 4
    month = (5 * rest + 2) // 153
    return 100 * hundred + year + 400 * era - 4800 + month // 10


def straddling(offset: int) -> Callable[[int], Years]:
    return lambda year: (shift(offset, year), shift(offset, year + 1))


def aligned(offset: int) -> Callable[[int], Years]:
    return lambda year: (shift(offset, year),) * 2


# (names, first and last year, to our years); the offset is the year of ours in which year 0 began
CALENDARS: list[tuple[str, int, int, Callable[[int], Years]]] = [
    (r"a\.? ?h\.?|hijri|hidschra|هـ|ه", 1, 1620, islamic),
    (r"a\.? ?m\.?|hebrew(?: year)?", 3000, 5960, straddling(-3762)),
    (r"b\.? ?e\.?|thai|พ\.?ศ\.?", 1, 2743, aligned(-544)),
    (r"v\.? ?s\.?|b\.? ?s\.?|samvat|वि\.?सं\.?", 1, 2250, straddling(-58)),
    (r"s\.? ?h\.?|solar hijri|ه\.?ش", 1, 1570, straddling(621)),
    (r"e\.? ?e\.?|ethiopian", 1, 2190, straddling(7)),
    (r"meiji|明治", 1, 45, aligned(1867)),
    (r"taish[oō]u?|大正", 1, 15, aligned(1911)),
    (r"sh[oō]wa|昭和", 1, 64, aligned(1925)),
    (r"heisei|平成", 1, 31, aligned(1988)),
    (r"reiwa|令和", 1, 182, aligned(2018)),
    (r"minguo|中[華华]民[國国]|民[國国]", 1, 289, aligned(1911)),
]

YEAR = r"(?P<first>\d{1,4})(?:(?P<join> ?(?:-|to) ?| ?//? ?)(?P<last>\d{1,4}))?"
WORD_YEAR = r"(?:years?|yr\.?|y\.?)? ?"
FORMS = [
    (re.compile(rf"(?:{names})\s?{WORD_YEAR}{YEAR} ?年?", re.IGNORECASE), first, last, convert)
    for names, first, last, convert in CALENDARS
] + [
    (re.compile(rf"{YEAR} ?(?:{names})", re.IGNORECASE), first, last, convert)
    for names, first, last, convert in CALENDARS
]


def read(text: str) -> DateRange | None:
    """The years of ours for a date in a named calendar, which is kept as `native`; else None."""
    plain = re.sub("[‐‑‒–—−]", "-", plain_digits(text))
    for form, lowest, highest, convert in FORMS:
        if match := form.fullmatch(plain):
            first, last = _ends(match, text)
            for year in (first, last):
                _check(year, lowest, highest, text)
            return DateRange(convert(first)[0], convert(last)[1], native=text)
    return None


def _ends(match: re.Match[str], text: str) -> Years:
    first, join, last = int(match["first"]), match["join"], match["last"]
    if last is None:
        return first, first
    if join.strip() == "//":
        # Ottoman: year of accession // year of the reign
        return (first + int(last) - 1,) * 2
    if join.strip() == "/" and len(last) < len(match["first"]):
        template = _(
            "“%(text)s” can be read in two ways. Write two whole years, or accession//year of "
            "reign such as AH 1293//33."
        )
        raise DateError("two_ways", template, text=text)
    if len(last) < len(match["first"]):
        last = match["first"][: -len(last)] + last
    if int(last) < first:
        raise DateError("reversed", _("The range “%(text)s” runs backwards."), text=text)
    return first, int(last)


def _check(year: int, lowest: int, highest: int, text: str) -> None:
    if not lowest <= year <= highest:
        template = _("“%(text)s”: that calendar has years %(lowest)s to %(highest)s here.")
        raise DateError("calendar", template, text=text, lowest=lowest, highest=highest)

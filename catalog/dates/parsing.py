import re
from collections.abc import Mapping
from dataclasses import replace

from catalog.dates import calendars
from catalog.dates.numerals import roman
from catalog.dates.ranges import DateError, DateRange, shift
from catalog.dates.western import read
from catalog.dates.words import UNDATED, clean
from catalog.refusals import gettext_noop as _

LONGEST = 160
_NATIVE_AND_OURS = re.compile(r"(.*\S) ?\(([^()]*[^()\s])\)")
_CIRCA = re.compile(r"(?:circa|about|around|um|ca\.?|c\.|~) ?(?=\S)", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})-\d\d?-\d\d?|\d\d?[./]\d\d?[./](\d{4})")
_DOUBT = re.compile(r" ?\(\?\)$")
_REGNAL = [
    re.compile(r"(?:regnal )?(?:year|yr\.?|jahr|an|anno|ry) (?P<year>\d+) (?:of|des|de|di|von) (?P<ruler>.+)"),
    re.compile(r"(?P<ruler>\D+?),? (?:regnal )?(?:year|yr\.?|jahr|ry) (?P<year>\d+)"),
]  # fmt: skip


def parse(text: str, *, reigns: Mapping[str, int] | None = None) -> DateRange:
    """`reigns` maps a ruler's name to the year of accession, for "year 3 of Trajan"."""
    text = " ".join(text.split())
    if len(text) > LONGEST:
        raise DateError("long", _("That is too long for a date. Write only the years."))
    if _DOUBT.search(text):
        return replace(parse(_DOUBT.sub("", text), reigns=reigns), circa=True)
    if match := _NATIVE_AND_OURS.fullmatch(text):
        return _both(match[1], match[2], text)
    return _native(text, reigns or {}) or _ours(text)


def _both(outer: str, inner: str, text: str) -> DateRange:
    """ "AH 1360 (1941)", or "1941 (AH 1360)": what stands on the coin is kept as it is."""
    try:
        return replace(_ours(inner), native=outer)
    except DateError:
        if calendars.read(inner):
            return replace(_ours(outer), native=inner)
        raise


def _ours(text: str) -> DateRange:
    plain = clean(text)
    if UNDATED.fullmatch(plain):
        return DateRange()
    if day := _DAY.fullmatch(plain):
        template = _("Write only the year of “%(text)s”: %(year)s.")
        raise DateError("day", template, text=text, year=day[1] or day[2])
    return read(plain, text)


def _native(text: str, reigns: Mapping[str, int]) -> DateRange | None:
    about = _CIRCA.match(text)
    bare = text[about.end() :] if about else text
    dates = calendars.read(bare) or _regnal(bare, reigns) or _roman(bare)
    return replace(dates, circa=True) if dates and about else dates


def _regnal(text: str, reigns: Mapping[str, int]) -> DateRange | None:
    match = next(filter(None, (form.fullmatch(text.casefold()) for form in _REGNAL)), None)
    if match is None:
        return None
    accession = {name.casefold(): year for name, year in reigns.items()}.get(match["ruler"])
    if accession is None:
        template = _(
            "The reign in “%(text)s” is not known here. Write the year itself, such as AD 100."
        )
        raise DateError("reign", template, text=text)
    year = int(match["year"])
    if not 1 <= year <= 99:
        raise DateError("reign", _("A reign has years 1 to 99: “%(text)s”."), text=text)
    struck = shift(accession, year - 1)
    return DateRange(struck, struck, native=text)


def _roman(text: str) -> DateRange | None:
    """MDCCLXXVI; short ones are refused further on, for they are as likely to be a word."""
    year = roman(text) if text.isupper() and len(text) >= 4 else None
    return DateRange(year, year, native=text) if year and year >= 1000 else None

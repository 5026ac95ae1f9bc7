"""When: the reign in the naming, the strike after "struck" or the mint, the sale in the pedigree."""

import re
from dataclasses import dataclass

from catalog.dates import DateError, DateRange, parse
from market.extract.folding import fold
from market.extract.lot import Lot
from market.extract.values import CERTAIN, LIKELY, Found

_ERA = r"(?:b\.? ?c\.?(?: ?e\.?)?|a\.? ?d\.?|c\.e\.|ce|v\.? ?chr\.?|n\.? ?chr\.?|av\.? ?j\.?-? ?c\.?|ap\.? ?j\.?-? ?c\.?|a\.c\.|d\.c\.)"
_YEARS = r"\d{1,4}(?:/\d{1,4})?(?: ?(?:-|to|bis) ?(?:(?:a\.?d\.? ?|ad )?\d{1,4}(?:/\d{1,4})?))?"
_DATE = re.compile(
    rf"(?<![\w.,/#*])(?<!ah )(?P<date>(?:(?:circa|ca\.?|c\.|um|vers|about) )?(?:(?P<lead>a\.?d\.?|ad) ?(?=\d))?{_YEARS}(?: ?(?P<era>{_ERA})(?![a-z]))?(?: ?- ?(?:a\.?d\.? ?)?\d{{1,4}}(?: ?{_ERA}(?![a-z]))?)?)"
    r"(?![\w°%]|[.,]\d| ?(?:mm|g|gr|gm|h|eur|usd|chf|€|\$)\b)"
)
_CENTURY = re.compile(
    r"(?:late |early |mid-?|circa |c\. )?(?:\d{1,2}(?:st|nd|rd|th)(?: ?- ?\d{1,2}(?:st|nd|rd|th))? cent(?:ury|uries|\.)|\d{1,2}\. jh(?:dt|d)?\.?|\d{1,2}\. jahrhundert)(?: (?:bc|ad|b\.c\.|v\. ?chr\.?|n\. ?chr\.?))?"
)
_NATIVE = re.compile(r"\b(?:ah|ry|se|year|jahr|cy) ?\d{1,4}(?:/\d{1,3})?\b")
_STRUCK = re.compile(
    r"(?:struck|minted|issued|dated|gepragt|frappee?|emission|emis|coniat[ao]|acunad[ao]|mint|rome|rom|lugdunum|antioch|siscia)[^.;]{0,30}$"
)
_SALE = re.compile(r"(?:19|20)\d\d")
MOST = 6


@dataclass(frozen=True, slots=True)
class Dates:
    reign: Found[DateRange] | None = None
    strike: Found[DateRange] | None = None
    sale: Found[int] | None = None


def dates(lot: Lot) -> Dates:
    reign: Found[DateRange] | None = None
    strike: Found[DateRange] | None = None
    for found in _ranges(lot):
        if _STRUCK.search(lot.before(found.start, 44)):
            strike = strike or found
        elif reign is None and found.start < lot.heading + 40:
            reign = found
        elif strike is None and found.start < lot.heading + 40:
            strike = found
    return Dates(reign, strike, _sale(lot))


def _ranges(lot: Lot) -> list[Found[DateRange]]:
    found = []
    for match in [
        *_DATE.finditer(lot.folded),
        *_CENTURY.finditer(lot.folded),
        *_NATIVE.finditer(lot.folded),
    ]:
        if not _dated(match):
            continue
        dates = _parsed(match)
        if dates:
            found.append(
                Found(dates, *match.span(), CERTAIN if "era" in match.groupdict() else LIKELY)
            )
        if len(found) >= MOST:
            break
    return sorted(found, key=lambda one: one.start)


def _dated(match: re.Match[str]) -> bool:
    """A bare number is a year only with an era, as a range, or with four digits."""
    if "date" not in match.groupdict():
        return True
    if match["era"] or match["lead"]:
        return True
    digits = re.findall(r"\d+", match["date"])
    return ("-" in match["date"] and int(digits[-1]) > int(digits[0])) or (
        len(digits[0]) == 4 and 1000 <= int(digits[0]) <= 2030
    )


def _parsed(match: re.Match[str]) -> DateRange | None:
    text = match[0]
    if (
        "date" in match.groupdict()
        and "-" in text
        and not (match["era"] or match["lead"])
        and not re.search("[a-z]", text)
    ):
        text = f"AD {text}"
    try:
        return parse(text)
    except DateError:
        return None


def _sale(lot: Lot) -> Found[int] | None:
    """The last year named in the pedigree."""
    whole = fold(lot.text)
    years = [match for start, end in lot.origins for match in _SALE.finditer(whole, start, end)]
    if not years:
        return None
    latest = max(years, key=lambda match: int(match[0]))
    return Found(int(latest[0]), *latest.span(), LIKELY)

"""Years, decades and centuries before and after Christ."""

import re
from dataclasses import dataclass, replace

from catalog.dates.ranges import DateError, DateRange, century_years, check_year
from catalog.dates.words import Token, scan
from catalog.refusals import gettext_noop as _

YEAR, DECADE, CENTURY = "year", "decade", "century"
_YEAR = re.compile("(?P<sign>-)?(?P<before>[ab])?(?P<n>[nd])(?P<after>[ab])?")
_CENTURY = re.compile("(?P<share>p|[nor][ho])?(?:C(?P<m>[nor])|(?P<n>[nor])C?)(?P<after>[ab])?")
_JOINS = "-t/&"


@dataclass(frozen=True)
class Point:
    """One end of a range before its era is settled; `era` is a, b or nothing."""

    kind: str
    value: int
    digits: str
    era: str = ""
    signed: bool = False
    era_leads: bool = False
    share: tuple[int, int] = (0, 1)


def nonsense(text: str) -> DateError:
    template = _(
        "“%(text)s” cannot be read as a date. Write a year or a range, such as 27 BC, "
        "AD 79–81, c. 1943 or 2nd century BC."
    )
    return DateError("nonsense", template, text=text)


def two_ways(text: str, one: str, other: str) -> DateError:
    template = _("“%(text)s” can be read in two ways. Write %(one)s or %(other)s.")
    return DateError("two_ways", template, text=text, one=one, other=other)


def read(plain: str, text: str) -> DateRange:
    scanned = scan(plain)
    if not scanned:
        raise nonsense(text)
    tokens = _abbreviated_century(scanned)
    if _foreign_digits(text) and not any(token.kind in "ab" for token in tokens):
        template = _("Which calendar is “%(text)s” in? Write AH 1360, BE 2486 or AD 1941.")
        raise DateError("calendar", template, text=text)
    circa = any(token.kind == "c" for token in tokens)
    tokens = [token for token in tokens if token.kind != "c"]
    if not tokens:
        raise nonsense(text)
    start, end = _open_or_closed(tokens, text)
    return DateRange(start, end, circa)


def _foreign_digits(text: str) -> bool:
    return any(sign.isdecimal() and not sign.isascii() for sign in text)


def _abbreviated_century(tokens: list[Token]) -> list[Token]:
    """ "4th c." is a century; the same letter anywhere else is circa."""
    return [
        Token("C") if token.kind == "c" and i and tokens[i - 1].kind in "or" else token
        for i, token in enumerate(tokens)
    ]


def _open_or_closed(tokens: list[Token], text: str) -> tuple[int | None, int | None]:
    head = tokens[0].kind
    join = next((i for i, t in enumerate(tokens) if i and t.kind in _JOINS), None)
    if head == "F" and join:
        return _range(tokens[1:join], tokens[join], tokens[join + 1 :], text)
    if head in "<t":
        return None, _years(_point(tokens[1:], text), text)[1]
    if head in ">F":
        return _years(_point(tokens[1:], text), text)[0], None
    if join and tokens[join].kind != "&":
        return _range(tokens[:join], tokens[join], tokens[join + 1 :], text)
    return _years(_point(tokens, text), text)


def _point(tokens: list[Token], text: str) -> Point:
    shape = "".join(token.kind for token in tokens)
    if match := _YEAR.fullmatch(shape):
        return _year_point(match, tokens[match.start("n")], text)
    if match := _CENTURY.fullmatch(shape):
        name = "m" if match["m"] else "n"
        share = _share(tokens[: match.end("share")], text) if match["share"] else (0, 1)
        number = tokens[match.start(name)]
        return Point(CENTURY, number.value, number.digits, match["after"] or "", share=share)
    raise nonsense(text)


def _year_point(match: re.Match[str], token: Token, text: str) -> Point:
    before, after, signed = match["before"], match["after"], bool(match["sign"])
    if (before and after and before != after) or (signed and (before or after)):
        raise nonsense(text)
    if token.value == 0:
        check_year(0)
    if token.kind == "d" and token.value % 100 == 0 and len(token.digits) > 2:
        decade = f"{token.value}–{token.value + 9}"
        raise two_ways(text, f"{token.value}–{token.value + 99}", decade)
    era = "b" if signed else before or after or ""
    return Point(
        DECADE if token.kind == "d" else YEAR, token.value, token.digits, era, signed, bool(before)
    )


def _share(tokens: list[Token], text: str) -> tuple[int, int]:
    """(1, 4) is the second quarter."""
    if len(tokens) == 1:
        return tokens[0].share
    which, of = tokens[0].value, tokens[1].value
    index = of - 1 if which == -1 else which - 1
    # "last third": the ordinal stands for the share
    if of not in (2, 3, 4) or not 0 <= index < of or (tokens[1].kind == "o" and of != 3):
        raise nonsense(text)
    return index, of


def _years(point: Point, text: str) -> tuple[int, int]:
    sign = -1 if point.era == "b" else 1
    if point.kind == CENTURY:
        first = century_years(sign * point.value)[0]
        index, of = point.share
        return first + 100 * index // of, first + 100 * (index + 1) // of - 1
    last = point.value + (9 if point.kind == DECADE else 0)
    return (point.value, last) if sign > 0 else (-last, -point.value)


def _range(left: list[Token], join: Token, right: list[Token], text: str) -> tuple[int, int]:
    first, last = _point(left, text), _point(right, text)
    if last.kind == CENTURY and first.kind == YEAR and first.digits and not first.signed:
        first = replace(first, kind=CENTURY)
    first, last = _settle(first, last, text)
    last = _complete(first, last, join.kind, text)
    start, end = _years(first, text)[0], _years(last, text)[1]
    if start > end:
        raise _reversed(first, last, text)
    return start, end


def _settle(first: Point, last: Point, text: str) -> tuple[Point, Point]:
    """ "27–14 BC" is BC twice and "AD 79–81" is AD twice; "27 BC – 14" nobody can know."""
    if last.era and not first.era:
        return replace(first, era=last.era), last
    if first.era_leads and not last.era:
        return first, replace(last, era=first.era)
    if first.era == "b" and not last.era and not first.signed and last.value <= first.value:
        one, other = f"{first.value}–{last.value} BC", f"{first.value} BC – AD {last.value}"
        raise two_ways(text, one, other)
    return first, last if last.era else replace(last, era="a" if first.era else "")


def _complete(first: Point, last: Point, join: str, text: str) -> Point:
    """ "1943-44" and "127/6 BC": the second year borrows the leading digits of the first. With a
    dash, 127-6 BC is left alone: there the shorter number may well be meant."""
    short = len(last.digits) < len(first.digits) and last.kind == first.kind == YEAR
    if not short or first.era == "b" != last.era or first.signed:
        return last
    if first.era == "b" and join != "/":
        return last
    digits = first.digits[: -len(last.digits)] + last.digits
    if not first.era and first.value < 1000 and join != "/":
        one, other = f"{first.value}–{last.value} BC", f"AD {first.value}–{int(digits)}"
        raise two_ways(text, one, other)
    return replace(last, value=int(digits), digits=digits)


def _reversed(first: Point, last: Point, text: str) -> DateError:
    if CENTURY in (first.kind, last.kind):
        template = _("“%(text)s” runs backwards: write its earlier end first.")
    elif first.era == last.era == "b":
        template = _(
            "“%(text)s” runs backwards: years before Christ count down. "
            "Write %(last)s–%(first)s BC."
        )
    elif first.value < 1000:
        template = _(
            "“%(text)s” runs backwards. Write AD %(last)s–%(first)s, or %(first)s–%(last)s BC, "
            "or %(first)s BC – AD %(last)s."
        )
    else:
        template = _("“%(text)s” runs backwards: write %(last)s–%(first)s.")
    return DateError("reversed", template, text=text, first=first.value, last=last.value)

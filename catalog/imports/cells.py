"""What people write into cells for money and days. Pure; a refusal says what to write instead."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache

from catalog.refusals import Refusal
from catalog.refusals import gettext_noop as _

SYMBOLS = {
    "€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "US$": "USD", "C$": "CAD", "A$": "AUD",
    "CHF": "CHF", "FR": "CHF", "SFR": "CHF", "FR.": "CHF", "SFR.": "CHF", "ZŁ": "PLN", "KČ": "CZK",
    "₽": "RUB", "₴": "UAH", "₹": "INR", "DM": "DEM", "R$": "BRL", "NZ$": "NZD", "KR": "SEK",
    "EURO": "EUR", "EUROS": "EUR", "DOLLAR": "USD", "DOLLARS": "USD",
}  # fmt: skip
IN_HEADING = re.compile(r"[(\[,]\s*([^\s()\[\],]{1,4})\s*[)\]]?\s*$")
AMOUNT = re.compile(r"(?P<before>[^\d+\-]*)(?P<number>\d(?:[\d.,'’\s]*\d)?)(?P<after>\D*)")
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
NOTHING = frozenset({"", "-", "–", "—", "n/a", "?", "unknown", "none"})
LARGEST = Decimal(10) ** 13
DAY = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4})")
BIG_FIRST = re.compile(r"(\d{4})[./\-](\d{1,2})[./\-](\d{1,2})(?:[T ].*)?")
VAGUE = re.compile(r"(?:\d{1,2}[./\-])?\d{4}|\d{4}[./\-]\d{1,2}")


class CellError(Refusal):
    pass


def amount(text: str) -> tuple[Decimal, str] | None:
    """`(12.50, "EUR")` of "12,50 €"; the currency is empty where the cell names none."""
    if text.strip().casefold() in NOTHING:
        return None
    match = AMOUNT.fullmatch(text.strip())
    number = plain_number(match["number"]) if match else None
    if match is None or number is None or number >= LARGEST:
        raise CellError(
            "amount", _("“%(text)s” is not an amount. Write one like 125.00."), text=text
        )
    words = (match["before"] + " " + match["after"]).split()
    return round(number, 2), currency(" ".join(words)) if words else ""


def plain_number(text: str) -> Decimal | None:
    """1.234,56 and 1,234.56 alike: the last of two different marks parts the cents; a single one does
    too, unless exactly three digits follow it, for no price has mills."""
    digits = re.sub(r"['’\s]", "", text)
    marks = [mark for mark in digits if mark in ".,"]
    if THOUSANDS.fullmatch(digits) and len(set(marks)) == 1:
        digits = digits.replace(marks[0], "")
    elif marks:
        whole, cents = digits.rsplit(marks[-1], 1)
        digits = whole.replace("." if marks[-1] == "," else ",", "") + "." + cents
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


def currency(text: str) -> str:
    if found := known(text):
        return found
    message = _("“%(text)s” is not a currency. Write its three letters, such as EUR.")
    raise CellError("currency", message, text=text)


def currency_in(heading: str) -> str:
    """EUR of "Buying price (EUR)" and of "Price, €"."""
    match = IN_HEADING.search(heading)
    return known(match[1]) if match else ""


def known(text: str) -> str:
    word = text.strip().upper()
    return SYMBOLS.get(word) or (word if word in codes() else "")


@cache
def codes() -> frozenset[str]:
    """Every currency of ISO 4217, those that the euro replaced too."""
    from babel.numbers import list_currencies

    return frozenset(list_currencies())


def day(text: str, day_first: bool = True) -> date | None:
    """None for nothing, and for a year or month alone: ask `is_vague`."""
    text = text.strip().rstrip(".")
    if text.casefold() in NOTHING or is_vague(text):
        return None
    try:
        if match := BIG_FIRST.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := DAY.fullmatch(text):
            one, two, year = int(match[1]), int(match[2]), int(match[3])
            if two > 12 or (not day_first and one <= 12):
                one, two = two, one
            return date(year, two, one)
    except ValueError:
        pass
    raise CellError("day", _("“%(text)s” is not a day. Write it like 2024-05-31."), text=text)


def is_vague(text: str) -> bool:
    return bool(VAGUE.fullmatch(text.strip()))


def is_day_first(texts: Iterable[str]) -> bool:
    """31/12/2020 settles it for the column; so does 12/31/2020. Most of the world writes the day first."""
    for text in texts:
        if match := DAY.fullmatch(text.strip()):
            if int(match[1]) > 12:
                return True
            if int(match[2]) > 12:
                return False
    return True


def year_of(text: str) -> str:
    """1931 of "1931-01-01" and of "31.12.1931"; nothing of what is no whole day."""
    text = text.strip()
    if match := BIG_FIRST.fullmatch(text):
        return match[1]
    match = DAY.fullmatch(text)
    return match[3] if match else ""

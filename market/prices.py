"""Prices as houses print them. Strict: one amount and one currency, or a refusal that says why; a range is
an estimate and never a price, and what a site hides behind a sign-in is not a number."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from catalog.refusals import Refusal, gettext_noop


class Kind(StrEnum):
    ESTIMATE_LOW = "estimate_low"
    ESTIMATE_HIGH = "estimate_high"
    START = "start"
    HAMMER = "hammer"
    PREMIUM_INCLUDED = "premium_included"
    ASK = "ask"


@dataclass(frozen=True)
class Money:
    amount: Decimal
    currency: str


class PriceRefusal(Refusal):
    pass


# Living ones, and those in which lots were sold before the euro
CODES = """
    AED ARS AUD BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP GEL HKD HUF IDR ILS INR ISK JOD JPY
    KRW KWD KZT LBP MAD MOP MXN MYR NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY
    TWD UAH USD UYU VND ZAR
    ATS BEF CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LUF LVL MTL NLG PTE SIT SKK
"""
CURRENCIES = frozenset(CODES.split())
SYMBOLS = {
    "€": "EUR", "£": "GBP", "¥": "JPY", "₽": "RUB", "₺": "TRY", "₹": "INR", "₪": "ILS", "zł": "PLN",
    "us$": "USD", "usd$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "nz$": "NZD",
    "hk$": "HKD", "s$": "SGD", "$": "USD", "fr.": "CHF", "sfr.": "CHF", "sfr": "CHF", "euro": "EUR",
    "euros": "EUR",
}  # fmt: skip
DOLLARS = {"USD", "AUD", "CAD", "NZD", "HKD", "SGD", "TWD"}

REFUSED_WORDS = {
    "unsold": (
        "unsold|not sold|lot unsold|passed|nicht verkauft|unverkauft|invendu|non vendu|invenduto|no vendido"
        "|desierto|desierta"
    ),
    "withdrawn": "withdrawn|lot withdrawn|zurückgezogen|retiré|ritirato|retirado",
    "not_yet": "to be posted|upcoming auction|upcoming|not yet sold|noch offen|à venir",
    "premium": r".*\b(?:premium|aufgeld|incl\.?|inkl\.?|fees?|frais|commission|tax|vat)\b.*|.*%.*",
    "on_request": "(?:price )?on request|auf anfrage|preis auf anfrage|sur demande|p\\.? ?o\\.? ?r\\.?",
}
MESSAGES = {
    "empty": gettext_noop("There is no price."),
    "unsold": gettext_noop("“%(text)s” says that the lot was not sold; it has no price."),
    "withdrawn": gettext_noop("“%(text)s” says that the lot was withdrawn; it has no price."),
    "not_yet": gettext_noop("“%(text)s” says that the price is not known yet."),
    "hidden": gettext_noop(
        "“%(text)s” stands for a price that the site hides. Sign in there and save the page again."
    ),
    "dash": gettext_noop("“%(text)s” stands for no price."),
    "premium": gettext_noop(
        "“%(text)s” speaks of a premium. Give the hammer price alone, or name what it includes."
    ),
    "on_request": gettext_noop("“%(text)s” is no price."),
    "range": gettext_noop("“%(text)s” is an estimate from one amount to another, not a price."),
    "two_amounts": gettext_noop("“%(text)s” has more than one amount. Give one."),
    "unreadable": gettext_noop("“%(text)s” is not an amount. Write it like 1,250.00 EUR."),
    "no_currency": gettext_noop("“%(text)s” has no currency. Write it like 1,250 EUR."),
    "unknown_currency": gettext_noop("“%(word)s” is not a currency. Write its code, like EUR."),
    "two_currencies": gettext_noop("“%(text)s” has more than one currency. Give one."),
    "not_positive": gettext_noop("“%(text)s” is not more than nothing."),
    "too_large": gettext_noop("“%(text)s” is more than any coin was ever sold for."),
    "reversed": gettext_noop("“%(text)s” begins with the higher amount."),
}

_SPACES = "\u0020\u00a0\u2009\u202f"
_GROUP = rf"[{_SPACES}.,'’´`]"
NUMBER = re.compile(
    rf"(?<![0-9.,])[0-9]{{1,3}}(?:{_GROUP}[0-9]{{3}})+(?:[.,][0-9]{{1,2}})?(?![0-9])|[0-9]+(?:[.,][0-9]+)?"
)
_TAIL = re.compile(r"(?<=\d)[.,](?:[-–—]+|(?=\s|$|[€£$]))")
_MINUS = re.compile(r"\W*[-−]\s*[^\w\s]?[0-9]")
_BETWEEN = re.compile(r"\s*(?:[-–—/]|to|bis|à|a|hasta)\s*", re.IGNORECASE)
LARGEST = Decimal(10) ** 9


def parse(text: str, currency: str = "") -> Money:
    """One amount. `currency` is what the page says elsewhere, for texts that name none."""
    plain = _plain(text)
    _refuse_words(plain)
    numbers = list(NUMBER.finditer(plain))
    if not numbers:
        _refuse("unreadable", plain)
    if len(numbers) > 1:
        _refuse("range" if _is_range(plain, numbers) else "two_amounts", plain)
    return Money(_amount(numbers[0][0], plain), _currency(plain, numbers, currency))


def parse_estimate(text: str, currency: str = "") -> tuple[Money, Money]:
    """An estimate, from its lower to its upper end; of one amount both are the same."""
    plain = _plain(text)
    _refuse_words(plain)
    numbers = list(NUMBER.finditer(plain))
    if len(numbers) < 2:
        only = parse(text, currency)
        return only, only
    if not _is_range(plain, numbers):
        _refuse("two_amounts", plain)
    code = _currency(plain, numbers, currency)
    low, high = (_amount(number[0], plain) for number in numbers)
    if low > high:
        _refuse("reversed", plain)
    return Money(low, code), Money(high, code)


def currency_of(word: str) -> str:
    """The code of a currency that somebody named, or a refusal."""
    code = SYMBOLS.get(word.strip().casefold(), word.strip().upper())
    if code not in CURRENCIES:
        raise PriceRefusal("unknown_currency", MESSAGES["unknown_currency"], word=word.strip()[:20])
    return code


def status_word(text: str) -> str:
    """`unsold`, `withdrawn`, `open`, or nothing: what a text says in the place of a price."""
    try:
        _refuse_words(_plain(text))
    except PriceRefusal as refusal:
        return {"not_yet": "open"}.get(refusal.code, refusal.code if refusal.code in STATES else "")
    return ""


STATES = ("unsold", "withdrawn")
WORDS = {code: re.compile(words, re.IGNORECASE) for code, words in REFUSED_WORDS.items()}


def _plain(text: str) -> str:
    return _TAIL.sub("", text.strip(f"{_SPACES}\t\r\n:")).strip()


def _refuse_words(plain: str) -> None:
    if not plain:
        _refuse("empty", plain)
    if set(plain) <= {"*"}:
        _refuse("hidden", plain)
    if set(plain) <= set("-–—"):
        _refuse("dash", plain)
    bare = plain.rstrip(".!")
    for code, words in WORDS.items():
        if words.fullmatch(bare):
            _refuse(code, plain)
    if _MINUS.match(plain):
        _refuse("not_positive", plain)


def _refuse(code: str, text: str) -> None:
    raise PriceRefusal(code, MESSAGES[code], text=text[:80])


def _is_range(plain: str, numbers: list[re.Match[str]]) -> bool:
    """Two amounts with a dash between, each perhaps with the currency beside it."""
    if len(numbers) != 2:
        return False
    between = plain[numbers[0].end() : numbers[1].start()]
    for sign in [*SYMBOLS, *CURRENCIES]:
        if sign.casefold() in between.casefold():
            between = re.sub(re.escape(sign), "", between, flags=re.IGNORECASE)
    return bool(_BETWEEN.fullmatch(between))


def _amount(number: str, text: str) -> Decimal:
    digits = re.sub(rf"[{_SPACES}'’´`]", "", number)
    parts = re.split(r"[.,]", digits)
    signs = re.findall(r"[.,]", digits)
    if len(parts) > 1 and _ends_in_cents(parts, signs):
        whole, cents = "".join(parts[:-1]), parts[-1]
    else:
        whole, cents = "".join(parts), ""
        if any(len(part) != 3 for part in parts[1:]) or len(set(signs)) > 1:
            _refuse("unreadable", text)
    amount = Decimal(f"{whole}.{cents}" if cents else whole)
    if amount <= 0:
        _refuse("not_positive", text)
    if amount > LARGEST:
        _refuse("too_large", text)
    return amount


def _ends_in_cents(parts: list[str], signs: list[str]) -> bool:
    """The last sign divides off cents if one or two digits follow, or if it is another than before."""
    if len(parts[-1]) in (1, 2):
        return len(signs) == 1 or signs[-1] not in signs[:-1]
    return False


def _currency(plain: str, numbers: list[re.Match[str]], default: str) -> str:
    rest, end = "", 0
    for number in numbers:
        rest, end = rest + plain[end : number.start()] + " ", number.end()
    words = re.sub(r"(?<=\s)[-–—](?=\s)", " ", f" {rest} {plain[end:]} ").split()
    codes = list(
        dict.fromkeys(_code(word, default) for word in words if word not in ("to", "bis", "à"))
    )
    if len(codes) > 1:
        _refuse("two_currencies", plain)
    if codes:
        return codes[0]
    if not default:
        _refuse("no_currency", plain)
    return currency_of(default)


def _code(word: str, default: str) -> str:
    if word == "$" and default.upper() in DOLLARS:
        return default.upper()
    return currency_of(word)

"""What the text itself says of money, and in which sense: an estimate, a start, a hammer price."""

import re
from dataclasses import dataclass

from market.extract.lot import Lot
from market.extract.values import LIKELY, Found

_BASES = {
    "estimate": r"estimate[sd]?|est\.|schatz(?:preis|ung)|taxe|estimation|stima|estimado",
    "start": r"start(?:ing)? ?price|start|startpreis|ausruf|mise a prix|base d'asta|precio de salida|salida|opening bid",
    "hammer": r"hammer(?: price)?|zuschlag|prix realise|realizzo|aggiudicat[ao]|remate|price reali[sz]ed|sold for|realised|realized",
    "ask": r"fixed price|price|festpreis|preis|prix|prezzo|precio",
}
_CURRENCY = r"(?:eur(?:o|os)?|usd|chf|gbp|sfr|us\$|€|\$|£)"
_AMOUNT = r"\d{1,3}(?:[.,' ]\d{3})*(?:[.,](?:\d{2}|-))?(?!\d)|\d{1,7}(?:[.,]\d{2})?"
_STATED = re.compile(
    r"(?<!\w)(?:"
    + "|".join(rf"(?P<{basis}>{words})" for basis, words in _BASES.items())
    + r") ?[:.=]? ?"
    rf"(?P<amount>(?:{_CURRENCY} ?)?(?:{_AMOUNT})(?: ?- ?(?:{_AMOUNT}))? ?(?:{_CURRENCY}(?!\w))?)"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """`raw` is for the strict price parser: it may be a range, or no price at all."""

    basis: str
    raw: str


def stated_prices(lot: Lot) -> list[Found[Stated]]:
    found = []
    for match in _STATED.finditer(lot.folded):
        if not re.search(_CURRENCY, match["amount"]):
            continue
        basis = next(basis for basis in _BASES if match[basis])
        start, end = match.span("amount")
        found.append(Found(Stated(basis, lot.text[start:end].strip()), start, end, LIKELY))
    return found

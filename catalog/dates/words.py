"""The words of a date, in the languages of dealers' lists, as tokens with one letter for a kind:

n number, o ordinal, r Roman numeral, d decade, C century, p part of one, h half or quarter,
a AD, b BC, c circa, < before, > after, F from, t to, - dash, / slash, & and.
"""

import re
import unicodedata
from dataclasses import dataclass

from catalog.dates.numerals import plain_digits, roman

UNDATED = re.compile(
    r"[-?]?|n\.? ?[dn]\.?|undated|no date|unknown|none|n/a|o\.? ?j\.?|ohne jahr|undatiert|unbekannt"
    r"|s\.? ?[adf]\.?|sans date|non daté|senza data|non datato|sin fecha"
)
_CHRIST = r"(?:j\.? ?-? ?c\.?|jésus-christ)"
_WORDS = {
    "b": r"b\.? ?c\.?(?: ?e\.?)?|v\.? ?chr(?:isti|istus)?\.?|vor (?:chr(?:isti|istus)?\b\.?|unserer zeit)"
    rf"|v\. ?u\. ?z\.?|av(?:ant)?\.? ?{_CHRIST}|a\.? ?(?:de ?)?c\.?(?: ?n\.?)?|avanti cristo|antes de cristo",
    "a": r"a\.? ?d\.?|c\.? ?e\.?|n\.? ?chr(?:isti|istus)?\.?|nach (?:chr(?:isti|istus)?\b\.?|unserer zeit)"
    rf"|(?:n\. ?)?u\. ?z\.?|ap(?:r[eè]?s?)?\.? ?{_CHRIST}|d\.? ?(?:de ?)?c\.?|dopo cristo"
    r"|después de cristo|anno domini",
    "C": r"century|centuries|cent\.?|jahrhunderts?|jh(?:dt|d|s)?\.?|siècles?|secol[oi]|sec\.?|siglos?",
    "c": r"circa|cca\.?|ca\.?|c\.?|about|around|approximately|approx\.?|um|etwa|ungefähr|vers|verso"
    r"|environ|env\.?|hacia|alrededor de|\?",
    "<": r"before|by|vor(?: dem)?|avant(?: le)?|prima del?|antes del?",
    ">": r"after|since|post|nach(?: dem)?|seit|ab|après(?: le)?|dopo(?: il)?|después del?|desde",
    "F": r"from|between|von|zwischen|de|entre|dal|tra",
    "t": r"to|until|till|through|bis|à|au|a|al|hasta",
    "&": r"and|und|et|y|e",
}
_PARTS = [
    (r"early|beginning|start|anfang|frühe[ns]?|début|inizi|principios", (0, 3)),
    (r"middle|mid|mitte|milieu|mediados", (1, 3)),
    (r"late|end|ende|späte[ns]?|fine?|finales", (2, 3)),
]
_SHARES = [
    (r"half|hälfte|moitié|metà|mitad", 2),
    (r"drittel|tiers", 3),
    (r"quarter|viertel|quart", 4),
]
_ORDINALS = [
    (r"first|erstes?|première?|prim[oa]|primera?", 1),
    (r"second|zweite[ns]?|deuxième|second[oa]|segund[oa]", 2),
    (r"third|drittes?|troisième|terz[oa]|tercera?", 3),
    (r"fourth|viertes?|quatrième|quart[oa]|cuart[oa]", 4),
    (r"last|letzte[ns]?|dernière?|ultim[oa]|últim[oa]", -1),
]
_NOISE = r"the|of|des|der|du|del|dell'|la|le|il|el|im|in|year|[.,']"
_END = r"(?![^\W\d_])"


@dataclass(frozen=True)
class Token:
    kind: str
    value: int = 0
    digits: str = ""
    share: tuple[int, int] = (0, 1)


def clean(text: str) -> str:
    plain = plain_digits(unicodedata.normalize("NFKC", text)).casefold()
    return re.sub("[‐‑‒–—−]", "-", re.sub("[~≈±]", " circa ", plain)).strip()


_RULES: list[tuple[re.Pattern[str], Token]] = [
    (re.compile(rf"(?:{words}){_END}"), Token(kind)) for kind, words in _WORDS.items()
]
_RULES[3:3] = [(re.compile(rf"(?:{w})(?:{_END}-?)"), Token("p", share=s)) for w, s in _PARTS]
_RULES += [(re.compile(rf"(?:{w}){_END}"), Token("h", n)) for w, n in _SHARES]
_RULES += [(re.compile(rf"(?:{w}){_END}"), Token("o", n)) for w, n in _ORDINALS]
_NUMBERS = re.compile(
    r"(?P<d>\d*\d0)(?:s|er)(?![^\W\d_])"
    r"|(?P<o>\d+)(?:st|nd|rd|th|[eè]re|er|[eè]me|e|º|°|ª)(?![^\W\d_])"
    r"|(?P<n>\d+)"
    r"|(?P<r>[ivxl]+)(?:[eè]me|er|e|º|°)?(?![^\W\d_])"
)
_NOISE_RULE = re.compile(rf"(?:[.,']|(?:{_NOISE}){_END})")


def scan(text: str) -> list[Token] | None:
    """The tokens of a text that `clean` has prepared; None when a word is not known."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        token, length = _next(text, at)
        if not length:
            return None
        if token:
            tokens.append(token)
        at += length
    return tokens


def _next(text: str, at: int) -> tuple[Token | None, int]:
    if text[at] in "-/":
        return Token(text[at]), 1
    for rule, token in _RULES:
        if match := rule.match(text, at):
            return token, len(match.group())
    if match := _NUMBERS.match(text, at):
        return _number(match), len(match.group())
    match = _NOISE_RULE.match(text, at)
    return None, len(match.group()) if match else 0


def _number(match: re.Match[str]) -> Token:
    kind = match.lastgroup or "n"
    digits = match[kind]
    value = roman(digits) if kind == "r" else int(digits)
    return Token(kind, value or 0, digits)

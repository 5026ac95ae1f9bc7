"""Surfaces, strike, flan and history as flags; a denied one ("no smoothing") is no flag."""

import re
from dataclasses import dataclass

from market.extract.flagwords import NAMES, RULES
from market.extract.lot import Lot
from market.extract.values import CERTAIN, Found

_RULES = [
    (NAMES.get(flag, flag), signs.split("|"), re.compile(rf"(?<![\w'])(?:{pattern})(?!\w)"))
    for flag, signs, pattern in RULES
]
_DENIED = re.compile(
    r"\b(?:no|not|without|free (?:of|from)|never|nor|none of the|devoid of|ohne|kein|keine|keinerlei|nicht|frei von|sans|aucune?|pas|non|senza|privo di|nessun\w*|sin|ningun\w*|lacks?)"
    r"(?: (?:any|a|the|sign|signs|of|trace|traces|usual|actual|evidence|major|serious|real|jede|spuren|von|trace de|traces de|nessuna|la|le|les|de|d'|commonly|seen|real|or|and|und|oder|ni|et|noticeable|significant|hint|been|[a-z]+ly|[a-z]+ing|typical|usually|wie|ublich))* $"
)
_MINOR = re.compile(
    r"\b(?:minor|slight(?:ly)?|small|tiny|light(?:ly)?|faint|trivial|minute|traces?|hint|few|bit of|touch|leicht\w*|kl|kleine?r?|min|minimal\w*|winzig\w*|geringe?|leger\w*|legeres?|petit\w*|infime\w*|lievi?|leggero?\w*|piccol\w+|leves?|pequen\w+|ligera\w*|suaves?|mild|etwas|algo|un peu)\b[^.;]{0,14}$"
)
_HEAVY = re.compile(
    r"\b(?:heav(?:y|ily)|severe(?:ly)?|major|large|deep|serious|strong(?:ly)?|stark\w*|kraftig\w*|schwere?r?|grosse?r?|fort\w*|important\w*|profond\w*|forti?|pesant\w+|fuertes?|grandes?|profund\w+|badly|significant)\b[^.;]{0,14}$"
)
_OBVERSE = re.compile(
    r"\b(?:obv(?:erse)?|vs|av|anv(?:erso)?|avers|droit|dritto|vorderseite|d/|cheek|portrait)\b"
)
_REVERSE = re.compile(r"\b(?:rev(?:erse)?|rs|rv|revers|reverso|rovescio|ruckseite|r/)\b")
# These say more than "toned", which is then left out
_TONES = {"attractively_toned", "cabinet_tone", "iridescent"}


@dataclass(frozen=True, slots=True)
class Flag:
    name: str
    side: str = ""
    severity: str = ""
    negated: bool = False


def flags(lot: Lot) -> list[Found[Flag]]:
    """One of each name, in the order of the text; the negated ones too."""
    found: dict[tuple[str, bool], Found[Flag]] = {}
    for name, signs, rule in _RULES:
        if not any(sign in lot.folded for sign in signs):
            continue
        for match in rule.finditer(lot.folded):
            if _is_description(lot, name, match):
                continue
            flag = _flag(lot, name, match)
            found.setdefault((name, flag.negated), Found(flag, *match.span(), CERTAIN))
    _more_precise(found)
    return sorted(found.values(), key=lambda one: (one.start, one.value.name))


def _flag(lot: Lot, name: str, match: re.Match[str]) -> Flag:
    before = _clause_before(lot.folded, match.start())
    after = re.split(r"[.;,\x00]", lot.after(match.end(), 40))[0]
    severity = (
        "minor"
        if _MINOR.search(before) or _MINOR.search(match[0] + " ")
        else "heavy"
        if _HEAVY.search(before)
        else "moderate"
    )
    side = "obverse" if _OBVERSE.search(after) else "reverse" if _REVERSE.search(after) else ""
    return Flag(name, side, severity, bool(_DENIED.search(before)))


def _clause_before(folded: str, at: int) -> str:
    window = folded[max(0, at - 48) : at]
    return re.split(
        r"[.;:\x00]|, (?:but|otherwise)|\bbut\b|\bwith\b|\band (?!smooth|tool)", window
    )[-1]


def _is_description(lot: Lot, name: str, match: re.Match[str]) -> bool:
    """What is engraved is no fault: a control mark, a pierced shield, a mark of value."""
    if name == "marks":
        return bool(
            re.match(r"marks?", match[0])
            and re.search(
                r"(?:officina|value|mint|control|symbol|privy|assayer'?s|engraver'?s|test|punch|master'?s|question|quotation|collector'?s|two|letter) $",
                lot.before(match.start(), 16),
            )
        ) or (
            match[0] == "mark"
            and bool(
                re.match(r" (?:antony|\d|anton|aurel|\(|18|19|in )", lot.after(match.end(), 8))
            )
        )
    if name == "rare":
        return _common_rarity(lot, match)
    return False


def _common_rarity(lot: Lot, match: re.Match[str]) -> bool:
    """ "r." is right in an English description, and R1 may be a coin's mint mark."""
    if match[0] == "unique" and lot.language in ("fr",):
        return True
    if re.fullmatch(r"r\.?|rar", match[0]):
        return lot.language not in ("it", "fr") or match.start() < lot.heading
    return bool(re.search(r"(?:not |un|no |nicht |less |medium )$", lot.before(match.start(), 8)))


def _more_precise(found: dict[tuple[str, bool], Found[Flag]]) -> None:
    names = {name for name, negated in found if not negated}
    if names & _TONES:
        found.pop(("toned", False), None)
    if "cabinet_tone" in names:
        found.pop(("attractively_toned", False), None)
    if _same_place(found, "deposits"):
        found.pop(("deposits", False))


def _same_place(found: dict[tuple[str, bool], Found[Flag]], name: str) -> bool:
    one = found.get((name, False))
    return one is not None and any(
        other.start <= one.start < other.end
        for (other_name, _), other in found.items()
        if other_name != name
    )

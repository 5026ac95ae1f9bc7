"""What it is struck in. Only what the text says; what a denomination implies is marked as inferred."""

import re

from market.extract.lot import Lot
from market.extract.values import CERTAIN, GUESS, LIKELY, Found

CODES = {
    "AV": "AV", "AU": "AV", "AR": "AR", "AG": "AR", "AE": "AE", "Æ": "AE", "BR": "AE", "BI": "BI",
    "EL": "EL", "PB": "PB", "CU": "CU", "NI": "NI", "Ag": "AR", "Ar": "AR", "Av": "AV", "Au": "AV",
    "Ae": "AE", "Bi": "BI", "El": "EL", "Pb": "PB", "Cu": "CU", "Ni": "NI", "VE": "BI", "N": "AV", "æ": "AE",
}  # fmt: skip
_CODE = re.compile(
    r"(?<![\w'.])(?P<code>AV|AU|AR|AG|AE|Æ|Ӕ|BI|EL|PB|CU|NI|Ag|Ar|Av|Au|Ae|Bi|El|Pb|Cu|VE|æ|"
    r"ae|ar|av)(?=[\W\d_]|$)(?!')"
)
_WORDS = {
    "gold": "AV", "argent": "AR", "silver": "AR", "silber": "AR", "argento": "AR", "plata": "AR",
    "oro": "AV", "bronze": "AE", "bronce": "AE", "bronzo": "AE", "brass": "AE", "messing": "AE", "laiton": "AE",
    "orichalcum": "AE", "orichalque": "AE", "oricalco": "AE", "billon": "BI", "vellon": "BI", "mistura": "BI",
    "potin": "BI", "electrum": "EL", "elektron": "EL", "elettro": "EL", "copper": "CU", "kupfer": "CU",
    "cuivre": "CU", "cobre": "CU", "rame": "CU", "lead": "PB", "blei": "PB", "plomb": "PB", "plomo": "PB",
    "piombo": "PB", "nickel": "NI", "niquel": "NI", "silver-gilt": "AR", "electro": "EL", "bilon": "BI",
    "ore": "AV", "bronz": "AE", "orichalkum": "AE", "billion": "BI", "biglione": "BI",
}  # fmt: skip
_WORD = re.compile(
    r"(?<![a-z])(?P<word>" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r"|or)(?![a-z])"
    r"(?! ?-?(?:ton|tone|patin|coloured|colored|highlights|iridescen|hue|plated|lustre|luster|shield|crown\b|foil|ring|frame|mount|bezel"
    r"|wash|gleam|spots?|deposit|chloride|corrosion|market|price|sheen|disease|threads?|necklace|fibula|ingot))"
)  # fmt: skip
_SURFACE = re.compile(
    r"(?:horn|old|light|golden|dark|rose|deep|green|brown|black|red|olive|chocolate|glossy|traces of|much of its|full|steel|bright"
    r"|like|or|the|of|pure|corinthian|sea) (?:[a-z]+ )?$"
)
_LABEL = re.compile(r"(?:metal|metall|material|metallo|composition|matiere|matière) ?[:.] ?$")
_PAREN = re.compile(
    r"[(] ?(?:cast |silvered |debased |red |base |pale |fourree |leaded |plated )?$"
)
_GRADE_AFTER = re.compile(r" ?(?:\d{2}\b(?![.,]| ?(?:mm|g))|details|/|\+|-\d|\*|\()")
_SLAB_BEFORE = re.compile(
    r"(?:ngc|pcgs|anacs|icg|choice|ch|grade|graded|near|about|ms|genuine)[ :]+$"
)


def metal(lot: Lot, inferred: str | None) -> Found[str] | None:
    """The best-placed mention in the naming of the coin, then anywhere before the description."""
    best: tuple[int, int, Found[str]] | None = None
    for found in [*_codes(lot), *_words(lot)]:
        rank = (_rank(lot, found), found.start)
        if best is None or rank < best[:2]:
            best = (*rank, found)
    if best:
        return best[2]
    return Found(inferred, 0, 0, GUESS, inferred=True) if inferred else None


def _rank(lot: Lot, found: Found[str]) -> int:
    before = lot.before(found.start)
    if _LABEL.search(before):
        return 0
    if _PAREN.search(before):
        return 1
    return 2 if found.confidence == CERTAIN else 3 if found.start < lot.heading else 4


def _codes(lot: Lot) -> list[Found[str]]:
    found = []
    for match in _CODE.finditer(lot.text):
        code = match["code"]
        if lot.folded[match.start()] == "\x00" or not _is_code(
            lot, code, match.start(), match.end()
        ):
            continue
        found.append(Found(CODES.get(code, code.upper()), match.start(), match.end()))
    return found


def _is_code(lot: Lot, code: str, start: int, end: int) -> bool:
    after = lot.after(end, 14)
    if code in ("AU", "Au", "au"):
        if _GRADE_AFTER.match(after) or _SLAB_BEFORE.search(lot.before(start)):
            return False
        return (
            code == "AU"
            or bool(re.match(r"[ .]*(?:[-,;(]|\d|g\b|gr)", after))
            or lot.language != "fr"
        )
    if code in (
        "El",
        "Ni",
        "Ae",
        "Ar",
        "Av",
        "Bi",
        "Ag",
        "Cu",
        "Pb",
        "VE",
        "AG",
        "ar",
        "av",
        "NI",
        "CU",
        "EL",
    ):
        # El is an article, Av. the obverse, AG a grade, AR a province and NI a legend
        return bool(
            re.match(r"[ .]{0,2}(?:[-,;(:/]| ?\d|g\b|gr\b|mm\b|[a-z]{3,})|[ .]*$", after)
        ) and not (
            (code in ("Av", "av") and after.startswith((".", "ers", ":")))
            or (code == "El" and lot.language == "es")
            or (code in ("AG", "Ag") and _SLAB_BEFORE.search(lot.before(start)))
            or (
                code in ("NI", "CU", "VE", "ar", "av", "Ni")
                and not re.match(r"[-. ]{0,2}(?:\d|[(,;]|$)", after)
            )
        )
    return True


def _words(lot: Lot) -> list[Found[str]]:
    found = []
    for match in _WORD.finditer(lot.folded):
        word = match["word"]
        start = match.start()
        if word == "or" and not _is_gold(lot, start, match.end()):
            continue
        if word == "argent" and lot.language == "en" and start > lot.heading:
            continue
        if (
            word in ("lead", "rame", "ore", "electro")
            and not _PAREN.search(lot.before(start))
            and start > 60
        ):
            continue
        before = lot.before(start, 30)
        if start > lot.heading and _SURFACE.search(before) and not _PAREN.search(before):
            continue
        found.append(Found(_WORDS.get(word, "AV"), start, match.end(), LIKELY))
    return found


def _is_gold(lot: Lot, start: int, end: int) -> bool:
    """French for gold: labelled, between dashes, or after a denomination."""
    if lot.language != "fr":
        return False
    before, after = lot.before(start), lot.after(end)
    return bool(
        _LABEL.search(before)
        or re.match(r" ?(?:-|\.|,|\(|;|:|$|\d)", after)
        or re.search(r"(?:francs|louis|ecu|d'|en|\.|,|-) ?$", before)
    )

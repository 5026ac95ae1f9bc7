"""The denomination under one name: denarius for denarii, Denar, denier and denario."""

import re
from functools import cache

from market.extract.facts import table
from market.extract.folding import Token
from market.extract.lot import Lot
from market.extract.phrases import Hit, Phrasebook
from market.extract.values import CERTAIN, LIKELY, Found

# Counted ones are named with their number: 8 reales, 20 francs
PLURALS = {
    "real": "reales", "escudo": "escudos", "peso": "pesos", "peseta": "pesetas", "franc": "francs",
    "lira": "lire", "mark": "mark", "kreuzer": "kreuzer", "groschen": "groschen", "dollar": "dollars",
    "rouble": "roubles", "kopek": "kopeks", "centime": "centimes", "cent": "cents", "shilling": "shillings",
    "florin": "florins", "gulden": "gulden", "scudo": "scudi", "centesimo": "centesimi", "céntimo": "céntimos",
    "maravedi": "maravedis", "sol": "sols", "livre": "livres", "pfennig": "pfennig", "rupee": "rupees",
    "krone": "kroner", "krona": "kronor", "soldo": "soldi", "tari": "tari", "ducat": "ducats", "heller": "heller",
    "stuiver": "stuivers", "reis": "reis", "albus": "albus", "zloty": "zlotych", "penny": "pence",
    "baiocco": "baiocchi", "thaler": "thaler", "litra": "litra", "tornese": "tornesi", "carlino": "carlini",
    "crown": "crowns", "batzen": "batzen", "dinero": "dineros", "yuan": "yuan", "yen": "yen", "paolo": "paoli",
    "giulio": "giuli", "mohur": "mohurs", "cash": "cash", "sovereign": "pounds", "para": "para", "piastra": "piastres",
    "schilling": "schilling", "mace": "mace", "sen": "sen", "quarter": "quarter",
}  # fmt: skip
_NUMBER = re.compile(
    r"(?:(?P<half>1/2|½|half|demi|halber|medio|mezzo|1/4|¼)|(?P<n>\d{1,4}|viii))[ -]?$"
)
_HALVES = {"1/4": "1/4", "¼": "1/4"}
_ROMAN = {"viii": "8"}
_METAL = {
    "ae",
    "æ",
    "av",
    "ar",
    "cu",
    "bronze",
    "copper",
    "orichalcum",
    "silver",
    "gold",
    "au",
    "ag",
    "el",
    "bi",
    "billon",
    "electrum",
}
_COIN_AS = re.compile(
    r"\.?(?:[ ]?[-,;(|:~]|\.? *$|\.? ?\d|[ ](?:of|rome|rom|roma|lugdunum|lyon|de|des|von|di|rv|coin|nemausus|rare|ric|circa|ca|c\.|struck|from)\b|\n|/)"
)
# Words that are a denomination only where a coin is named, not in a description or a place's name
_CAREFUL = {"crown", "angel", "noble", "mark", "unit", "real", "gros", "sol", "cash", "quarter", "eagle", "para",
            "mace", "pagoda", "sen", "imperial", "laurel", "unite", "livre", "minim", "cent", "trias", "tetras",
            "stavrata", "cruzado", "blanca", "paolo", "giulio", "tari", "croat", "florin", "lira", "sela", "heller",
            "penny", "medallion", "potin", "dinero", "franc", "soldo", "asper", "albus", "yen", "nickel", "triens",
            "follis", "half prutah", "tetra"}  # fmt: skip
_ROMAN_REALM = {"Rome", "Byzantium"}


def _spelling(word: str) -> str:
    return word


@cache
def book() -> Phrasebook[str]:
    names: Phrasebook[str] = Phrasebook(_spelling)
    for row in table("denominations"):
        names.add_all([row["name"], *row["aliases"]], row["name"])
    return names


@cache
def implied_metals() -> dict[str, str]:
    return {row["name"]: row["metal"] for row in table("denominations") if "metal" in row}


def denomination(lot: Lot, realm: str | None) -> Found[str] | None:
    """The best-placed name: after a metal, in the naming of the coin, first."""
    words = lot.words
    best: tuple[int, int, Found[str]] | None = None
    for hit in book().find(words, lot.folded):
        rank = _rank(lot, words, hit)
        if rank is None or (best and best[:2] <= (rank, hit.start)):
            continue
        best = (rank, hit.start, _named(lot, hit, realm, rank))
    return best[2] if best else None


def _rank(lot: Lot, words: list[Token], hit: Hit[str]) -> int | None:
    name = hit.values[0]
    previous = words[hit.first - 1] if hit.first else None
    after_metal = bool(previous and previous.word in _METAL and hit.start - previous.end <= 2)
    if name == "as" and not _is_coin_as(lot, hit, after_metal):
        return None
    if hit.words == ("ant",) and not after_metal:
        return None
    if all(word.isdigit() for word in hit.words) and lot.before(hit.start, 1) != "$":
        return None  # "$2.50" is a coin, and 2,50 g its weight
    if name in ("ae1", "ae2", "ae3", "ae4") and not _is_size(lot, hit):
        return None
    if _unit(lot, hit, words):
        return None
    if after_metal:
        return 0
    if _in_brackets_follows(lot, hit):
        return 1
    if hit.start < lot.heading:
        return 3 if name in _CAREFUL and not _number_before(lot, hit.start) else 2
    if name in _CAREFUL or name == "as":
        return None if hit.start > lot.heading and not _number_before(lot, hit.start) else 5
    return 4


def _unit(lot: Lot, hit: Hit[str], words: list[Token]) -> bool:
    """Prices and legends: "60 euro", "$100", "4 mark" of control, "1,200 francs realised"."""
    before = lot.before(hit.start, 14)
    if re.search(r"(?:imitat\w* (?:a |of )?|type of (?:the )?|weight of a |equal to a )$", before):
        return True
    return hit.values[0] in ("mark", "dollar", "franc") and bool(
        re.search(r"(?:control|mint|banker'?s?|privy|price|us|chf|hammer) $", before)
    )


def _is_coin_as(lot: Lot, hit: Hit[str], after_metal: bool) -> bool:
    written = lot.text[hit.start : hit.end]
    after = lot.after(hit.end, 16)
    if re.match(
        r" (?:caesar|augustus|augusta|a |an |the |on |of the|usual|struck|made|seen|found|is|well|issued|prince|king|satrap|often|always|last|co-)",
        after,
    ):
        return after_metal and written == "AS" and not after.startswith((" caesar", " augustus"))
    if after_metal:
        return True
    if written == "As":
        return bool(_COIN_AS.match(after)) or hit.start < 4
    return written == "AS" and bool(re.match(r" ?(?:[-,;(|]|$|\d|of\b|rome|lugdunum)", after))


def _is_size(lot: Lot, hit: Hit[str]) -> bool:
    """AE 3 is a size, Æ 3,45 g a weight and AE 26 something else."""
    return not re.match(r"[.,]\d|\d| ?(?:g\b|gr|gm|mm)", lot.after(hit.end, 5))


def _in_brackets_follows(lot: Lot, hit: Hit[str]) -> bool:
    return bool(
        re.match(
            r" ?\((?:[a-z]+ )?(?:silver|bronze|gold|billon|electrum|copper|orichalcum|silvered|lead|ar|ae|av|\d|potin|fourree|cast)",
            lot.after(hit.end, 20),
        )
    )


def _number_before(lot: Lot, start: int) -> re.Match[str] | None:
    return _NUMBER.search(lot.before(start, 8))


def _named(lot: Lot, hit: Hit[str], realm: str | None, rank: int) -> Found[str]:
    name, start = hit.values[0], hit.start
    if name == "denier" and (realm in (None, *_ROMAN_REALM)) and "denier" in hit.words[0]:
        name = "denarius" if realm in _ROMAN_REALM else name
    counted = _number_before(lot, start) if name in PLURALS else None
    if counted:
        start -= len(counted[0])
        name = _counted(name, counted)
    return Found(name, start, hit.end, CERTAIN if rank <= 2 else LIKELY)


def _counted(name: str, counted: re.Match[str]) -> str:
    if counted["half"]:
        return f"{_HALVES.get(counted['half'], '1/2' if name in ('real', 'escudo', 'franc') else 'half')} {name}"
    number = _ROMAN.get(counted["n"], counted["n"])
    if number == "1":
        return name
    # a year is no number of coins: "1887 Penny"
    return (
        name
        if len(number) == 4 and number < "2100" and name not in ("reis",)
        else f"{number} {PLURALS[name]}"
    )

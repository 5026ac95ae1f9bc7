"""Where it was struck: an English name for Trèves, Treveri and Trier."""

import re
from functools import cache

from market.extract.facts import table
from market.extract.lot import Lot
from market.extract.phrases import Hit, Phrasebook
from market.extract.values import CERTAIN, GUESS, LIKELY, Found

_LABEL = re.compile(
    r"(?:atelier|mint|zecca(?: di)?|ceca(?: de)?|munzstatte|mzst\.?|pragestatte|mint of|struck at|minted (?:at|in)|a) ?:? ?$"
)
_MINT = re.compile(r"(?:\s\([a-z ]{3,20}\))? (?:mint|zecca|ceca)\b")
_DEITY = re.compile(
    r"(?:head of|bust of|dea|goddess|kopf der|tete de|testa di|cabeza de|and|or|by) $"
)
_POSTURE = re.compile(
    r" (?:standing|seated|enthroned|std|seat|helmeted|facing|stehend|sitzt|steht|assise|debout|stante|seduta|sentada|head|kopf|victrix|et )"
)
_NATION = re.compile(r" (?:empire|republic|imperial|kingdom|provincial)")

_WORDS_IN_LEGENDS = {"cus", "cos", "side", "hall", "roma", "nola"}
_LATER = {"Mediolanum": "Milan", "Lugdunum": "Lyon", "Londinium": "London", "Ticinum": "Pavia"}


@cache
def book() -> Phrasebook[str]:
    names: Phrasebook[str] = Phrasebook()
    for row in table("mints"):
        names.add_all([row["name"], *row["aliases"]], row["name"])
    return names


def mint(lot: Lot, realm: str | None = None) -> Found[str] | None:
    best: tuple[int, int, Hit[str]] | None = None
    for hit in book().find(lot.words, lot.folded):
        rank = _rank(lot, hit)
        if rank is not None and (best is None or (rank, hit.start) < best[:2]):
            best = (rank, hit.start, hit)
    if best is None:
        return None
    rank, _, hit = best
    name = hit.values[0]
    if realm not in (None, "Rome", "Byzantium", "Greece"):
        name = _LATER.get(name, name)
    return Found(name, hit.start, hit.end, CERTAIN if rank == 0 else LIKELY if rank < 3 else GUESS)


def _rank(lot: Lot, hit: Hit[str]) -> int | None:
    before, after = lot.before(hit.start), lot.after(hit.end, 30)
    if hit.words == ("roma",) and lot.language not in ("it", "es"):
        return None
    if hit.words[0] in _WORDS_IN_LEGENDS and lot.text[hit.start : hit.end].isupper():
        return None
    if not lot.text[hit.start].isupper() or _DEITY.search(before) or _POSTURE.match(after):
        return None
    if _MINT.match(after) or (_LABEL.search(before) and not before.endswith((" a ", "\x00a "))):
        return 0
    if hit.start >= lot.heading:
        return 3 if hit.start < lot.heading + 60 and before.endswith((", ", ". ", "; ")) else None
    if _NATION.match(after) or (
        lot.text[hit.start : hit.end].isupper() and lot.language == "en" and hit.values[0] == "Rome"
    ):
        return None
    return 2 if hit.start > 0 else 3

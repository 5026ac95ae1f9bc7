"""The mint masters of the Roman Republic: praenomen and name, with or without their fathers."""

import re
from functools import cache

from market.extract.facts import table
from market.extract.folding import Token, spell
from market.extract.lot import Lot
from market.extract.phrases import Phrasebook
from market.extract.values import CERTAIN, LIKELY, Found

_PRAENOMINA = {
    "a", "ap", "c", "cn", "d", "l", "m", "mn", "n", "p", "q", "ser", "sex", "sp", "t", "ti", "aulus", "gaius",
    "caius", "gnaeus", "lucius", "marcus", "manius", "publius", "quintus", "sextus", "titus", "tiberius", "appius",
}  # fmt: skip
_FULL = {
    "aulus": "a", "gaius": "c", "caius": "c", "gnaeus": "cn", "lucius": "l", "marcus": "m", "publius": "p",
    "quintus": "q", "titus": "t", "tiberius": "ti", "manius": "mn", "sex": "sextus", "ap": "appius",
}  # fmt: skip
_UNKNOWN = re.compile(
    r"(?:^|\n|REPUBLIC\w*[.:,]? |Republic[.:,]? |République[.:,]? |Republik[.:,]? )(?P<name>(?:A|Ap|C|Cn|D|L|M|Mn|N|P|Q|Ser|Sex|T|Ti)\. "
    r"(?:[A-Z]\. ?f\. )?[A-Z][a-z]{2,}(?: [A-Z][a-z]+){0,2})(?=[,. (])"
)
_FILIATION = {"f", "n", "fil"}


def _spelling(word: str) -> str:
    return spell(_FULL.get(word, word))


@cache
def book() -> Phrasebook[str]:
    names: Phrasebook[str] = Phrasebook(_spelling)
    for label in table("moneyers"):
        names.add(label, label)
    for label in table("moneyers"):
        praenomen, *rest = label.split()
        if len(rest) >= 2:
            names.add(f"{praenomen} {rest[-1]}", label)
            names.add(f"{praenomen} {rest[0]}", label)
            names.add(f"{praenomen} {' '.join(rest[1:])}", label)
    return names


def moneyer(lot: Lot) -> Found[str] | None:
    heading = [token for token in lot.words if token.start < lot.heading]
    hits = book().find(_without_fathers(heading), lot.folded)
    hits = [
        hit for hit in hits if lot.text[hit.start].isupper() and _praenomen_stands(lot, hit.start)
    ]
    if hits:
        hit = hits[0]
        return Found(hit.values[0], hit.start, hit.end, CERTAIN if len(hit.words) > 2 else LIKELY)
    unknown = _UNKNOWN.search(lot.text, 0, min(len(lot.text), lot.heading + 20))
    if unknown and lot.folded[unknown.start("name")] != "\x00":
        return Found(unknown["name"], *unknown.span("name"), LIKELY)
    return None


def _praenomen_stands(lot: Lot, at: int) -> bool:
    return at == 0 or not lot.text[at - 1].isalnum()


def _without_fathers(words: list[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in words:
        if token.word in _FILIATION and kept and kept[-1].word in _PRAENOMINA and len(kept) > 1:
            kept.pop()
        else:
            kept.append(token)
    return kept

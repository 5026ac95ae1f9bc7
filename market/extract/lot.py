"""A lot text taken apart once, for all the readers that follow."""

import re
from dataclasses import dataclass

from market.extract.folding import Token, fold, tokens
from market.extract.language import language_of
from market.extract.pedigree import blank, pedigrees
from market.extract.values import Span

# Where the naming of the coin ends and its description begins
_DESCRIPTION = re.compile(
    r"(?<!\w)(?:obv(?:erse)?\b|rev(?:erse)?\b(?!erie)|anv(?:erso)?\b|av(?:ers)?\.(?! ?j)|vs\.|rs\.|rv\b|a/ |d/ |r/ |d/|r/|avers\b|revers\b|au droit|dritto|rovescio"
    r"|(?:[a-z-]+ ){0,5}?(?:bust|head|portrait)s? (?:of|right|left|r\b|l\b|facing|to)|(?:laureate|radiate|diademed|draped|bare|helmeted|veiled|crowned|wreathed|bearded)[ ,]"
    r"|(?:buste|tete|busto|testa|cabeza|cabezas|kopf|buste) |bust\.? |drap\.|belorb|(?:[a-z]+ ){0,3}(?:buste|kopf|tete|busto) )"
    r"| / |//"
)
LONGEST_HEADING = 240


@dataclass(frozen=True, slots=True)
class Lot:
    text: str
    folded: str
    words: list[Token]
    language: str
    origins: list[Span]
    heading: int

    def before(self, at: int, length: int = 24) -> str:
        return self.folded[max(0, at - length) : at]

    def after(self, at: int, length: int = 24) -> str:
        return self.folded[at : at + length]


def take_apart(text: str) -> Lot:
    """`folded` and `words` are without the pedigree, whose numbers belong to other coins."""
    whole = fold(text)
    origins = pedigrees(whole)
    folded = blank(whole, origins)
    words = tokens(folded)
    return Lot(text, folded, words, language_of(words), origins, _heading(folded))


def _heading(folded: str) -> int:
    match = _DESCRIPTION.search(folded)
    end = match.start() if match and match.start() >= 12 else len(folded)
    return min(end, LONGEST_HEADING)

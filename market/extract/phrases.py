"""Names of several words, found as whole words, the longest first."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from market.extract.folding import Token, fold, spell, tokens

V = TypeVar("V")
# What may stand between the words of one name: "Philip I, the Arab", "Constantius (II)", "L. Verus"
_GAP = re.compile(r"[ .,&'\"()\[\]/-]{0,3}")


@dataclass(frozen=True, slots=True)
class Hit(Generic[V]):
    values: tuple[V, ...]
    start: int
    end: int
    first: int
    after: int
    words: tuple[str, ...]


class Phrasebook(Generic[V]):
    def __init__(self, spelling: Callable[[str], str] = spell) -> None:
        self.spelling = spelling
        self._by_first: dict[str, dict[tuple[str, ...], list[V]]] = {}
        self._lengths: dict[str, list[int]] = {}

    def add(self, phrase: str, value: V) -> None:
        words = tuple(self.spelling(token.word) for token in tokens(fold(phrase)))
        if not words:
            return
        values = self._by_first.setdefault(words[0], {}).setdefault(words, [])
        if value not in values:
            values.append(value)
        lengths = self._lengths.setdefault(words[0], [])
        if len(words) not in lengths:
            lengths.append(len(words))
            lengths.sort(reverse=True)

    def add_all(self, phrases: Iterable[str], value: V) -> None:
        for phrase in phrases:
            self.add(phrase, value)

    def find(self, words: list[Token], text: str) -> list[Hit[V]]:
        spelt = [self.spelling(token.word) for token in words]
        hits: list[Hit[V]] = []
        at = 0
        while at < len(words):
            hit = self._at(spelt, words, at, text)
            if hit:
                hits.append(hit)
            at = hit.after if hit else at + 1
        return hits

    def _at(self, spelt: list[str], words: list[Token], at: int, text: str) -> Hit[V] | None:
        for length in self._lengths.get(spelt[at], ()):
            key = tuple(spelt[at : at + length])
            values = self._by_first[spelt[at]].get(key)
            if values and at + length <= len(words) and _joined(words[at : at + length], text):
                last = words[at + length - 1]
                return Hit(tuple(values), words[at].start, last.end, at, at + length, key)
        return None


def _joined(words: list[Token], text: str) -> bool:
    return all(_GAP.fullmatch(text, before.end, after.start) for before, after in pairwise(words))

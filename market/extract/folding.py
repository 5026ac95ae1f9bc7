"""Text made easy to compare without moving a single character, so that a place in the folded text
is the same place in the original."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SAME = {
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    "’": "'", "‘": "'", "´": "'", "`": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"',
    "«": '"', "»": '"', "ӕ": "æ", "Ӕ": "æ",
}  # fmt: skip


class _Folding(dict[int, int]):
    def __missing__(self, code: int) -> int:
        sign = chr(code)
        folded = " " if sign.isspace() and sign != "\n" else _SAME.get(sign) or _plain(sign)
        self[code] = ord(folded)
        return self[code]


def _plain(sign: str) -> str:
    base = unicodedata.normalize("NFD", sign)[0].lower()
    return base if len(base) == 1 else sign


_TABLE = _Folding()
_WORD = re.compile(r"[^\W\d_]+|\d+")
_SPELL = re.compile("ou|ai|ei|oi|k|j|os$")
_SPELT = {"ou": "u", "ai": "ae", "ei": "i", "oi": "oe", "k": "c", "j": "i", "os": "us"}


@dataclass(frozen=True, slots=True)
class Token:
    word: str
    start: int
    end: int


def fold(text: str) -> str:
    return text.translate(_TABLE)


def tokens(folded: str) -> list[Token]:
    return [Token(match[0], match.start(), match.end()) for match in _WORD.finditer(folded)]


@lru_cache(maxsize=50_000)
def spell(word: str) -> str:
    """Greek and Latin spellings of one name alike: Seleukos and Seleucus, Iulia and Julia."""
    return _SPELL.sub(lambda match: _SPELT[match[0]], word)

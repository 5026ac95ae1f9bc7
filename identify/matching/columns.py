"""Columns of the index. Types repeat each other's names and legends, so each is weighed once and looked
up by number: 50,000 types have some thousand legends."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cdist

from identify.labels import fold
from identify.lexicon import letters
from identify.matching.values import Shares
from identify.measures import Floats

Codes = NDArray[np.int32]

DOUBT = 0.02  # a model that is sure is wrong this often, and people mistype
SILENT = 0.3  # a type that does not say its mint may have any

# A letter that was read and is not in the legend tells more than one that nobody could read
WRONG_LETTER, MISSING_LETTER = 0.9, 0.35
MOST_AGAINST = 9.0  # whatever was read there, it may have been something else altogether
NO_LEGEND = 4.0  # tables leave legends out


class Numbered:
    """Texts by number, each once."""

    def __init__(self, texts: Iterable[str]) -> None:
        known: dict[str, int] = {}
        self.codes: Codes = np.fromiter(
            (known.setdefault(text, len(known)) for text in texts), dtype=np.int32
        )
        self.texts = list(known)

    def __getitem__(self, row: int) -> str:
        return self.texts[self.codes[row]]


class Names:
    """Rulers, denominations, mints, metals: said or not said."""

    def __init__(self, names: Iterable[str]) -> None:
        self.column = Numbered(fold(name) for name in names)

    def evidence(self, said: Shares) -> Floats:
        """How well each type agrees, as a logarithm; nothing said agrees with all alike."""
        if not said:
            return np.zeros(len(self.column.codes))
        shares = {fold(name): share for name, share in said.items()}
        table = np.array([shares.get(text, 0.0) if text else SILENT for text in self.column.texts])
        return np.asarray(np.log(table * (1 - DOUBT) + DOUBT)[self.column.codes])


class Legends:
    """Compared by letters alone: V and U, I and J, ligatures, dots and spaces make no difference."""

    def __init__(self, legends: Iterable[str]) -> None:
        written = Numbered(legends)
        bare = Numbered(letters(text) for text in written.texts)
        self.codes: Codes = bare.codes[written.codes] if len(written.codes) else written.codes
        self.texts = bare.texts
        self.lengths = np.array([len(text) for text in self.texts], dtype=np.float64)

    def evidence(self, read: str) -> Floats:
        wanted = letters(read)
        if not wanted or not self.texts:
            return np.zeros(len(self.codes))
        shared = cdist([wanted], self.texts, scorer=LCSseq.similarity, dtype=np.int32)[0]
        wrong, missing = len(wanted) - shared, self.lengths - shared
        against = np.minimum(WRONG_LETTER * wrong + MISSING_LETTER * missing, MOST_AGAINST)
        against[self.lengths == 0] = NO_LEGEND
        return np.asarray(-against[self.codes])

    def __getitem__(self, row: int) -> str:
        return self.texts[self.codes[row]]


def differing(read: str, legend: str) -> tuple[int, float]:
    """How many letters differ, and which share of both agrees."""
    one, other = letters(read), letters(legend)
    shared = LCSseq.similarity(one, other)
    apart = max(len(one), len(other)) - shared
    return apart, 2 * shared / max(len(one) + len(other), 1)

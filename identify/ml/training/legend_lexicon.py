"""Builds the lexicon that ships: which legends there are by the reference, and how often each was met."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from identify.lexicon import SIDES, Legend, Lexicon, legible, normalised, spelled

LONGEST = 64  # of a legend in signs; longer ones are notes


@dataclass
class _Met:
    spellings: Counter[str] = field(default_factory=Counter)
    types: int = 0
    authorities: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    rulers: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Specimen:
    side: str
    legend: str
    ruler: str
    scope: str


def build(reference: Path, specimens: Iterable[Specimen]) -> Lexicon:
    met: dict[tuple[str, str], _Met] = defaultdict(_Met)
    for side, text, authority in of_reference(reference):
        one = met[side, normalised(text)]
        one.spellings[text] += 1
        one.types += 1
        one.authorities[authority] += 1
    for specimen in specimens:
        if legible(specimen.legend):
            one = met[specimen.side, normalised(specimen.legend)]
            one.spellings[specimen.legend] += 4
            one.seen[specimen.scope] += 1
            if specimen.ruler:
                one.rulers[specimen.ruler] += 1
    return Lexicon(
        Legend(
            one.spellings.most_common(1)[0][0], side, one.types,
            dict(one.authorities), dict(one.seen), dict(one.rulers),
        )
        for (side, _text), one in sorted(met.items())
    )  # fmt: skip


def of_reference(path: Path) -> Iterator[tuple[str, str, str]]:
    """Side, legend and authority; a type with several forms of its legend gives each."""
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for side in SIDES:
                for form in row[f"{side}_legend"].split(" or "):
                    text = spelled(form)
                    if legible(text) and len(text) <= LONGEST:
                        yield side, text, row["authority"]

"""The legends that can stand on a coin, and what each of them says about who had it struck.

A legend is written as the reference writes it: capitals, V for U, a space where words part or a figure cuts
the legend in two. Two spellings that differ in spaces alone share their letters and are two entries:
where the legend is cut tells one die from another.
"""

import json
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LETTERS = "ABCDEFGHIKLMNOPQRSTVXYZ"
SIDES = ("obverse", "reverse")
_LIGATURES = str.maketrans(
    {"J": "I", "U": "V", "W": "VV", "Æ": "AE", "Œ": "OE", "Ꜹ": "AV", "Ʈ": "T"}
)
# Whose legend it is when nobody has labelled a coin with it: names, the longer before those they contain
_NAMES = (
    ("DIOCLETIAN", "Diocletian"),
    ("MAXIMIAN", "Maximian or Galerius"),
    ("CONSTANTIN", "Constantine I"),
    ("CONSTANTI", "Constantius I"),
    ("SEVER", "Severus II"),
    ("MAXIMIN", "Maximinus II Daia"),
    ("MAXENTI", "Maxentius"),
)


def normalised(text: str) -> str:
    """Capitals and single spaces; what is not a letter parts words."""
    capitals = text.upper().translate(_LIGATURES)
    return " ".join(re.sub(f"[^{LETTERS}]+", " ", capitals).split())


def letters(text: str) -> str:
    """What two spellings of one legend have in common."""
    return normalised(text).replace(" ", "")


def spelled(text: str) -> str:
    """As a reference writes it, with its marks of division as spaces: "FIDES - MILITVM" has three."""
    return text.replace("-", " ").strip()


def legible(text: str) -> bool:
    """Whether this is a legend at all, and not a description or one with gaps."""
    return bool(re.fullmatch(f"[{LETTERS} ]*[{LETTERS}][{LETTERS} ]*", text))


@dataclass(frozen=True)
class Legend:
    text: str
    side: str
    types: int = 0  # of the reference
    authorities: Mapping[str, int] = field(default_factory=dict)  # who issued those types
    seen: Mapping[str, int] = field(default_factory=dict)  # specimens known with it, by scope
    rulers: Mapping[str, int] = field(default_factory=dict)  # portrait of those specimens


class Lexicon:
    def __init__(self, legends: Iterable[Legend]) -> None:
        self.legends = tuple(legends)
        self._by_letters: dict[str, list[Legend]] = defaultdict(list)
        for legend in self.legends:
            self._by_letters[letters(legend.text)].append(legend)

    @classmethod
    def load(cls, path: Path) -> "Lexicon":
        held = json.loads(lzma.decompress(path.read_bytes()))
        return cls(_unpacked(held, row) for row in held["legends"])

    def save(self, path: Path) -> None:
        names = sorted({name for one in self.legends for name in _names_of(one)})
        numbers = {name: number for number, name in enumerate(names)}
        rows = [_packed(one, numbers) for one in self.legends]
        text = json.dumps(
            {"names": names, "legends": rows}, ensure_ascii=False, separators=(",", ":")
        )
        path.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))

    def of_side(self, side: str, scope: str = "") -> tuple[Legend, ...]:
        """Of both sides where the side is not known; of one scope those that its specimens or its time have."""
        return tuple(
            one
            for one in self.legends
            if (side not in SIDES or one.side == side) and (not scope or within(one, scope))
        )

    def spellings(self, legend: str) -> list[Legend]:
        return list(self._by_letters.get(letters(legend), ()))

    def rulers_of(self, legend: str) -> dict[str, float]:
        """Shares of the rulers whose portrait goes with these letters; empty where nothing tells."""
        counts: Counter[str] = Counter()
        for one in self.spellings(legend):
            counts.update(one.rulers)
        if not counts:  # nobody has seen a coin with it: the reference knows who had it struck
            issued = [name for one in self.spellings(legend) for name in one.authorities.items()]
            counts.update({PORTRAITS[who]: many for who, many in issued if who in PORTRAITS})
        if not counts:
            named = named_in(legend) if self._of_tetrarchs(legend) else ""
            return {named: 1.0} if named else {}
        total = counts.total()
        return {ruler: count / total for ruler, count in counts.most_common()}

    def _of_tetrarchs(self, legend: str) -> bool:
        """Or known to nobody: then its letters are all there is."""
        found = self.spellings(legend)
        return not found or any(within(one, "tetrarchs") for one in found)


# Authorities of the reference whose coins a scope holds
TETRARCHS = frozenset(
    [
        "diocletian",
        "maximian",
        "constantius_chlorus",
        "galerius",
        "severus_ii",
        "maximinus_daia",
        "maxentius",
        "constantine_i",
        "licinius",
        "domitius_alexander",
    ]
)
EARLY = frozenset(
    [
        "augustus",
        "tiberius",
        "gaius",
        "claudius",
        "nero",
        "galba",
        "otho",
        "vitellius",
        "vespasian",
        "titus",
        "domitian",
        "nerva",
        "trajan",
        "hadrian",
        "clodius_macer",
        "anonymous",
    ]
)
# As they are called on the portraits' labels
PORTRAITS = {
    "augustus": "Augustus", "tiberius": "Tiberius", "gaius": "Caligula", "claudius": "Claudius",
    "nero": "Nero", "galba": "Galba", "otho": "Otho", "vitellius": "Vitellius",
    "vespasian": "Vespasian", "titus": "Titus", "domitian": "Domitian", "nerva": "Nerva",
    "trajan": "Trajan", "hadrian": "Hadrian",
}  # fmt: skip
_OF_SCOPE = {"tetrarchs": TETRARCHS, "roman_imperial": EARLY}


def within(legend: Legend, scope: str) -> bool:
    if scope not in _OF_SCOPE:
        return True
    return scope in legend.seen or not _OF_SCOPE[scope].isdisjoint(legend.authorities)


def named_in(legend: str) -> str:
    """The tetrarch whom a legend names. The divine Constantius is "DIVO CONSTANTIO", no Constantine."""
    joined = letters(legend)
    return next((ruler for name, ruler in _NAMES if name in joined), "")


def _names_of(legend: Legend) -> set[str]:
    return {*legend.authorities, *legend.seen, *legend.rulers}


def _packed(legend: Legend, numbers: Mapping[str, int]) -> list[Any]:
    def pairs(counts: Mapping[str, int]) -> list[int]:
        return [part for name, count in counts.items() for part in (numbers[name], count)]

    groups = (legend.authorities, legend.seen, legend.rulers)
    return [legend.text, SIDES.index(legend.side), legend.types, *map(pairs, groups)]


def _unpacked(held: Mapping[str, Any], row: list[Any]) -> Legend:
    def counts(flat: list[int]) -> dict[str, int]:
        return {
            held["names"][number]: count
            for number, count in zip(flat[::2], flat[1::2], strict=True)
        }

    text, side, types, *groups = row
    return Legend(text, SIDES[side], types, *map(counts, groups))

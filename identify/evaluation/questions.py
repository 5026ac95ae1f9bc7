"""What the predictor is asked, and the truth: only photos of coins that the network was not taught."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from identify.lexicon import legible, normalised
from identify.ml.training.samples import READERS, Sample, read_sets, rows

SCOPES = {
    "roman_imperial": "roman_imperial", "tetrarchs": "tetrarchs", "world_coins": "world",
    "euro_denominations": "euro", "euro_phone": "euro", "euro_national_sides": "euro",
    "us_coins": "us",
}  # fmt: skip
PAIRED = ("roman_imperial", "tetrarchs")
FIELDS = {
    "ruler": "ruler", "tetrarch": "ruler", "denomination": "denomination", "side": "side",
    "world_coin": "world_coin", "face_value": "face_value", "us_denomination": "us_denomination",
}  # fmt: skip
FACES = ("obverse", "reverse")
T = TypeVar("T")


@dataclass(frozen=True)
class Question:
    """One coin as it is handed over. `truth` says what is known of it, by field."""

    paths: tuple[Path, ...]
    set: str
    group: str
    scope: str
    roles: tuple[str, ...] = ("",)
    truth: Mapping[str, str] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()  # what figures choose by

    def offered_as(self, scope: str) -> "Question":
        return replace(self, scope=scope)


def held_out(data: Path, names: Iterable[str]) -> list[Sample]:
    return [one for one in read_sets(data, names) if one.is_held_out]


def truth_of(sample: Sample) -> dict[str, str]:
    told = {FIELDS[head]: label for head, label in sample.targets.items() if head in FIELDS}
    return told | ({"scope": sample.targets["scope"]} if "scope" in sample.targets else {})


def single(samples: Iterable[Sample]) -> list[Question]:
    """Each photo alone, and nobody says which side it is."""
    return [
        Question((one.path,), one.set, one.group, SCOPES[one.set], truth=truth_of(one))
        for one in samples
    ]


def paired(samples: Iterable[Sample]) -> list[Question]:
    """Both faces of each coin that has both, named as `--pair` names them. Where a reverse is labelled
    otherwise than its obverse, the obverse says whose coin it is."""
    coins: dict[tuple[str, str], dict[str, Sample]] = defaultdict(dict)
    for one in samples:
        coins[one.set, one.group][one.targets["side"]] = one
    return [pair(faces) for faces in coins.values() if set(faces) >= set(FACES)]


def pair(faces: Mapping[str, Sample]) -> Question:
    first, second = (faces[side] for side in FACES)
    truth = {name: label for name, label in truth_of(first).items() if name != "side"}
    return Question(
        (first.path, second.path), first.set, first.group, SCOPES[first.set], FACES, truth
    )


def never_taught(data: Path) -> list[Question]:
    """Portraits of rulers who have too few obverses to be taught. The network has seen most of these
    photos, for other questions; `held_out` marks those that it has not."""
    table = rows(data / "roman_imperial")
    samples = READERS["roman_imperial"](data / "roman_imperial")
    return [
        Question(
            (one.path,), one.set, one.group, "roman_imperial", ("obverse",),
            marks=frozenset({"held_out"} if one.is_held_out else ()),
        )
        for row, one in zip(table, samples, strict=True)
        if row["ruler"] and row["side"] == "obverse" and "ruler" not in one.targets
    ]  # fmt: skip


def with_legends(data: Path, name: str) -> list[Question]:
    """Both faces of the held-out coins of a Roman set, and what stands on them. What looks and what reads keep the
    same coins aside. A label that describes the picture, or that a person completed, is no legend to read."""
    legends: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows(data / name):
        if legible(row["legend"]):
            legends[row["coin"]][f"{row['side']}_legend"] = normalised(row["legend"])
    return [
        replace(one, truth={**one.truth, **legends[one.group]})
        for one in paired(held_out(data, [name]))
    ]


def publishers_test(data: Path) -> frozenset[Path]:
    folder = data / "euro_denominations"
    return frozenset(folder / row["file"] for row in rows(folder) if row["split"] == "test")


def thinned(items: Sequence[T], most: int) -> list[T]:
    """Every n-th, so that all classes keep their share."""
    step = max(1, -(-len(items) // most)) if most else 1
    return list(items[::step])


def wrongly_offered(by_scope: Mapping[str, Sequence[Question]], most: int) -> Iterator[Question]:
    """Coins of other scopes, offered as what they are not: a person has chosen the wrong scope."""
    for scope in by_scope:
        others = [
            one
            for other, asked in by_scope.items()
            for one in asked
            if other != scope and not may_be(one, scope)
        ]
        yield from (one.offered_as(scope) for one in thinned(others, most))


def may_be(question: Question, scope: str) -> bool:
    """Coins of Spain and of the USA are world coins, and also euro and US coins; and the tetrarchs'
    coins are Roman imperial ones."""
    kinds = {"euro", "us", "world"}, {"roman_imperial", "tetrarchs"}
    if scope in kinds[1]:
        return question.scope in kinds[1]
    both = {scope, question.scope}
    country = question.truth.get("world_coin", "").rpartition("|")[2]
    if both == {"euro", "us"} or both & kinds[1]:
        return False
    return country in ("spain", "usa", "")

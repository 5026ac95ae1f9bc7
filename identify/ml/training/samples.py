"""The labelled photos of a data folder laid out as docs/models.md describes: what each shows, and which of
them show the same coin."""

import csv
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

HELD_OUT_PERCENT = 15
FEWEST_OBVERSES = 16  # a ruler with fewer is not taught: nobody could measure what was learnt
AMBIGUOUS = "Maximian or Galerius"
FACE_VALUES = {
    "1_cent": "1c", "2_cent": "2c", "5_cent": "5c", "10_cent": "10c", "20_cent": "20c",
    "50_cent": "50c", "1_euro": "1e", "2_euro": "2e",
}  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """One photo. `group` names the coin: two photos of one coin are never on both sides of a split."""

    path: Path
    set: str
    group: str
    targets: dict[str, str] = field(default_factory=dict)
    words: frozenset[str] = (
        frozenset()
    )  # of the legend and the description, as a hint to look there

    @property
    def is_held_out(self) -> bool:
        return held_out(self.set, self.group)


def held_out(folder: str, group: str) -> bool:
    """By the hash of its name, so that every run, on every machine, keeps the same coins aside."""
    digest = hashlib.md5(f"{folder}:{group}".encode(), usedforsecurity=False)
    return int(digest.hexdigest(), 16) % 100 < HELD_OUT_PERCENT


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words_of(*texts: str) -> frozenset[str]:
    return frozenset(
        word
        for text in texts
        for word in text.lower().replace(",", " ").replace(";", " ").split()
        if len(word) > 2
    )


def roman_imperial(folder: Path) -> Iterator[Sample]:
    table = rows(folder)
    obverses = Counter(row["ruler"] for row in table if row["side"] == "obverse")
    common = Counter(row["denomination"] for row in table)
    for row in table:
        told = {"scope": "roman_imperial", "side": row["side"]}
        if row["ruler"] and obverses[row["ruler"]] >= FEWEST_OBVERSES:
            told["ruler"] = row["ruler"]
        if common[row["denomination"]] >= FEWEST_OBVERSES:
            told["denomination"] = row["denomination"]
        words = words_of(row["legend"], row["type"])
        yield Sample(folder / row["file"], "roman_imperial", row["coin"], told, words)


def tetrarchs(folder: Path) -> Iterator[Sample]:
    for row in rows(folder):
        told = {"scope": "tetrarchs", "side": row["side"]}
        if row["ruler"]:
            told["tetrarch"] = row["ruler"]
        yield Sample(folder / row["file"], "tetrarchs", row["coin"], told, words_of(row["legend"]))


def parts_of_world_coin(label: str) -> dict[str, str]:
    """Others share them: whoever knows a 50 on one country's coins knows it on the next one's."""
    name, _currency, country = label.split("|")
    unit = name.lstrip("0123456789 ")
    number = name.removesuffix(unit).strip()
    return {"number": number, "unit": unit.lower(), "country": country}


def world_coins(folder: Path) -> Iterator[Sample]:
    for row in rows(folder):
        coin = "|".join(row[name] for name in ("denomination", "currency", "country"))
        told = {"world_coin": coin} | parts_of_world_coin(coin)
        if row["country"] != "usa":  # those are coins of both scopes
            told["scope"] = "world"
        yield Sample(folder / row["file"], "world_coins", row["file"], told)


def euro_denominations(folder: Path) -> Iterator[Sample]:
    for row in rows(folder):
        photo = Path(row["file"]).stem.rsplit("_", 1)[0]
        told = {"scope": "euro", "face_value": row["denomination"]}
        yield Sample(folder / row["file"], "euro_denominations", photo, told)


def euro_phone(folder: Path) -> Iterator[Sample]:
    for row in rows(folder):
        told = {"scope": "euro", "face_value": row["denomination"], "side": "reverse"}
        yield Sample(folder / row["file"], "euro_phone", row["file"], told)


def euro_national_sides(folder: Path) -> Iterator[Sample]:
    for row in rows(folder):
        told = {"scope": "euro", "side": "obverse", "euro_country": row["country"]}
        if value := FACE_VALUES.get(row["denomination"].removeprefix("sede_vacante-")):
            told["face_value"] = value
        yield Sample(folder / row["file"], "euro_national_sides", row["file"], told)


def euro_commemoratives(folder: Path) -> Iterator[Sample]:
    for row in rows(folder):
        told = {"scope": "euro", "side": "obverse", "face_value": "2e"}
        yield Sample(folder / row["file"], "euro_commemoratives", row["file"], told)


def us_coins(folder: Path) -> Iterator[Sample]:
    for row in rows(folder):
        told = {"scope": "us", "side": row["side"], "us_denomination": row["denomination"]}
        yield Sample(folder / row["file"], "us_coins", row["collection"], told)


def us_cents(folder: Path) -> Iterator[Sample]:
    for row in rows(folder):
        told = {"scope": "us", "side": "obverse", "us_denomination": "pennies"}
        yield Sample(folder / row["file"], "us_cents", row["file"], told)


READERS: dict[str, Callable[[Path], Iterator[Sample]]] = {
    reader.__name__: reader
    for reader in (
        roman_imperial, tetrarchs, world_coins, euro_denominations, euro_phone,
        euro_national_sides, euro_commemoratives, us_coins, us_cents,
    )
}  # fmt: skip


def read_sets(data: Path, names: Iterable[str]) -> list[Sample]:
    return [sample for name in names for sample in READERS[name](data / name)]

"""What the labelled photos say, and that no coin is on both sides of the split."""

import csv
from pathlib import Path

import pytest

from identify.ml.training.samples import READERS, Sample, read_sets

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="needs the folder of labelled photos")


def write(folder: Path, name: str, *rows: dict[str, str]) -> Path:
    (folder / name).mkdir()
    with (folder / name / "labels.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, rows[0])
        table.writeheader()
        table.writerows(rows)
    return folder


def roman(coin: int, side: str, ruler: str, denomination: str = "Denarius") -> dict[str, str]:
    return {
        "file": f"{coin}_{side}.jpg", "coin": str(coin), "side": side, "ruler": ruler,
        "denomination": denomination, "legend": "IMP CAES", "type": "Head of somebody, left",
    }  # fmt: skip


def targets(samples: list[Sample]) -> list[dict[str, str]]:
    return [one.targets for one in samples]


def test_a_ruler_with_few_obverses_is_not_taught(tmp_path):
    rows = [roman(coin, "obverse", "Trajan") for coin in range(16)]
    rows += [roman(coin, "obverse", "Livia") for coin in range(16, 31)]
    rows += [roman(31, "obverse", "")]
    found = read_sets(write(tmp_path, "roman_imperial", *rows), ["roman_imperial"])
    assert [one.get("ruler") for one in targets(found)] == ["Trajan"] * 16 + [None] * 16
    assert {one["denomination"] for one in targets(found)} == {"Denarius"}


def test_words_are_hints_without_signs_and_small_words(tmp_path):
    rows = [roman(1, "obverse", "Trajan") | {"type": "Head of Trajan, laureate; right"}]
    [one] = read_sets(write(tmp_path, "roman_imperial", *rows), ["roman_imperial"])
    assert one.words == {"imp", "caes", "head", "trajan", "laureate", "right"}


def test_photos_of_loose_change_are_split_by_the_photo_that_they_were_cut_from(tmp_path):
    rows = [
        {"file": f"train/1c/IMG_7_{at}.jpg", "split": "train", "denomination": "1c"}
        for at in range(30)
    ]
    found = read_sets(write(tmp_path, "euro_denominations", *rows), ["euro_denominations"])
    assert len({one.is_held_out for one in found}) == 1


def test_a_coin_of_the_usa_does_not_say_its_scope(tmp_path):
    row = {"class_id": "1", "currency": "US Dollar", "denomination": "1 Cent"}
    rows = [row | {"file": "a.jpg", "country": "usa"}, row | {"file": "b.jpg", "country": "japan"}]
    found = read_sets(write(tmp_path, "world_coins", *rows), ["world_coins"])
    assert [one.get("scope") for one in targets(found)] == [None, "world"]
    assert targets(found)[0]["world_coin"] == "1 Cent|US Dollar|usa"


def test_the_split_is_the_same_on_every_machine():
    held = [
        str(coin) for coin in range(40) if Sample(Path("a"), "tetrarchs", str(coin)).is_held_out
    ]
    assert held == ["4", "13", "21", "33", "35", "39"]


def test_about_as_many_are_held_out_as_is_said():
    held = sum(Sample(Path("a"), "us_cents", str(coin)).is_held_out for coin in range(4000))
    assert 0.13 < held / 4000 < 0.17


@needs_data
@pytest.mark.parametrize("name", READERS)
def test_no_coin_is_on_both_sides(name):
    found = read_sets(DATA, [name])
    sides: dict[str, set[bool]] = {}
    for one in found:
        sides.setdefault(one.group, set()).add(one.is_held_out)
    assert all(len(split) == 1 for split in sides.values())
    assert {True, False} <= {one.is_held_out for one in found}


@needs_data
@pytest.mark.parametrize("name", ["roman_imperial", "tetrarchs"])
def test_both_faces_are_of_one_group(name):
    by_stem = {one.path.stem: one.group for one in read_sets(DATA, [name])}
    for stem, group in by_stem.items():
        other = stem.replace("_obverse", "_reverse")
        assert by_stem.get(other, group) == group

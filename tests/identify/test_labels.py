"""The facts that deciding leans on: the label tree, the hints, what coins weigh."""

import csv
from pathlib import Path

import pytest

from identify import hints, labels, physical

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def test_dynasty_before_period() -> None:
    assert labels.ancestors("ruler", "Titus") == ("flavian", "principate")
    assert labels.ancestors("ruler", "antoninus_pius") == ("nerva_antonine", "principate")
    assert labels.ancestors("ruler", "Galerius") == (
        "maximian or galerius",
        "tetrarchy",
        "late_empire",
    )


def test_what_we_do_not_know_has_no_parent() -> None:
    assert labels.ancestors("ruler", "Napoleon") == ()
    assert labels.ancestors("mint_mark", "S") == ()
    assert labels.ancestors("world_coin", "no bars in it") == ()


def test_every_branch_can_be_told_in_words() -> None:
    parents = {parent for tree in labels.TREES.values() for parent in tree.values()}
    assert parents == set(labels.WORDS)


def test_no_label_is_its_own_ancestor() -> None:
    for field, tree in labels.TREES.items():
        for label in tree:
            assert labels.fold(label) not in labels.ancestors(field, label)


def test_a_hint_is_found_in_either_order_and_spelling() -> None:
    code = hints.code_of("Titus", "Vespasian")
    assert code == hints.code_of("vespasian", "titus") != ""
    assert "bald" in hints.HINTS[code]
    assert len(hints.HINTS) == len(hints.PAIRS)


def test_no_hint_for_a_pair_that_nobody_confuses() -> None:
    assert hints.code_of("Augustus", "2e") == ""


def test_weights_move_with_the_centuries() -> None:
    early, late = physical.find("Aureus", 10), physical.find("Aureus", 100)
    assert early is not None
    assert late is not None
    assert early.weight == (7.5, 8.3)
    assert late.weight == (6.5, 7.6)


def test_at_any_time_where_the_year_is_not_known() -> None:
    found = physical.find("denarius")
    assert found is not None
    assert found.weight == (2.1, 4.3)


def test_a_year_out_of_all_rows_gets_what_there_is() -> None:
    assert physical.find("cistophorus", 1900) == physical.find("cistophorus")


def test_what_is_not_in_the_table_is_not_known() -> None:
    assert physical.find("20 Kroner|Norwegian Krone|norway") is None


@pytest.mark.parametrize("name", physical.TABLE)
def test_every_range_is_one(name: str) -> None:
    for row in physical.TABLE[name]:
        for bounds in (row.weight, row.diameter, row.years):
            assert bounds is None or bounds[0] < bounds[1] or name == "pennies"
    assert name == labels.fold(name)


@pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data")
def test_every_emperor_of_the_data_has_a_dynasty() -> None:
    with (DATA / "roman_imperial" / "labels.csv").open(encoding="utf-8") as file:
        counts: dict[str, int] = {}
        for row in csv.DictReader(file):
            counts[row["ruler"]] = counts.get(row["ruler"], 0) + 1
    gods = {"", "Minerva", "Venus"}
    often = {ruler for ruler, count in counts.items() if count >= 10} - gods - {"Apollo"}
    assert {ruler for ruler in often if not labels.ancestors("ruler", ruler)} == set()

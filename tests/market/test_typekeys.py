import pytest

from market.typekeys import type_keys, written_forms


@pytest.mark.parametrize(
    ("text", "ruler", "mint", "key"),
    [
        ("RIC II 207", "trajan", "", "ric trajan 207"),
        ("RIC 207", "trajan", "", "ric trajan 207"),
        ("RIC II.3 Trajan 207", "trajan", "", "ric trajan 207"),
        ("RIC II Trajan 207", "", "", "ric trajan 207"),
        ("RSC 85", "trajan", "", "rsc trajan 85"),
        ("Crawford 443/1", "", "", "rrc 443/1"),
        ("RIC VII Trier 12", "constantine i", "", "ric vii trier 12"),
        ("RIC VII 12", "constantine i", "trier", "ric vii trier 12"),
    ],
)
def test_one_type_however_it_is_cited(text: str, ruler: str, mint: str, key: str) -> None:
    assert type_keys([text], ruler, mint) == {key}


@pytest.mark.parametrize("text", ["", "RIC II -", "RIC VII 12", "RIC 207", "unpublished"])
def test_what_says_too_little_is_no_type(text: str) -> None:
    assert type_keys([text], "", "") == frozenset()


def test_a_database_is_asked_for_every_way_of_writing() -> None:
    forms = written_forms(["RIC 207"], "trajan")
    assert {"ric 207", "ric ii 207", "ric ii trajan 207"} <= forms

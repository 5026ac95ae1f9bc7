import pytest
from hypothesis import given
from hypothesis import strategies as st

from identify.lexicon import (
    LETTERS,
    Legend,
    Lexicon,
    legible,
    letters,
    named_in,
    normalised,
    spelled,
)

KNOWN = Lexicon(
    [
        Legend("IMP C MAXIMIANVS P F AVG", "obverse", 9, {"maximian": 9}, {"tetrarchs": 46}, {"Maximian or Galerius": 46}),
        Legend("MAXIMINVS NOB CAES", "obverse", 2, {"galerius": 2}),
        Legend("HADRIANVS AVGVSTVS", "obverse", 30, {"hadrian": 30}, {"roman_imperial": 69}, {"Hadrian": 69}),
        Legend("CONSTANTINVS AVG", "obverse", 4, {"constantine_iii": 4}),
        Legend("GENIO POPV LI ROMANI", "reverse", 90, {"maximian": 90}, {"tetrarchs": 9}, {"Diocletian": 6, "Constantius I": 3}),
        Legend("GENIO POP VLI ROMANI", "reverse", 50, {"maximian": 50}, {"tetrarchs": 3}, {"Diocletian": 3}),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Imp. C. Maximianus P.F. Aug.", "IMP C MAXIMIANVS P F AVG"),
        ("GENIO - POP ROM", "GENIO POP ROM"),
        ("IVLIA·AVGVSTA", "IVLIA AVGVSTA"),
        ("D N BASILISCVS P F ꜸG", "D N BASILISCVS P F AVG"),
        ("  juno  ", "IVNO"),
        ("", ""),
    ],
)
def test_is_written_in_capitals_with_single_spaces(written: str, expected: str) -> None:
    assert normalised(written) == expected


@given(st.text())
def test_whatever_is_written_becomes_letters_and_single_spaces(text: str) -> None:
    found = normalised(text)
    assert set(found) <= set(LETTERS + " ")
    assert "  " not in found
    assert normalised(found) == found
    assert letters(text) == found.replace(" ", "")


def test_a_mark_of_division_is_a_space_of_its_own() -> None:
    assert spelled("GENIO POPV-LI ROMANI") == "GENIO POPV LI ROMANI"
    assert spelled("FIDES - MILITVM") == "FIDES   MILITVM"


@pytest.mark.parametrize("text", ["", "  ", "Unclear legend", "[  ] AFRICAE", "CAESAR DIVI F?"])
def test_a_description_is_no_legend(text: str) -> None:
    assert not legible(text)


def test_specimens_say_whose_portrait_it_is() -> None:
    assert KNOWN.rulers_of("HADRIANVS AVGVSTVS") == {"Hadrian": 1.0}


def test_spellings_are_counted_together() -> None:
    assert KNOWN.rulers_of("GENIO POPVLI ROMANI") == {"Diocletian": 0.75, "Constantius I": 0.25}


def test_a_legend_that_no_specimen_had_is_told_by_its_name() -> None:
    assert KNOWN.rulers_of("MAXIMINVS NOB CAES") == {"Maximinus II Daia": 1.0}
    assert KNOWN.rulers_of("FL VAL SEVERVS PIVS") == {"Severus II": 1.0}


def test_a_namesake_of_another_time_is_no_tetrarch() -> None:
    assert KNOWN.rulers_of("CONSTANTINVS AVG") == {}


def test_a_stranger_says_nothing() -> None:
    assert KNOWN.rulers_of("LIBERTAS") == {}


@pytest.mark.parametrize(
    ("legend", "ruler"),
    [
        ("DIVO CONSTANTIO PIO", "Constantius I"),
        ("FL VAL CONSTANTINVS NOB C", "Constantine I"),
        ("GAL VAL MAXIMIANVS NOB C", "Maximian or Galerius"),
        ("IMP C MAXENTIVS P F AVG", "Maxentius"),
        ("GENIO POPVLI ROMANI", ""),
    ],
)
def test_names_that_begin_alike_are_told_apart(legend: str, ruler: str) -> None:
    assert named_in(legend) == ruler


def test_a_side_and_a_scope_hold_their_own() -> None:
    assert [one.text for one in KNOWN.of_side("obverse", "roman_imperial")] == [
        "HADRIANVS AVGVSTVS"
    ]
    assert len(KNOWN.of_side("reverse", "tetrarchs")) == 2
    assert len(KNOWN.of_side("", "")) == len(KNOWN.legends)


def test_what_is_saved_comes_back(tmp_path) -> None:
    KNOWN.save(tmp_path / "known.json.xz")
    assert Lexicon.load(tmp_path / "known.json.xz").legends == KNOWN.legends


def test_a_legend_that_no_coin_here_carries_is_its_issuers() -> None:
    known = Lexicon(
        [Legend("IMP TITVS CAES VESPASIAN AVG P M", "obverse", 4, {"titus": 3, "gaius": 1})]
    )
    found = known.rulers_of("IMP TITVS CAES VESPASIAN AVG P M")
    assert found == {"Titus": 0.75, "Caligula": 0.25}

"""A legend that was read speaks for a ruler; how loudly depends on what kind of coin it is."""

from identify.ml.joining import WEIGHINGS, strangeness, with_legend
from tests.identify.fakes import answer


def test_the_legend_decides_between_tetrarchs_that_look_alike():
    looks = answer(
        ("Diocletian", 0.5), ("Constantius I", 0.45), ("Severus II", 0.05), abstained=True
    )
    joined = with_legend(WEIGHINGS["tetrarchs"], looks, {"Constantius I": 0.9, "Diocletian": 0.02})
    assert joined.best
    assert joined.best.label == "Constantius I"
    assert not joined.abstained
    assert abs(sum(one.confidence for one in joined.candidates) - 1) < 1e-9


def test_a_contradiction_is_told():
    looks = answer(("Diocletian", 0.9), ("Constantius I", 0.1))
    joined = with_legend(WEIGHINGS["tetrarchs"], looks, {"Constantius I": 1.0})
    assert [one.code for one in joined.remarks] == ["legend_says"]
    assert joined.remarks[0].params == {"read": "Constantius I", "seen": "Diocletian"}


def test_half_a_reading_does_not_overrule_a_sure_portrait():
    looks = answer(("Trajan", 0.97), ("Hadrian", 0.03))
    names = {"Hadrian": 0.3, "Nerva": 0.2, "Trajan": 0.1}
    joined = with_legend(WEIGHINGS["roman_imperial"], looks, names)
    assert joined.best
    assert joined.best.label == "Trajan"


def test_a_legend_of_nobody_changes_nothing():
    looks = answer(("Trajan", 0.97))
    assert with_legend(WEIGHINGS["tetrarchs"], looks, {}) is looks


def test_two_that_stay_equal_stay_unsaid():
    looks = answer(("Diocletian", 0.5), ("Constantius I", 0.5))
    names = {"Diocletian": 0.5, "Constantius I": 0.5}
    assert with_legend(WEIGHINGS["tetrarchs"], looks, names).abstained


def test_a_legend_that_names_somebody_else_makes_a_stranger():
    known = ["Trajan", "Hadrian"]
    named = strangeness(0.3, known, {"Hadrian": 0.95})
    other = strangeness(0.3, known, {"Plotina": 0.9, "Hadrian": 0.05})
    assert named < 0.4 < 0.5 < other


def test_a_legend_that_speaks_for_nobody_leaves_the_picture_to_speak():
    known = ["Trajan", "Hadrian"]
    assert strangeness(0.9, known, {}) > 0.5
    assert strangeness(0.02, known, {"Trajan": 0.4, "Hadrian": 0.4}) < 0.5

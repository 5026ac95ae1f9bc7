"""A legend that was read speaks for a ruler; how loudly depends on what kind of coin it is."""

from identify.ml.joining import with_legends
from tests.identify.fakes import answer


def test_the_legend_decides_between_tetrarchs_that_look_alike():
    looks = answer(
        ("Diocletian", 0.5), ("Constantius I", 0.45), ("Severus II", 0.05), abstained=True
    )
    joined = with_legends(
        "tetrarchs", looks, {"obverse": {"Constantius I": 0.9, "Diocletian": 0.02}}
    )
    assert joined.best
    assert joined.best.label == "Constantius I"
    assert not joined.abstained
    assert abs(sum(one.confidence for one in joined.candidates) - 1) < 1e-9


def test_a_contradiction_is_told():
    looks = answer(("Diocletian", 0.9), ("Constantius I", 0.1))
    joined = with_legends("tetrarchs", looks, {"obverse": {"Constantius I": 1.0}})
    assert [one.code for one in joined.remarks] == ["legend_says"]
    assert joined.remarks[0].params == {"read": "Constantius I", "seen": "Diocletian"}


def test_a_small_early_coin_is_told_by_its_portrait():
    looks = answer(("Trajan", 0.97), ("Hadrian", 0.03))
    joined = with_legends("roman_imperial", looks, {"obverse": {"Hadrian": 0.6, "Nerva": 0.4}})
    assert joined.best
    assert joined.best.label == "Trajan"


def test_a_legend_of_nobody_changes_nothing():
    looks = answer(("Trajan", 0.97))
    assert with_legends("tetrarchs", looks, {"obverse": {}}) is looks


def test_two_that_stay_equal_stay_unsaid():
    looks = answer(("Diocletian", 0.5), ("Constantius I", 0.5))
    names = {"Diocletian": 0.5, "Constantius I": 0.5}
    assert with_legends("tetrarchs", looks, {"obverse": names}).abstained

"""A legend that was read speaks for a ruler; how loudly depends on what kind of coin it is."""

from identify.ml.joining import WEIGHINGS, Weighing, strangeness, with_legends
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


def test_half_a_reading_does_not_overrule_a_sure_portrait():
    looks = answer(("Trajan", 0.97), ("Hadrian", 0.03))
    names = {"Hadrian": 0.3, "Nerva": 0.2, "Trajan": 0.1}
    joined = with_legends("roman_imperial", looks, {"obverse": names})
    assert joined.best
    assert joined.best.label == "Trajan"


def test_a_legend_of_nobody_changes_nothing():
    looks = answer(("Trajan", 0.97))
    assert with_legends("tetrarchs", looks, {"obverse": {}}) is looks


def test_two_that_stay_equal_stay_unsaid():
    looks = answer(("Diocletian", 0.5), ("Constantius I", 0.5))
    names = {"Diocletian": 0.5, "Constantius I": 0.5}
    assert with_legends("tetrarchs", looks, {"obverse": names}).abstained


def test_two_legends_say_more_than_one(monkeypatch):
    weighing = Weighing(looks=1.0, obverse=0.5, reverse=0.5, sure=0.65)
    monkeypatch.setitem(WEIGHINGS, "roman_imperial", weighing)
    looks = answer(("Trajan", 0.5), ("Hadrian", 0.5))
    hadrian = {"Hadrian": 0.7, "Trajan": 0.3}
    one = with_legends("roman_imperial", looks, {"obverse": hadrian})
    both = with_legends("roman_imperial", looks, {"obverse": hadrian, "reverse": hadrian})
    assert one.abstained
    assert not both.abstained
    assert one.best.label == both.best.label == "Hadrian"


def test_a_legend_that_names_somebody_else_makes_a_stranger():
    known = ["Trajan", "Hadrian"]
    named = strangeness(0.3, known, {"Hadrian": 0.95})
    other = strangeness(0.3, known, {"Plotina": 0.9, "Hadrian": 0.05})
    assert named < 0.4 < 0.5 < other


def test_a_legend_that_speaks_for_nobody_leaves_the_picture_to_speak():
    known = ["Trajan", "Hadrian"]
    assert strangeness(0.9, known, {}) > 0.5
    assert strangeness(0.02, known, {"Trajan": 0.4, "Hadrian": 0.4}) < 0.5

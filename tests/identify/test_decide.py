"""From scores to what is said: calibrated, abstaining, backing off, contradicting, weighing."""

import json
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from identify.decide import (
    NEVER,
    Measured,
    Rule,
    Scores,
    answer,
    back_off,
    choose_threshold,
    conflict,
    decide,
    fit_temperature,
    fit_weights,
    fuse,
    softmax,
    state_of,
    weigh,
)
from identify.measures import calibration_error
from identify.values import Answer, Candidate

RULERS = ("Vespasian", "Titus", "Domitian", "Trajan", "Hadrian")
LOGITS = arrays(np.float64, 5, elements=st.floats(-30, 30))


def logits_of(*shares: float) -> list[float]:
    return [float(np.log(max(share, 1e-9))) for share in shares]


def codes(said: Answer) -> list[str]:
    return [remark.code for remark in said.remarks]


@given(LOGITS, st.floats(0.05, 20))
def test_shares_sum_to_one_and_keep_their_order(logits: np.ndarray, temperature: float) -> None:
    shares = softmax(logits, temperature)
    assert shares.sum() == pytest.approx(1.0)
    assert shares[int(np.argmax(logits))] == shares.max()


def test_heat_takes_confidence_away() -> None:
    assert softmax([4.0, 0.0], 4.0).max() < softmax([4.0, 0.0]).max()


def test_the_fitted_temperature_makes_a_boaster_honest() -> None:
    dice = np.random.default_rng(1)
    honest = dice.normal(size=(3000, 4)) * 1.5
    truth = np.array([dice.choice(4, p=row) for row in softmax(honest)])
    boasting = honest * 3
    temperature = fit_temperature(boasting, truth)
    assert temperature == pytest.approx(3.0, rel=0.1)
    before, after = softmax(boasting), softmax(boasting, temperature)
    right = before.argmax(axis=1) == truth
    assert calibration_error(after.max(axis=1), right) < 0.04
    assert calibration_error(before.max(axis=1), right) > 0.1


def test_the_threshold_is_the_lowest_that_keeps_the_precision() -> None:
    sure = [0.99, 0.9, 0.8, 0.7, 0.6]
    assert choose_threshold(sure, [1, 1, 1, 0, 1], 0.95) == 0.8
    assert choose_threshold(sure, [1, 1, 1, 0, 1], 0.8) == 0.6


def test_where_no_threshold_is_good_enough_nothing_is_ever_said() -> None:
    threshold = choose_threshold([0.9, 0.8], [False, False])
    assert threshold == NEVER
    assert json.loads(json.dumps(threshold)) == NEVER
    assert answer("ruler", ("Titus",), [1.0], threshold).abstained


def test_a_sure_answer() -> None:
    said = answer("ruler", RULERS, [0.9, 0.05, 0.03, 0.01, 0.01], threshold=0.6, top=3)
    assert not said.abstained
    assert said.best == Candidate("Vespasian", 0.9)
    assert [one.label for one in said.candidates] == ["Vespasian", "Titus", "Domitian"]
    assert (said.parent, said.remarks) == (None, ())


def test_not_sure_which_but_a_flavian() -> None:
    said = answer("ruler", RULERS, [0.4, 0.3, 0.28, 0.01, 0.01], threshold=0.8)
    assert said.abstained
    assert said.parent is not None
    assert (said.parent.label, round(said.parent.confidence, 2)) == ("flavian", 0.98)


def test_from_two_dynasties_back_to_the_period() -> None:
    parent = back_off("ruler", RULERS, [0.5, 0.0, 0.0, 0.49, 0.01], 0.9)
    assert parent is not None
    assert parent.label == "principate"


def test_a_family_of_one_says_nothing_more() -> None:
    assert back_off("ruler", ("Vespasian", "Trajan"), [0.95, 0.05], 0.9) == Candidate(
        "principate", 1.0
    )
    assert back_off("ruler", ("Vespasian", "Zenobia"), [0.95, 0.05], 0.9) is None


def test_a_world_coin_backs_off_to_its_country() -> None:
    names = ("1 Grosz|Polish Zloty|poland", "2 Grosze|Polish Zloty|poland", "1 Krone|Krone|norway")
    said = answer("world_coin", names, [0.5, 0.45, 0.05], threshold=0.9)
    assert said.parent is not None
    assert said.parent.label == "poland"


def test_nothing_backs_off_in_a_field_without_a_tree() -> None:
    assert answer("year", ("1988", "1990"), [0.5, 0.5], threshold=0.9).parent is None


def test_one_of_two_and_what_to_look_at() -> None:
    said = answer("ruler", RULERS, [0.55, 0.41, 0.02, 0.01, 0.01], threshold=0.8)
    (remark,) = said.remarks
    assert remark.code == "one_of_two"
    assert remark.params == {"first": "Vespasian", "second": "Titus", "look": "titus/vespasian"}


def test_two_that_we_have_no_hint_for() -> None:
    said = answer("year", ("1988", "1990"), [0.5, 0.5], threshold=0.9)
    assert said.remarks[0].params["look"] == ""


@pytest.mark.parametrize("shares", [(0.95, 0.05), (0.85, 0.15), (0.4, 0.3, 0.3)])
def test_no_two_leaders(shares: tuple[float, ...]) -> None:
    assert answer("ruler", RULERS[: len(shares)], shares, threshold=0.99).remarks == ()


def test_no_candidates_at_all_is_an_abstention() -> None:
    assert answer("ruler", (), [], threshold=0.5) == Answer((), abstained=True)
    assert decide("ruler", Rule(RULERS), []).abstained


@given(LOGITS, st.floats(0, 1))
def test_an_answer_is_either_sure_or_abstained(logits: np.ndarray, threshold: float) -> None:
    said = decide("ruler", Rule(RULERS, threshold=threshold), [Scores(logits)])
    assert said.best is not None
    assert said.abstained == (said.best.confidence < threshold)
    shares = [one.confidence for one in said.candidates]
    assert shares == sorted(shares, reverse=True)
    assert said.parent is None or said.abstained


def test_a_face_that_is_undecided_says_nothing() -> None:
    assert fuse([[0.6, 0.4], [0.5, 0.5]]) == pytest.approx([0.6, 0.4])


def test_faces_that_agree_make_surer() -> None:
    assert fuse([[0.8, 0.2], [0.8, 0.2]])[0] > 0.9
    assert fuse([[0.8, 0.2], [0.8, 0.2]], [0.5, 0.5]) == pytest.approx([0.8, 0.2])


def test_the_face_that_knows_more_gets_the_greater_weight() -> None:
    dice = np.random.default_rng(2)
    truth = dice.integers(0, 3, 600)
    seen = np.full((600, 3), 0.1)
    seen[np.arange(600), np.where(dice.random(600) < 0.8, truth, dice.integers(0, 3, 600))] = 0.8
    guessed = np.full((600, 3), 0.1)
    guessed[np.arange(600), dice.integers(0, 3, 600)] = 0.8
    obverse, reverse = fit_weights(seen, guessed, truth)
    assert obverse > 0.7
    assert reverse < 0.2


def test_faces_that_contradict_each_other() -> None:
    faces = [
        Scores(logits_of(0.97, 0.01, 0.01, 0.005, 0.005), "obverse"),
        Scores(logits_of(0.01, 0.01, 0.01, 0.01, 0.96), "reverse"),
    ]
    said = decide("ruler", Rule(RULERS, threshold=0.3), faces)
    assert said.abstained
    clash = next(remark for remark in said.remarks if remark.code == "faces_conflict")
    assert (clash.params["side"], clash.params["first"]) == ("obverse", "Vespasian")
    assert (clash.params["other_side"], clash.params["second"]) == ("reverse", "Hadrian")


def test_a_face_in_doubt_contradicts_nobody() -> None:
    assert conflict(RULERS[:2], ("obverse", "reverse"), [[0.95, 0.05], [0.4, 0.6]]) is None
    assert conflict(RULERS[:2], ("obverse", "reverse"), [[0.95, 0.05], [0.9, 0.1]]) is None


def test_the_weights_of_the_sides_are_those_of_the_rule() -> None:
    rule = Rule(RULERS[:2], weights={"obverse": 1.0, "reverse": 0.0})
    faces = [Scores([1.0, 0.0], "obverse"), Scores([0.0, 1.3], "reverse")]
    said = decide("ruler", rule, faces)
    assert said.best is not None
    assert said.best.label == "Vespasian"


def test_a_light_denarius_is_told_in_numbers() -> None:
    rule = Rule(("Denarius", "Aureus"), threshold=0.5)
    said = decide("denomination", rule, [Scores([3.0, 0.0])], Measured(weight=2.1, year=100))
    told = next(remark for remark in said.remarks if remark.code == "weight_outside")
    assert told.params == {"label": "Denarius", "measured": 2.1, "low": 2.6, "high": 3.8}


def test_weight_moves_the_denomination_and_not_the_ruler() -> None:
    names = ("As", "Sestertius")
    weighed = decide("denomination", Rule(names), [Scores([0.2, 0.0])], Measured(weight=25.0))
    assert weighed.best is not None
    assert weighed.best.label == "Sestertius"
    [remark] = [one for one in weighed.remarks if one.code == "scales_say"]
    assert remark.params == {"first": "As", "label": "Sestertius"}
    plain = decide("ruler", Rule(RULERS), [Scores([0.2, 0, 0, 0, 0])], Measured(weight=25.0))
    assert codes(plain) == []


def test_diameter_parts_the_euro_cents() -> None:
    shares, misfits = weigh(("10c", "20c", "50c"), [0.4, 0.35, 0.25], diameter=22.2)
    assert int(np.argmax(shares)) == 1
    assert misfits == []


@given(st.floats(0.01, 500), st.floats(0.01, 200))
def test_scales_never_exclude(weight: float, diameter: float) -> None:
    shares, _misfits = weigh(("As", "Zlot", "2e"), [0.5, 0.3, 0.2], weight, diameter)
    assert shares.sum() == pytest.approx(1.0)
    assert (shares > 0).all()


def test_what_one_may_say_of_a_coin() -> None:
    sure, unsure = Answer((Candidate("a", 0.9),)), Answer((Candidate("a", 0.2),), abstained=True)
    assert state_of({"ruler": unsure, "mint": sure}) == ("suggested", "")
    assert state_of({"ruler": unsure}) == ("abstained", "not_sure")
    assert state_of({"side": sure, "ruler": unsure}) == ("abstained", "not_sure")
    assert state_of({"ruler": sure}, unknown=0.9) == ("abstained", "unknown")
    assert state_of({}) == ("abstained", "not_sure")


def test_a_rule_survives_its_file() -> None:
    rule = Rule(RULERS, 1.3, 0.7, 0.8, {"obverse": 1.0})
    back = json.loads(json.dumps(asdict(rule)))
    assert Rule(**back | {"labels": tuple(back["labels"])}) == rule

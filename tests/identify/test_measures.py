import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from identify import measures

SHARES = [[0.7, 0.2, 0.1], [0.25, 0.4, 0.35], [0.1, 0.2, 0.7], [0.5, 0.4, 0.1]]
TRUTH = [0, 2, 2, 1]
CONFIDENCES = st.lists(st.floats(0, 1), min_size=1, max_size=60)


def test_top_k_finds_the_truth_among_the_first() -> None:
    assert measures.top_k(SHARES, TRUTH, 1) == 0.5
    assert measures.top_k(SHARES, TRUTH, 2) == 1.0


def test_a_tie_counts_against_the_model() -> None:
    assert measures.top_k([[0.5, 0.5]], [0], 1) == 0.0


def test_cross_entropy_of_certainty_is_nothing() -> None:
    assert measures.cross_entropy([[1.0, 0.0]], [0]) == 0.0
    assert measures.cross_entropy([[0.5, 0.5]], [0]) == pytest.approx(math.log(2))


def test_each_class_has_its_own_figures() -> None:
    first, second, third, never = measures.per_class([0, 0, 1, 2], [0, 1, 1, 1], 4)
    assert (first.recall, first.precision, first.support) == (0.5, 1.0, 2)
    assert (second.recall, second.precision) == (1.0, pytest.approx(1 / 3))
    assert (third.recall, third.precision) == (0.0, None)
    assert (never.support, never.recall) == (0, None)


def test_macro_recall_counts_rare_classes_as_much_as_common_ones() -> None:
    assert measures.macro_recall([0] * 9 + [1], [0] * 10, 3) == 0.5


def test_the_worst_confusion_comes_first() -> None:
    found = measures.confusion_pairs([0, 0, 0, 1, 2], [1, 1, 0, 2, 2], 3)
    assert found == [(0, 1, 2), (1, 2, 1)]


def test_calibration_error_is_the_gap_between_said_and_true() -> None:
    assert measures.calibration_error([0.9] * 10, [True] * 9 + [False]) == pytest.approx(0.0)
    assert measures.calibration_error([0.9] * 10, [True] * 5 + [False] * 5) == pytest.approx(0.4)
    assert measures.calibration_error([], []) == 0.0


def test_the_reliability_curve_leaves_empty_bars_out() -> None:
    curve = measures.reliability([0.05, 0.95, 1.0], [False, True, True], bins=10)
    assert [(bar.count, bar.accuracy) for bar in curve] == [(1, 0.0), (2, 1.0)]


def test_coverage_is_what_can_be_answered_at_a_precision() -> None:
    sure, right = [0.9, 0.8, 0.7, 0.6], [True, True, False, True]
    assert measures.coverage_at(sure, right, 1.0) == 0.5
    assert measures.coverage_at(sure, right, 0.75) == 1.0
    assert measures.coverage_at([0.9], [False], 0.95) == 0.0


def test_nothing_is_cut_between_equals() -> None:
    assert measures.coverage_at([0.9, 0.9], [True, False], 1.0) == 0.0


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_a_cut_keeps_its_promise(rows: list[tuple[float, bool]]) -> None:
    sure, right = [row[0] for row in rows], [row[1] for row in rows]
    cut, count = measures.best_cut(sure, right, 0.9)
    said = [correct for confidence, correct in rows if confidence >= cut]
    assert len(said) == count
    assert not said or sum(said) / count >= 0.9 - 1e-6


def test_auroc() -> None:
    assert measures.auroc([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1]) == 1.0
    assert measures.auroc([0.9, 0.1], [0, 1]) == 0.0
    assert measures.auroc([0.5, 0.5, 0.5], [0, 1, 0]) == 0.5


def test_auroc_refuses_one_kind_alone() -> None:
    with pytest.raises(ValueError, match="both kinds"):
        measures.auroc([0.1, 0.2], [1, 1])


@given(CONFIDENCES, st.data())
def test_auroc_is_the_share_of_pairs_in_order(scores: list[float], data: st.DataObject) -> None:
    scores = [*scores, 0.5, 0.5]
    kinds = data.draw(st.lists(st.booleans(), min_size=len(scores), max_size=len(scores)))
    kinds[0], kinds[-1] = True, False
    pairs = [
        (a > b) + (a == b) / 2
        for a, one in zip(scores, kinds, strict=True) if one
        for b, other in zip(scores, kinds, strict=True) if not other
    ]  # fmt: skip
    assert measures.auroc(scores, kinds) == pytest.approx(np.mean(pairs))


def test_wilson_as_printed_in_tables() -> None:
    found = measures.wilson(8, 10)
    assert (round(found.low, 3), round(found.high, 3)) == (0.490, 0.943)
    assert measures.wilson(0, 0) == measures.Interval(0.0, 0.0, 1.0, 0)


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_holds_what_was_seen(successes: int, count: int) -> None:
    found = measures.wilson(min(successes, count), count)
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_bootstrap_holds_the_figure_and_is_the_same_each_time() -> None:
    right = np.array([1.0] * 80 + [0.0] * 20)
    found = measures.bootstrap(lambda column: float(column.mean()), right, rounds=300)
    assert found.low < found.value == 0.8 < found.high
    assert found == measures.bootstrap(lambda column: float(column.mean()), right, rounds=300)


def test_two_faces_of_one_coin_are_not_two_coins() -> None:
    right = np.array([1.0, 1.0, 0.0, 0.0] * 40)
    coins = np.repeat(np.arange(80), 2)
    alone = measures.bootstrap(lambda column: float(column.mean()), right, rounds=2000)
    paired = measures.bootstrap(
        lambda column: float(column.mean()), right, rounds=2000, groups=coins
    )
    assert paired.high - paired.low > 1.2 * (alone.high - alone.low)


def test_mcnemar_tells_luck_from_difference() -> None:
    assert measures.mcnemar([1, 0, 1], [1, 0, 1]) == 1.0
    assert measures.mcnemar([1] * 10, [0] * 10) == pytest.approx(2 / 1024)
    assert measures.mcnemar([1, 1, 0], [0, 1, 1]) == 1.0

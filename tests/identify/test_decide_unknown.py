"""Telling what the model knows from what it has never seen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from identify.decide import energy, fit_unknown, nearest_distance, unknown
from identify.measures import auroc

FIGURE = st.floats(-100, 100)


def test_energy_is_low_where_a_class_is_supported() -> None:
    assert energy([10.0, 0.0]) < energy([0.1, 0.0])
    assert energy([[10.0, 0.0], [0.0, 0.0]]).shape == (2,)
    assert energy([0.0, 0.0]) == pytest.approx(-np.log(2))


def test_energy_of_huge_scores_stays_finite() -> None:
    assert np.isfinite(energy([1e4, -1e4]))


def test_distance_to_the_nearest_known() -> None:
    known = [[1.0, 0.0], [0.0, 2.0]]
    assert nearest_distance([[3.0, 0.0], [-1.0, -1.0], [0.0, 0.0]], known) == pytest.approx(
        [0.0, 1 + np.sqrt(0.5), 1.0]
    )


def drawn() -> tuple[np.ndarray, np.ndarray]:
    """Each figure alone tells something, and both together more."""
    dice = np.random.default_rng(3)
    truth = np.array([0] * 400 + [1] * 60)
    figures = dice.normal(size=(460, 2)) + truth[:, None] * 2.0
    return figures, truth


def test_both_figures_together_tell_more_than_either() -> None:
    figures, truth = drawn()
    rule = fit_unknown(figures, truth)
    together = auroc([unknown(rule, row) for row in figures], truth)
    assert together > 0.95
    assert together > max(auroc(figures[:, 0], truth), auroc(figures[:, 1], truth))


def test_half_lies_between_both_kinds_however_many_there_were() -> None:
    figures, truth = drawn()
    rule = fit_unknown(figures, truth)
    scores = np.array([unknown(rule, row) for row in figures])
    assert abs((scores[truth == 1] > 0.5).mean() - (scores[truth == 0] < 0.5).mean()) < 0.06


def test_kinds_that_part_cleanly_still_give_a_finite_rule() -> None:
    rule = fit_unknown([[0.0], [0.1], [9.0], [9.1]], [0, 0, 1, 1])
    assert np.isfinite(rule.weights).all()
    assert unknown(rule, [0.0]) < 0.1 < 0.9 < unknown(rule, [9.0])


def test_one_kind_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="known and of unknown"):
        fit_unknown([[0.0], [1.0]], [0, 0])


@given(FIGURE, FIGURE)
def test_it_is_a_probability_whatever_comes(first: float, second: float) -> None:
    figures, truth = drawn()
    rule = fit_unknown(figures[::20], truth[::20])
    assert 0.0 <= unknown(rule, [first, second]) <= 1.0

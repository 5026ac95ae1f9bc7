"""How alike, and what that is worth. Nothing but values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.describing import Bounds, Look
from market.looks import MOST_GAIN, favours, gain, likeness, likenesses, reranked
from tests.catalog.describers import look

BOUNDS = Bounds(0.5, 0.9)


def test_the_same_look_is_one_and_its_opposite_minus_one() -> None:
    assert likeness([look(0)], [look(0)]) == pytest.approx(1)
    assert likeness([look(0)], [look(60)]) == pytest.approx(0.5)
    assert likeness([look(0)], [look(180)]) == pytest.approx(-1)


def test_face_by_face() -> None:
    mine = [look(0, "obverse"), look(90, "reverse")]
    theirs = [look(90, "reverse"), look(60, "obverse")]
    assert likeness(mine, theirs) == pytest.approx(0.75)
    # the reverse alone: it is not held against my obverse, although that is no nearer
    assert likeness(mine, [look(0, "reverse")]) == pytest.approx(0, abs=1e-6)


def test_a_face_of_which_nobody_knows_the_side_is_held_against_the_nearer() -> None:
    mine = [look(0, "obverse"), look(90, "reverse")]
    assert likeness(mine, [look(90)]) == pytest.approx(1)
    assert likeness([look(0)], [look(90, "obverse"), look(0, "reverse")]) == pytest.approx(1)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ([], [look(0)]),
        ([look(0)], []),
        ([look(0, "obverse")], [look(0, "reverse")]),
        ([look(0)], [look(0, network="another")]),
        ([look(0)], [Look("fake", look(0).vector * 2)]),
        ([Look("fake", b"")], [Look("fake", b"")]),
    ],
)
def test_what_cannot_be_compared_is_not(mine: list[Look], theirs: list[Look]) -> None:
    assert likeness(mine, theirs) is None
    assert likenesses(mine, {7: theirs}) == {}


def test_no_direction_looks_like_nothing() -> None:
    assert likeness([Look("fake", bytes(8))], [look(0)]) == 0


def test_a_gain_lies_between_any_two_coins_and_one() -> None:
    said = [gain(alike, BOUNDS) for alike in (-1, 0.5, 0.7, 0.9, 1)]
    assert said == pytest.approx([0, 0, 0.5, 1, 1])
    assert gain(1.0, Bounds(1.0, 1.0)) == 0


@given(st.dictionaries(st.integers(1, 20), st.floats(-1, 1)), st.sets(st.integers(1, 20)))
def test_no_weight_changes_by_more_than_a_quarter(
    alike: dict[int, float], pinned: set[int]
) -> None:
    found = favours(alike, pinned, BOUNDS)
    assert all(1 < one <= 1 + MOST_GAIN for one in found.values())
    if found:
        assert all(found[lot] == 1 + MOST_GAIN for lot in pinned)


def test_where_nothing_looks_alike_nothing_happens() -> None:
    assert favours({1: 0.4, 2: -1}, {3}, BOUNDS) == {}
    assert favours({}, {3}, BOUNDS) == {}


def test_a_pin_never_weighs_less_for_a_picture() -> None:
    assert favours({1: 0.95}, {3}, BOUNDS) == {1: 1.25, 3: 1.25}


def test_each_rung_keeps_its_places() -> None:
    ordered = ["a1", "a2", "b1", "a3", "b2"]
    alike = {"a3": 0.9, "b2": 0.8, "a2": 0.95}
    found = reranked(ordered, lambda one: one[0], lambda one: (-alike.get(one, 0.0),))
    assert found == ["a2", "a3", "b2", "a1", "b1"]


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 3))))
def test_nobody_comes_and_nobody_goes(ordered: list[tuple[int, int]]) -> None:
    found = reranked(ordered, lambda one: one[0], lambda one: (one[1],))
    assert sorted(found) == sorted(ordered)
    assert [one[0] for one in found] == [one[0] for one in ordered]
    assert reranked(ordered, lambda one: one[0], lambda one: ()) == ordered

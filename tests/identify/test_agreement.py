"""Kappas against values that are known."""

import pytest

from identify.curation.agreement import cohen, cohen_of, fleiss, fleiss_of, strength

# Fleiss, Psychological Bulletin 76 (1971): fourteen raters, ten subjects, five classes, as it is taught
TAUGHT = [
    (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
]  # fmt: skip


def pairs(both_yes: int, first_only: int, second_only: int, both_no: int) -> list[tuple[str, str]]:
    return (
        [("yes", "yes")] * both_yes + [("yes", "no")] * first_only
        + [("no", "yes")] * second_only + [("no", "no")] * both_no
    )  # fmt: skip


def counts(*row: int) -> dict[str, int]:
    return {f"class {at}": n for at, n in enumerate(row) if n}


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        ((20, 5, 10, 15), 0.4),
        ((45, 15, 25, 15), 0.1304),
        ((25, 35, 5, 35), 0.2593),
        ((10, 0, 0, 10), 1.0),
        ((0, 10, 10, 0), -1.0),
    ],
)
def test_cohens_kappa(table, kappa):
    assert cohen(pairs(*table)) == pytest.approx(kappa, abs=5e-5)
    assert cohen_of("yes", pairs(*table)) == pytest.approx(kappa, abs=5e-5)


def test_fleiss_kappa():
    assert fleiss([counts(*row) for row in TAUGHT]) == pytest.approx(0.210, abs=5e-4)


def test_with_two_classes_each_is_as_good_as_both():
    items = [counts(3, 0), counts(2, 1), counts(0, 3), counts(1, 2)]
    both = fleiss(items)
    assert fleiss_of("class 0", items) == pytest.approx(both)
    assert fleiss_of("class 1", items) == pytest.approx(both)


def test_a_class_nobody_doubts_stands_above_one_that_is_mixed_up():
    items = [counts(2, 0, 0)] * 5 + [counts(0, 1, 1)] * 3 + [counts(0, 2, 0), counts(0, 0, 2)]
    assert fleiss_of("class 0", items) == pytest.approx(1.0)
    assert fleiss_of("class 1", items) < 0.3


def test_who_was_alone_says_nothing_of_agreement():
    items = [counts(*row) for row in TAUGHT]
    assert fleiss([*items, {"class 0": 1}]) == fleiss(items)
    assert fleiss([{"class 0": 1}]) is None


def test_people_may_be_of_different_number():
    assert fleiss([{"a": 2}, {"a": 5}, {"b": 3}]) == pytest.approx(1.0)


def test_where_all_say_one_thing_there_is_nothing_to_measure():
    assert cohen([("a", "a")] * 9) is None
    assert cohen([]) is None
    assert fleiss([{"a": 3}, {"a": 2}]) is None
    assert fleiss_of("never", [{"a": 1, "b": 1}]) is None


@pytest.mark.parametrize(
    ("kappa", "words"),
    [(None, ""), (-0.1, "poor"), (0.2, "slight"), (0.5, "moderate"), (0.81, "almost_perfect")],
)
def test_in_words(kappa, words):
    assert strength(kappa) == words

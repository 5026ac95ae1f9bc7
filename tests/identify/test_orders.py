"""In which order a curator is asked."""

from functools import partial

import numpy as np
import pytest

from identify.curation.consensus import Vote
from identify.curation.orders import ORDERS, Item, k_centre, slipped
from identify.labels import ancestors

RULERS = partial(ancestors, "ruler")


def item(photo, said=(), *votes, vector=None):
    return Item(photo, tuple(said), tuple(Vote(vote) for vote in votes), vector)


def asked(order, *items):
    return [one.photo for one in ORDERS[order](items, RULERS)]


def test_uncertainty_is_how_near_the_second_is():
    assert asked(
        "uncertain",
        item(1, [("Titus", 0.9), ("Nero", 0.05)]),
        item(2, [("Titus", 0.5), ("Nero", 0.48)]),
        item(3, [("Titus", 0.3), ("Nero", 0.1)]),
        item(4),
        item(5, [("Titus", 0.1)]),
    ) == [2, 5, 3, 1]


def test_the_model_against_people_where_it_is_surest():
    assert asked(
        "model",
        item(1, [("Titus", 0.6)], "Nero"),
        item(2, [("Titus", 0.9)], "Nero"),
        item(3, [("Titus", 0.9)], "titus"),
        item(4, [("Titus", 0.9)], "flavian"),
        item(5, [("Titus", 0.9)]),
        item(6, [], "Nero"),
    ) == [2, 1]


def test_people_against_people_the_most_divided_first():
    assert asked(
        "people",
        item(1, [], "Titus", "Titus", "Titus", "Nero"),
        item(2, [], "Titus", "Nero"),
        item(3, [], "Titus", "Titus"),
        item(4, [], "Titus"),
    ) == [2, 1]


def test_rare_classes_first():
    assert asked(
        "rare",
        item(1, [("Titus", 0.6)]), item(2, [("Titus", 0.6)]), item(3, [("Otho", 0.6)]),
        item(4, [("Titus", 0.6)], "Galba"), item(5),
    ) == [3, 4, 1, 2]  # fmt: skip


def test_a_second_opinion_is_asked_where_one_has_spoken():
    assert asked(
        "second",
        item(1, [("Titus", 0.9)], "Titus"), item(2, [("Titus", 0.4)], "Titus"),
        item(3, [("Titus", 0.1)]), item(4, [("Titus", 0.1)], "Titus", "Nero"),
    ) == [2, 1]  # fmt: skip


def test_diversity_begins_farthest_from_what_is_known():
    corners = {1: (1, 0, 0), 2: (0.99, 0.1, 0), 3: (0, 1, 0), 4: (0, 0.9, 0.3), 5: (0, 0, 1)}
    items = [
        item(photo, (), *(["Titus"] if photo == 1 else []), vector=np.array(point, np.float32))
        for photo, point in corners.items()
    ]
    order = asked("diverse", *items, item(6))
    assert set(order[:2]) == {3, 5}
    assert order[-1] == 1  # has a word already
    assert 6 not in order  # nobody has looked at it


def test_k_centre_never_chooses_twice_and_stops_at_the_end():
    vectors = [np.array([1, 0], np.float32)] * 3 + [np.array([0, 1], np.float32)]
    assert sorted(k_centre(vectors, [0], 10)) == [1, 2, 3]
    assert k_centre(vectors, [0], 1) == [3]


@pytest.mark.parametrize("order", sorted(ORDERS))
def test_nothing_is_asked_of_nothing(order):
    assert asked(order) == []


@pytest.mark.parametrize(
    ("answered", "queue"), [(0, [1, 2, 9]), (6, [1, 2, 9]), (7, [9, 1, 2]), (15, [9, 1, 2])]
)
def test_every_eighth_is_one_whose_answer_is_known(answered, queue):
    assert slipped([1, 2, 9], [9, 8], answered) == queue


def test_without_gold_nothing_is_slipped_in():
    assert slipped([1, 2], [], 7) == [1, 2]

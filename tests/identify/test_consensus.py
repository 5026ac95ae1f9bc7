"""What several people say, as one word or none."""

from functools import partial

import pytest

from identify.curation.consensus import Vote, consensus, disputed
from identify.labels import ancestors

RULERS = partial(ancestors, "ruler")


def votes(*values: str) -> list[Vote]:
    return [Vote(value) for value in values]


@pytest.mark.parametrize(
    ("said", "agreed"),
    [
        ([], ""),
        (["10c"], "10c"),
        (["10c", "20c"], ""),
        (["10c", "10c", "20c"], "10c"),
        (["10c", "10c", "20c", "20c", "10c"], ""),
        (["10c", "10c", "10c", "20c", "10c"], "10c"),
    ],
)
def test_two_thirds_must_agree(said, agreed):
    assert consensus(votes(*said)) == agreed


def test_a_word_accepted_unread_does_not_hold_up_one_that_was_typed():
    assert consensus([Vote("10c"), Vote("20c", weight=0.3)]) == "10c"


def test_a_coarser_word_does_not_disagree_with_a_finer_one():
    said = votes("Titus", "flavian")
    assert consensus(said, RULERS) == "Titus"
    assert not disputed(said, RULERS)


def test_unless_it_was_said_to_the_finer_ones_face():
    said = [Vote("Titus"), Vote("flavian", denies="Titus")]
    assert consensus(said, RULERS) == "flavian"
    assert disputed(said, RULERS)


def test_those_who_differ_may_agree_on_the_dynasty():
    assert consensus(votes("Titus", "Vespasian"), RULERS) == "flavian"
    assert consensus(votes("Titus", "Trajan"), RULERS) == "principate"
    assert consensus(votes("Titus", "Probus"), RULERS) == ""


def test_spelling_is_no_disagreement():
    assert consensus(votes("Antoninus Pius", "antoninus_pius")) == "Antoninus Pius"


def test_a_minority_that_lost_still_disputes():
    assert disputed(votes("10c", "10c", "20c"))
    assert not disputed(votes("10c", "10c"))

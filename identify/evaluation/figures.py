"""Figures with their intervals and goals. Pure: outcomes in, figures out."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein

from identify import measures
from identify.evaluation.asking import Asked, Outcome
from identify.lexicon import letters, normalised
from identify.measures import Interval

ROUNDS = 500  # of drawing again, for an interval


@dataclass(frozen=True)
class Figure:
    """One line of the table. Without an interval it was not measured, and `note` says why."""

    name: str
    found: Interval | None = None
    goal: float | None = None
    at_most: bool = False  # an error: less is better
    unit: str = ""  # empty: a share
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        if self.found is None or self.goal is None:
            return None
        value = round(self.found.value, 4)
        return value <= self.goal if self.at_most else value >= self.goal

    @property
    def verdict(self) -> str:
        if self.goal is None:
            return ""
        return {True: "met", False: "missed", None: "not measured"}[self.is_met]

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"met": self.is_met}


def missing(name: str, goal: float | None, why: str, at_most: bool = False) -> Figure:
    return Figure(name, None, goal, at_most, note=why)


def share(name: str, hits: Sequence[bool], goal: float | None, note: str = "") -> Figure:
    return Figure(name, measures.wilson(sum(hits), len(hits)), goal, note=note)


def top(name: str, found: Sequence[Outcome], k: int, goal: float | None, note: str = "") -> Figure:
    return share(name, [one.truth in one.ranked[:k] for one in found], goal, note)


def by_group(name: str, found: Sequence[Outcome], goal: float | None, note: str = "") -> Figure:
    """Photos of few coins or of one table: the interval draws those again, not the photos."""
    right = np.array([one.right for one in found], float)
    interval = drawn(lambda hits: float(hits.mean()), found, right)
    return Figure(name, interval, goal, note=note)


def macro(name: str, found: Sequence[Outcome], goal: float | None) -> Figure:
    truths, said, labels = numbered(found)
    interval = drawn(
        lambda truth, answer: measures.macro_recall(truth, answer, len(labels)), found, truths, said
    )
    rare = sum(count < 5 for count in Counter(one.truth for one in found).values())
    note = f"{rare} of the classes have fewer than five specimens here" if rare else ""
    return Figure(name, interval, goal, note=note)


def drawn(
    statistic: Callable[..., float], found: Sequence[Outcome], *columns: Any
) -> Interval | None:
    """Specimen by specimen: both faces of a coin are drawn together."""
    if not found:
        return None
    groups = [f"{one.question.set}:{one.question.group}" for one in found]
    return measures.bootstrap(statistic, *columns, rounds=ROUNDS, groups=groups)


def numbered(found: Sequence[Outcome]) -> tuple[list[int], list[int], list[str]]:
    """Truth and answer as numbers; the last class is "nothing said"."""
    labels = sorted({one.truth for one in found} | {one.said for one in found if one.said})
    places = {label: at for at, label in enumerate([*labels, ""])}
    return [places[one.truth] for one in found], [places[one.said] for one in found], [*labels, ""]


# --- calibration -------------------------------------------------------------------------
def calibration(name: str, found: Sequence[Outcome], goal: float) -> Figure:
    """A few specimens always look badly calibrated: a bin of three cannot be right 0.9 times."""
    said = [one for one in found if one.ranked]
    if not said:
        return missing(name, goal, "no model", at_most=True)
    interval = drawn(
        measures.calibration_error,
        said,
        [one.confidence for one in said],
        [float(one.right) for one in said],
    )
    return Figure(name, interval, goal, at_most=True)


# --- what it does not know ---------------------------------------------------------------
def told_apart(
    name: str, known: Sequence[Asked], strangers: Sequence[Asked], goal: float | None, note: str
) -> Figure:
    if not known or not strangers:
        return missing(name, goal, "nothing to measure it on")
    both = [*known, *strangers]
    scores = np.array([one.opinion.unknown for one in both])
    strange = np.array([0] * len(known) + [1] * len(strangers))
    groups = [f"{one.question.set}:{one.question.group}" for one in both]

    def area(score: Any, is_strange: Any) -> float:
        one_kind = is_strange.all() or not is_strange.any()
        return 0.5 if one_kind else measures.auroc(score, is_strange)

    interval = measures.bootstrap(area, scores, strange, rounds=ROUNDS, groups=groups)
    counted = f"{len(strangers)} strangers and {len(known)} known coins"
    return Figure(name, interval, goal, note=f"{counted}; {note}" if note else counted)


def still_answers(
    name: str, known: Sequence[Outcome], doubts: Sequence[float], strangers: Sequence[Asked],
    field: str, precision: float, goal: float | None, note: str,
) -> Figure:  # fmt: skip
    """The share of known coins that is answered when everything said of known coins and strangers together
    is right this often. What is ranked: the confidence, times how little strange the coin looks."""
    if not known or not strangers:
        return missing(name, goal, "nothing to measure it on")
    ours = [one.confidence * (1 - doubt) for one, doubt in zip(known, doubts, strict=True)]
    theirs = [confidence_of(one, field) * (1 - one.opinion.unknown) for one in strangers]
    right = [float(one.right) for one in known] + [0.0] * len(strangers)
    cut, _count = measures.best_cut([*ours, *theirs], right, precision)
    return share(name, [value >= cut for value in ours], goal, note)


def confidence_of(asked: Asked, field: str) -> float:
    answer = asked.opinion.fields.get(field)
    return answer.best.confidence if answer and answer.best else 0.0


# --- letters -----------------------------------------------------------------------------
def character_error(
    name: str, found: Sequence[Outcome], goal: float | None, note: str, spaces: bool = True
) -> Figure:
    """Signs to be changed, put in or taken out, as a part of those that stand there."""
    plain = normalised if spaces else letters
    wrong = [Levenshtein.distance(plain(one.read), plain(one.truth)) for one in found]
    long = [len(plain(one.truth)) for one in found]
    interval = drawn(lambda a, b: float(a.sum() / max(1, b.sum())), found, wrong, long)
    return Figure(name, interval, goal, at_most=True, note=note)


def single_spaced(one: Outcome) -> Outcome:
    """A reference writes three spaces where it parts words by a dash; that is no other legend."""
    ranked = tuple(normalised(label) for label in one.ranked)
    return replace(one, truth=normalised(one.truth), ranked=ranked)


# --- what is looked into -----------------------------------------------------------------
def classes(found: Sequence[Outcome]) -> list[dict[str, Any]]:
    truths, said, labels = numbered(found)
    told = measures.per_class(truths, said, len(labels))
    return [
        {"label": label, "support": one.support, "recall": one.recall, "precision": one.precision}
        for label, one in zip(labels, told, strict=True)
        if one.support
    ]


def worst(found: Sequence[Outcome], most: int = 10) -> list[tuple[str, str, int]]:
    truths, said, labels = numbered(found)
    pairs = measures.confusion_pairs(truths, said, len(labels), most)
    return [(labels[truth], labels[answer], count) for truth, answer, count in pairs]

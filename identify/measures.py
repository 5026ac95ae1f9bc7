"""How good a model is, in figures. NumPy only: values in, values out.

`probabilities` has a row per coin and a column per class; `targets` and `predicted` are columns."""

from collections.abc import Callable
from dataclasses import dataclass
from math import comb, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Z95 = 1.959964  # two-sided 95 % of a normal distribution


@dataclass(frozen=True)
class Interval:
    value: float
    low: float
    high: float
    count: int


@dataclass(frozen=True)
class ClassFigures:
    support: int
    recall: float | None  # None: nothing to measure it on
    precision: float | None  # None: never said


@dataclass(frozen=True)
class Bin:
    """One bar of a reliability curve."""

    confidence: float
    accuracy: float
    count: int


def floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)


def top_k(probabilities: ArrayLike, targets: ArrayLike, k: int = 1) -> float:
    """How often the truth is among the first k. A tie counts against the model."""
    table, truth = floats(probabilities), np.asarray(targets, dtype=int)
    own = table[np.arange(len(truth)), truth]
    rivals = (table >= own[:, None]).sum(axis=1)  # counts the truth itself once
    return float((rivals <= k).mean())


def cross_entropy(probabilities: ArrayLike, targets: ArrayLike) -> float:
    table, truth = floats(probabilities), np.asarray(targets, dtype=int)
    return float(-np.log(np.maximum(table[np.arange(len(truth)), truth], 1e-12)).mean())


def confusion(targets: ArrayLike, predicted: ArrayLike, classes: int) -> NDArray[np.int64]:
    """Rows are the truth, columns what was said."""
    table = np.zeros((classes, classes), dtype=np.int64)
    np.add.at(table, (np.asarray(targets, dtype=int), np.asarray(predicted, dtype=int)), 1)
    return table


def per_class(targets: ArrayLike, predicted: ArrayLike, classes: int) -> list[ClassFigures]:
    table = confusion(targets, predicted, classes)
    support, said, right = table.sum(axis=1), table.sum(axis=0), table.diagonal()
    return [
        ClassFigures(
            support=int(support[i]),
            recall=float(right[i] / support[i]) if support[i] else None,
            precision=float(right[i] / said[i]) if said[i] else None,
        )
        for i in range(classes)
    ]


def macro_recall(targets: ArrayLike, predicted: ArrayLike, classes: int) -> float:
    """The mean over the classes that occur: a rare ruler counts as much as a common one."""
    recalls = [figures.recall for figures in per_class(targets, predicted, classes)]
    return float(np.mean([recall for recall in recalls if recall is not None]))


def confusion_pairs(
    targets: ArrayLike, predicted: ArrayLike, classes: int, most: int = 10
) -> list[tuple[int, int, int]]:
    """The worst mistakes as (truth, said, how often), most frequent first."""
    table = confusion(targets, predicted, classes)
    np.fill_diagonal(table, 0)
    order = np.argsort(-table, axis=None, kind="stable")[:most]
    rows, columns = np.unravel_index(order, table.shape)
    found = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(row, column, int(table[row, column])) for row, column in found if table[row, column]]


def reliability(confidences: ArrayLike, correct: ArrayLike, bins: int = 15) -> list[Bin]:
    """Bins of equal width; those that nothing fell into are left out."""
    sure, right = floats(confidences), floats(correct)
    where = np.minimum((sure * bins).astype(int), bins - 1)
    members = [where == number for number in range(bins)]
    return [
        Bin(float(sure[member].mean()), float(right[member].mean()), int(member.sum()))
        for member in members
        if member.any()
    ]


def calibration_error(confidences: ArrayLike, correct: ArrayLike, bins: int = 15) -> float:
    """Expected calibration error: how far what is said lies from what comes true."""
    curve = reliability(confidences, correct, bins)
    total = sum(bar.count for bar in curve)
    return sum(abs(bar.confidence - bar.accuracy) * bar.count for bar in curve) / max(total, 1)


def best_cut(confidences: ArrayLike, correct: ArrayLike, precision: float) -> tuple[float, int]:
    """The lowest confidence from which on answers are right this often, and how many those are.
    Nothing is cut between equals: whoever says 0.9 twice is believed twice or not at all."""
    order = np.argsort(-floats(confidences), kind="stable")
    sure, right = floats(confidences)[order], floats(correct)[order]
    counts = np.arange(1, len(sure) + 1)
    is_last_of_its_kind = np.append(sure[1:] != sure[:-1], True)[: len(sure)]
    # 19 of 20 is 0.95 for a person, and 0.9500000000000001 for floats
    good = (np.cumsum(right) / counts >= precision - 1e-9) & is_last_of_its_kind
    if not good.any():
        return float("inf"), 0
    last = int(np.flatnonzero(good)[-1])
    return float(sure[last]), last + 1


def coverage_at(confidences: ArrayLike, correct: ArrayLike, precision: float) -> float:
    """The share that can be answered while this share of the answers is right."""
    return best_cut(confidences, correct, precision)[1] / max(len(floats(confidences)), 1)


def auroc(scores: ArrayLike, positive: ArrayLike) -> float:
    """How often one that is gets a higher score than one that is not; ties count half."""
    values, is_positive = floats(scores), np.asarray(positive, dtype=bool)
    ones, others = int(is_positive.sum()), int((~is_positive).sum())
    if not ones or not others:
        raise ValueError("AUROC needs both kinds, those that are and those that are not.")
    _unique, where, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[where]  # equals share their mean rank
    return float((ranks[is_positive].sum() - ones * (ones + 1) / 2) / (ones * others))


def wilson(successes: int, count: int, z: float = Z95) -> Interval:
    """An interval that is honest near 0 and 1, and for few."""
    if not count:
        return Interval(0.0, 0.0, 1.0, 0)
    share, square = successes / count, z * z
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = z * sqrt(share * (1 - share) / count + square / (4 * count * count))
    half /= 1 + square / count
    return Interval(
        share, max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)), count
    )


def bootstrap(
    statistic: Callable[..., float],
    *columns: ArrayLike,
    rounds: int = 1000,
    seed: int = 0,
    groups: ArrayLike | None = None,
) -> Interval:
    """A 95 % interval of any figure, by drawing again. `groups`: both faces of a coin are drawn
    together, or one coin would count as two."""
    tables = [np.asarray(column) for column in columns]
    count = len(tables[0])
    of = np.arange(count) if groups is None else np.unique(groups, return_inverse=True)[1]
    members = np.split(np.argsort(of, kind="stable"), np.cumsum(np.bincount(of))[:-1])
    dice = np.random.default_rng(seed)
    values = []
    for _round in range(rounds):
        drawn = dice.integers(len(members), size=len(members))
        rows = np.concatenate([members[number] for number in drawn])
        values.append(statistic(*(table[rows] for table in tables)))
    low, high = np.quantile(values, [0.025, 0.975])
    return Interval(float(statistic(*tables)), float(low), float(high), count)


def mcnemar(correct_a: ArrayLike, correct_b: ArrayLike) -> float:
    """The probability that two equally good models differ as much on the same coins (exact)."""
    a, b = np.asarray(correct_a, dtype=bool), np.asarray(correct_b, dtype=bool)
    only_a, only_b = int((a & ~b).sum()), int((b & ~a).sum())
    count, fewer = only_a + only_b, min(only_a, only_b)
    tail = sum(comb(count, k) for k in range(fewer + 1)) / 2**count
    return min(1.0, 2 * tail)

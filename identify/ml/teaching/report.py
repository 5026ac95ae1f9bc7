"""How good a taught network is, in figures that JSON can hold. NumPy only: answers in, figures out."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify import measures
from identify.measures import Interval

ROUNDS = 500  # of drawing again, for an interval
MOST_PHOTOS = 6  # of one confusion
MOST_CONFUSIONS = 20


@dataclass(frozen=True)
class Answers:
    """What was said of examined photos. `probabilities` has a row for each photo, a column for each label."""

    labels: Sequence[str]
    paths: Sequence[str]
    groups: Sequence[str]
    truth: NDArray[np.int64]
    probabilities: NDArray[np.floating[Any]]
    unknown: Sequence[float] = ()  # of these photos
    strangers: Sequence[float] = ()  # of photos of classes that were not taught
    times: dict[str, float] = field(default_factory=dict)  # seconds, images_per_second

    @property
    def said(self) -> NDArray[np.int64]:
        return np.asarray(self.probabilities.argmax(1))


def report(answers: Answers) -> dict[str, Any]:
    count, classes = len(answers.truth), len(answers.labels)
    if not count:
        return {"count": 0, "classes": classes, **answers.times}
    truth, said, table = answers.truth, answers.said, answers.probabilities
    sure, right = table.max(1), (said == truth).astype(float)
    return {
        "count": count,
        "classes": classes,
        "labels": list(answers.labels),
        **{f"top{k}": asdict(_top(answers, k)) for k in (1, 3, 5) if k == 1 or k < classes},
        "macro_recall": asdict(
            measures.bootstrap(
                lambda t, s: measures.macro_recall(t, s, classes),
                truth, said, rounds=ROUNDS, groups=list(answers.groups),
            )
        ),
        "cross_entropy": measures.cross_entropy(table, truth),
        "calibration_error": measures.calibration_error(sure, right),
        "reliability": [asdict(one) for one in measures.reliability(sure, right)],
        "coverage_95": measures.coverage_at(sure, right, 0.95),
        "coverage_99": measures.coverage_at(sure, right, 0.99),
        "unknown_auroc": _told_apart(answers),
        "per_class": _per_class(answers),
        "confusion": _cells(truth, said, classes),
        "confusions": _worst(answers),
        "answers": [
            {
                "path": path, "group": group, "truth": answers.labels[t],
                "said": answers.labels[s], "confidence": round(float(c), 4),
            }
            for path, group, t, s, c in zip(
                answers.paths, answers.groups, truth, said, sure, strict=True
            )
        ],
        **answers.times,
    }  # fmt: skip


def _top(answers: Answers, k: int) -> Interval:
    """Ties are broken by the order of labels, as an answer's are."""
    ranked = np.argsort(-answers.probabilities, axis=1, kind="stable")[:, :k]
    hits = int((ranked == answers.truth[:, None]).any(axis=1).sum())
    return measures.wilson(hits, len(answers.truth))


def _told_apart(answers: Answers) -> float | None:
    if not len(answers.unknown) or not len(answers.strangers):
        return None
    scores = [*answers.unknown, *answers.strangers]
    return measures.auroc(scores, [0] * len(answers.unknown) + [1] * len(answers.strangers))


def _per_class(answers: Answers) -> list[dict[str, Any]]:
    table = measures.confusion(answers.truth, answers.said, len(answers.labels))
    told = []
    for at, label in enumerate(answers.labels):
        right, support, said = (
            int(one) for one in (table[at, at], table[at].sum(), table[:, at].sum())
        )
        told.append(
            {
                "label": label,
                "support": support,
                "recall": asdict(measures.wilson(right, support)) if support else None,
                "precision": asdict(measures.wilson(right, said)) if said else None,
            }
        )
    return told


def _cells(truth: Any, said: Any, classes: int) -> list[list[int]]:
    """[truth, said, how often], without the empty ones: 211 classes would fill a page with zeros."""
    table = measures.confusion(truth, said, classes)
    return [[int(row), int(column), int(table[row, column])] for row, column in np.argwhere(table)]


def _worst(answers: Answers) -> list[dict[str, Any]]:
    photos: dict[tuple[int, int], list[str]] = defaultdict(list)
    for path, truth, said in zip(answers.paths, answers.truth, answers.said, strict=True):
        photos[int(truth), int(said)].append(path)
    pairs = measures.confusion_pairs(
        answers.truth, answers.said, len(answers.labels), MOST_CONFUSIONS
    )
    return [
        {
            "truth": answers.labels[truth], "said": answers.labels[said], "count": count,
            "photos": photos[truth, said][:MOST_PHOTOS],
        }
        for truth, said, count in pairs
    ]  # fmt: skip


def compare(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Two reports on the photos that both were examined on: is the difference more than chance?"""
    theirs = {answer["path"]: answer for answer in other.get("answers", [])}
    both = [
        (answer, theirs[answer["path"]])
        for answer in one.get("answers", [])
        if answer["path"] in theirs
    ]
    if not both:
        return {"common": 0}
    first = np.array([a["said"] == a["truth"] for a, _ in both], float)
    second = np.array([b["said"] == b["truth"] for _, b in both], float)
    groups = [a["group"] for a, _ in both]
    difference = measures.bootstrap(
        lambda a, b: float(b.mean() - a.mean()), first, second, rounds=ROUNDS, groups=groups
    )
    return {
        "common": len(both),
        "top1": [float(first.mean()), float(second.mean())],
        "only_first_right": int(((first == 1) & (second == 0)).sum()),
        "only_second_right": int(((first == 0) & (second == 1)).sum()),
        "mcnemar": measures.mcnemar(first, second),
        "difference": asdict(difference),
    }

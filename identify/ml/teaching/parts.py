"""The photos of one run: what is learnt from, what chooses, what judges."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.refusals import gettext_noop as _
from identify.ml.package import sha256_of
from identify.ml.teaching.examples import Example
from identify.ml.teaching.plan import Plan
from identify.ml.teaching.refusals import TeachingRefused
from identify.ml.teaching.splitting import split

ENOUGH = 60  # examined photos; with fewer, the same ones choose and judge, and the report says so


@dataclass(frozen=True)
class Parts:
    taught: list[Example]
    validation: list[Example]  # chooses the epoch, the temperature and the threshold
    test: list[Example]  # is looked at once, at the end
    labels: list[str]

    @property
    def chosen_on_the_same(self) -> bool:
        return bool(self.test) and self.validation == self.test

    def truth(self, examples: Sequence[Example]) -> NDArray[np.int64]:
        places = {label: at for at, label in enumerate(self.labels)}
        return np.array([places[one.label] for one in examples], np.int64)


def parts_of(plan: Plan, examples: Sequence[Example], judged_by: Sequence[Example] | None) -> Parts:
    """`judged_by` was kept aside by the caller; of the others some still choose, unless the plan has none."""
    if plan.held_out or judged_by is None:
        taught, kept = split(examples, plan.held_out, plan.seed)
    else:
        taught, kept = list(examples), []
    labels = sorted({one.label for one in taught})
    _check(plan, labels, kept)
    known = set(labels)
    kept = [one for one in kept if one.label in known]
    if judged_by is not None:
        return Parts(taught, kept, [one for one in judged_by if one.label in known], labels)
    if len(kept) < max(ENOUGH, 2 * len(labels)):
        return Parts(taught, kept, kept, labels)
    validation, test = split(kept, 0.5, plan.seed)
    return Parts(taught, validation, test, labels)


def _check(plan: Plan, labels: Sequence[str], kept: Sequence[Example]) -> None:
    if len(labels) < 2:
        raise TeachingRefused(
            "too_few_classes", _("To learn a difference takes photos of two classes at least.")
        )
    if plan.held_out and not kept:
        raise TeachingRefused(
            "nothing_to_judge",
            _("No class has photos of two coins: one to learn from and one to judge by."),
        )


def lesson_of(plan: Plan, parts: Parts) -> str:
    """Changes with the plan and with the photos, not with where they lie."""
    told = json.dumps(plan.lesson, sort_keys=True) + data_hash(parts)
    return hashlib.sha256(told.encode()).hexdigest()


def data_hash(parts: Parts) -> str:
    digest = hashlib.sha256()
    for name in ("taught", "validation", "test"):
        for one in getattr(parts, name):
            content = _content(one.path, one.path.stat().st_mtime_ns)
            digest.update(f"{name}|{content}|{one.label}|{one.weight}\n".encode())
    return digest.hexdigest()


@lru_cache(maxsize=50_000)
def _content(path: Path, _changed: int) -> str:
    return sha256_of(path)


def balance(examples: Sequence[Example]) -> NDArray[np.float64]:
    """What each photo counts: rare classes more than their share, by its square root."""
    counts = Counter(one.label for one in examples)
    found = np.array([one.weight / np.sqrt(counts[one.label]) for one in examples])
    return np.asarray(found / found.mean())

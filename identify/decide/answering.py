"""What is said of one field, once its probabilities are known."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from identify import hints, labels
from identify.measures import floats
from identify.values import Answer, Candidate, Remark

TOGETHER = 0.9  # two leaders hold nearly all there is
AT_LEAST = 0.2  # and the second is no mere shadow


def answer(
    field: str,
    names: Sequence[str],
    probabilities: ArrayLike,
    threshold: float,
    parent_threshold: float | None = None,
    top: int = 5,
    remarks: Sequence[Remark] = (),
) -> Answer:
    """The best few. Where the first is not sure enough, its family may still be: "a Flavian, I
    cannot say which"."""
    shares = floats(probabilities)
    order = np.argsort(-shares, kind="stable")
    ranked = tuple(Candidate(names[i], float(shares[i])) for i in order[:top])
    abstained = not ranked or ranked[0].confidence < threshold
    wanted = threshold if parent_threshold is None else parent_threshold
    said = [*remarks, *one_of_two(ranked)]
    parent = back_off(field, names, shares, wanted) if abstained else None
    return Answer(ranked, abstained=abstained, parent=parent, remarks=tuple(said))


def back_off(
    field: str, names: Sequence[str], probabilities: ArrayLike, threshold: float
) -> Candidate | None:
    """The nearest common name of the likely ones that is sure enough: dynasty before period."""
    shares = floats(probabilities)
    above = [labels.ancestors(field, name) for name in names]
    mass: dict[str, float] = {}
    members: dict[str, int] = {}
    for line, share in zip(above, shares.tolist(), strict=True):
        for parent in line:
            mass[parent] = mass.get(parent, 0.0) + share
            members[parent] = members.get(parent, 0) + 1
    # a family of one says no less than its member
    line = above[int(np.argmax(shares))] if len(shares) else ()
    sure = (parent for parent in line if members[parent] > 1 and mass[parent] >= threshold)
    found = next(sure, None)
    return Candidate(found, min(1.0, mass[found])) if found else None


def one_of_two(ranked: Sequence[Candidate]) -> list[Remark]:
    """Two leaders, and how to tell them apart where we know."""
    if len(ranked) < 2:
        return []
    first, second = ranked[:2]
    if second.confidence < AT_LEAST or first.confidence + second.confidence < TOGETHER:
        return []
    pair = {"first": first.label, "second": second.label}
    return [Remark("one_of_two", pair | {"look": hints.code_of(first.label, second.label)})]

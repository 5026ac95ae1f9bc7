"""One field of one coin, from scores to an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from numpy.typing import ArrayLike

from identify.decide.answering import answer
from identify.decide.calibrating import NEVER, softmax
from identify.decide.faces import conflict, fuse
from identify.decide.plausible import overtaken, weigh
from identify.values import Answer, Measured, Remark, State

WEIGHED = frozenset({"denomination", "face_value", "us_denomination"})  # have a usual weight


@dataclass(frozen=True)
class Rule:
    """What validation taught of one field; it lies beside the weights of its model."""

    labels: tuple[str, ...]
    temperature: float = 1.0
    threshold: float = 0.5
    parent_threshold: float | None = None
    weights: Mapping[str, float] = field(default_factory=dict)  # of a side when there are two


@dataclass(frozen=True)
class Scores:
    """What the network says of one face."""

    logits: ArrayLike
    side: str = ""


def decide(
    name: str,
    rule: Rule,
    faces: Sequence[Scores],
    measured: Measured | None = None,
    top: int = 5,
) -> Answer:
    """Faces that contradict each other make it an abstention: both names are shown, and why."""
    if not faces:
        return Answer((), abstained=True)
    shares = [softmax(face.logits, rule.temperature) for face in faces]
    sides = [face.side for face in faces]
    clash = conflict(rule.labels, sides, shares)
    together = shares[0]
    if len(shares) > 1:
        together = fuse(shares, [rule.weights.get(side, 1.0) for side in sides])
    remarks: list[Remark] = [clash] if clash else []
    if measured and name in WEIGHED:
        looks = together
        together, misfits = weigh(
            rule.labels, looks, measured.weight, measured.diameter, measured.year
        )
        remarks += [*overtaken(rule.labels, looks, together), *misfits]
    threshold = NEVER if clash else rule.threshold
    return answer(
        name,
        rule.labels,
        together,
        threshold,
        rule.parent_threshold or rule.threshold,
        top,
        remarks,
    )


def state_of(
    fields: Mapping[str, Answer], unknown: float = 0.0, limit: float = 0.5
) -> tuple[State, str]:
    """Something was said: suggested. Else abstained, and why."""
    if unknown >= limit:
        return "abstained", "unknown"
    said = (
        one for name, one in fields.items() if name != "side"
    )  # the side alone identifies nothing
    if any(one.candidates and not one.abstained for one in said):
        return "suggested", ""
    return "abstained", "not_sure"

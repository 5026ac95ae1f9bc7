"""What a face looks like and what is written around it, joined to one answer: a reading re-ranks, it never
overrules silently."""

import math
from collections.abc import Mapping
from dataclasses import replace

from identify.values import Answer, Candidate, Remark

# How much a reading counts beside the picture. Tetrarchs look alike and are told by their names; the small
# photos of early coins are read badly, and their portraits differ
WEIGHTS = {"tetrarchs": 1.5, "roman_imperial": 0.5}
FAINTEST = 0.02  # a misread name excludes nobody
SURE = {"tetrarchs": 0.8}
OPPOSED = 0.6  # the reading is this sure of somebody else


def with_legend(scope: str, looks: Answer, names: Mapping[str, float]) -> Answer:
    """`names` are the rulers whom the legend may mean, with their shares."""
    if not looks.candidates or not names:
        return looks
    weight, total = WEIGHTS[scope], sum(names.values())
    raised = {
        one.label: math.log(max(one.confidence, 1e-6))
        + weight * math.log(max(names.get(one.label, 0.0) / total, FAINTEST))
        for one in looks.candidates
    }
    highest = max(raised.values())
    shares = {label: math.exp(value - highest) for label, value in raised.items()}
    whole = sum(shares.values())
    ranked = sorted(shares.items(), key=lambda pair: -pair[1])
    candidates = tuple(Candidate(label, share / whole) for label, share in ranked)
    before = looks.candidates[0]
    remarks = [one for one in looks.remarks if one.code != "one_of_two"]
    if candidates[0].label != before.label and before.confidence > OPPOSED:
        remarks.append(Remark("legend_says", {"read": candidates[0].label, "seen": before.label}))
    abstained = looks.abstained
    if scope in SURE:
        abstained = candidates[0].confidence < SURE[scope]
    return replace(
        looks, candidates=candidates, abstained=abstained, remarks=tuple(remarks),
        parent=looks.parent if abstained else None,
    )  # fmt: skip

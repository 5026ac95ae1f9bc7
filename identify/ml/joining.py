"""What a coin looks like and what is written around it, joined to one answer: a reading re-ranks, it never
overrules silently."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from identify.decide import UnknownRule, unknown
from identify.values import Answer, Candidate, Remark

FAINTEST = 0.02  # a misread name excludes nobody
OPPOSED = 0.6  # the reading is this sure of somebody else
UNSEEN = 1e-5  # of a portrait that the picture rules out
Names = Mapping[str, float]  # rulers whom a legend may mean, with their shares


@dataclass(frozen=True)
class Weighing:
    """What the portrait and the legend of each side count, and from where on the answer is said."""

    looks: float
    obverse: float
    reverse: float
    sure: float

    def of(self, side: str) -> float:
        return self.obverse if side == "obverse" else self.reverse


# Tetrarchs look alike and are told by their names, which stand on the obverse. The figures for early coins are
# fitted: python -m tests.benchmarks.bench_joining
WEIGHINGS = {
    "tetrarchs": Weighing(looks=1.0, obverse=1.5, reverse=0.0, sure=0.8),
    "roman_imperial": Weighing(looks=0.9, obverse=0.9, reverse=0.0, sure=0.459),
}


# Of two figures, how strange the picture is and how much of the obverse legend speaks for others than those whom
# the network was taught; fitted by the same command
STRANGER = UnknownRule((0.0, 0.0), (1.0, 1.0), (0.93, 0.93), 2.6)
SOFT = 0.01  # keeps the logarithms finite


def with_legends(scope: str, looks: Answer, names: Mapping[str, Names]) -> Answer:
    """`names` by side."""
    told = {side: of_side for side, of_side in names.items() if of_side}
    if not looks.candidates or not told:
        return looks
    weighing = WEIGHINGS[scope]
    labels = [one.label for one in looks.candidates]
    raised = {
        one.label: weighing.looks * math.log(one.confidence + UNSEEN)
        + sum(
            weighing.of(side) * spoken(of_side, one.label, len(labels))
            for side, of_side in told.items()
        )
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
    abstained = candidates[0].confidence < weighing.sure
    return replace(
        looks, candidates=candidates, abstained=abstained, remarks=tuple(remarks),
        parent=looks.parent if abstained else None,
    )  # fmt: skip


def spoken(names: Names, label: str, many: int) -> float:
    """The logarithm of what a legend says of a ruler. Shares that mean nobody here are shared by all."""
    share = names.get(label, 0.0)
    return math.log(share * (1 - FAINTEST) + FAINTEST / many)


def strangeness(of_picture: float, known: Iterable[str], names: Names) -> float:
    """How probably it is somebody whom the network was never taught: a legend may name him all the same."""
    others = 1.0 - sum(names.get(label, 0.0) for label in known)
    return unknown(STRANGER, [log_odds(of_picture), log_odds(others)])


def log_odds(share: float) -> float:
    within = min(1.0, max(0.0, share))
    return math.log((within + SOFT) / (1.0 - within + SOFT))

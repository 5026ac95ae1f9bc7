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
    """What the portrait and the legend around it count, and from where on the answer is said."""

    looks: float
    legend: float
    sure: float


# Tetrarchs look alike and are told by their names. The figures for early coins are fitted, and so was that their
# reverses add nothing: python -m tests.benchmarks.bench_joining
WEIGHINGS = {
    "tetrarchs": Weighing(looks=1.0, legend=1.5, sure=0.8),
    "roman_imperial": Weighing(looks=0.9, legend=0.7, sure=0.47),
}
# Of two figures, how strange the picture is and how much of the legend speaks for others than those whom the network
# was taught; fitted by the same command
STRANGER = UnknownRule((0.0, 0.0), (1.0, 1.0), (0.91, 0.84), 2.51)
SOFT = 0.01  # keeps the logarithms finite


def with_legend(weighing: Weighing, looks: Answer, names: Names) -> Answer:
    if not looks.candidates or not names:
        return looks
    many = len(looks.candidates)
    raised = {
        one.label: weighing.looks * math.log(one.confidence + UNSEEN)
        + weighing.legend * spoken(names, one.label, many)
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
    return unknown(STRANGER, strange_figures(of_picture, known, names))


def strange_figures(of_picture: float, known: Iterable[str], names: Names) -> list[float]:
    others = 1.0 - sum(names.get(label, 0.0) for label in known)
    return [log_odds(of_picture), log_odds(others)]


def log_odds(share: float) -> float:
    within = min(1.0, max(0.0, share))
    return math.log((within + SOFT) / (1.0 - within + SOFT))

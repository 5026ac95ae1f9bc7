"""What is set after the network is trained, and the figures that its card states.

Coins are halved: what is set on one half is measured on the other, so that no figure comes from a coin that
it was set on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein

from identify import measures
from identify.lexicon import letters
from identify.ml.legends import decoding
from identify.ml.legends.ranking import Belief, Heard, Shelf, aloud
from identify.ml.legends.reading import Taste
from identify.ml.legends.scoring import Shares

NETWORK = (0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.4, 0.55, 0.75, 1.0)
PRIOR = (0.5, 0.7, 0.9, 1.1, 1.3)
WAY = (1.0, 3.0, 6.0)
GRAMS = (0.0, 0.25, 0.5, 0.8)
BONUS = (0.0, 0.6, 1.2)
POWER = tuple(step / 20 for step in range(12, 52))
MISSED = -12.0  # the logarithm for a truth that is on no shelf


@dataclass(frozen=True)
class Case:
    """One face of a held-out coin, and what the network says of it."""

    coin: str
    side: str
    truth: str  # single spaces
    ruler: str
    shares: Sequence[Shares]  # by way
    shelf: Shelf
    grams: decoding.Grams
    heard: Heard

    @classmethod
    def of(
        cls,
        coin: str,
        side: str,
        truth: str,
        ruler: str,
        shares: Sequence[Shares],
        shelf: Shelf,
        grams: decoding.Grams,
    ) -> "Case":
        return cls(coin, side, truth, ruler, shares, shelf, grams, shelf.heard(shares))

    def ranked(self, belief: Belief) -> list[tuple[str, float, int]]:
        """Text, confidence and way, the most probable first."""
        return [
            (" ".join(one.legend.text.split()), one.confidence, one.way)
            for one in self.shelf.ranked(self.heard, belief)
        ]

    def read(self, taste: Taste, way: int) -> str:
        if not taste.grams:
            return decoding.greedy(self.shares[way])
        return decoding.read(self.shares[way], self.grams, taste.grams, taste.bonus)


@dataclass(frozen=True)
class Outcome:
    """One face, by settings that it had no part in."""

    case: Case
    read: str
    ranked: tuple[str, ...]
    confidence: float

    @property
    def right(self) -> bool:
        return self.ranked[:1] == (self.case.truth,)

    @property
    def same_letters(self) -> bool:
        return bool(self.ranked) and letters(self.ranked[0]) == letters(self.case.truth)

    @property
    def errors(self) -> int:
        return int(Levenshtein.distance(self.read, self.case.truth))

    @property
    def letter_errors(self) -> int:
        return int(Levenshtein.distance(letters(self.read), letters(self.case.truth)))


def fit_belief(cases: Sequence[Case]) -> Belief:
    """The trust under which the truths are least surprising."""

    def surprise(belief: Belief) -> float:
        return -float(np.mean([_log_of_truth(case, belief) for case in cases]))

    return min(
        (Belief(one, two, three) for one in NETWORK for two in PRIOR for three in WAY), key=surprise
    )


def _log_of_truth(case: Case, belief: Belief) -> float:
    sure = case.shelf.confidences(case.heard, belief)
    share = sure[[case.shelf.texts[row] == case.truth for row in case.heard.rows]].sum()
    return max(MISSED, float(np.log(share + 1e-12)))


def fit_power(cases: Sequence[Case], belief: Belief) -> float:
    """Under which it is least surprising whether the first name is right."""
    ranked = [case.ranked(belief) for case in cases]
    right = np.array([one[0][0] == case.truth for one, case in zip(ranked, cases, strict=True)])

    def surprise(power: float) -> float:
        first = [aloud([sure for _text, sure, _way in one], power)[0] for one in ranked]
        sure = np.clip(first, 1e-3, 1 - 1e-3)
        return -float(np.log(np.where(right, sure, 1 - sure)).mean())

    return min(POWER, key=surprise)


def fit_taste(cases: Sequence[Case], belief: Belief) -> Taste:
    ways = [case.ranked(belief)[0][2] for case in cases]

    def errors(taste: Taste) -> int:
        return sum(
            Levenshtein.distance(case.read(taste, way), case.truth)
            for case, way in zip(cases, ways, strict=True)
        )

    tastes = {Taste(one, two if one else 0.0) for one in GRAMS for two in BONUS}
    return min(sorted(tastes, key=lambda taste: (taste.grams, taste.bonus)), key=errors)


def cross_fitted(cases: Sequence[Case]) -> list[Outcome]:
    """Halves by coin, in the order of their names' hashes, which is as good as drawn."""
    coins = sorted({case.coin for case in cases})
    first = set(coins[::2])
    halves = [[c for c in cases if c.coin in first], [c for c in cases if c.coin not in first]]
    outcomes = []
    for fitted, measured in (halves, halves[::-1]):
        belief = fit_belief(fitted)
        taste, power = fit_taste(fitted, belief), fit_power(fitted, belief)
        outcomes += [outcome(case, belief, taste, power) for case in measured]
    return outcomes


def outcome(case: Case, belief: Belief, taste: Taste, power: float) -> Outcome:
    ranked = case.ranked(belief)
    sure = aloud([confidence for _text, confidence, _way in ranked], power)[0]
    read = case.read(taste, ranked[0][2])
    return Outcome(case, read, tuple(text for text, *_ in ranked), sure)


def figures(
    outcomes: Sequence[Outcome], rulers_of: Callable[[str], dict[str, float]]
) -> dict[str, Any]:
    told: dict[str, Any] = {side: _of_side(part) for side, part in _sides(outcomes) if part}
    named = [one for one in outcomes if one.case.side == "obverse" and one.case.ruler]
    said = [next(iter(rulers_of(one.ranked[0])), "") for one in named]
    hits = sum(ruler == one.case.ruler for ruler, one in zip(said, named, strict=True))
    return told | {"ruler_by_obverse_legend": interval(measures.wilson(hits, len(named)))}


def _sides(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, list[Outcome]]]:
    yield "both", list(outcomes)
    for side in ("obverse", "reverse"):
        yield side, [one for one in outcomes if one.case.side == side]


def _of_side(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    coins = [one.case.coin for one in outcomes]

    def rate(errors: Sequence[int], sizes: Sequence[int]) -> Any:
        found = measures.bootstrap(
            lambda wrong, long: float(wrong.sum() / long.sum()), errors, sizes, groups=coins
        )
        return interval(found)

    def share(hits: Sequence[bool]) -> Any:
        return interval(measures.wilson(sum(hits), len(hits)))

    truths = [one.case.truth for one in outcomes]
    confidences = [one.confidence for one in outcomes]
    return {
        "faces": len(outcomes),
        "character_error": rate([one.errors for one in outcomes], [len(text) for text in truths]),
        "letter_error": rate(
            [one.letter_errors for one in outcomes], [len(letters(text)) for text in truths]
        ),
        "first": share([one.right for one in outcomes]),
        "first_by_letters": share([one.same_letters for one in outcomes]),
        "among_five": share([one.case.truth in one.ranked[:5] for one in outcomes]),
        "calibration_error": round(
            measures.calibration_error(confidences, [one.right for one in outcomes], 10), 4
        ),
    }


def floor(trained: Sequence[str], truths: Sequence[str]) -> Any:
    """Who always says the commonest legend of the coins that were trained on is right this often."""
    commonest = max(sorted(set(trained)), key=trained.count)
    return interval(measures.wilson(truths.count(commonest), len(truths)))


def threshold(outcomes: Sequence[Outcome], precision: float = 0.9) -> float:
    cut, _count = measures.best_cut(
        [one.confidence for one in outcomes], [one.right for one in outcomes], precision
    )
    return round(min(cut, 0.95), 3)


def interval(found: measures.Interval) -> dict[str, float]:
    return {
        "value": round(found.value, 4), "low": round(found.low, 4),
        "high": round(found.high, 4), "count": found.count,
    }  # fmt: skip

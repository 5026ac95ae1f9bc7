"""How much a portrait and the legend around it should count when a ruler is named:

    python -m tests.benchmarks.bench_joining --data FOLDER

Asks the shipped models about coins that none of them was taught, fits on one half and measures on the other;
what is printed last, fitted on all, is what `identify/ml/joining.py` holds. The rulers of whom too few portraits are
known to be taught show how strangers are told; the reader has seen most of their legends, so look at the few others."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

from identify import decide, measures
from identify.evaluation import asking, questions
from identify.evaluation.questions import Question
from identify.ml import predict
from identify.ml.joining import Names, Weighing, strange_figures, with_legend
from identify.values import Answer

SCOPE = "roman_imperial"
LIMITS = asking.Limits(bytes=50_000_000, pixels=200_000_000)
LOOKS, LEGEND = (0.8, 0.9, 1.0, 1.1), (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
PRECISION = 0.95


@dataclass(frozen=True)
class Case:
    question: Question
    unknown: float
    looks: Answer
    names: Names

    @property
    def truth(self) -> str:
        return self.question.truth.get("ruler", "")

    @property
    def figures(self) -> list[float]:
        known = [one.label for one in self.looks.candidates]
        return strange_figures(self.unknown, known, self.names)

    def joined(self, weighing: Weighing) -> Answer:
        return with_legend(weighing, self.looks, self.names)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=Path("identify/pretrained"))
    options = parser.parse_args()
    shipped = predict.load(options.model)
    coins = questions.with_legends(options.data, SCOPE)
    cases = list(cases_of(shipped, [one for one in coins if "ruler" in one.truth]))
    strangers = list(cases_of(shipped, questions.never_taught(options.data)))
    halves = cases[::2], cases[1::2]
    crossed = [
        (case, answer)
        for fitted, measured in (halves, halves[::-1])
        for weighing in [fit(fitted)]
        for case, answer in zip(measured, [one.joined(weighing) for one in measured], strict=True)
    ]
    tell("by looks alone", [(one, one.looks) for one in cases])
    tell("with its legend", crossed)
    print(fit(cases))
    tell_strangers(cases, strangers)


def cases_of(shipped: Any, coins: Sequence[Question]) -> Iterator[Case]:
    looked = asking.ask(shipped, coins, LIMITS)
    read = asking.ask(shipped, coins, LIMITS, letters=True)
    for looks, told in zip(looked, read, strict=True):
        if looks.opinion.fields:
            legend = told.opinion.fields.get("obverse_legend")
            names = shipped.readers.legends.rulers(legend) if legend else {}
            yield Case(looks.question, looks.opinion.unknown, looks.opinion.fields["ruler"], names)


def tell_strangers(known: Sequence[Case], strangers: Sequence[Case]) -> None:
    """As many known coins are taken for strangers as by their looks alone."""
    cases = [*known, *strangers]
    strange = [one in strangers for one in cases]
    figures = [one.figures for one in cases]
    rule = decide.fit_unknown(figures, strange)
    plain = [weight / spread for weight, spread in zip(rule.weights, rule.spreads, strict=True)]
    scores = [sum(a * b for a, b in zip(plain, one, strict=True)) for one in figures]
    wrongly = sum(one.unknown > 0.5 for one in known) / len(known)
    bias = -sorted(scores[: len(known)])[round(len(known) * (1 - wrongly)) - 1]
    unseen = [
        at for at, one in enumerate(cases) if at < len(known) or "held_out" in one.question.marks
    ]
    for what, chosen in (("strangers", range(len(cases))), ("never seen", unseen)):
        told = [strange[at] for at in chosen]
        before = measures.auroc([cases[at].unknown for at in chosen], told)
        now = measures.auroc([scores[at] for at in chosen], told)
        print(f"{what}, {sum(told)}: AUROC by looks {before}, with legend {now}")
    print(f"{wrongly:.3f} of the known taken for strangers; weights {plain}, bias {bias:.2f}")


def fit(cases: Sequence[Case]) -> Weighing:
    """The weights under which the truths are least surprising, and where 95 of 100 answers are right."""
    weighings = [Weighing(*weights, sure=0.0) for weights in product(LOOKS, LEGEND)]
    best = min(weighings, key=lambda weighing: sum(surprise(one, weighing) for one in cases))
    answers = [one.joined(best) for one in cases]
    cut, _count = measures.best_cut(
        [confidence(one) for one in answers],
        [right(case, one) for case, one in zip(cases, answers, strict=True)],
        PRECISION,
    )
    return replace(best, sure=round(cut, 3))


def surprise(case: Case, weighing: Weighing) -> float:
    from math import log

    shares = {one.label: one.confidence for one in case.joined(weighing).candidates}
    return -log(shares.get(case.truth, 0.0) + 1e-6)


def right(case: Case, answer: Answer) -> bool:
    return bool(answer.best) and answer.best.label == case.truth  # type: ignore[union-attr]


def confidence(answer: Answer) -> float:
    return answer.best.confidence if answer.best else 0.0


def tell(what: str, found: Sequence[tuple[Case, Answer]]) -> None:
    hits = [right(case, answer) for case, answer in found]
    said = [hit for hit, (_case, answer) in zip(hits, found, strict=True) if not answer.abstained]
    three = [case.truth in [one.label for one in answer.candidates[:3]] for case, answer in found]
    off = measures.calibration_error([confidence(answer) for _case, answer in found], hits, 10)
    print(
        f"{what}: {measures.wilson(sum(hits), len(hits))}, among three {sum(three) / len(three):.3f}, "
        f"said {len(said) / len(hits):.3f} of which right {sum(said) / max(1, len(said)):.3f}, calibration error {off:.3f}"
    )


if __name__ == "__main__":
    main()

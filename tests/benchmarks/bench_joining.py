"""How much a portrait and the legends of both sides should count when a ruler is named:

    python -m tests.benchmarks.bench_joining --data FOLDER

Asks the shipped models about coins that none of them was taught, fits on one half and measures on the other;
what is printed last, fitted on all, is what `identify/ml/joining.py` holds."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from identify import measures
from identify.evaluation import asking, questions
from identify.ml import predict
from identify.ml.joining import WEIGHINGS, Names, Weighing, with_legends
from identify.values import Answer

SCOPE = "roman_imperial"
LIMITS = asking.Limits(bytes=50_000_000, pixels=200_000_000)
LOOKS, OBVERSE, REVERSE = (0.8, 0.9, 1.0, 1.1), (0.5, 0.6, 0.7, 0.8, 0.9), (0.0, 0.1, 0.2, 0.3)
PRECISION = 0.95


@dataclass(frozen=True)
class Case:
    truth: str
    looks: Answer
    names: dict[str, Names]

    def joined(self, weighing: Weighing) -> Answer:
        WEIGHINGS[SCOPE] = weighing
        return with_legends(SCOPE, self.looks, self.names)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=Path("identify/pretrained"))
    options = parser.parse_args()
    cases = list(cases_of(options.model, options.data))
    halves = cases[::2], cases[1::2]
    crossed = [
        (case, answer)
        for fitted, measured in (halves, halves[::-1])
        for weighing in [fit(fitted)]
        for case, answer in zip(measured, [one.joined(weighing) for one in measured], strict=True)
    ]
    tell("by looks alone", [(one, one.looks) for one in cases])
    tell("with its legends", crossed)
    print(fit(cases))


def cases_of(model: Path, data: Path) -> Iterator[Case]:
    shipped = predict.load(model)
    coins = questions.with_legends(data, SCOPE)
    looked = asking.ask(shipped, coins, LIMITS)
    read = asking.ask(shipped, coins, LIMITS, letters=True)
    for looks, told in zip(looked, read, strict=True):
        if "ruler" in looks.question.truth and looks.opinion.fields:
            fields = told.opinion.fields
            names = {
                side: shipped.readers.legends.rulers(fields[f"{side}_legend"])
                for side in questions.FACES
                if f"{side}_legend" in fields
            }
            yield Case(looks.question.truth["ruler"], looks.opinion.fields["ruler"], names)


def fit(cases: Sequence[Case]) -> Weighing:
    """The weights under which the truths are least surprising, and where 95 of 100 answers are right."""
    weighings = [Weighing(*weights, sure=0.0) for weights in product(LOOKS, OBVERSE, REVERSE)]
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

"""Asks the predictor as `manage.py identify` does, and keeps what it said beside the truth."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from identify.evaluation.questions import Question
from identify.folders import Files, Read, read
from identify.values import Answer, Opinion, Predictor

AT_ONCE = 64
ALL = 1000  # candidates: more than any field has labels


@dataclass(frozen=True)
class Limits:
    bytes: int
    pixels: int


@dataclass(frozen=True)
class Asked:
    question: Question
    opinion: Opinion


@dataclass(frozen=True)
class Outcome:
    """One field of one coin. A photo that nothing was said of is a mistake like any other."""

    question: Question
    truth: str
    ranked: tuple[str, ...] = ()
    confidence: float = 0.0
    abstained: bool = True
    read: str = ""

    @property
    def right(self) -> bool:
        return self.ranked[:1] == (self.truth,)

    @property
    def said(self) -> str:
        return self.ranked[0] if self.ranked else ""


def ask(
    model: Predictor, questions: Sequence[Question], limits: Limits,
    told_scope: bool = True, letters: bool = False,
) -> Iterator[Asked]:  # fmt: skip
    scopes = sorted({one.scope for one in questions}) if told_scope else [""]
    for scope in scopes:
        chosen = [one for one in questions if not scope or one.scope == scope]
        for at in range(0, len(chosen), AT_ONCE):
            yield from answered(model, chosen[at : at + AT_ONCE], limits, scope, letters)


def answered(
    model: Predictor, part: Sequence[Question], limits: Limits, scope: str, letters: bool
) -> list[Asked]:
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda one: opened(one, limits), part))
    coins = [one.coin for one in found if one.coin]
    opinions = iter(model.predict(coins, scope, ALL, letters))
    return [
        Asked(question, next(opinions) if one.coin else Opinion("failed", " ".join(one.trouble)))
        for question, one in zip(part, found, strict=True)
    ]


def opened(question: Question, limits: Limits) -> Read:
    return read(Files(question.paths, question.roles), limits.bytes, limits.pixels)


def outcomes(asked: Sequence[Asked], name: str) -> list[Outcome]:
    """Of those of which this field's truth is known."""
    return [
        outcome(one.question, one.question.truth[name], one.opinion.fields.get(name))
        for one in asked
        if name in one.question.truth
    ]


def scope_outcomes(asked: Sequence[Asked]) -> list[Outcome]:
    return [
        Outcome(
            one.question, one.question.truth["scope"], (one.opinion.scope.label,),
            one.opinion.scope.confidence, False,
        )
        for one in asked
        if "scope" in one.question.truth
    ]  # fmt: skip


def outcome(question: Question, truth: str, answer: Answer | None) -> Outcome:
    if answer is None or not answer.candidates:
        return Outcome(question, truth, read=answer.read if answer else "")
    ranked = tuple(one.label for one in answer.candidates)
    return Outcome(
        question, truth, ranked, answer.candidates[0].confidence, answer.abstained, answer.read
    )

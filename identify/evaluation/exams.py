"""Who is asked what, and which figures come of it: one function for each kind of coin."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from identify.evaluation import figures, questions
from identify.evaluation.asking import Asked, Limits, Outcome, ask, outcomes, scope_outcomes
from identify.evaluation.figures import Figure
from identify.evaluation.questions import Question
from identify.values import Predictor

Tell = Callable[[str], None]
CALIBRATION = 0.05
STRANGERS = 150  # offered to each scope
QUESTIONS = {
    "roman_imperial": "ruler", "tetrarchs": "ruler", "world": "world_coin", "euro": "face_value",
    "us": "us_denomination",
}  # fmt: skip
EURO = ("euro_denominations", "euro_phone", "euro_national_sides")


@dataclass
class Report:
    model: str
    figures: list[Figure] = field(default_factory=list)
    looks: dict[str, list[Outcome]] = field(
        default_factory=dict
    )  # what each field said, and of what

    def add(self, *found: Figure) -> None:
        self.figures += found

    def remember(self, name: str, found: Iterable[Outcome]) -> None:
        self.looks.setdefault(name, []).extend(found)


@dataclass(frozen=True)
class Examiner:
    model: Predictor
    data: Path
    limits: Limits
    tell: Tell
    most: int = 0  # questions of each kind; 0: all

    def ask(
        self, asked: Sequence[Question], what: str, told_scope: bool = True, letters: bool = False
    ) -> list[Asked]:
        chosen = questions.thinned(asked, self.most)
        self.tell(f"{what}: {len(chosen)} coins")
        return list(ask(self.model, chosen, self.limits, told_scope, letters))

    def has(self, *names: str) -> bool:
        return all((self.data / name / "labels.csv").exists() for name in names)


def examine(examiner: Examiner) -> Report:
    report = Report(examiner.model.version)
    known: dict[str, list[Asked]] = {}
    for scope, exam in EXAMS.items():
        known[scope] = exam(examiner, report)
    sides(examiner, report)
    scopes(examiner, report)
    unknowns(examiner, report, known)
    for name, found in report.looks.items():
        report.add(figures.calibration(f"calibration error: {name}", found, CALIBRATION))
    return report


# --- each kind of coin -----------------------------------------------------------------------
def roman(examiner: Examiner, report: Report) -> list[Asked]:
    if not examiner.has("roman_imperial"):
        return []
    coins = questions.with_legends(examiner.data, "roman_imperial")
    looked_at = outcomes(examiner.ask(coins, "Roman imperial, by their looks"), "ruler")
    asked = examiner.ask(coins, "Roman imperial, both sides", letters=True)
    found, what = outcomes(asked, "ruler"), "imperial ruler, both sides"
    report.remember("ruler", found)
    report.add(
        figures.top(f"{what}: top-1", found, 1, 0.92),
        figures.top(f"{what}: top-3", found, 3, 0.985),
        figures.macro(f"{what}: macro recall", found, 0.88),
        figures.top("imperial ruler by looks alone: top-1", looked_at, 1, None),
    )
    legends(report, asked, "early legend", None)
    metals = outcomes(asked, "denomination")
    report.remember("denomination", metals)
    report.add(figures.top("imperial denomination: top-1", metals, 1, None))
    return asked


def tetrarchs(examiner: Examiner, report: Report) -> list[Asked]:
    if not examiner.has("tetrarchs"):
        return []
    coins = questions.with_legends(examiner.data, "tetrarchs")
    asked = examiner.ask(coins, "Tetrarchs", letters=True)
    rulers = outcomes(asked, "ruler")
    report.remember("tetrarch ruler", rulers)
    report.add(figures.top("tetrarch ruler, legend read", rulers, 1, 0.90))
    legends(report, asked, "legend", (0.30, 0.70))
    return asked


def legends(
    report: Report, asked: Sequence[Asked], what: str, goals: tuple[float, float] | None
) -> None:
    wrong, first = goals or (None, None)
    found = [
        figures.single_spaced(one)
        for side in questions.FACES
        for one in outcomes(asked, f"{side}_legend")
    ]
    names = f"{what}: character error", f"{what}: nearest true one first"
    if not any(one.read for one in found):
        if goals:
            report.add(figures.missing(names[0], goals[0], "no model", at_most=True))
            report.add(figures.missing(names[1], goals[1], "no model"))
        return
    report.remember(what, found)
    report.add(
        figures.character_error(names[0], found, wrong, ""),
        figures.character_error(
            f"{what}: letter error, spaces aside", found, None, "", spaces=False
        ),
        figures.top(names[1], found, 1, first),
    )


def world(examiner: Examiner, report: Report) -> list[Asked]:
    if not examiner.has("world_coins"):
        return []
    photos = questions.single(questions.held_out(examiner.data, ["world_coins"]))
    asked = examiner.ask(photos, "World coins")
    found = outcomes(asked, "world_coin")
    report.remember("world_coin", found)
    report.add(
        figures.top("world coins, 211 classes: top-1", found, 1, 0.88),
        figures.top("world coins, 211 classes: top-5", found, 5, 0.97),
    )
    return asked


def euro(examiner: Examiner, report: Report) -> list[Asked]:
    sets = [name for name in EURO if examiner.has(name)]
    asked = examiner.ask(questions.single(questions.held_out(examiner.data, sets)), "Euro")
    found = outcomes(asked, "face_value")
    report.remember("face_value", found)
    change = [one for one in found if one.question.set == "euro_denominations"]
    phone = [one for one in found if one.question.set == "euro_phone"]
    sketches = [one for one in found if one.question.set == "euro_national_sides"]
    photos = len({one.question.group for one in change})
    report.add(
        figures.by_group(
            "euro face value, either side, loose change", change, 0.98,
            f"crops of {photos} photos, and the interval is of those",
        ),
        figures.top("euro face value, common side, phone", phone, 1, 0.98),
        figures.top("euro face value, pictures of national sides", sketches, 1, None),
        publishers(examiner, change),
    )  # fmt: skip
    return asked


def publishers(examiner: Examiner, change: Sequence[Outcome]) -> Figure:
    """The shipped network has learnt from both parts of the publisher's split, so it cannot be measured on it."""
    name, goal = "euro face value, publisher's test photos", 0.95
    if not change:
        return figures.missing(name, goal, "no photos")
    theirs = questions.publishers_test(examiner.data)
    found = [one for one in change if one.question.paths[0] in theirs]
    note = (
        "the held-out part of them; the network has learnt from other photos of that test part, so that "
        "this is not the publisher's split"
    )
    return figures.by_group(name, found, goal, note)


def us(examiner: Examiner, report: Report) -> list[Asked]:
    if not examiner.has("us_coins"):
        return []
    photos = questions.single(questions.held_out(examiner.data, ["us_coins"]))
    asked = examiner.ask(photos, "US coins")
    found, faces = outcomes(asked, "us_denomination"), outcomes(asked, "side")
    report.remember("us_denomination", found)
    groups = len({one.question.group for one in found})
    note = f"photos of {groups} collections, and the interval is of those"
    report.add(
        figures.by_group("US denomination", found, 0.98, note),
        figures.by_group("US side", faces, 0.98, note),
    )
    return asked


EXAMS = {
    "roman_imperial": roman, "tetrarchs": tetrarchs, "world": world, "euro": euro, "us": us,
}  # fmt: skip


# --- of all kinds together -------------------------------------------------------------------
def sides(examiner: Examiner, report: Report) -> None:
    names = ("roman_imperial", "tetrarchs", "euro_phone", "euro_national_sides", "us_coins")
    sets = [name for name in names if examiner.has(name)]
    samples = [one for one in questions.held_out(examiner.data, sets) if "side" in one.targets]
    found = outcomes(examiner.ask(questions.single(samples), "Sides, photo by photo"), "side")
    report.remember("side", found)
    report.add(figures.top("side", found, 1, 0.97))
    for name in sets:
        part = [one for one in found if one.question.set == name]
        report.add(figures.top(f"side: {name}", part, 1, None))


def scopes(examiner: Examiner, report: Report) -> None:
    sets = [name for name in questions.SCOPES if examiner.has(name)]
    samples = questions.held_out(examiner.data, sets)
    pairs = questions.paired([one for one in samples if one.set in questions.PAIRED])
    photos = questions.single([one for one in samples if one.set not in questions.PAIRED])
    asked = examiner.ask([*pairs, *photos], "Scope, nobody telling", told_scope=False)
    found = scope_outcomes(asked)
    report.remember("scope", found)
    report.add(figures.top("scope, when none is named", found, 1, None))


def unknowns(examiner: Examiner, report: Report, asked: dict[str, list[Asked]]) -> None:
    """Known is what the scope's own question was taught of: of Roman coins those of the 14 rulers."""
    known = {
        scope: [one for one in found if QUESTIONS[scope] in one.question.truth]
        for scope, found in asked.items()
        if found
    }
    if "roman_imperial" in known:
        rulers(examiner, report, known["roman_imperial"])
    by_scope = {scope: [one.question for one in found] for scope, found in known.items()}
    strangers = examiner.ask(
        list(questions.wrongly_offered(by_scope, STRANGERS)),
        "Offered as what they are not",
        letters=True,
    )
    note = (
        "strangers: held-out coins of the other sets, offered with a wrong --scope (euro as world, "
        "Roman as US, and so on; not the ones that belong to both)"
    )
    everything = [one for found in known.values() for one in found]
    report.add(
        figures.told_apart("unknown: coins of another kind", everything, strangers, 0.95, note)
    )
    for scope, ours in known.items():
        theirs = [one for one in strangers if one.question.scope == scope]
        name = f"unknown: others offered as {scope}"
        report.add(
            figures.told_apart(name, ours, theirs, None, ""),
            coverage(f"answers at 95 % precision: {scope}", ours, theirs, QUESTIONS[scope]),
        )


def rulers(examiner: Examiner, report: Report, known: Sequence[Asked]) -> None:
    asked = examiner.ask(questions.never_taught(examiner.data), "Rulers never taught", letters=True)
    unseen = [one for one in asked if "held_out" in one.question.marks]
    note = (
        "strangers: obverses of rulers with fewer than 16, whom the ruler's head was never taught; "
        "known: held-out coins of the 14"
    )
    report.add(
        figures.told_apart("unknown: rulers never taught", known, asked, 0.95, note),
        figures.told_apart(
            "unknown: rulers never taught, photos never seen", known, unseen, 0.95,
            "of those, the ones that the network has not seen for its other questions either",
        ),
        coverage("answers at 95 % precision: rulers never taught among them", known, asked, "ruler"),
    )  # fmt: skip


def coverage(name: str, known: Sequence[Asked], strangers: Sequence[Asked], field: str) -> Figure:
    doubts = [one.opinion.unknown for one in known]
    note = f"{len(known)} known and {len(strangers)} strange coins, what is said of a stranger is wrong"
    return figures.still_answers(
        name, outcomes(known, field), doubts, strangers, field, 0.95, 0.70, note
    )

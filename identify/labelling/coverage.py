"""What the model knows of each class and what people have labelled: included, or still to be learnt, and
what would help most."""

from collections import Counter
from dataclasses import dataclass

from catalog.models import User
from identify import attribution
from identify import labels as tree
from identify.labelling import inservice
from identify.labelling.shipped import Known
from identify.models import Label, Suggestion

ENOUGH, ENOUGH_TESTS, GOOD = 20, 10, 0.85  # photos to learn from, to be tested on, share recalled


@dataclass(frozen=True)
class Covered:
    value: str
    told: str
    labelled: int
    may_judge: int
    specimens: int
    known: Known | None  # by what is in service; None: it is still to be learnt
    taken_for: str
    advice: str

    @property
    def recall(self) -> float | None:
        known = self.known
        return known.recalled / known.held_out if known and known.held_out else None


def coverage(field: str, user: User | None = None) -> list[Covered]:
    """What is labelled and not yet known first, then what the model is worst at."""
    rows = Label.objects.for_training(field)
    in_service = inservice.known(field, user)
    known = {tree.fold(name): figures for name, figures in in_service.items()}
    spelt = {tree.fold(name): name for name in in_service}
    for row in rows:
        spelt.setdefault(tree.fold(row.value), row.value)
    mistaken = confusions(field)
    found = []
    for folded, value in spelt.items():
        mine = [row for row in rows if tree.fold(row.value) == folded]
        figures = known.get(folded)
        judges = sum(row.judges for row in mine)
        found.append(
            Covered(
                value, attribution.shown(field, value), len(mine), judges,
                len({row.group for row in mine}), figures, mistaken.get(folded, ""),
                advice(figures, len(mine), judges),
            )
        )  # fmt: skip
    return sorted(found, key=urgency)


def urgency(one: Covered) -> tuple[bool, float, str]:
    recall = one.recall
    return one.known is not None, recall if recall is not None else 0.0, one.told.casefold()


def advice(known: Known | None, labelled: int, judges: int) -> str:
    """As a code; the words are in `labelling.wording`."""
    taught = labelled + (known.taught if known else 0)
    tests = judges + (known.held_out if known else 0)
    if known is None and labelled >= ENOUGH:
        return "train"
    if taught < ENOUGH:
        return "photos"
    if tests < ENOUGH_TESTS:
        return "tests"
    recall = known.recalled / known.held_out if known and known.held_out else 0.0
    return "enough" if recall >= GOOD else "confused"


def confusions(field: str) -> dict[str, str]:
    """By what people corrected: what the model mostly says instead."""
    pairs = Counter(
        (tree.fold(decided), label)
        for decided, label in Suggestion.objects.filter(
            field=field, decision=Suggestion.Decision.CORRECTED
        ).values_list("decided", "label")
    )
    found: dict[str, str] = {}
    for (decided, label), _n in pairs.most_common():
        found.setdefault(decided, attribution.shown(field, label))
    return found

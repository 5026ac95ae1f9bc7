"""Whoever begins a run, on a page or by a program, is refused the same things."""

import re
from collections.abc import Sequence
from typing import Any

from catalog.models import User
from catalog.refusals import Refusal, gettext_noop
from identify.models import TrainingRun
from identify.teaching import telling
from identify.teaching.classes import coins_of
from identify.teaching.condition import condition
from identify.teaching.gathering import told_of
from identify.teaching.offers import offers

BACKBONE = re.compile(r"[\w.:/-]{1,120}")
MOST_EPOCHS = 1000


def plan_of(preset: str, backbone: str, epochs: int, promote: bool) -> dict[str, Any]:
    """Only what the teacher's plan knows."""
    if not BACKBONE.fullmatch(backbone):
        raise Refusal("backbone", gettext_noop("This is no name of a network."))
    told: dict[str, Any] = {"preset": preset, "backbone": backbone}
    if epochs := min(epochs, MOST_EPOCHS):
        told["epochs"] = epochs
    if promote:
        told["promote"] = True
    return told


def require_offered(field: str) -> None:
    if field not in {one.field for one in offers()}:
        raise Refusal("no_field", gettext_noop("Nobody has labelled anything of this yet."))


def require_coins(one: dict[str, Any], user: User) -> None:
    if not coins_of(one, user):
        raise Refusal(
            "no_coins", gettext_noop("Choose the coins that show it: a tag, a set, or tick some.")
        )


def begin(
    user: User, field: str, title: str, plan: dict[str, Any], classes: Sequence[dict[str, Any]]
) -> TrainingRun:
    found = condition(told_of(field, classes, user))
    if found.hinders:
        raise Refusal("hindered", telling.sentence_of(found.hinders[0]))
    return TrainingRun.begin(user, field, title, plan, classes)

"""Whose word taught what: a coin tells which version first learnt from it."""

from dataclasses import dataclass

from catalog.models import Coin
from identify.models import Lesson, ModelVersion

SERVED = (ModelVersion.State.ACTIVE, ModelVersion.State.RETIRED)


@dataclass(frozen=True)
class Thanks:
    title: str
    version: str


def thanks_of(coin: Coin) -> list[Thanks]:
    """The first of each matter that has served; what nobody let serve is nobody's news."""
    lessons = (
        Lesson.objects.filter(photo__coin=coin, version__state__in=SERVED)
        .select_related("version").order_by("version__number")
    )  # fmt: skip
    first: dict[str, ModelVersion] = {}
    for lesson in lessons:
        first.setdefault(lesson.version.field, lesson.version)
    return [Thanks(version.called, version.name) for version in first.values()]

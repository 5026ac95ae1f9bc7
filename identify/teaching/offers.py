"""What could be taught: fields that people have said enough of, and how much is new since the last time."""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count

from identify.models import Label, Lesson, ModelVersion, TrainingRun

NEVER_TAUGHT = ("side",)


@dataclass(frozen=True)
class Offer:
    field: str
    photos: int
    labels: int
    fresh: int  # photos that people have labelled since
    latest: ModelVersion | None

    @property
    def is_due(self) -> bool:
        return bool(self.latest) and 0 < settings.RETRAIN_AFTER <= self.fresh


def offers() -> list[Offer]:
    """Those with most to learn from first."""
    rows = (
        Label.objects.standing().filter(photo__coin__deleted_at=None)
        .exclude(field__in=NEVER_TAUGHT).values("field")
        .annotate(photos=Count("photo", distinct=True), labels=Count("value", distinct=True))
        .order_by("-photos")
    )  # fmt: skip
    latest = latest_of([row["field"] for row in rows])
    return [
        Offer(
            row["field"], row["photos"], row["labels"],
            fresh_since(latest.get(row["field"]), row["field"]), latest.get(row["field"]),
        )
        for row in rows
    ]  # fmt: skip


def latest_of(fields: list[str]) -> dict[str, ModelVersion]:
    found: dict[str, list[ModelVersion]] = defaultdict(list)
    for version in ModelVersion.objects.filter(field__in=fields).select_related("run"):
        found[version.field].append(version)
    return {field: max(rows, key=lambda one: one.number) for field, rows in found.items()}


def fresh_since(latest: ModelVersion | None, field: str) -> int:
    """Of other photos than it was shown."""
    standing = Label.objects.standing().filter(field=field, photo__coin__deleted_at=None)
    if latest:
        shown = Lesson.objects.filter(version=latest).values("photo")
        standing = standing.exclude(photo__in=shown)
    return standing.values("photo").distinct().count()


def teach_again() -> int:
    """For the schedule: what is due, in the way in which it was taught before, by whom it was taught."""
    if not settings.RETRAIN_BY_ITSELF:
        return 0
    busy = set(TrainingRun.objects.unfinished().values_list("field", flat=True))
    due = [one for one in offers() if one.is_due and one.field not in busy and one.latest]
    begun = 0
    for one in due:
        run = one.latest.run if one.latest else None
        if run and run.user and run.user.is_active:
            TrainingRun.begin(run.user, one.field, run.title, run.plan)
            begun += 1
    return begun

"""What was done at the desk, the latest first, and the words that a curator may call certain."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils import timezone

from catalog.models import User
from identify import attribution, wording
from identify.models import ClassChange, Gold, Label, PhotoFlag
from identify.models.labels import LabelQuerySet

MOST_OTHERS = 20


@dataclass(frozen=True)
class Row:
    label: Label
    field: str
    told: str
    is_gold: bool


def labels_of(user: User) -> LabelQuerySet:
    """Withdrawn ones too: this is a history."""
    return Label.objects.visible_to(user).select_related(
        "by", "withdrawn_by", "change", "photo__coin__authority", "photo__coin__denomination",
        "photo__coin__mint", "photo__coin__collection",
    )  # fmt: skip


def rows(labels: Iterable[Label]) -> list[Row]:
    found = list(labels)
    gold = set(
        Gold.objects.filter(photo__in={label.photo_id for label in found}, retired_at=None)
        .values_list("photo_id", "field", "value")
    )  # fmt: skip
    return [
        Row(
            label, wording.field_name(label.field), attribution.shown(label.field, label.value),
            (label.photo_id, label.field, label.value) in gold,
        )
        for label in found
    ]  # fmt: skip


@dataclass(frozen=True)
class Sitting:
    """What one person said of one coin in one go; each word keeps its own deeds."""

    rows: list[Row]

    @property
    def label(self) -> Label:
        return self.rows[0].label


def sittings(labels: Iterable[Label]) -> Iterator[Sitting]:
    for _key, found in groupby(rows(labels), key=lambda row: sitting_of(row.label)):
        yield Sitting(list(found))


def sitting_of(label: Label) -> tuple[int, int | None, datetime]:
    """A minute is what the page shows of a time."""
    return label.photo.coin_id, label.by_id, label.at.replace(second=0, microsecond=0)


@dataclass(frozen=True)
class Other:
    at: datetime
    who: str
    what: str


def others(user: User) -> list[Other]:
    """Flags, and what became of classes."""
    flags = PhotoFlag.objects.visible_to(user).select_related("by", "photo")[:MOST_OTHERS]
    changes = ClassChange.objects.select_related("by")[:MOST_OTHERS]
    found = [
        Other(one.at, str(one.by or ""), f"{one.get_kind_display()} · {one.photo}") for one in flags
    ]
    found += [
        Other(one.at, str(one.by or ""), f"{one.get_action_display()} · {one}") for one in changes
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)[:MOST_OTHERS]


def make_gold(label: Label, user: User) -> None:
    """Another that was certain of the same photo no longer is."""
    retire_gold(label, user)
    Gold.objects.create(photo=label.photo, field=label.field, value=label.value, by=user)


def retire_gold(label: Label, user: User) -> None:
    standing = Gold.objects.filter(photo=label.photo, field=label.field, retired_at=None)
    standing.update(retired_at=timezone.now())


def withdraw(label: Label, user: User) -> None:
    label.withdraw(user)

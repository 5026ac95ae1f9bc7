"""What a model may learn from: one row a photo, with the word that people agree on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from catalog.models import Photo
from identify import labels as tree
from identify.curation.consensus import Vote, consensus
from identify.labelling.specimens import groups_of
from identify.models.labels import Label, PhotoFlag

if TYPE_CHECKING:
    from identify.models.labels import LabelQuerySet


@dataclass(frozen=True)
class TrainingRow:
    photo: Photo
    field: str
    value: str
    weight: float
    judges: bool
    group: int  # of the specimen: photos with one number show one piece
    people: int

    @property
    def photo_id(self) -> int:
        return self.photo.pk


def rows(labels: "LabelQuerySet", field: str) -> list[TrainingRow]:
    """Of photos that nobody has flagged, of coins that are not thrown away, in the photos' order."""
    standing = (
        labels.standing().filter(field=field, photo__coin__deleted_at=None)
        .exclude(photo__in=PhotoFlag.objects.unfit().values("photo"))
        .select_related("photo__coin").order_by("photo_id", "at", "pk")
    )  # fmt: skip
    by_photo: dict[int, list[Label]] = defaultdict(list)
    for label in standing:
        by_photo[label.photo_id].append(label)
    photos = {pk: said[0].photo for pk, said in by_photo.items()}
    groups = groups_of(photos.values())
    found = (row(field, photos[pk], said, groups[pk]) for pk, said in by_photo.items())
    return [one for one in found if one]


def row(field: str, photo: Photo, said: list[Label], group: int) -> TrainingRow | None:
    value = agreed(field, said)
    behind = [label for label in said if tree.fold(label.value) == tree.fold(value)]
    if not behind or is_parent(field, value):
        return None
    weight = max(label.weight for label in behind)
    judges = any(label.judges for label in behind)
    return TrainingRow(photo, field, value, weight, judges, group, len(said))


def agreed(field: str, said: Iterable[Label]) -> str:
    votes = [vote(label) for label in said]
    return consensus(votes, partial(tree.ancestors, field))


def vote(label: Label) -> Vote:
    return Vote(label.value, label.contradicts, label.weight)


def is_parent(field: str, value: str) -> bool:
    """“A Flavian” is true, but no class of a model; “Maximian or Galerius” is both."""
    if field == "world_coin":
        return "|" not in value
    return " or " not in value and tree.fold(value) in {
        tree.fold(one) for one in tree.TREES.get(field, {}).values()
    }

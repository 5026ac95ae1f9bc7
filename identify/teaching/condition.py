"""Before a run is begun: are there coins enough? Of numbers alone, at once; what wants pictures (the same
photo twice, photos that cannot be read) the teacher sees to. Pure."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from identify.values import Remark

if TYPE_CHECKING:
    from identify.teaching.gathering import Told

FEWEST = 2  # coins of a class: one to learn from, one to judge by
GOOD = 10  # coins of a class from which on a figure means something
UNEVEN = 10  # times as many of one class as of another


@dataclass(frozen=True)
class ClassSize:
    label: str
    coins: int
    photos: int
    judging: int  # coins that may judge

    @property
    def is_small(self) -> bool:
        return self.coins < GOOD


@dataclass(frozen=True)
class Condition:
    classes: tuple[ClassSize, ...]
    remarks: tuple[Remark, ...]
    hinders: tuple[Remark, ...]

    @property
    def can_teach(self) -> bool:
        return not self.hinders

    @property
    def photos(self) -> int:
        return sum(one.photos for one in self.classes)


def condition(told: "Sequence[Told]") -> Condition:
    classes = sizes(told)
    return Condition(classes, tuple(remarks(classes)), tuple(hinders(classes)))


def sizes(told: "Sequence[Told]") -> tuple[ClassSize, ...]:
    photos = Counter(one.label for one in told)
    coins: dict[str, set[str]] = defaultdict(set)
    judging: dict[str, set[str]] = defaultdict(set)
    for one in told:
        coins[one.label].add(one.group)
        if one.judges:
            judging[one.label].add(one.group)
    return tuple(
        ClassSize(label, len(coins[label]), count, len(judging[label]))
        for label, count in photos.most_common()
    )


def hinders(classes: Sequence[ClassSize]) -> list[Remark]:
    found = []
    if len(classes) < 2:
        found.append(Remark("teach_one_class"))
    elif not any(one.judging and one.coins >= FEWEST for one in classes):
        found.append(Remark("teach_no_judge"))
    return found


def remarks(classes: Sequence[ClassSize]) -> list[Remark]:
    single = [one.label for one in classes if one.coins < FEWEST]
    few = [one.label for one in classes if FEWEST <= one.coins < GOOD]
    found = []
    if single:
        found.append(Remark("teach_single", {"classes": single}))
    if few:
        found.append(Remark("teach_few", {"classes": few, "good": GOOD}))
    if len(classes) > 1 and classes[0].photos >= UNEVEN * classes[-1].photos:
        most, least = classes[0], classes[-1]
        params = {
            "most": most.label, "many": most.photos, "least": least.label, "few": least.photos,
        }  # fmt: skip
        found.append(Remark("teach_uneven", params))
    return found

"""Which of two versions is better, asked of the coins that neither was taught."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from identify import measures

if TYPE_CHECKING:
    from identify.models import ModelVersion


@dataclass(frozen=True)
class Judged:
    """One photo that was kept aside, and what both said of it."""

    photo: int
    label: str
    first: str
    second: str


@dataclass(frozen=True)
class Comparison:
    judged: Sequence[Judged]

    @property
    def count(self) -> int:
        return len(self.judged)

    @property
    def first_right(self) -> int:
        return sum(one.first == one.label for one in self.judged)

    @property
    def second_right(self) -> int:
        return sum(one.second == one.label for one in self.judged)

    @property
    def by_chance(self) -> float | None:
        """How often chance alone would make a difference like this: McNemar's test."""
        return measures.mcnemar(*self._right()) if self.judged else None

    @property
    def difference(self) -> measures.Interval | None:
        """Of the second's share of right answers from the first's, with what chance leaves open."""
        if not self.judged:
            return None
        return measures.bootstrap(
            lambda a, b: float(b.mean() - a.mean()), *self._right(), rounds=500
        )

    def _right(self) -> tuple[measures.Floats, measures.Floats]:
        first = [float(one.first == one.label) for one in self.judged]
        second = [float(one.second == one.label) for one in self.judged]
        return measures.floats(first), measures.floats(second)

    @property
    def only_first(self) -> list[Judged]:
        return [one for one in self.judged if one.first == one.label != one.second]

    @property
    def only_second(self) -> list[Judged]:
        return [one for one in self.judged if one.second == one.label != one.first]


def compared(first: "ModelVersion", second: "ModelVersion") -> Comparison:
    """A photo that one was taught says nothing of it, so those are left out."""
    mine, other = answers(first), answers(second)
    mine, other = mine | asked_beside(first, second), other | asked_beside(second, first)
    taught = learnt(first) | learnt(second)
    both = sorted((set(mine) & set(other)) - taught)
    return Comparison([Judged(pk, mine[pk][0], mine[pk][1], other[pk][1]) for pk in both])


def answers(version: "ModelVersion") -> dict[int, tuple[str, str]]:
    rows = version.lessons.filter(judged=True).values_list("photo_id", "label", "said")
    return {photo: (label, said) for photo, label, said in rows}


def asked_beside(version: "ModelVersion", other: "ModelVersion") -> dict[int, tuple[str, str]]:
    """What it said of the other's coins, if it served when the other was taught."""
    told = other.run.report.get("beside") or {}
    if told.get("version") != version.pk:
        return {}
    truth = answers(other)
    return {
        int(photo): (truth[int(photo)][0], said)
        for photo, said in told["answers"].items()
        if int(photo) in truth
    }


def learnt(version: "ModelVersion") -> set[int]:
    return set(version.lessons.filter(judged=False).values_list("photo_id", flat=True))


def worse(new: "ModelVersion", old: "ModelVersion") -> dict[str, str]:
    """What to say of it; empty where it is as good or better. Without a coin that both were judged by,
    each by its own."""
    found = compared(new, old)
    if found.count:
        shares = (found.first_right / found.count, found.second_right / found.count)
    else:
        shares = (new.metrics.get("top1") or 0.0, old.metrics.get("top1") or 0.0)
    if shares[0] >= shares[1]:
        return {}
    told = [f"{100 * share:.0f} %" for share in shares]
    return {"new": new.name, "new_share": told[0], "old": old.name, "old_share": told[1]}

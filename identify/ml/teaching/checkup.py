"""Before anything is taught: are there photos enough, and are they what their labels say?"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from identify.ml.teaching.alike import near_pairs, prints
from identify.ml.teaching.examples import Example
from identify.values import Remark

FEWEST = 2  # coins of a class: one to learn from, one to examine on
GOOD = 10  # coins of a class from which on figures mean something
UNEVEN = 10  # times as many of one class as of another
BLOCKING = frozenset({"too_few_classes", "nothing_to_judge"})


@dataclass(frozen=True)
class Health:
    counts: Mapping[str, int]  # photos of each class that can be read
    coins: Mapping[str, int]
    remarks: tuple[Remark, ...]

    @property
    def can_teach(self) -> bool:
        return not any(one.code in BLOCKING for one in self.remarks)


def health(examples: Sequence[Example]) -> Health:
    found = prints(examples)
    readable = [one for one, seen in zip(examples, found, strict=True) if seen is not None]
    counts = Counter(one.label for one in readable)
    groups: dict[str, set[str]] = defaultdict(set)
    judging: dict[str, set[str]] = defaultdict(set)
    for one in readable:
        groups[one.label].add(one.group)
        if one.judges:
            judging[one.label].add(one.group)
    coins = {label: len(members) for label, members in sorted(groups.items())}
    remarks = (
        *_of_sizes(counts, coins, {label: len(one) for label, one in judging.items()}),
        *(
            Remark("unreadable", {"path": str(one.path)})
            for one, seen in zip(examples, found, strict=True)
            if seen is None
        ),
        *_of_pairs(examples, found),
    )
    return Health(dict(sorted(counts.items())), coins, remarks)


def _of_sizes(
    counts: Mapping[str, int], coins: Mapping[str, int], judging: Mapping[str, int]
) -> list[Remark]:
    told = []
    if len(counts) < 2:
        told.append(Remark("too_few_classes", {"count": len(counts)}))
    if not any(judging.get(label, 0) and coins[label] >= FEWEST for label in counts):
        told.append(Remark("nothing_to_judge"))
    for label, count in coins.items():
        if count < FEWEST:
            told.append(Remark("single_coin", {"label": label, "photos": counts[label]}))
        elif count < GOOD:
            told.append(Remark("few_coins", {"label": label, "coins": count, "better": GOOD}))
    if len(counts) > 1 and max(counts.values()) >= UNEVEN * min(counts.values()):
        most, least = max(counts, key=counts.__getitem__), min(counts, key=counts.__getitem__)
        told.append(
            Remark(
                "uneven",
                {"most": most, "many": counts[most], "least": least, "few": counts[least]},
            )
        )
    return told


def _of_pairs(examples: Sequence[Example], found: Sequence[bytes | None]) -> list[Remark]:
    told = []
    for left, right in near_pairs(found):
        one, other = examples[left], examples[right]
        paths = {"path": str(one.path), "other": str(other.path)}
        if one.label != other.label:
            told.append(
                Remark("mixed_labels", paths | {"label": one.label, "other_label": other.label})
            )
        else:
            told.append(Remark("duplicate", paths))
    return told

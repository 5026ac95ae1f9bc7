"""How far curators agree, and how often each errs where the answer is known."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from catalog.models import User
from identify import attribution
from identify import labels as tree
from identify.curation import agreement
from identify.measures import Interval, wilson
from identify.models import Gold, How, Label

READ = (How.TYPED, How.CORRECTED, How.VIEWED)  # whoever accepts unread agrees with nobody


@dataclass(frozen=True)
class OfTwo:
    people: tuple[str, str]
    photos: int
    same: int
    kappa: float | None


@dataclass(frozen=True)
class OfClass:
    told: str
    said: int  # how many times by anybody
    disputed: int  # photos of which somebody else said something else
    kappa: float | None


@dataclass(frozen=True)
class Erring:
    person: str
    wrong: int
    share: Interval

    @property
    def asked(self) -> int:
        return self.share.count

    @property
    def told(self) -> str:
        low, share, high = (
            round(100 * part) for part in (self.share.low, self.share.value, self.share.high)
        )
        return f"{share} % ({low}–{high})"


@dataclass(frozen=True)
class Agreement:
    photos: int
    several: int
    kappa: float | None
    pairs: list[OfTwo]
    classes: list[OfClass]

    @property
    def strength(self) -> str:
        return agreement.strength(self.kappa)


Words = dict[int, dict[str, str]]  # photo -> person -> folded word


def agreement_of(field: str, user: User) -> Agreement:
    labels = list(
        Label.objects.visible_to(user).standing().filter(field=field, how__in=READ, by__isnull=False)
        .select_related("by", "photo").order_by("photo_id", "pk")
    )  # fmt: skip
    words = by_photo(labels)
    items = [Counter(said.values()) for said in words.values()]
    spelt = {tree.fold(label.value): label.value for label in labels}
    return Agreement(
        photos=len(words),
        several=len(agreement.several(items)),
        kappa=agreement.fleiss(items),
        pairs=of_pairs(words),
        classes=[
            OfClass(
                attribution.shown(field, spelt[name]), sum(item[name] for item in items),
                sum(0 < item[name] < item.total() for item in items),
                agreement.fleiss_of(name, items),
            )
            for name in sorted(spelt)
        ],
    )  # fmt: skip


def by_photo(labels: Iterable[Label]) -> Words:
    """One photo a coin: a word about a coin is kept with both of its faces, but was said once."""
    first: dict[int, int] = {}
    found: Words = defaultdict(dict)
    for label in labels:
        photo = first.setdefault(label.photo.coin_id, label.photo_id)
        if photo == label.photo_id and label.by:
            found[photo][label.by.get_username()] = tree.fold(label.value)
    return found


def of_pairs(words: Words) -> list[OfTwo]:
    people = sorted({person for said in words.values() for person in said})
    found = []
    for one, other in combinations(people, 2):
        both = [(said[one], said[other]) for said in words.values() if {one, other} <= said.keys()]
        if both:
            same = sum(a == b for a, b in both)
            found.append(OfTwo((one, other), len(both), same, agreement.cohen(both)))
    return sorted(found, key=lambda pair: -pair.photos)


def erring(field: str, user: User) -> list[Erring]:
    """By first answers: who has been told better, or marked it himself, is not asked again."""
    gold = {row.photo_id: row for row in Gold.objects.filter(field=field, retired_at=None)}
    labels = Label.objects.visible_to(user).filter(field=field, photo__in=gold, by__isnull=False)
    first: dict[tuple[int, int], Label] = {}
    for label in labels.filter(how__in=READ).select_related("by").order_by("at", "pk"):
        if label.by_id and label.by_id != gold[label.photo_id].by_id:
            first.setdefault((label.by_id, label.photo_id), label)
    answers: dict[str, list[bool]] = defaultdict(list)
    for (_person, photo), label in first.items():
        right = tree.fold(label.value) == tree.fold(gold[photo].value)
        answers[str(label.by)].append(right)
    return [
        Erring(name, right.count(False), wilson(right.count(False), len(right)))
        for name, right in sorted(answers.items())
    ]

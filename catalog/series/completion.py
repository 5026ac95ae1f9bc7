"""How far a set is complete. A slot is filled by the coin put there by hand, else by a coin held that
is what it asks for; one coin fills one slot of a set."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from catalog.models import Coin, CoinSet, SetSlot, User

NAMED = 12  # missing slots that a sentence names before it only says that there are more


@dataclass(frozen=True)
class Filling:
    """One slot and what fills it."""

    slot: SetSlot
    coin: Coin | None

    @property
    def by_hand(self) -> bool:
        return self.coin is not None and self.coin.pk == self.slot.coin_id


@dataclass
class Completion:
    set: CoinSet
    slots: list[Filling] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.slots)

    @property
    def missing(self) -> list[SetSlot]:
        return [one.slot for one in self.slots if one.coin is None]

    @property
    def filled(self) -> int:
        return self.total - len(self.missing)

    @property
    def sentence(self) -> str:
        """“131 of 147, missing 1909-S VDB, 1914-D …”"""
        counts = _("%(filled)s of %(total)s") % {"filled": self.filled, "total": self.total}
        if not self.missing:
            return _("%(counts)s: complete") % {"counts": counts} if self.total else ""
        names = ", ".join(slot.label for slot in self.missing[:NAMED])
        more = " …" if len(self.missing) > NAMED else ""
        return _("%(counts)s, missing %(names)s") % {"counts": counts, "names": names + more}


@dataclass(frozen=True)
class Candidate:
    """As much of a coin as decides where it fits."""

    pk: int
    owner: int
    type: int | None
    authority: int | None
    year_from: int | None
    year_to: int | None
    mint_mark: str
    variety: str

    def fits(self, slot: SetSlot) -> bool:
        if slot.type_id:
            return self.type == slot.type_id and self.is_issue(slot)
        return slot.authority_id is not None and self.authority == slot.authority_id

    def is_issue(self, slot: SetSlot) -> bool:
        if slot.variety and self.variety.casefold() != slot.variety.casefold():
            return False
        if slot.year is None:
            return True
        # a coin that is only known to be of 1909 to 1958 is not one of 1909
        one_year = self.year_to in (None, self.year_from)
        same_mint = self.mint_mark.casefold() == slot.mint_mark.casefold()
        return self.year_from == slot.year and one_year and same_mint


COLUMNS = ("pk", "collection__owner", "type", "authority", "year_from", "year_to", "mint_mark",
           "variety")  # fmt: skip


def completion(coin_set: CoinSet, user: User) -> Completion:
    return completions([coin_set], user)[0]


def completions(sets: Iterable[CoinSet], user: User) -> list[Completion]:
    """Of many sets with as many questions as of one."""
    found = {one.pk: Completion(one) for one in sets}
    by_set: dict[int, list[SetSlot]] = {pk: [] for pk in found}
    for slot in SetSlot.objects.filter(set__in=found):
        by_set[slot.set_id].append(slot)
    candidates = held_for([slot for slots in by_set.values() for slot in slots], user)
    chosen = {
        slot: pk
        for set_pk, slots in by_set.items()
        for slot, pk in assign(slots, candidates, found[set_pk].set.owner_id).items()
    }
    coins = Coin.objects.prefetch_related("photos").in_bulk(chosen.values())
    for set_pk, slots in by_set.items():
        found[set_pk].slots = [Filling(slot, coins.get(chosen.get(slot, 0))) for slot in slots]
    return list(found.values())


def held_for(slots: list[SetSlot], user: User) -> list[Candidate]:
    wanted = Q(pk__in={slot.coin_id for slot in slots if slot.coin_id})
    wanted |= Q(type__in={slot.type_id for slot in slots if slot.type_id})
    wanted |= Q(authority__in={slot.authority_id for slot in slots if slot.authority_id})
    held = Coin.objects.held().visible_to(user).filter(wanted).order_by("pk")
    return [Candidate(*row) for row in held.values_list(*COLUMNS)]


def assign(slots: list[SetSlot], candidates: list[Candidate], owner: int) -> dict[SetSlot, int]:
    """By hand first, then the slots that ask for most: a 1909-S VDB goes to its own slot, and to
    that of the 1909-S only where nothing asks for the variety."""
    held = {one.pk for one in candidates}
    chosen = {slot: slot.coin_id for slot in slots if slot.coin_id in held}
    used = set(chosen.values())
    shelf = Shelf([one for one in candidates if one.owner == owner])
    named = {slot.variety.casefold() for slot in slots if slot.variety}
    for slot in sorted(slots, key=demands):
        if slot in chosen:
            continue
        fitting = [one for one in shelf.for_slot(slot) if one.pk not in used and one.fits(slot)]
        if not slot.variety and slot.year is not None:
            fitting = [one for one in fitting if one.variety.casefold() not in named]
            fitting.sort(key=lambda one: one.variety != "")
        if fitting:
            chosen[slot] = fitting[0].pk
            used.add(fitting[0].pk)
    return {slot: pk for slot, pk in chosen.items() if pk is not None}


def demands(slot: SetSlot) -> tuple[bool, bool, bool]:
    return not slot.type_id, slot.year is None, not slot.variety


class Shelf:
    """Candidates by what a slot asks for, so that a thousand slots do not look at every coin."""

    def __init__(self, candidates: list[Candidate]) -> None:
        self.by_type: dict[int | None, list[Candidate]] = {}
        self.by_authority: dict[int | None, list[Candidate]] = {}
        for one in candidates:
            self.by_type.setdefault(one.type, []).append(one)
            self.by_authority.setdefault(one.authority, []).append(one)

    def for_slot(self, slot: SetSlot) -> list[Candidate]:
        if slot.type_id:
            return self.by_type.get(slot.type_id, [])
        return self.by_authority.get(slot.authority_id, []) if slot.authority_id else []

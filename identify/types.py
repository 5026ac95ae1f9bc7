"""Which reference types a coin can be. Every process keeps an index of all types and builds it anew
when the tables change: 50,000 types take a second to read and some milliseconds to ask."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from threading import Lock
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Max, Q

from catalog.access import Visitor
from catalog.models import Authority, Coin, CoinType, Denomination, Metal, Mint, TermChange
from catalog.models.vocabulary import Term, fold
from identify import attribution
from identify.matching import Index, Match, Seen, Type
from identify.models import Identification
from identify.type_words import sentences
from identify.values import Answer

TERMS: dict[str, tuple[str, type[Term]]] = {
    "ruler": ("authority", Authority),
    "denomination": ("denomination", Denomination),
    "mint": ("mint", Mint),
    "metal": ("metal", Metal),
}
COLUMNS = (
    "pk", "authority__name", "denomination__name", "mint__name", "metal__name", "obverse_legend",
    "reverse_legend", "weight", "diameter", "year_from", "year_to", "added_by",
    "authority__reign_from", "authority__reign_to",
)  # fmt: skip
OLDEST = 1800.0  # seconds; an import that completes types leaves no other trace than the types
Stamp = tuple[Any, ...]


@dataclass(frozen=True)
class Kept:
    index: Index
    stamp: Stamp
    built_at: float


class Shelf:
    """The index of this process. While one thread builds, the others wait for it."""

    def __init__(self) -> None:
        self.kept: Kept | None = None
        self.lock = Lock()

    def index(self) -> Index:
        stamp = stamp_of_types()
        with self.lock:
            kept = self.kept
            if not kept or kept.stamp != stamp or time.monotonic() - kept.built_at > OLDEST:
                kept = self.kept = Kept(build(), stamp, time.monotonic())
            return kept.index


SHELF = Shelf()


def stamp_of_types() -> Stamp:
    """Changes with every type that comes or goes, and with whatever a curator edits."""
    counted = CoinType.objects.aggregate(Count("pk"), Max("pk"))
    edits = LogEntry.objects.filter(content_type__app_label="catalog").aggregate(Max("pk"))
    terms = TermChange.objects.aggregate(Max("pk"))
    return (*counted.values(), *edits.values(), *terms.values())


def build() -> Index:
    rows = CoinType.objects.order_by("title", "pk").values_list(*COLUMNS)
    return Index(as_type(row) for row in rows.iterator(chunk_size=5000))


def as_type(row: tuple[Any, ...]) -> Type:
    """A catalogue that gives no year means: while he reigned."""
    pk, *names, weight, diameter, first, last, owner, reign_from, reign_to = row
    years = (first, last) if first is not None else (reign_from, reign_to)
    ruler, denomination, mint, metal, obverse, reverse = (name or "" for name in names)
    return Type(
        pk, ruler, denomination, mint, metal, obverse, reverse,
        float(weight) if weight else None, float(diameter) if diameter else None,
        *years, owner or 0,
    )  # fmt: skip


# --- what is known of a coin -----------------------------------------------------
def seen_of(coin: Coin, user: Visitor) -> Seen:
    """What people wrote stands; what they left open, the model may say."""
    job = Identification.objects.current().filter(coin=coin).first()
    fields = job.said.fields if job else {}
    names = {
        name: written(coin, column) or supposed(model, name, fields.get(name), user)
        for name, (column, model) in TERMS.items()
    }
    return Seen(
        **names,
        obverse=coin.obverse_legend or read_on(fields, "obverse_legend"),
        reverse=coin.reverse_legend or read_on(fields, "reverse_legend"),
        weight=float(coin.weight) if coin.weight else None,
        diameter=float(coin.diameter) if coin.diameter else None,
        year_from=coin.year_from,
        year_to=coin.year_to,
    )


def written(coin: Coin, column: str) -> dict[str, float]:
    term = getattr(coin, column)
    return {term.name: 1.0} if term else {}


def supposed(
    model: type[Term], field: str, answer: Answer | None, user: Visitor
) -> dict[str, float]:
    """The model's labels under the names that the types use."""
    if not answer:
        return {}
    said = {
        text: candidate.confidence / len(choices)
        for candidate in answer.candidates
        for choices in [attribution.choices(field, candidate.label)]
        for text in choices
    }
    shares: dict[str, float] = {}
    for text, name in named(model, said, user).items():
        shares[name] = shares.get(name, 0.0) + said[text]
    return shares


def named(model: Any, texts: Iterable[str], user: Visitor) -> dict[str, str]:
    """In one query. A text that the vocabulary does not have stands for itself."""
    wanted = {text: f"| {fold(text.strip())} |" for text in texts}
    if not wanted:
        return {}
    any_of = reduce(or_, (Q(search_text__contains=words) for words in wanted.values()))
    known = list(
        model.objects.known_to(user).filter(any_of).order_by("added_by", "pk")
        .values_list("name", "search_text")
    )  # fmt: skip
    return {
        text: next((name for name, search in known if words in search), text)
        for text, words in wanted.items()
    }


def read_on(fields: Mapping[str, Answer], name: str) -> str:
    answer = fields.get(name)
    if not answer:
        return ""
    return answer.read or (answer.best.label if answer.best and not answer.abstained else "")


# --- what is shown ---------------------------------------------------------------
@dataclass(frozen=True)
class Ranked:
    type: CoinType
    match: Match
    supporting: list[str]
    contradicting: list[str]
    taken: bool = False


def ranked(coin: Coin, user: Visitor, top: int = 8) -> list[Ranked]:
    viewer = 0 if isinstance(user, AnonymousUser) else user.pk
    found = SHELF.index().search(seen_of(coin, user), top, viewer)
    types = (
        CoinType.objects.known_to(user)
        .select_related(*(column for column, _model in TERMS.values()))
        .in_bulk([match.key for match in found])
    )
    return [told(coin, types[match.key], match) for match in found if match.key in types]


def told(coin: Coin, of: CoinType, match: Match) -> Ranked:
    terms = {name: str(getattr(of, column) or "") for name, (column, _model) in TERMS.items()}
    return Ranked(
        of,
        match,
        sentences(match.supporting, terms),
        sentences(match.contradicting, terms),
        taken=coin.type_id == of.pk,
    )

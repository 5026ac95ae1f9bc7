"""The series that fixtures/facts/series.json defines, as the slots of a set."""

from dataclasses import dataclass
from functools import cache

from django.db import transaction
from django.utils.translation import get_language

from catalog.facts import files
from catalog.models import Authority, CoinSet, CoinType, SetSlot, User


@dataclass(frozen=True)
class Series:
    key: str
    name: str
    group: str
    count: int


@dataclass(frozen=True)
class Wanted:
    """What one slot asks for: an issue of a type, any piece of a type, or any coin of an authority."""

    type: str = ""
    authority: str = ""
    year: int | None = None
    mint_mark: str = ""
    variety: str = ""

    @property
    def label(self) -> str:
        date = f"{self.year or ''}{'-' + self.mint_mark if self.mint_mark else ''}"
        return " ".join(part for part in (date, self.variety) if part)


def known() -> list[Series]:
    return [
        Series(one["key"], named(one), one["group"], len(wanted(one["key"])))
        for one in files.series()
    ]


def named(record: files.Record) -> str:
    return record["names"].get((get_language() or "en")[:2]) or record["name"]


def record_of(key: str) -> files.Record:
    for one in files.series():
        if one["key"] == key:
            return one
    raise LookupError(key)


@cache
def issues_by_type() -> dict[str, list[list[str]]]:
    return files.issues()


@cache
def wanted(key: str) -> tuple[Wanted, ...]:
    """Read from the files, so that a series stays what it is whatever is imported beside it."""
    record = record_of(key)
    if "issues_of" in record:
        return tuple(issues(record))
    if "varieties_of" in record:
        rows = issues_by_type()[record["varieties_of"]]
        names = dict.fromkeys(row[2] for row in rows if row[2] not in record.get("without", []))
        return tuple(Wanted(record["varieties_of"], variety=name) for name in names)
    people = tuple(Wanted(authority=one) for one in record.get("authorities", []))
    return people + tuple(Wanted(one) for one in record.get("types", []))


def issues(record: files.Record) -> list[Wanted]:
    first, last = record.get("year_from", 0), record.get("year_to", 9999)
    return [
        Wanted(record["issues_of"], year=int(year), mint_mark=mark, variety=variety)
        for year, mark, variety, *_rest in issues_by_type()[record["issues_of"]]
        if first <= int(year) <= last and variety not in record.get("without", [])
    ]


@transaction.atomic
def start(owner: User, key: str) -> CoinSet:
    """A set of the user's own with the slots of a known series; LookupError if there is none."""
    made = CoinSet.objects.create(owner=owner, name=named(record_of(key))[:120])
    wants = wanted(key)
    types = CoinType.objects.select_related("denomination", "authority").in_bulk(
        {one.type for one in wants if one.type}, field_name="key"
    )
    people = Authority.objects.filter(nomisma_id__in=[one.authority for one in wants])
    authorities = {one.nomisma_id: one for one in people if one.nomisma_id}
    names = distinct_names([types[one.type] for one in wants if one.type in types])
    slots: list[SetSlot] = []
    for one in wants:
        type_, authority = types.get(one.type), authorities.get(one.authority)
        if type_ is None and authority is None:
            continue  # a curator took it out of this site
        label = one.label or (names[type_.key] if type_ else str(authority))
        slots.append(
            SetSlot(
                set=made, position=len(slots), label=label[:200], type=type_, authority=authority,
                year=one.year, mint_mark=one.mint_mark, variety=one.variety,
            )
        )  # fmt: skip
    SetSlot.objects.bulk_create(slots)
    return made


def distinct_names(types: list[CoinType]) -> dict[str, str]:
    """The shortest that tells the types of a series apart: of one country's coins the denominations,
    of one denomination the countries, else the titles."""
    for name in ("denomination", "authority"):
        terms = {row.key: str(getattr(row, name) or "") for row in types}
        if "" not in terms.values() and len(set(terms.values())) == len(terms):
            return terms
    return {row.key: row.title for row in types}

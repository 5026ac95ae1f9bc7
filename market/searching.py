"""Lots of any ruler and kind: what an address asks for, and the lots that answer it. Of more than a
page can draw an even part is taken, and the page says so."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q

from catalog import references
from catalog.access import Visitor, id_in
from catalog.models import Authority, Denomination, Mint
from market.charts import MOST
from market.grading import ordinal
from market.models import LotReference, Quote, Sale
from market.models.quotes import QuoteQuerySet
from market.quoted import Quoted, quoted, sample

HALF_A_STEP = 0.35  # of grades: "VF" asks for aVF to gVF, too
GRADES = ("P", "G", "VG", "F", "VF", "EF", "AU", "MS", "FDC")
SORTS = ("-day", "day", "-price", "price", "-grade", "grade", "house")


@dataclass(frozen=True)
class Search:
    """Every filter is a text as it stands in the address; empty asks for nothing."""

    ruler: str = ""
    denomination: str = ""
    metal: str = ""
    mint: str = ""
    reference: str = ""
    grade_from: str = ""
    grade_to: str = ""
    flag: str = ""
    house: str = ""
    year_from: str = ""
    year_to: str = ""

    @classmethod
    def of(cls, query: Any) -> "Search":
        asked = {one.name: query.get(one.name, "").strip()[:120] for one in fields(cls)}
        return cls(**asked)

    def __bool__(self) -> bool:
        return any(self.asked())

    def asked(self) -> dict[str, str]:
        return {name: value for name, value in self.__dict__.items() if value}

    def to_query(self, **more: str) -> str:
        return urlencode(self.asked() | {name: value for name, value in more.items() if value})

    def quotes(self, user: Visitor) -> QuoteQuerySet:
        found = Quote.objects.visible_to(user)
        for condition in self.conditions(user):
            found = found.filter(condition)
        return found

    def conditions(self, user: Visitor) -> Iterable[Q]:
        if self.ruler:
            yield Q(ruler__in=spellings(Authority, self.ruler))
        if self.denomination:
            yield Q(denomination__in=spellings(Denomination, self.denomination))
        if self.mint:
            yield Q(mint__in=spellings(Mint, self.mint))
        if self.metal:
            yield Q(metal=self.metal.upper())
        if self.reference:
            yield Q(pk__in=cites(self.reference))
        if self.flag:
            yield Q(flags__contains=f" {self.flag} ")
        if self.house:
            yield Q(sale__in=sales_of(self.house, user))
        yield from self.ranges()

    def ranges(self) -> Iterable[Q]:
        low, high = (ordinal(text) if text else None for text in (self.grade_from, self.grade_to))
        if low is not None:
            yield Q(grade_ord__gte=low - HALF_A_STEP)
        if high is not None:
            yield Q(grade_ord__lte=high + HALF_A_STEP)
        if first := year_in(self.year_from):
            yield Q(day__year__gte=first)
        if last := year_in(self.year_to):
            yield Q(day__year__lte=last)


def year_in(text: str) -> int:
    year = id_in(text)
    return year if 1 <= year <= 9999 else 0


def sales_of(house: str, user: Visitor) -> list[int]:
    """Asked for first, so that the lots are found by their sales."""
    visible = Sale.objects.filter(Q(owner=user.pk) | Q(owner=None))
    return list(visible.filter(house__iexact=house).order_by().values_list("pk", flat=True))


def spellings(model: Any, text: str) -> set[str]:
    """As the reader of texts writes it: in English, rulers with a capital, money without."""
    terms = model.objects.filter(added_by=None).named(text)[:5]
    names = {text, text.title(), *(name for term in terms for name in term.all_names() if name)}
    return names | {name.lower() for name in names}


def cites(text: str) -> Any:
    """From the fullest citation to the barest; RIC 207 finds every volume's."""
    keys = references.search_keys(text)
    bare = [Q(canonical_key__in=keys)]
    for cited in references.parse(text):
        if not cited.volume and cited.number:
            number = references.normalise(references.Citation("", "", cited.number))
            start, end = f"{cited.catalogue.casefold()} ", f" {number}"
            bare.append(
                Q(
                    canonical_key__startswith=start,
                    canonical_key__endswith=end,
                )
            )
    condition = bare[0]
    for one in bare[1:]:
        condition |= one
    return LotReference.objects.filter(condition).values("lot")


@dataclass(frozen=True)
class Found:
    """`n` are counted; of many, `offers` are an even part."""

    offers: list[Quoted]
    n: int

    @property
    def is_part(self) -> bool:
        return len(self.offers) < self.n

    @cached_property
    def n_unsold(self) -> int:
        return self.projected(sum(not one.is_sold for one in self.offers))

    @property
    def n_sold(self) -> int:
        return self.n - self.n_unsold

    def projected(self, count: int) -> int:
        return round(count * self.n / len(self.offers)) if self.offers else 0

    @property
    def unsold_per_cent(self) -> int:
        return round(100 * self.n_unsold / self.n) if self.n else 0


def find(search: Search, user: Visitor, most: int = MOST) -> Found:
    quotes = search.quotes(user)
    n = quotes.count()
    return Found(quoted(sample(quotes, n, most)), n)

"""What a list of coins can be narrowed by. A criterion reads its part of a query string and hands back
a condition, or nothing and a note: whatever stands in an address, the page comes up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.humanize.templatetags.humanize import ordinal
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import dates, grades, search
from catalog.access import Visitor
from catalog.models import Coin, Collection, CustomField, Photo, Place, Tag
from catalog.models.coins import CoinQuerySet
from catalog.refusals import Refusal
from catalog.sentences import sentence

NONE = "none"
LONGEST = 200
Narrow = Callable[[CoinQuerySet], CoinQuerySet]
Label = str | Promise


@dataclass(frozen=True)
class Scope:
    """What a visitor may see, asked once for a page."""

    user: Visitor
    collections: tuple[Collection, ...] = ()
    own_fields: tuple[CustomField, ...] = ()

    @classmethod
    def of(cls, user: Visitor) -> "Scope":
        collections = tuple(Collection.objects.visible_to(user))
        owners = {collection.owner_id for collection in collections} | {user.pk}
        own = CustomField.objects.filter(owner__in=owners)
        # two owners may have given one key to their fields: the visitor's own goes first
        by_key = {f.key: f for f in sorted(own, key=lambda f: f.owner_id == user.pk)}
        return cls(user, collections, tuple(sorted(by_key.values(), key=lambda f: f.position)))

    @property
    def owners(self) -> list[int]:
        return sorted(
            {collection.owner_id for collection in self.collections} | {self.user.pk or 0}
        )

    @property
    def pks(self) -> list[int]:
        return [one.pk for one in self.collections]

    def coins(self) -> CoinQuerySet:
        # the ids, not a subquery: the database then walks an index of each collection
        return Coin.objects.live().filter(collection__in=self.pks)


@dataclass(frozen=True)
class Chip:
    text: str
    params: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Condition:
    name: str
    label: str
    chips: tuple[Chip, ...]
    narrow: Narrow

    @property
    def params(self) -> list[tuple[str, str]]:
        return [pair for chip in self.chips for pair in chip.params]


@dataclass(frozen=True)
class Criterion:
    name: str
    label: Label

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.name,)

    def read(self, query: QueryDict, scope: Scope, notes: list[str]) -> Condition | None:
        raise NotImplementedError

    def condition(self, chips: Iterable[Chip], narrow: Narrow) -> Condition:
        return Condition(self.name, str(self.label), tuple(chips), narrow)

    def chip(self, text: str, value: str) -> Chip:
        return Chip(text, ((self.name, value),))

    def refuse(self, value: str, notes: list[str], why: str = "") -> None:
        why = why or _("“%(value)s” is not known here") % {"value": value[:60]}
        notes.append(_("%(label)s was left out: %(why)s.") % {
            "label": capfirst(str(self.label)), "why": why.rstrip("."),
        })  # fmt: skip


def given(query: QueryDict, key: str) -> list[str]:
    values = (" ".join(raw.replace("\0", "").split())[:LONGEST] for raw in query.getlist(key))
    return list(dict.fromkeys(value for value in values if value))


def one_of(query: QueryDict, key: str) -> str:
    return (given(query, key) or [""])[-1]


def either(parts: Iterable[Q]) -> Q:
    return reduce(or_, parts)


def as_id(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 15 else None


class Text(Criterion):
    def read(self, query: QueryDict, scope: Scope, notes: list[str]) -> Condition | None:
        text = one_of(query, self.name)
        if not text:
            return None
        return self.condition(
            [self.chip(f"“{text}”", text)], lambda coins: search.matching(coins, text)
        )


@dataclass(frozen=True)
class Pick(Criterion):
    """Any of some rows of a table: words, collections, types."""

    objects: Callable[[Scope], QuerySet] = field(kw_only=True)
    column: str = ""

    def read(self, query: QueryDict, scope: Scope, notes: list[str]) -> Condition | None:
        values = given(query, self.name)
        ids = [pk for value in values if (pk := as_id(value)) is not None]
        found = self.objects(scope).in_bulk(ids) if ids else {}
        chips, parts = [], []
        for value in values:
            thing = found.get(as_id(value) or 0)
            if value == NONE:
                chips.append(self.chip(_("not given"), NONE))
            elif thing is None:
                self.refuse(value, notes)
            else:
                chips.append(self.chip(str(thing), str(thing.pk)))
                parts.append(thing)
        if not chips:
            return None
        q = self.q(parts) if parts else Q()
        q = q | self.q_none() if (self.name, NONE) in [c.params[0] for c in chips] else q
        return self.condition(chips, lambda coins: coins.filter(q))

    def q(self, things: list[Any]) -> Q:
        return Q(**{f"{self.column or self.name}__in": [thing.pk for thing in things]})

    def q_none(self) -> Q:
        return Q(**{f"{self.column or self.name}__isnull": True})


class InPlace(Pick):
    """A place with all that is in it."""

    def q(self, things: list[Place]) -> Q:
        return either(Q(place__in=thing.with_descendants()) for thing in things)


class Tagged(Pick):
    """A tag with all below it; asked of the joining table, so that no coin comes twice."""

    def q(self, things: list[Tag]) -> Q:
        rows = Coin.tags.through.objects
        return either(
            Q(pk__in=rows.filter(tag__in=thing.with_descendants()).values("coin"))
            for thing in things
        )

    def q_none(self) -> Q:
        return ~Exists(Coin.tags.through.objects.filter(coin=OuterRef("pk")))  # type: ignore[return-value]


@dataclass(frozen=True)
class Choice(Criterion):
    choices: dict[str, Label] = field(kw_only=True)

    def read(self, query: QueryDict, scope: Scope, notes: list[str]) -> Condition | None:
        good = []
        for value in given(query, self.name):
            if value in self.choices:
                good.append(value)
            else:
                self.refuse(value, notes)
        if not good:
            return None
        chips = [self.chip(str(self.choices[value]), value) for value in good]
        return self.condition(chips, lambda coins: coins.filter(self.q(good)))

    def q(self, values: list[str]) -> Q:
        return Q(**{f"{self.name}__in": values})


MISSING: dict[str, tuple[Label, Q]] = {
    "photo": (gettext_lazy("photo"), ~Q(Exists(Photo.objects.filter(coin=OuterRef("pk"))))),
    "type": (gettext_lazy("type"), Q(type=None)),
    "date": (gettext_lazy("date"), Q(year_from=None, year_to=None)),
    "weight": (gettext_lazy("weight"), Q(weight=None)),
    "diameter": (gettext_lazy("diameter"), Q(diameter=None)),
    "grade": (gettext_lazy("grade"), Q(grade="")),
    "place": (gettext_lazy("storage place"), Q(place=None)),
    "cost": (gettext_lazy("cost"), Q(cost=None)),
    "value": (gettext_lazy("value"), Q(value=None)),
}


class Lacking(Choice):
    """Coins that lack this and that: each tick narrows further."""

    def q(self, values: list[str]) -> Q:
        return reduce(lambda q, value: q & MISSING[value][1], values, Q())


class Having(Choice):
    def q(self, values: list[str]) -> Q:
        return reduce(lambda q, value: q & ~MISSING[value][1], values, Q())


class Years(Criterion):
    """Coins that may have been struck in these years."""

    def read(self, query: QueryDict, scope: Scope, notes: list[str]) -> Condition | None:
        text = one_of(query, self.name)
        if not text:
            return None
        try:
            wanted = dates.parse(text)
        except dates.DateError as error:
            self.refuse(text, notes, sentence(error))
            return None
        if not wanted.dated:
            return None
        q = Q(year_from__isnull=False) | Q(year_to__isnull=False)
        if wanted.end is not None:
            q &= Q(year_from__lte=wanted.end) | Q(year_from=None)
        if wanted.start is not None:
            q &= Q(year_to__gte=wanted.start) | Q(year_to=None)
        return self.condition([self.chip(text, text)], lambda coins: coins.filter(q))


def as_number(text: str) -> int | None:
    try:
        return int(text) if len(text) <= 5 else None
    except ValueError:
        return None


class Century(Criterion):
    """The century in which the coin's date begins."""

    def read(self, query: QueryDict, scope: Scope, notes: list[str]) -> Condition | None:
        good = []
        for value in given(query, self.name):
            number = as_number(value)
            if number and -40 <= number <= 22:
                good.append(number)
            else:
                self.refuse(value, notes)
        if not good:
            return None
        q = either(self.q(dates.century_years(number)) for number in good)
        chips = [self.chip(century_name(number), str(number)) for number in good]
        return self.condition(chips, lambda coins: coins.filter(q))

    def q(self, span: tuple[int, int]) -> Q:
        return Q(year_from__range=span) | Q(year_from=None, year_to__range=span)


def century_name(number: int) -> str:
    if number < 0:
        return _("%(nth)s century BC") % {"nth": ordinal(-number)}
    return _("%(nth)s century") % {"nth": ordinal(number)}


class AcquiredIn(Criterion):
    def read(self, query: QueryDict, scope: Scope, notes: list[str]) -> Condition | None:
        good = []
        for value in given(query, self.name):
            year = as_number(value)
            if year and 1000 <= year <= 9999:
                good.append(year)
            elif value == NONE:
                good.append(0)
            else:
                self.refuse(value, notes)
        if not good:
            return None
        q = either(Q(acquired_on__year=y) if y else Q(acquired_on=None) for y in good)
        chips = [self.chip(str(year) if year else _("unknown"), str(year or NONE)) for year in good]
        return self.condition(chips, lambda coins: coins.filter(q))


@dataclass(frozen=True)
class Span(Criterion):
    """From … to …, each end may stay open."""

    lookup: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        return (f"{self.name}_from", f"{self.name}_to")

    def read(self, query: QueryDict, scope: Scope, notes: list[str]) -> Condition | None:
        ends: dict[str, Any] = {}
        params = []
        for key, comparison in zip(self.keys, ("gte", "lte"), strict=True):
            text = one_of(query, key)
            if not text:
                continue
            try:
                ends[comparison] = self.end(text)
                params.append((key, text))
            except Refusal as error:
                self.refuse(text, notes, sentence(error))
            except ValueError as error:
                self.refuse(text, notes, str(error))
        if not ends:
            return None
        return self.condition([Chip(span_text(params), tuple(params))], self.narrow(ends))

    def end(self, text: str) -> Any:
        return number_in(text)

    def narrow(self, ends: dict[str, Any]) -> Narrow:
        q = Q(
            **{f"{self.lookup or self.name}__{comparison}": end for comparison, end in ends.items()}
        )
        return lambda coins: coins.filter(q)


def number_in(text: str) -> Decimal:
    try:
        number = Decimal(text.replace(" ", "").replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= 10**13:
        raise ValueError(_("“%(text)s” is not a number") % {"text": text[:60]})
    return number


def span_text(params: list[tuple[str, str]]) -> str:
    values = {key.rpartition("_")[2]: value for key, value in params}
    if len(values) == 2:
        return _("%(low)s to %(high)s") % {"low": values["from"], "high": values["to"]}
    if "from" in values:
        return _("from %(low)s") % {"low": values["from"]}
    return _("up to %(high)s") % {"high": values["to"]}


class GradeSpan(Span):
    def end(self, text: str) -> int:
        return grades.parse(text)[1]

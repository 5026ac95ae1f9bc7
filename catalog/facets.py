"""The filter panel: for every facet what can be ticked, how many coins that would be, and what is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy

from catalog.criteria import NONE, Criterion, Label, Pick, Scope, Span, Years, century_name
from catalog.facetcounts import Counts, counts
from catalog.filters import LACKS, CoinFilter, criteria_of
from catalog.grades import CHOICES
from catalog.models import (
    Authority,
    Denomination,
    Metal,
    Mint,
    Place,
    Region,
    Status,
    Tag,
)
from catalog.models.trees import Node
from catalog.models.vocabulary import Term
from catalog.owncriteria import OwnChoice, OwnText

SHOWN = 7
TERMS: dict[str, type[Term]] = {
    "authority": Authority, "denomination": Denomination, "mint": Mint, "metal": Metal,
    "region": Region,
}  # fmt: skip
TREES: dict[str, type[Node]] = {"place": Place, "tag": Tag}
ORDER = ["collection", "status", "authority", "denomination", "mint", "metal", "date", "century",
         "grade", "region", "place", "tag", "value", "cost", "weight", "acquired", "no"]  # fmt: skip
# Those that stay shut until they are used: they are long or rarely asked for, and not counted before.
SHUT = {"weight", "region", "place", "tag", "value", "cost", "acquired", "no", "grade"}
HINTS: dict[str, Label] = {"date": gettext_lazy("27 BC to AD 14"), "value": "100", "cost": "100"}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    is_active: bool = False
    depth: int = 0
    full: str = ""


@dataclass(frozen=True)
class Facet:
    """`kind` is ticks, span, grades or text; a span has two ends and no options."""

    name: str
    label: Label
    kind: str
    options: list[Option] = field(default_factory=list)
    more: int = 0
    ends: dict[str, str] = field(default_factory=dict)
    is_open: bool = True
    hint: Label = ""
    is_counted: bool = True

    @property
    def text(self) -> str:
        return next(iter(self.ends.values()), "")


def panel(asked: CoinFilter, opened: Iterable[str] = ()) -> list[Facet]:
    by_name = {one.name: one for one in criteria_of(asked.scope)}
    names = [*ORDER, *(name for name in by_name if name.startswith("own."))]
    wide = {name for name in names if asked.has(name) or name in opened or not is_shut(name)}
    found = counts(asked, wide)
    facets = [facet(asked, by_name[name], name in wide, found.get(name)) for name in names]
    return [one for one in facets if one]


def is_shut(name: str) -> bool:
    return name in SHUT or name.startswith("own.")


def facet(
    asked: CoinFilter, criterion: Criterion, is_open: bool, found: Counts | None
) -> Facet | None:
    name, label, hint = criterion.name, criterion.label, HINTS.get(criterion.name, "")
    params = dict(pair for pair in asked.params() if pair[0] in criterion.keys)
    ends = {key: params.get(key, "") for key in criterion.keys}
    if name == "grade":
        grades = [Option(grade, grade, 0) for grade in CHOICES]
        return Facet(name, label, "grades", grades, ends=ends, is_open=is_open)
    if isinstance(criterion, Span):
        return Facet(name, label, "span", ends=ends, is_open=is_open, hint=hint)
    if isinstance(criterion, Years | OwnText):
        return Facet(name, label, "text", ends=ends, is_open=is_open, hint=hint)
    if name == "collection" and len(asked.scope.collections) < 2:
        return None
    if found is None:
        return Facet(name, label, "ticks", is_open=is_open, is_counted=False)
    options = options_of(asked, criterion, found, SHOWN)
    if not options and not is_shut(name):
        return None
    more = len([n for n in found.values() if n]) - len(options)
    return Facet(name, label, "ticks", options, max(0, more), is_open=is_open)


def options_of(
    asked: CoinFilter, criterion: Criterion, found: Counts, limit: int | None = None
) -> list[Option]:
    """The most frequent ones, those that are ticked whatever their number, in the order of the facet."""
    name = criterion.name
    active = [value for key, value in asked.params() if key == name]
    values = [value for value, count in found.items() if count or value in active]
    values += [value for value in active if value not in found]
    values.sort(key=lambda value: (value not in active, -found.get(value, 0)))
    values = values[: max(limit, len(active)) if limit else None]
    labels = labels_of(name, values, asked.scope, criterion)
    order = ORDERS.get(name) or (by_count(found) if limit else by_label)
    values = sorted((one for one in values if one in labels), key=lambda one: order(one, labels))
    short = {one: (labels[one], 0) for one in values}
    if name in TREES:
        short = below_their_parents({one: labels[one] for one in values})
    return [
        Option(one, short[one][0], found.get(one, 0), one in active, short[one][1], labels[one])
        for one in values
    ]


def below_their_parents(paths: dict[str, str]) -> dict[str, tuple[str, int]]:
    """The name and depth of each, as far as what it lies in is shown above it."""
    shown, found = set(paths.values()), {}
    for value, path in paths.items():
        parts = path.split(Node.SEPARATOR)
        above = [n for n in range(1, len(parts)) if Node.SEPARATOR.join(parts[:n]) in shown]
        found[value] = (Node.SEPARATOR.join(parts[max(above, default=0) :]), len(above))
    return found


Order = Callable[[str, dict[str, str]], Any]
ORDERS: dict[str, Order] = {
    "status": lambda value, labels: Status.values.index(value),
    "century": lambda value, labels: int(value),
    "acquired": lambda value, labels: "" if value == NONE else f"{9999 - int(value)}",
    "no": lambda value, labels: list(LACKS).index(value),
    "place": lambda value, labels: (value == NONE, labels.get(value, "")),
    "tag": lambda value, labels: (value == NONE, labels.get(value, "")),
}


def by_label(value: str, labels: dict[str, str]) -> Any:
    return value == NONE, labels.get(value, "").casefold()


def by_count(found: Counts) -> Order:
    return lambda value, labels: (value == NONE, -found.get(value, 0), labels.get(value, ""))


def labels_of(
    name: str, values: Iterable[str], scope: Scope, criterion: Criterion
) -> dict[str, str]:
    if name == "status":
        return {value: str(label) for value, label in Status.choices}
    if name == "no":
        return {value: str(LACKS[value]) for value in values}
    if name == "century":
        return {value: century_name(int(value)) for value in values}
    if name == "acquired":
        return {value: str(gettext_lazy("unknown")) if value == NONE else value for value in values}
    if isinstance(criterion, OwnChoice):
        known = criterion.options()
        return {value: str(known.get(value, value)) for value in values}
    if name == "collection":
        return {str(one.pk): one.name for one in scope.collections}
    none = {NONE: str(gettext_lazy("not given"))} if NONE in values else {}
    return names_of(criterion, values, scope) | none


def names_of(criterion: Criterion, values: Iterable[str], scope: Scope) -> dict[str, str]:
    assert isinstance(criterion, Pick)
    things = criterion.objects(scope).filter(pk__in=[value for value in values if value != NONE])
    columns = ("name", "names") if criterion.name in TERMS else ("path",)
    found: dict[str, str] = {}
    thing: Model
    for thing in things.only(*columns):
        found[str(thing.pk)] = str(thing)
    return found

"""How many coins of a list have which value. Kept until a coin of these collections changes."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.cache import cache
from django.db.models import Aggregate, Count, TextField
from django.db.models.functions import Cast, Coalesce, Substr

from catalog import dates
from catalog.criteria import MISSING, NONE, Scope
from catalog.filters import CoinFilter, criteria_of
from catalog.models import Coin, Place, Tag
from catalog.models.coins import CoinQuerySet
from catalog.owncriteria import OwnChoice

Counts = dict[str, int]  # by the value that stands in an address
Columns = Mapping[str, tuple[Any, ...]]
VALUES: dict[str, Any] = {
    "collection": "collection_id", "status": "status", "authority": "authority_id",
    "denomination": "denomination_id", "mint": "mint_id", "metal": "metal_id", "region": "region_id",
    "place": "place_id", "century": Coalesce("year_from", "year_to"),
    "acquired": Substr(Cast("acquired_on", TextField()), 1, 4),
}  # fmt: skip
LACKING = {name: MISSING[name][1] for name in ("photo", "type", "date", "weight", "grade", "place")}
COUNTABLE = {*VALUES, "tag", "no"}
SEPARATOR = "\x1f"  # the unit separator of ASCII: in no word of anybody
# What changes no coin (a tag thrown away) is noticed after so many seconds.
PATIENCE = 30


def counts(asked: CoinFilter, names: Iterable[str]) -> dict[str, Counts]:
    """Of these facets, by name."""
    countable = COUNTABLE | own_choices(asked.scope).keys()
    stamp = stamp_of(asked)
    keys = {key(stamp, asked, name): name for name in names if name in countable}
    known = cache.get_many(keys)
    found: dict[str, Counts] = {keys[one]: counts for one, counts in known.items()}
    fresh: dict[str, Counts] = {}
    for shared, some in by_what_narrows(asked, set(keys.values()) - set(found)):
        fresh |= counted(shared, some)
    cache.set_many({key(stamp, asked, name): counts for name, counts in fresh.items()}, PATIENCE)
    return found | fresh


def by_what_narrows(
    asked: CoinFilter, names: Iterable[str]
) -> Iterator[tuple[CoinFilter, list[str]]]:
    """Facets that nobody ticked are counted in one go. Two ticks of one facet widen each other, so
    each ticked one is counted without itself; those of "no" narrow."""
    ticked = [name for name in names if name != "no" and asked.has(name)]
    yield asked, [name for name in names if name not in ticked]
    yield from ((asked.without(name), [name]) for name in ticked)


def stamp_of(asked: CoinFilter) -> str:
    """Another one as soon as a coin came, went or changed."""
    collections = [one.pk for one in asked.scope.collections]
    newest = Coin.objects.filter(collection__in=collections).order_by("-changed_at")
    changed = newest.values_list("changed_at", flat=True).first()
    return repr((collections, changed, asked.scope.coins().count()))


def key(stamp: str, asked: CoinFilter, name: str) -> str:
    text = repr((stamp, name, sorted(asked.params())))
    return "facet-" + hashlib.sha256(text.encode()).hexdigest()


def own_choices(scope: Scope) -> dict[str, OwnChoice]:
    return {one.name: one for one in criteria_of(scope) if isinstance(one, OwnChoice)}


class Joined(Aggregate):
    """All values in one text. A GROUP BY for each facet would walk the index a dozen times, and rows
    of 20,000 coins would be tuples to make and to throw away; this takes a third of either."""

    function = "GROUP_CONCAT"
    template = f"%(function)s(%(expressions)s, '{SEPARATOR}')"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        cast = f"STRING_AGG((%(expressions)s)::text, '{SEPARATOR}')"
        return self.as_sql(compiler, connection, template=cast, **context)


def counted(asked: CoinFilter, names: list[str]) -> dict[str, Counts]:
    if not names:
        return {}
    coins, scope = asked.coins().order_by(), asked.scope
    own = {name: one for name, one in own_choices(scope).items() if name in names}
    total, found = by_columns(coins, {name: VALUES[name] for name in names if name in VALUES})
    if "century" in found:
        found["century"] = by_century(found["century"])
    if "place" in found:
        found["place"] = rolled_up(found["place"], scope)
    if "tag" in names:
        found["tag"] = tag_counts(coins, total, scope)
    if "no" in names:
        found["no"] = coins.aggregate(
            **{name: Count("pk", filter=q) for name, q in LACKING.items()}
        )
    _total, owned = by_columns(
        coins.exclude(custom={}), {name: one.text for name, one in own.items()}
    )
    return found | {name: own_counts(one, owned[name]) for name, one in own.items()}


def by_columns(coins: CoinQuerySet, values: Mapping[str, Any]) -> tuple[int, dict[str, Counts]]:
    joined = {f"all_{n}": Joined(value) for n, value in enumerate(values.values())}
    row = coins.aggregate(total=Count("pk"), **joined)
    return row["total"], {
        name: tally(row[f"all_{n}"] or "", row["total"]) for n, name in enumerate(values)
    }


def tally(joined: str, total: int) -> Counts:
    found = Counter(joined.split(SEPARATOR) if joined else ())
    missing = total - found.total()
    return dict(found) | ({NONE: missing} if missing else {})


def by_century(years: Counts) -> Counts:
    found: Counter[str] = Counter()
    for year, count in years.items():
        if year != NONE:
            found[str(dates.century_of(int(year)))] += count
    return dict(found)


def rolled_up(found: Counts, scope: Scope) -> Counts:
    """A place counts what is in it and in all that it holds."""
    parents = dict(Place.objects.filter(owner__in=scope.owners).values_list("pk", "parent"))
    total = Counter(found)
    for value, count in found.items():
        node = None if value == NONE else parents.get(int(value))
        while node:
            total[str(node)] += count
            node = parents.get(node)
    return dict(total)


def tag_counts(coins: CoinQuerySet, total: int, scope: Scope) -> Counts:
    """A tag counts a coin once, however many tags below it the coin has."""
    links = Coin.tags.through.objects.filter(coin__in=coins.values("pk")).order_by()
    of_tag = dict(links.values_list("tag").annotate(ids=Joined("coin")))
    parents = dict(Tag.objects.filter(owner__in=scope.owners).values_list("pk", "parent"))
    members = {tag: set(ids.split(SEPARATOR)) for tag, ids in of_tag.items()}
    below: dict[int, set[str]] = defaultdict(set)
    for tag, ids in members.items():
        node = parents.get(tag)
        while node:
            below[node] |= ids
            node = parents.get(node)
    found = {str(tag): len(members.get(tag, set()) | below[tag]) for tag in [*members, *below]}
    missing = total - len(set().union(*members.values()))
    return found | ({NONE: missing} if missing else {})


def own_counts(criterion: OwnChoice, found: Counts) -> Counts:
    return {criterion.address(value): n for value, n in found.items() if value != NONE}

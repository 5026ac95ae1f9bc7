"""Which coins are meant: those of a list's address, or the ones ticked in it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch
from django.http import QueryDict

from catalog.access import Visitor
from catalog.filters import CoinFilter
from catalog.models import Coin
from catalog.models.coins import HELD, CoinQuerySet

CHUNK = 500
SHARED = ("collection", "authority", "denomination", "mint", "metal", "region", "place", "type")
LONG = {"type": ["search_text"]}


@dataclass(frozen=True)
class Selection:
    """`query` is the address of a list; `coin=` in it, perhaps many times, names single coins. On paper
    goes what one holds: nobody insures a wish, unless the list asks for wishes by name."""

    user: Visitor
    query: str = ""
    on_paper: bool = False

    @cached_property
    def filter(self) -> CoinFilter:
        return CoinFilter.from_query(self.query, self.user)

    @cached_property
    def ticked(self) -> list[int]:
        given = QueryDict(self.query).getlist("coin")
        return [int(pk) for pk in given if pk.isdecimal() and len(pk) < 16]

    def __bool__(self) -> bool:
        """True where it is less than everything."""
        return bool(self.ticked or self.filter)

    def coins(self) -> CoinQuerySet:
        found = self.filter.coins()
        if self.ticked:
            return found.filter(pk__in=self.ticked)
        return found.filter(status__in=HELD) if self.on_paper and not self.asks_status else found

    @property
    def asks_status(self) -> bool:
        return self.filter.has("status")

    @cached_property
    def ids(self) -> list[int]:
        return list(self.filter.ordered(self.coins()).values_list("pk", flat=True))

    def __len__(self) -> int:
        return len(self.ids)

    def in_order(self, *related: str | Prefetch) -> Iterator[Coin]:
        """Coin by coin in the order of the list, with never more than a few hundred in memory."""
        words = Words()
        rows = Coin.objects.prefetch_related("tags", "references", *related)
        for start in range(0, len(self.ids), CHUNK):
            some = self.ids[start : start + CHUNK]
            found = {coin.pk: coin for coin in rows.filter(pk__in=some)}
            words.attach(found.values())
            # a coin that somebody removed meanwhile is no longer there
            yield from (found[pk] for pk in some if pk in found)


class Words:
    """The things that many coins share, read once: a join would read Trajan for each of his coins."""

    def __init__(self) -> None:
        self.known: dict[str, dict[int, Any]] = {name: {} for name in SHARED}

    def attach(self, coins: Collection[Coin]) -> None:
        for name, known in self.known.items():
            wanted = {pk for coin in coins if (pk := getattr(coin, f"{name}_id"))}
            if new := wanted - set(known):
                model: Any = Coin._meta.get_field(name).related_model
                known |= model._default_manager.defer(*LONG.get(name, ())).in_bulk(new)
            for coin in coins:
                setattr(coin, name, known.get(getattr(coin, f"{name}_id")))

"""One page of a list of coins."""

from dataclasses import dataclass

from catalog.columns import Column, fetch_for
from catalog.filters import CoinFilter
from catalog.models import Coin

PAGE_SIZE = 60
LAST_PAGE = 100_000


@dataclass(frozen=True)
class Listing:
    filter: CoinFilter
    coins: list[Coin]
    total: int
    number: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE_SIZE + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.number * PAGE_SIZE, self.total)

    @property
    def previous(self) -> str:
        return self.address(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        return self.address(self.number + 1) if self.number < self.pages else ""

    @property
    def here(self) -> str:
        return self.address(self.number)

    def address(self, number: int) -> str:
        return self.filter.to_query(page=number if number > 1 else "") or "page=1"


def list_page(asked: CoinFilter, number: int, columns: list[Column]) -> Listing:
    """The ids in order first, then the rows of one page: sorting whole rows would be slow."""
    found = asked.coins()
    total = found.count()
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, number), pages)
    start = (number - 1) * PAGE_SIZE
    ids = list(asked.ordered(found).values_list("pk", flat=True)[start : start + PAGE_SIZE])
    rows = {coin.pk: coin for coin in fetch_for(Coin.objects.filter(pk__in=ids), columns)}
    collections = {one.pk: one for one in asked.scope.collections}
    for coin in rows.values():
        coin.collection = collections[coin.collection_id]
    return Listing(asked, [rows[pk] for pk in ids if pk in rows], total, number)


def page_number(text: str) -> int:
    return min(int(text), LAST_PAGE) if text.isdecimal() and len(text) < 7 else 1

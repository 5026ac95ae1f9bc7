"""What the metal of a coin would fetch, by prices that a person typed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from catalog import rates
from catalog.models import Coin
from market.models import MetalPrice


@dataclass
class Melt:
    total: Decimal = Decimal(0)
    n: int = 0
    n_unweighed: int = 0


def melt(coins: Iterable[Coin], prices: Iterable[MetalPrice], currency: str) -> Melt:
    """Of coins of a metal that has a price; those without a weight are counted apart."""
    by_metal = {price.metal: price for price in prices}
    found = Melt()
    for coin in coins:
        price = by_metal.get(coin.metal.code if coin.metal else "")
        if price is None:
            continue
        if coin.weight is None:
            found.n_unweighed += 1
            continue
        worth = coin.weight * price.fineness / 1000 * price.per_gram
        converted = rates.convert(worth, price.currency, currency, price.day)
        if converted:
            found.total, found.n = found.total + converted.amount, found.n + 1
    return found

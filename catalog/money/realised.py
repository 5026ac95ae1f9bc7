from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from catalog.models import Coin, Trade
from catalog.models.coins import CoinQuerySet
from catalog.money.computed import Amount, total


@dataclass(frozen=True)
class Realised:
    """One tax lot from its purchase to its sale, in the currency of the collection."""

    coin: Coin
    tax_lot: str
    bought_on: date | None
    sold_on: date | None
    cost: Decimal | None
    proceeds: Decimal | None
    currency: str

    @property
    def gain(self) -> Decimal | None:
        if self.cost is None or self.proceeds is None:
            return None
        return self.proceeds - self.cost


def realised(coins: CoinQuerySet) -> Iterator[Realised]:
    """Sales, newest first, each beside the purchase of the same tax lot."""
    pks = list(coins.filter(trades__kind=Trade.Kind.SALE).values_list("pk", flat=True).distinct())
    trades = list(Trade.objects.filter(coin__in=pks).select_related("coin__collection"))
    bought = {
        (trade.coin_id, trade.tax_lot): trade
        for trade in trades
        if trade.kind == Trade.Kind.PURCHASE
    }
    for sale in trades:
        if sale.kind == Trade.Kind.SALE:
            yield beside(sale, bought.get((sale.coin_id, sale.tax_lot)))


def beside(sale: Trade, purchase: Trade | None) -> Realised:
    currency = sale.coin.collection.currency
    return Realised(
        coin=sale.coin,
        tax_lot=sale.tax_lot,
        bought_on=purchase.date if purchase else None,
        sold_on=sale.date,
        cost=total([gross(purchase)], currency) if purchase else None,
        proceeds=total([gross(sale)], currency),
        currency=currency,
    )


def gross(trade: Trade) -> Amount:
    """What was paid in all; of a sale, what was left after its costs."""
    costs = trade.fees + trade.shipping
    amount = trade.price - costs if trade.kind == Trade.Kind.SALE else trade.price + costs
    return amount, trade.currency, trade.date

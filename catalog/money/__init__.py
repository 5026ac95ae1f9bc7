"""What coins cost and what they are worth. Each amount is kept as it was paid, in its currency with
its day; `Coin.cost`, `Coin.value` and `Coin.acquired_on` are computed from that by `refresh_money`,
in the currency of the collection at the rate of that day, and are null where a rate is missing."""

from catalog.money.computed import refresh_collection, refresh_money, set_currency
from catalog.money.history import Month, value_over_time
from catalog.money.realised import Realised, realised
from catalog.money.totals import Totals, Unconverted, totals
from catalog.money.verbs import after_change, record_purchase, record_sale, value_coin

__all__ = [
    "Month",
    "Realised",
    "Totals",
    "Unconverted",
    "after_change",
    "realised",
    "record_purchase",
    "record_sale",
    "refresh_collection",
    "refresh_money",
    "set_currency",
    "totals",
    "value_coin",
    "value_over_time",
]

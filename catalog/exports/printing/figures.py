"""The numbers of an insurance report: what each coin is worth in one currency, by whose word and at
which rate, and what could not be converted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from catalog import rates
from catalog.models import Coin, Trade, Valuation

ZERO = Decimal(0)


@dataclass(frozen=True)
class Amount:
    """What stands on paper, and what it is in the currency of the report; None without a rate."""

    said: Decimal
    currency: str
    on: date | None
    found: rates.Converted | None

    @property
    def is_foreign(self) -> bool:
        return self.found is not None and self.found.rate != 1

    @classmethod
    def of(cls, said: Decimal, currency: str, on: date | None, target: str) -> "Amount":
        return cls(said, currency, on, rates.convert(said, currency, target, on))


@dataclass(frozen=True)
class Insured:
    coin: Coin
    valuation: Valuation | None
    value: Amount | None
    purchase: Trade | None
    cost: Amount | None


@dataclass
class Sum:
    n: int = 0
    n_valued: int = 0
    value: Decimal = ZERO
    n_costed: int = 0
    cost: Decimal = ZERO

    def add(self, one: Insured) -> None:
        self.n += 1
        if one.value and one.value.found:
            self.n_valued += 1
            self.value += one.value.found.amount
        if one.cost and one.cost.found:
            self.n_costed += 1
            self.cost += one.cost.found.amount


@dataclass
class RateUsed:
    n: int = 0
    lowest: Decimal | None = None
    highest: Decimal | None = None
    first: date | None = None
    last: date | None = None

    def add(self, found: rates.Converted) -> None:
        self.n += 1
        self.lowest = min(self.lowest or found.rate, found.rate)
        self.highest = max(self.highest or found.rate, found.rate)
        day = found.rate_date or date.min
        self.first, self.last = min(self.first or day, day), max(self.last or day, day)


@dataclass
class Figures:
    currency: str
    total: Sum = field(default_factory=Sum)
    places: dict[str, Sum] = field(default_factory=dict)
    rates: dict[str, RateUsed] = field(default_factory=dict)
    missing: Counter[str] = field(default_factory=Counter)

    def add(self, one: Insured, place: str) -> None:
        self.total.add(one)
        self.places.setdefault(place, Sum()).add(one)
        for amount in (one.value, one.cost):
            if amount and amount.found is None:
                self.missing[rates.why_missing(amount.currency, self.currency, amount.on)] += 1
            elif amount and amount.found and amount.is_foreign:
                self.rates.setdefault(amount.currency, RateUsed()).add(amount.found)


def insured(coin: Coin, currency: str) -> Insured:
    """Expects the coin with the lists that `columns.RELATED` fetches."""
    trades: Iterable[Trade] = coin.all_trades  # type: ignore[attr-defined]
    valuations: list[Valuation] = coin.all_valuations  # type: ignore[attr-defined]
    bought = [trade for trade in trades if trade.kind == Trade.Kind.PURCHASE]
    purchase = bought[-1] if bought else None
    valuation = valuations[0] if valuations else None
    return Insured(
        coin,
        valuation,
        Amount.of(valuation.amount, valuation.currency, valuation.date, currency)
        if valuation
        else None,
        purchase,
        Amount.of(
            purchase.price + purchase.fees + purchase.shipping,
            purchase.currency, purchase.date, currency,
        )
        if purchase
        else None,
    )  # fmt: skip

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, F, Sum

from catalog import rates
from catalog.models import Trade
from catalog.models.coins import CoinQuerySet

ZERO = Decimal(0)


@dataclass(frozen=True)
class Unconverted:
    """`n` coins with an amount in that currency which could not be converted, and why."""

    currency: str
    reason: str
    n: int


@dataclass
class Totals:
    """`gain` is over the `n_compared` coins of which both cost and value are known."""

    currency: str
    n: int = 0
    cost: Decimal = ZERO
    value: Decimal = ZERO
    gain: Decimal = ZERO
    n_costed: int = 0
    n_valued: int = 0
    n_compared: int = 0
    n_unconverted: int = 0
    unconverted: list[Unconverted] = field(default_factory=list)

    @property
    def n_unvalued(self) -> int:
        return self.n - self.n_valued

    @property
    def gain_percent(self) -> Decimal | None:
        spent = self.value - self.gain
        known = spent > 0 and self.n_compared == self.n_valued
        return round(100 * self.gain / spent, 1) if known else None


def totals(coins: CoinQuerySet, currency: str = "") -> Totals:
    """Two collections may count in two currencies; their sums then meet at the newest rate."""
    groups = list(sums_by_currency(coins))
    if not currency:
        currency = max(groups, key=lambda one: one["n"])["home"] if groups else rates.EUR
    found, missing = Totals(currency), missing_rates(coins)
    for group in groups:
        today = rates.rate(group["home"], currency, rates.table().last_day)
        found.n += group["n"]
        if today is None:
            reason = rates.why_missing(group["home"], currency, rates.table().last_day)
            missing[group["home"], reason].update((group["home"], n) for n in range(group["n"]))
            continue
        for name in ("cost", "value", "gain"):
            more = ((group[f"sum_{name}"] or ZERO) * today.value).quantize(rates.CENT)
            setattr(found, name, getattr(found, name) + more)
        for name in ("n_costed", "n_valued", "n_compared"):
            setattr(found, name, getattr(found, name) + group[name])
    found.unconverted = [
        Unconverted(code, reason, len(which)) for (code, reason), which in sorted(missing.items())
    ]
    found.n_unconverted = len(set().union(*missing.values()))
    return found


def sums_by_currency(coins: CoinQuerySet) -> Any:
    difference = F("value") - F("cost")
    return (
        coins.order_by()
        .values(home=F("collection__currency"))
        .annotate(
            n=Count("pk"),
            n_costed=Count("cost"),
            n_valued=Count("value"),
            sum_gain=Sum(difference, output_field=DecimalField(max_digits=18, decimal_places=2)),
            n_compared=Count(difference),
            sum_cost=Sum("cost"),
            sum_value=Sum("value"),
        )
    )


def missing_rates(coins: CoinQuerySet) -> defaultdict[tuple[str, str], set[Any]]:
    """Why coins that were bought or valued have no cost or value all the same."""
    bought = coins.filter(cost=None, trades__kind=Trade.Kind.PURCHASE).order_by()
    valued = coins.filter(value=None, valuations__isnull=False).order_by()
    home = "collection__currency"
    found: defaultdict[tuple[str, str], set[Any]] = defaultdict(set)
    for pk, code, target, on in [
        *bought.values_list("pk", "trades__currency", home, "trades__date"),
        *valued.values_list("pk", "valuations__currency", home, "valuations__date"),
    ]:
        if reason := rates.why_missing(code, target, on):
            found[code, reason].add(pk)
    return found

"""How much was owned, and what it was worth, at the end of each month. Every fact is a step on a day
(bought, valued, sold), added once into its month: the cost is one pass, however many months."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import accumulate
from typing import Any

from django.db.models import DateField, FloatField
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from catalog import rates
from catalog.models.coins import HELD, CoinQuerySet, Status

NEVER = date.max
GONE = (Status.SOLD, Status.GIVEN, Status.MISSING)


@dataclass(frozen=True)
class Month:
    """`n_valued` of `n` coins had been valued by then, and `n_costed` have a known cost."""

    end: date
    n: int
    n_valued: int
    value: Decimal
    n_costed: int
    cost: Decimal


@dataclass
class Kept:
    since: date
    until: date
    valued: bool = False
    worth: float = 0.0


Step = Callable[[date, str, float], None]


def value_over_time(
    coins: CoinQuerySet, months: int = 24, currency: str = "", today: date | None = None
) -> list[Month]:
    today = today or timezone.localdate()
    first = today.year * 12 + today.month - months
    steps = {name: [0.0] * months for name in ("n", "n_valued", "value", "n_costed", "cost")}

    def step(on: date, name: str, by: float) -> None:
        if by and on <= today:
            index = on.year * 12 + on.month - 1 - first
            steps[name][index if index > 0 else 0] += by

    currency = (
        currency
        or coins.order_by().values_list("collection__currency", flat=True).first()
        or rates.EUR
    )
    kept = add_owned(coins, currency, step)
    add_values(coins, currency, kept, step)
    for one in kept.values():
        step(one.until, "value", -one.worth)
        step(one.until, "n_valued", -int(one.valued))
    sums = {name: list(accumulate(column)) for name, column in steps.items()}
    return [month(first + i, today, {n: c[i] for n, c in sums.items()}) for i in range(months)]


def month(number: int, today: date, sums: dict[str, float]) -> Month:
    year, index = divmod(number, 12)
    end = min(today, date(year, index + 1, monthrange(year, index + 1)[1]))
    counts = {name: int(sums[name]) for name in ("n", "n_valued", "n_costed")}
    amounts = {name: round(Decimal(sums[name]), 2) + 0 for name in ("value", "cost")}
    return Month(end=end, **counts, **amounts)  # type: ignore[arg-type]


def add_owned(coins: CoinQuerySet, currency: str, step: Step) -> dict[int, Kept]:
    """A coin counts from the day it was bought, or failing that from the day it was written down."""
    left = days_of_leaving(coins)
    convert = converter(currency)
    kept = {}
    owned = coins.filter(status__in=[*HELD, *GONE]).order_by()
    since = Coalesce("acquired_on", Cast("created_at", DateField()))
    rows: Any = owned.annotate(since=since, spent=Cast("cost", FloatField())).values_list(
        "pk", "status", "since", "spent", "collection__currency"
    )
    for pk, status, since, spent, home in rows:
        one = kept[pk] = Kept(since, left.get(pk, since) if status in GONE else NEVER)
        factor = convert(home, since) if spent is not None else None
        for name, by in (
            ("n", 1.0),
            ("n_costed", float(factor is not None)),
            ("cost", (spent or 0) * (factor or 0)),
        ):
            step(one.since, name, by)
            step(one.until, name, -by)
    return kept


def days_of_leaving(coins: CoinQuerySet) -> dict[int, date]:
    changes = coins.filter(status__in=GONE, status_changes__new__in=GONE)
    return dict(
        changes.order_by("status_changes__on", "status_changes__pk").values_list(
            "pk", "status_changes__on"
        )
    )


def add_values(coins: CoinQuerySet, currency: str, kept: dict[int, Kept], step: Step) -> None:
    """An opinion from before the purchase holds from the purchase on."""
    convert = converter(currency)
    dated = coins.filter(valuations__isnull=False).order_by("valuations__date", "valuations__pk")
    opinions = dated.annotate(amount=Cast("valuations__amount", FloatField()))
    columns = ("pk", "valuations__date", "amount", "valuations__currency")
    for pk, on, amount, code in opinions.values_list(*columns):
        one = kept.get(pk)
        if one is None or on >= one.until:
            continue
        factor = convert(code, on)
        worth = amount * factor if factor is not None else 0.0
        day = max(on, one.since)
        step(day, "value", worth - one.worth)
        step(day, "n_valued", int(factor is not None) - int(one.valued))
        one.worth, one.valued = worth, factor is not None


def converter(currency: str) -> Callable[[str, date], float | None]:
    @cache
    def factor(code: str, on: date) -> float | None:
        found = rates.rate(code, currency, on)
        return float(found.value) if found else None

    return factor

"""What a lot cost, in one currency and in one sense: the hammer price, or what its buyer paid. At the
rate of the day of the sale; where a rate or a house's premium is not known there is no figure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from functools import cached_property

from catalog import rates
from market.inflation import Series
from market.models import PremiumRule, PriceLevel
from market.offers import Money
from market.prices import Kind
from market.quoted import Priced


class Basis(StrEnum):
    HAMMER = "hammer"
    BUYER = "buyer"


@dataclass(frozen=True)
class Terms:
    """In which currency, and in which sense, a page speaks of prices; and in money of which year, if not
    in that of the day."""

    currency: str = "EUR"
    basis: Basis = Basis.HAMMER
    money_of: int = 0


class Worth:
    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        # Of the days that were asked for: thousands of lots share some hundred sales
        self.rates: dict[str, dict[date | None, Decimal | None]] = defaultdict(dict)

    def of(self, offer: Priced) -> float | None:
        """Of what was sold; what was offered in vain has no price."""
        if not offer.is_sold:
            return None
        paid = self.asked_for(offer)
        return self.converted(paid, offer.day) if paid else None

    def estimate(self, offer: Priced) -> float | None:
        """The middle of what the house itself expected: of two ends the geometric one, as prices go."""
        ends = [offer.prices.get(kind) for kind in (Kind.ESTIMATE_LOW, Kind.ESTIMATE_HIGH)]
        known = [self.converted(end, offer.day) for end in ends if end]
        amounts = [amount for amount in known if amount]
        if not amounts:
            return None
        return float((amounts[0] * amounts[-1]) ** 0.5)

    def asked_for(self, offer: Priced) -> Money | None:
        """The price in the sense that is asked for, in the currency in which it was paid."""
        hammer, paid = (offer.prices.get(kind) for kind in (Kind.HAMMER, Kind.PREMIUM_INCLUDED))
        wanted, other = (hammer, paid) if self.terms.basis == Basis.HAMMER else (paid, hammer)
        if wanted or not other:
            return wanted
        rule = self.premiums.on(offer.house or "", offer.day)
        if rule is None:
            return None
        amount = rule.paid(other[0]) if other is hammer else rule.hammer_of(other[0])
        return amount, other[1]

    def converted(self, money: Money, day: date | None) -> float | None:
        amount, currency = money
        if currency not in self.rates or day not in self.rates[currency]:
            self.rates[currency][day] = self.rate(currency, day)
        rate = self.rates[currency][day]
        if rate is None:
            return None
        cents = (amount * rate).quantize(rates.CENT, ROUND_HALF_EVEN)
        return float(cents) if cents > 0 else None

    def rate(self, currency: str, day: date | None) -> Decimal | None:
        """Of the day; in another year's money what prices have done since is in it."""
        found = rates.rate(currency, self.terms.currency, day)
        if not self.terms.money_of or found is None:
            return found.value if found else None
        factor = self.series.factor(day, self.terms.money_of)
        return found.value * factor if factor else None

    @cached_property
    def series(self) -> Series:
        return PriceLevel.objects.series(self.terms.currency)

    @cached_property
    def premiums(self) -> "Premiums":
        return Premiums(PremiumRule.objects.all())


class Premiums:
    """All rules at once, for pages that ask of thousands of lots."""

    def __init__(self, rules: Iterable[PremiumRule]) -> None:
        self.of_house: dict[str, list[PremiumRule]] = defaultdict(list)
        for rule in rules:
            self.of_house[rule.house.casefold()].append(rule)

    def on(self, house: str, day: date | None) -> PremiumRule | None:
        """As PremiumRule.objects.on does."""
        fitting = [
            rule
            for rule in self.of_house.get(house.casefold(), ())
            if day and (rule.from_date or date.min) <= day and day <= (rule.to_date or date.max)
        ]
        return max(fitting, key=lambda rule: rule.from_date or date.min, default=None)


def rounded(amount: float | None) -> Decimal | None:
    return None if amount is None else Decimal(str(round(amount, 2)))

"""What a lot cost, in one currency and in one sense: the hammer price, or what its buyer paid. At the
rate of the day of the sale; where a rate or a house's premium is not known there is no figure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from catalog import rates
from market.models import PremiumRule
from market.offers import Money, Offer
from market.prices import Kind


class Basis(StrEnum):
    HAMMER = "hammer"
    BUYER = "buyer"


@dataclass(frozen=True)
class Terms:
    """In which currency, and in which sense, a page speaks of prices."""

    currency: str = "EUR"
    basis: Basis = Basis.HAMMER


class Worth:
    def __init__(self, terms: Terms) -> None:
        self.terms = terms

    def of(self, offer: Offer) -> float | None:
        """Of what was sold; what was offered in vain has no price."""
        if not offer.is_sold:
            return None
        paid = self.asked_for(offer)
        return self.converted(paid, offer.day) if paid else None

    def estimate(self, offer: Offer) -> float | None:
        """The middle of what the house itself expected: of two ends the geometric one, as prices go."""
        ends = [offer.prices.get(kind) for kind in (Kind.ESTIMATE_LOW, Kind.ESTIMATE_HIGH)]
        known = [self.converted(end, offer.day) for end in ends if end]
        amounts = [amount for amount in known if amount]
        if not amounts:
            return None
        return float((amounts[0] * amounts[-1]) ** 0.5)

    def asked_for(self, offer: Offer) -> Money | None:
        """The price in the sense that is asked for, in the currency in which it was paid."""
        hammer, paid = (offer.prices.get(kind) for kind in (Kind.HAMMER, Kind.PREMIUM_INCLUDED))
        rule = self.premiums.on(offer.house or "", offer.day)
        if self.terms.basis == Basis.HAMMER:
            return hammer or ((rule.hammer_of(paid[0]), paid[1]) if paid and rule else None)
        return paid or ((rule.paid(hammer[0]), hammer[1]) if hammer and rule else None)

    def converted(self, money: Money, day: date | None) -> float | None:
        found = rates.convert(money[0], money[1], self.terms.currency, day)
        return float(found.amount) if found and found.amount > 0 else None

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

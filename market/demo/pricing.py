"""What coins fetch in the invented market. Pure: a seed gives the same sales for ever."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import exp
from random import Random

# Coins are finer or worse around the one in the collection
GRADES = {
    "F": 3.0,
    "aVF": 3.7,
    "VF": 4.0,
    "gVF": 4.4,
    "aEF": 4.7,
    "EF": 5.0,
    "gEF": 5.4,
    "FDC": 6.2,
}
PER_STEP = 0.62  # log price for a whole grade
NOISE = 0.32  # two sales of one type in one grade differ by a factor of about 1.4
UNSOLD = 0.16
FIRST, LAST = date(2016, 2, 6), date(2026, 6, 20)
# Log level of the market at the beginning of each year: a slump, a boom, a calm
LEVELS = [0.0, -0.02, -0.05, -0.03, 0.0, 0.16, 0.27, 0.24, 0.22, 0.26, 0.3, 0.31]


@dataclass(frozen=True)
class House:
    name: str
    currency: str
    language: str
    premium: float  # what its catalogue and its bidders are worth, as log price
    months: tuple[int, ...]


HOUSES = (
    House("Harbour Coins, Boston", "USD", "en", 0.08, (1, 6, 9)),
    House("Lanz & Daughters", "EUR", "de", 0.0, (3, 10)),
    House("Numismatik am Rhein", "CHF", "de", 0.12, (5, 11)),
    House("Galerie du Pont-Neuf", "EUR", "fr", -0.04, (4, 12)),
    House("Casa Mirador", "EUR", "es", -0.1, (2, 7)),
    House("Asta Serenissima", "EUR", "it", -0.06, (6, 11)),
    House("Thornbury & Finch", "GBP", "en", 0.05, (3, 9)),
)
# One euro in the currency, roughly: what a bidder thinks, not what a bank says
ROUGHLY = {"EUR": 1.0, "USD": 1.12, "GBP": 0.86, "CHF": 1.04}


@dataclass(frozen=True)
class Sale:
    house: House
    number: int
    day: date


@dataclass(frozen=True)
class Offer:
    """One coin on one day; amounts in the house's currency."""

    sale: Sale
    grade: str
    rare: bool
    start: int
    low: int
    high: int
    hammer: int | None


def calendar() -> list[Sale]:
    days = [
        (house, date(year, month, 8 + (5 * at) % 17))
        for at, house in enumerate(HOUSES)
        for year in range(FIRST.year, LAST.year + 1)
        for month in house.months
    ]
    sales, counted = [], dict.fromkeys(HOUSES, 20)
    for house, day in sorted(days, key=lambda pair: pair[1]):
        counted[house] += 1
        if FIRST <= day <= LAST:
            sales.append(Sale(house, counted[house], day))
    return sales


def level(day: date) -> float:
    at = (day - date(2016, 1, 1)) / timedelta(days=365.25)
    year = min(int(at), len(LEVELS) - 2)
    return LEVELS[year] + (at - year) * (LEVELS[year + 1] - LEVELS[year])


def offer(random: Random, sale: Sale, base: float, base_grade: float) -> Offer:
    """`base` is what the collection's own coin is worth today, in euros."""
    grade = random.choices(list(GRADES), weights=(2, 2, 5, 5, 3, 4, 2, 1))[0]
    rare = random.random() < 0.08
    steps = max(-1.6, min(1.6, GRADES[grade] - base_grade))
    usual = (
        base
        * exp(PER_STEP * steps + sale.house.premium + 0.3 * rare)
        * exp(level(sale.day) - level(LAST))
    )
    usual *= ROUGHLY[sale.house.currency]
    low = rounded(usual * 0.8 * exp(random.gauss(0, 0.12)))
    start = rounded(low * 0.8)
    bid = usual * exp(random.gauss(0, NOISE))
    sold = random.random() > UNSOLD and bid >= start * 0.9
    return Offer(
        sale,
        grade,
        rare,
        start,
        low,
        rounded(low * 1.25),
        rounded(max(bid, start)) if sold else None,
    )


def rounded(amount: float) -> int:
    """As bids go: in steps of a tenth, roughly."""
    step = next(step for most, step in ((50, 1), (200, 5), (1000, 10), (5000, 50), (10**9, 250))
                if amount < most)  # fmt: skip
    return max(step, round(amount / step) * step)

"""How far the houses' own estimates lie from the hammer. Ratios in, medians out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from market.quartiles import quartiles

FEWEST = 6


@dataclass(frozen=True)
class House:
    """`ratio`: the hammer over the middle of the estimate; above one the house was too low."""

    name: str
    n: int
    ratio: float
    low: float
    high: float

    @property
    def per_cent(self) -> int:
        return round(100 * (self.ratio - 1))


def houses(sold: Iterable[tuple[str, float, float]]) -> list[House]:
    """Of (house, hammer, estimate), those with six or more, the most lots first."""
    ratios: dict[str, list[float]] = defaultdict(list)
    for name, price, estimate in sold:
        ratios[name].append(price / estimate)
    found = []
    for name, values in ratios.items():
        spread = quartiles(values)
        if name and spread and spread.n >= FEWEST:
            found.append(House(name, spread.n, spread.median, spread.low, spread.high))
    return sorted(found, key=lambda house: (-house.n, house.name))

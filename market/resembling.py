"""Which lots beside a coin look like it: one question for the coin's looks and one for the lots', asked
only of lots that the ladder has chosen already."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from catalog.describing import Bounds, Look, describer
from catalog.models import Coin
from market.looks import favours, gain, likenesses
from market.models import LotLook


@dataclass(frozen=True)
class Resemblance:
    """By lot. Empty where the coin or all lots have no picture: then nothing is changed by any."""

    likeness: Mapping[int, float] = field(default_factory=dict)
    favours: Mapping[int, float] = field(default_factory=dict)
    alike: Collection[int] = ()

    def favour(self, lot: int) -> float:
        return self.favours.get(lot, 1.0)

    def rank(self, lot: int, *, is_pinned: bool) -> tuple[bool, float]:
        """Inside a rung: what a person pinned, then what looks alike, then as it was."""
        return not is_pinned, -self.likeness[lot] if lot in self.alike else 0.0

    def inputs(self) -> dict[str, list[list[float]]]:
        """For an estimate that is kept: lot, likeness, what its weight was multiplied by."""
        rows = [
            [lot, round(self.likeness.get(lot, 0.0), 3), round(by, 3)]
            for lot, by in sorted(self.favours.items())
        ]
        return {"looks": rows} if rows else {}


def resemblance(coin: Coin, lots: Collection[int], pinned: Collection[int]) -> Resemblance:
    mine = describer().looks_of(coin) if lots else []
    if not mine:
        return Resemblance()
    likeness = likenesses(mine, looks_of(lots, {look.network for look in mine}))
    bounds = bounds_of(mine)
    return Resemblance(
        likeness,
        favours(likeness, pinned, bounds),
        frozenset(lot for lot, one in likeness.items() if gain(one, bounds)),
    )


def looks_of(lots: Collection[int], networks: Collection[str]) -> dict[int, list[Look]]:
    found: dict[int, list[Look]] = defaultdict(list)
    rows = LotLook.objects.filter(picture__lot__in=lots, network__in=networks)
    values = rows.values_list("picture__lot_id", "network", "vector", "side")
    for lot, network, vector, side in values:
        found[lot].append(Look(network, bytes(vector), side))
    return found


def bounds_of(mine: list[Look]) -> Bounds:
    """Where a coin's faces were seen by two networks, the stricter."""
    found = [describer().bounds_of(network) for network in {look.network for look in mine}]
    return Bounds(max(one.alike for one in found), max(one.same for one in found))

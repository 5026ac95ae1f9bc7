"""A second pair of eyes: two networks that learnt apart err apart. Asked only where the first one is not sure,
because it takes as long as the first look did."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from identify.decide import softmax
from identify.ml import scopes
from identify.ml.package import BrokenModel, NoModel
from identify.ml.recogniser import Floats, Recogniser
from identify.ml.seeing import Seen

FAINTEST = 1e-10  # keeps the logarithm finite
SURE = 0.95  # beyond this the second changes nothing: measured on held-out coins


@dataclass(frozen=True)
class Matter:
    """What a second network is asked."""

    name: str  # of the network
    scope: str
    head: str
    only: str = ""  # the side that shows it; none, where either may


MATTERS = (
    Matter("portraits", "roman_imperial", "ruler", only="obverse"),
    Matter("world", "world", "world_coin"),
)


class SecondLook:
    def __init__(self, matter: Matter, first: Recogniser, second: Recogniser) -> None:
        self.matter, self.first, self.second = matter, first, second
        if first.heads[matter.head] != second.heads[matter.head]:
            raise BrokenModel(
                f"“{matter.name}” and “{first.name}” know different coins. "
                "Restore both from one release of Obverse."
            )

    @cached_property
    def temperatures(self) -> tuple[float, float]:
        head = self.matter.head
        return self.first.rules[head].temperature, self.second.rules[head].temperature

    def look(self, coins: Sequence[Seen]) -> None:
        """Leaves on each unsure coin what both say together."""
        head = self.matter.head
        asked = [
            (one, at)
            for one in coins
            if one.scope.label == self.matter.scope
            for at in self.unsure(one)
        ]
        if not asked:
            return
        crops = [one.crops_at(self.second.side)[at] for one, at in asked]
        said = self.second.run(crops)[head]
        for (one, at), logits in zip(asked, said, strict=True):
            one.limits |= self.second.together
            rows = one.agreed.setdefault(head, one.said[head].copy())
            rows[at] = self.together(rows[at], logits)

    def unsure(self, seen: Seen) -> list[int]:
        """Faces of which the first network does not know for certain what they show, if they can show it."""
        shares = softmax(seen.said[self.matter.head], self.temperatures[0])
        sides = scopes.sides(self.first, seen)
        return [
            at
            for at, side in enumerate(sides)
            if self.matter.only in ("", side) and shares[at].max() < SURE
        ]

    def together(self, first: Floats, second: Floats) -> Floats:
        """The geometric mean of their shares, on the scale of the first one's logits: a doubt of either counts."""
        here, there = self.temperatures
        shares = softmax(first, here) * softmax(second, there)
        return np.asarray(here * np.log(shares + FAINTEST) / 2, np.float32)


def second_looks(folder: Path, networks: dict[str, Recogniser]) -> Iterator[SecondLook]:
    """Those that lie there: a model does without, a little less well."""
    for matter in MATTERS:
        with suppress(NoModel):
            first = networks[scopes.network_of(matter.scope)]
            yield SecondLook(matter, first, Recogniser.load(folder, matter.name))

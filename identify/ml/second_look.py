"""A second pair of eyes for portraits: two networks that learnt apart err apart. Asked only where the first one
is not sure, because it takes as long as the first look did."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from identify.decide import softmax
from identify.ml import scopes
from identify.ml.package import BrokenModel
from identify.ml.recogniser import Floats, Recogniser
from identify.ml.seeing import Seen

NAME = "portraits"
SCOPE, HEAD = "roman_imperial", "ruler"
FAINTEST = 1e-10  # keeps the logarithm finite
SURE = 0.95  # beyond this the second changes nothing: measured on held-out coins


class SecondLook:
    def __init__(self, first: Recogniser, second: Recogniser) -> None:
        if first.heads[HEAD] != second.heads[HEAD]:
            raise BrokenModel(
                f"“{NAME}” and “ancient” know different rulers. Restore both from one release of Obverse."
            )
        self.first, self.second = first, second

    @classmethod
    def load(cls, folder: Path, first: Recogniser) -> "SecondLook":
        return cls(first, Recogniser.load(folder, NAME))

    @property
    def version(self) -> str:
        return self.second.version

    @cached_property
    def temperatures(self) -> tuple[float, float]:
        return self.first.rules[HEAD].temperature, self.second.rules[HEAD].temperature

    def look(self, coins: Sequence[Seen]) -> None:
        """Leaves on each unsure coin what both say together."""
        asked = [(one, at) for one in coins if one.scope.label == SCOPE for at in self.unsure(one)]
        if not asked:
            return
        crops = [one.crops_at(self.second.side)[at] for one, at in asked]
        said = self.second.run(crops)[HEAD]
        for (one, at), logits in zip(asked, said, strict=True):
            rows = one.agreed.setdefault(HEAD, one.said[HEAD].copy())
            rows[at] = self.together(rows[at], logits)

    def unsure(self, seen: Seen) -> list[int]:
        """Faces whose portrait the first network does not know for certain. A reverse shows none."""
        shares = softmax(seen.said[HEAD], self.temperatures[0])
        sides = scopes.sides(self.first, seen)
        return [
            at for at, side in enumerate(sides) if side == "obverse" and shares[at].max() < SURE
        ]

    def together(self, first: Floats, second: Floats) -> Floats:
        """The geometric mean of their shares, on the scale of the first one's logits: a doubt of either counts."""
        here, there = self.temperatures
        shares = softmax(first, here) * softmax(second, there)
        return np.asarray(here * np.log(shares + FAINTEST) / 2, np.float32)

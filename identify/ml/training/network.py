"""One backbone and a head for each thing it is asked. Photos say what they show and are silent about the rest."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from identify.ml.training.samples import Sample, parts_of_world_coin

if TYPE_CHECKING:
    import torch

SILENT = -1
# head -> part -> which of the part's labels each of the head's labels has
Parts = Mapping[str, Mapping[str, NDArray[np.int64]]]


@dataclass(frozen=True)
class Plan:
    """What one network learns. `sets` say how often each set is shown, relative to its size."""

    name: str
    sets: Mapping[str, float]
    heads: Mapping[str, float]  # weight of each in the loss
    later: Mapping[str, float] = field(default_factory=dict)  # so often, when it learns on
    any_turn: frozenset[str] = frozenset()  # sets whose photos lie any way round
    words: float = 0.0  # weight of the hint: which words stand on the coin
    worded: frozenset[str] = frozenset()  # sets of whose photos those words are known
    fewest: int = 25  # photos that show a word
    reads: bool = False  # the words are in no table: they are read from the photos
    parts: Mapping[str, Callable[[str], dict[str, str]]] = field(default_factory=dict)
    evened: tuple[str, ...] = ()  # heads that are fitted once more in the end: see evening.py
    ships: tuple[str, ...] = ()  # heads that are passed on: all, where none is named
    looks_first: bool = True  # one that only looks second need not say what is strange
    backbone: str = "tf_efficientnet_lite2"
    start: str = "efficientnet_lite2"  # its weights, where nobody names others
    frozen_stages: int = 3  # edges and textures are what they are, on coins as elsewhere

    def learning_on(self) -> "Plan":
        return replace(self, sets=self.later or self.sets)


ANCIENT = Plan(
    name="ancient",
    sets={"roman_imperial": 1.0, "tetrarchs": 0.9},
    heads={"ruler": 1.0, "tetrarch": 0.6, "denomination": 0.3, "side": 0.1},
    words=1.0,
    worded=frozenset({"roman_imperial", "tetrarchs"}),
)
MODERN = Plan(
    name="modern",
    sets={
        "world_coins": 1.0, "euro_denominations": 0.35, "euro_phone": 0.25,
        "euro_national_sides": 1.0, "euro_commemoratives": 0.6, "us_coins": 0.3, "us_cents": 0.3,
        "roman_imperial": 0.05, "tetrarchs": 0.1,
    },
    later={
        "world_coins": 1.0, "euro_denominations": 0.14, "euro_phone": 0.1,
        "euro_national_sides": 0.4, "euro_commemoratives": 0.24, "us_coins": 0.12, "us_cents": 0.12,
        "roman_imperial": 0.02, "tetrarchs": 0.04,
    },
    heads={
        "world_coin": 1.0, "face_value": 0.5, "euro_country": 0.2, "us_denomination": 0.2,
        "side": 0.2, "scope": 0.2, "number": 0.3, "unit": 0.3, "country": 0.3,
    },
    any_turn=frozenset({"euro_denominations", "euro_phone"}),
    words=0.5,
    worded=frozenset({"world_coins"}),
    fewest=8,
    reads=True,
    parts={"world_coin": parts_of_world_coin},
    evened=("scope", "face_value"),
    ships=("world_coin", "face_value", "euro_country", "us_denomination", "side", "scope"),
)  # fmt: skip
PORTRAITS = replace(ANCIENT, name="portraits", ships=("ruler",), looks_first=False)
# Another network than `modern`, and taught nothing else: what errs with it would be of no help
WORLD = replace(
    MODERN,
    name="world",
    sets={"world_coins": 1.0},
    later={},
    heads={"world_coin": 1.0, "number": 0.3, "unit": 0.3, "country": 0.3},
    evened=(),
    ships=("world_coin",),
    looks_first=False,
    backbone="tf_efficientnet_lite0",
    start="efficientnet_lite0",
    frozen_stages=2,
)
PLANS = {plan.name: plan for plan in (ANCIENT, MODERN, PORTRAITS, WORLD)}


def labels_of(samples: Sequence[Sample], plan: Plan) -> dict[str, list[str]]:
    return {
        head: sorted({one.targets[head] for one in samples if head in one.targets})
        for head in plan.heads
    }


def hint_words(samples: Sequence[Sample], plan: Plan) -> list[str]:
    seen = Counter(word for one in samples if one.set in plan.worded for word in one.words)
    return sorted(word for word, count in seen.items() if count >= plan.fewest)


def targets(samples: Sequence[Sample], labels: Mapping[str, list[str]]) -> NDArray[np.int64]:
    """A row for each photo, a column for each head."""
    places = {head: {label: at for at, label in enumerate(known)} for head, known in labels.items()}
    return np.array(
        [
            [places[head].get(one.targets.get(head, ""), SILENT) for head in labels]
            for one in samples
        ],
        dtype=np.int64,
    )


def chances(samples: Sequence[Sample], plan: Plan) -> NDArray[np.float64]:
    """How often each photo is shown: rare labels more often than their share, by its square root."""
    counts = Counter((head, one.targets[head]) for one in samples for head in one.targets)
    weights = []
    for one in samples:
        rarest = min(
            (counts[head, label] for head, label in one.targets.items() if head in plan.heads),
            default=100,
        )
        weights.append(plan.sets[one.set] / np.sqrt(max(rarest, 4)))
    by_set: Counter[str] = Counter()
    for one, weight in zip(samples, weights, strict=True):
        by_set[one.set] += weight
    sizes = Counter(one.set for one in samples)
    # within a set by rarity, between sets by the plan
    even = [
        plan.sets[one.set] * sizes[one.set] * weight / by_set[one.set]
        for one, weight in zip(samples, weights, strict=True)
    ]
    return np.array(even)


def places_of_parts(plan: Plan, labels: Mapping[str, list[str]]) -> Parts:
    return {
        head: {
            part: np.array([labels[part].index(told(label)[part]) for label in labels[head]])
            for part in told(labels[head][0])
        }
        for head, told in plan.parts.items()
    }


def build(
    backbone: "torch.nn.Module", width: int, labels: Mapping[str, list[str]], words: int,
    parts: Parts | None = None,
) -> Any:  # fmt: skip
    import torch
    from torch import nn

    class Recogniser(nn.Module):
        """What is said of a label that has parts is its own score and those of its parts."""

        def __init__(self) -> None:
            super().__init__()
            self.backbone = backbone
            self.drop = nn.Dropout(0.2)
            self.heads = nn.ModuleDict(
                {head: nn.Linear(width, len(known)) for head, known in labels.items()}
            )
            if words:
                self.heads["words"] = nn.Linear(width, words)

        def forward(self, pictures: torch.Tensor) -> dict[str, torch.Tensor]:
            seen = self.backbone(pictures)
            kept = self.drop(seen)
            said = {name: head(kept) for name, head in self.heads.items()}
            for name, shared in (parts or {}).items():
                for part, places in shared.items():
                    said[name] = said[name] + said[part][:, places]
            return {"embedding": seen} | said

    return Recogniser()

"""What is compared: each network in each mode with each amount of photos, a few times over."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from catalog.refusals import gettext_noop as _
from identify.ml.teaching.examples import Example
from identify.ml.teaching.plan import Plan
from identify.ml.teaching.refusals import TeachingRefused

MODES = {"linear": "quick", "partial": "fine", "full": "full"}


@dataclass(frozen=True)
class ModelName:
    """As it is written: `shipped:ancient`, `vit_base_patch16_224`, `mobilenetv2_100@weights.tflite`,
    `inception_v3_se@random`."""

    written: str

    @property
    def backbone(self) -> str:
        return self.written.partition("@")[0]

    @property
    def start(self) -> str:
        return self.written.partition("@")[2]

    @property
    def shown(self) -> str:
        return f"{self.backbone}@{Path(self.start).name}" if self.start else self.backbone

    @property
    def file(self) -> str:
        return re.sub(r"[^\w.-]+", "-", self.shown)


@dataclass(frozen=True)
class Amount:
    """A share of all photos, or so many of each class."""

    share: float = 0.0
    each: int = 0

    @property
    def shown(self) -> str:
        return f"{self.each} per class" if self.each else f"{self.share:.0%}"

    @property
    def file(self) -> str:
        return f"{self.each}-each" if self.each else f"{self.share:g}"


@dataclass(frozen=True)
class Cell:
    model: ModelName
    mode: str
    amount: Amount
    seed: int

    @property
    def file(self) -> str:
        return f"{self.model.file}_{self.mode}_{self.amount.file}_{self.seed}.json"


@dataclass(frozen=True)
class Grid:
    models: Sequence[ModelName]
    modes: Sequence[str] = ("linear",)
    fractions: Sequence[float] = ()
    each: Sequence[int] = ()
    seeds: int = 5
    side: int = 0
    epochs: int = 0
    batch: int = 0
    views: int = 4
    held_out: float = 0.2
    device: str = "auto"

    def __post_init__(self) -> None:
        for mode in self.modes:
            if mode not in MODES:
                raise TeachingRefused("mode_unknown", _("There is no mode “%(mode)s”."), mode=mode)
        if not self.amounts:
            raise TeachingRefused(
                "amount_missing",
                _("Say how many photos to learn from: a share, or so many a class."),
            )

    @property
    def amounts(self) -> list[Amount]:
        return [
            *(Amount(share=one) for one in self.fractions),
            *(Amount(each=one) for one in self.each),
        ]

    def __iter__(self) -> Iterator[Cell]:
        for model in self.models:
            for mode in self.modes:
                for amount in self.amounts:
                    for seed in range(1, self.seeds + 1):
                        yield Cell(model, mode, amount, seed)

    def plan(self, cell: Cell) -> Plan:
        """No photo chooses an epoch: with five of a class, none could be spared for that."""
        return Plan(
            cell.model.backbone, MODES[cell.mode], cell.model.start, side=self.side, batch=self.batch,
            epochs=self.epochs, seed=cell.seed, device=self.device, held_out=0, views=self.views,
        )  # fmt: skip


def portion(pool: Sequence[Example], total: int, amount: Amount, seed: int) -> list[Example]:
    """Of each class its part, one photo at least; two of one coin only where there are no more coins. A larger
    portion of one seed has all of a smaller one."""
    by_label: dict[str, list[Example]] = defaultdict(list)
    for one in pool:
        by_label[one.label].append(one)
    draw = np.random.default_rng(seed)
    chosen: list[Example] = []
    for label in sorted(by_label):
        members = by_label[label]
        order = [members[at] for at in draw.permutation(len(members))]
        seen: set[str] = set()
        first: list[Example] = []
        again: list[Example] = []
        for one in order:
            (again if one.group in seen else first).append(one)
            seen.add(one.group)
        count = amount.each or round(amount.share * total * len(members) / len(pool))
        chosen += [*first, *again][: max(1, count)]
    return chosen

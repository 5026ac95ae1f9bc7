"""The two ways of learning behind one face: new heads on a body that stays as it is, or the body, too."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from identify.ml.teaching.bodies import Body
from identify.ml.teaching.devices import Place
from identify.ml.teaching.parts import Parts
from identify.ml.teaching.plan import Plan, Progress

Floats = NDArray[np.float32]


class Stopped(Exception):
    """Somebody said stop in the middle of an epoch."""


@dataclass
class Setting:
    """All that a course is given."""

    plan: Plan
    parts: Parts
    body: Body
    learner: Any
    folder: Path  # for what is worth keeping between two starts
    place: Place = field(default_factory=Place)
    stop: Callable[[], bool] = lambda: False

    def heed(self) -> None:
        if self.stop():
            raise Stopped


class Course(Protocol):
    def look(self) -> Iterator[Progress]:
        """Everything before the first epoch."""
        ...

    def epoch(self, number: int, epochs: int) -> tuple[float, int]:
        """The mean loss, and how many photos were shown."""
        ...

    def hear(self) -> Floats:
        """What is said of the photos that choose: logits."""
        ...

    def taught(self) -> Floats:
        """Embeddings of what was learnt from, as it is."""
        ...

    def trained(self) -> dict[str, Any]:
        """Weights of the learner that have changed, as a state dict knows them."""
        ...

    def tensors(self) -> dict[str, Any]:
        """All that going on takes."""
        ...

    def restore(self, tensors: dict[str, Any]) -> None: ...


def packed(optimiser: Any) -> dict[str, Any]:
    """Its memory of each weight; rates follow from the epoch."""
    return {
        f"optimiser.{at}.{name}": value
        for at, memory in optimiser.state_dict()["state"].items()
        for name, value in memory.items()
    }


def unpack(optimiser: Any, tensors: dict[str, Any]) -> None:
    told = optimiser.state_dict()
    told["state"] = {}
    for key, value in tensors.items():
        if key.startswith("optimiser."):
            _word, at, name = key.split(".", 2)
            told["state"].setdefault(int(at), {})[name] = value
    optimiser.load_state_dict(told)


def seeded(plan: Plan, epoch: int, rank: int = 0) -> int:
    """Of one epoch: a run that goes on draws what it would have drawn."""
    return plan.seed * 1_000_003 + epoch * 1_009 + rank

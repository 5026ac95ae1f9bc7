"""One shipped network with its card: crops in; scores for each head and an embedding out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify.decide import Rule, UnknownRule, energy, unknown
from identify.decide.unknown import unit
from identify.ml.eightbit import unpacked
from identify.ml.package import Package, open_package
from identify.ml.runtime import Engine, Said, engine, run_all
from identify.values import Pixels, Vector

Floats = NDArray[np.float32]


@dataclass
class Recogniser:
    package: Package

    @classmethod
    def load(cls, folder: Path, name: str) -> "Recogniser":
        return cls(open_package(folder, name))

    @property
    def name(self) -> str:
        return self.package.name

    @property
    def version(self) -> str:
        return f"{self.name}-{self.package.card['sha256'][:8]}"

    @property
    def side(self) -> int:
        return int(self.package.card["side"])

    @property
    def heads(self) -> dict[str, list[str]]:
        return dict(self.package.card["heads"])

    @cached_property
    def weights(self) -> dict[str, Floats]:
        from safetensors.numpy import load_file

        return unpacked(load_file(self.package.weights))

    @cached_property
    def engine(self) -> Engine:
        return engine(self.package.card["steps"], self.weights, list(self.heads), self.side)

    @cached_property
    def rules(self) -> dict[str, Rule]:
        told = self.package.card["rules"]
        return {head: Rule(labels=tuple(self.heads[head]), **told[head]) for head in told}

    @property
    def together(self) -> dict[str, float]:
        """How sure this one and the network that it is asked after must be, by head."""
        return dict(self.package.card.get("together", {}))

    @cached_property
    def places(self) -> dict[str, Floats]:
        """Where the known ones of each head lie, at length 1. To make them so anew for each coin took as
        long as the network does."""
        known = {head: self.weights[f"known.{head}"] for head in self.package.card["unknown"]}
        return {head: unit(values).astype(np.float32) for head, values in known.items()}

    def run(self, crops: Sequence[Pixels]) -> Said:
        return run_all(self.engine, crops)

    def torch_model(self) -> Any:
        """To look into: gradients want torch."""
        from identify.ml.layers import torch_network

        return torch_network(self.package.card["steps"], self.weights, list(self.heads))

    def about(self, embedding: Vector) -> Vector:
        """What sets this coin apart from the average one, at length 1: what can be compared."""
        apart = embedding - self.weights["known.middle"]
        return np.asarray(apart / max(float(np.linalg.norm(apart)), 1e-6), dtype=np.float32)

    def unknown(self, head: str, logits: Floats, embedding: Vector) -> float:
        """From 0, like what this head has learnt, to 1. Without a rule, nothing is held against it."""
        told = self.package.card["unknown"].get(head)
        return (
            unknown(UnknownRule(**told), self.strangeness(head, logits, embedding)) if told else 0.0
        )

    def strangeness(self, head: str, logits: Floats, embedding: Vector) -> list[float]:
        # by einsum, because BLAS wakes its threads for this and waits longer for them than it counts
        near = np.einsum("pe,e->p", self.places[head], self.about(embedding))
        return [float(energy(logits)), 1.0 - float(near.max())]

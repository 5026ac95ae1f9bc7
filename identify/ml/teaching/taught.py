"""A taught network on the disk: weights and card, and the same once more as the serving runtime reads it."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify import decide
from identify.ml.package import Package, open_package, sha256_of
from identify.ml.teaching import judging, serving
from identify.ml.teaching.bodies import rebuilt
from identify.ml.teaching.learner import learner_of, served_of
from identify.values import Pixels

log = logging.getLogger(__name__)

NAME = "model"
SERVED = ("served.xml", "served.bin")
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Said:
    """Of one crop. Abstained: not sure enough, or like nothing that was taught."""

    label: str
    confidence: float
    unknown: float
    abstained: bool
    probabilities: Floats
    embedding: Floats


@dataclass
class Taught:
    package: Package

    @property
    def card(self) -> dict[str, Any]:
        return self.package.card

    @property
    def labels(self) -> list[str]:
        return list(self.card["labels"])

    @property
    def side(self) -> int:
        return int(self.card["backbone"]["side"])

    @property
    def version(self) -> str:
        return f"taught-{self.card['sha256'][:8]}"

    @property
    def threshold(self) -> float:
        return float(self.card["threshold"])

    @property
    def report(self) -> dict[str, Any]:
        path = self.package.folder / "report.json"
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return told

    def classify(self, crops: Sequence[Pixels]) -> tuple[Floats, Floats]:
        """(probabilities, embeddings), a row for each crop; the columns are `labels`."""
        if not crops:
            return np.zeros((0, len(self.labels)), np.float32), np.zeros((0, 0), np.float32)
        embeddings, logits = self.hear(crops)
        return self.calibrated(logits), embeddings

    def answer(self, crops: Sequence[Pixels]) -> list[Said]:
        if not crops:
            return []
        embeddings, logits = self.hear(crops)
        shares, doubts = self.calibrated(logits), self.unknown(logits, embeddings)
        limit = (self.card["unknown"] or {}).get("limit", 1.0)
        return [
            Said(
                self.labels[int(row.argmax())], float(row.max()), doubt,
                bool(row.max() < self.threshold or doubt > limit), row, embedding,
            )
            for row, doubt, embedding in zip(shares, doubts, embeddings, strict=True)
        ]  # fmt: skip

    def hear(self, crops: Sequence[Pixels]) -> tuple[Floats, Floats]:
        """(embeddings, logits)"""
        return serving.hear(self.engine, crops, self.side)

    def calibrated(self, logits: Floats) -> Floats:
        return decide.softmax(logits, float(self.card["temperature"])).astype(np.float32)

    def unknown(self, logits: Floats, embeddings: Floats) -> list[float]:
        """From 0, like what was taught, to 1. Without a rule, nothing is held against a coin."""
        told = self.card["unknown"]
        if not told:
            return [0.0] * len(logits)
        rule = decide.UnknownRule(**told)
        rows = judging.figures(logits, self.known.near(embeddings))
        return [decide.unknown(rule, row) for row in rows]

    @cached_property
    def weights(self) -> dict[str, Any]:
        from safetensors.numpy import load_file

        return dict(load_file(self.package.weights))

    @cached_property
    def known(self) -> judging.Known:
        return judging.Known(
            *(self.weights[f"known.{one}"] for one in ("middle", "places", "owners"))
        )

    @cached_property
    def engine(self) -> serving.Engine:
        if self.card["runtime"] == "torch":
            return serving.Torch(self.torch_model())
        path = self.package.folder / SERVED[0]
        if path.exists() and self._served_is_whole():
            try:
                return serving.OpenVino(path)
            except ImportError:
                log.warning("OpenVINO is not installed: torch serves, several times slower.")
                return serving.Torch(self.torch_model())
        return serving.engine_of(self.torch_model(), self.side)

    def _served_is_whole(self) -> bool:
        """Else it is made again from the weights, whose hash was held already."""
        told = self.card.get("served", {})
        folder = self.package.folder
        return all(
            (folder / name).exists() and sha256_of(folder / name) == told.get(name)
            for name in SERVED
        )

    def torch_model(self) -> Any:
        """Bytes in, (embeddings, logits) out; what is in `.learner` can be looked into."""
        import torch

        body = rebuilt(self.card["backbone"])
        learner = learner_of(body, len(self.labels))
        learner.load_state_dict(
            {
                name: torch.from_numpy(np.array(value))
                for name, value in self.weights.items()
                if not name.startswith("known.")
            }
        )
        return served_of(learner.eval(), body)


def load(folder: Path) -> Taught:
    """Raises `package.NoModel` and `package.BrokenModel`."""
    return Taught(open_package(folder, NAME))

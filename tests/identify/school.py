"""A teacher that is done at once: its network knows a coin by how bright its photo is. In every other way
it is as `identify.ml.teaching`: rounds, a checkpoint, a package with its hash, a report."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from catalog.refusals import Refusal
from identify.ml.package import open_package, write_package
from identify.values import Remark

EPOCHS = 3
PRESETS = ("quick", "fine", "full")


class TeachingRefused(Refusal):
    pass


class BrokenCheckpoint(TeachingRefused):
    pass


class OtherLesson(TeachingRefused):
    pass


@dataclass(frozen=True)
class Example:
    path: Path
    label: str
    group: str
    weight: float = 1.0
    judges: bool = True


@dataclass(frozen=True)
class Plan:
    backbone: str = "shipped"
    preset: str = "quick"
    epochs: int = 0
    device: str = "auto"


@dataclass(frozen=True)
class Wrong:
    path: str
    truth: str
    said: str
    confidence: float


@dataclass(frozen=True)
class Progress:
    epoch: int
    epochs: int
    loss: float
    val_loss: float
    top1: float
    macro_recall: float
    images_per_second: float
    seconds_left: float
    wrong: tuple[Wrong, ...] = ()


@dataclass(frozen=True)
class Health:
    remarks: tuple[Remark, ...]


def health(examples: Sequence[Example]) -> Health:
    """Photos of one brightness are one photo."""
    seen: dict[float, Example] = {}
    remarks = []
    for one in examples:
        other = seen.setdefault(brightness(one.path), one)
        paths = {"path": str(one.path), "other": str(other.path)}
        if other is not one and other.label == one.label:
            remarks.append(Remark("duplicate", paths))
        elif other is not one:
            names = {"label": one.label, "other_label": other.label}
            remarks.append(Remark("mixed_labels", paths | names))
    return Health(tuple(remarks))


@dataclass
class Lesson:
    """What a test wants to happen, and what did."""

    epochs: list[int] = field(default_factory=list)
    after: Callable[[int], object] = lambda epoch: None
    wrong: int = 0  # so many of those kept aside are answered wrongly


LESSON = Lesson()


def brightness(path: Path) -> float:
    from PIL import Image

    with Image.open(path) as image:
        return float(np.asarray(image.convert("L")).mean())


def teach(
    plan: Plan, examples: Sequence[Example], folder: Path, resume: bool = True, *,
    stop: Callable[[], bool] = lambda: False, **_more: Any,
) -> Iterator[Progress]:  # fmt: skip
    labels = sorted({one.label for one in examples})
    if len(labels) < 2:
        raise TeachingRefused("too_few_classes", "Photos of two classes are needed.")
    folder.mkdir(parents=True, exist_ok=True)
    checkpoint = folder / "checkpoint" / "state.json"
    checkpoint.parent.mkdir(exist_ok=True)
    try:
        begun = json.loads(checkpoint.read_text()) if checkpoint.exists() else 0
    except ValueError:
        raise BrokenCheckpoint("checkpoint_broken", "The checkpoint is damaged.") from None
    epochs = plan.epochs or EPOCHS
    for epoch in range(begun + 1, epochs + 1):
        LESSON.epochs.append(epoch)
        checkpoint.write_text(json.dumps(epoch))
        package(examples, labels, folder)
        LESSON.after(epoch)
        wrong = (Wrong(str(examples[0].path), labels[0], labels[1], 0.8),)
        yield Progress(
            epoch, epochs, 1 / epoch, 1.1 / epoch, 0.5 + epoch / 10, 0.4 + epoch / 10, 12.0,
            float(epochs - epoch), wrong,
        )  # fmt: skip
        if stop():
            return


def package(examples: Sequence[Example], labels: list[str], folder: Path) -> None:
    means = [
        np.mean([brightness(one.path) for one in examples if one.label == label])
        for label in labels
    ]
    kept = examples[::3]
    answers = [
        {"path": str(one.path), "group": one.group, "truth": one.label, "confidence": 0.9,
         "said": one.label if at >= LESSON.wrong else next(x for x in labels if x != one.label)}
        for at, one in enumerate(kept)
    ]  # fmt: skip
    right = sum(one["said"] == one["truth"] for one in answers) / len(answers)
    report = {
        "count": len(answers), "labels": labels, "answers": answers, "confusions": [],
        "top1": {"value": right, "low": right, "high": right, "count": len(answers)},
        "macro_recall": {"value": right, "low": right, "high": right, "count": len(answers)},
        "calibration_error": 0.02, "per_class": [], "confusion": [],
    }  # fmt: skip
    (folder / "report.json").write_text(json.dumps(report))
    card = {
        "labels": labels, "threshold": 0.6, "unknown": None,
        "backbone": {"side": 64, "name": "brightness"}, "plan": {},
    }  # fmt: skip
    write_package(folder, "model", {"means": np.array(means, np.float32)}, card)


class Taught:
    def __init__(self, folder: Path) -> None:
        from safetensors.numpy import load_file

        self.folder = folder
        opened = open_package(folder, "model")
        self.card, self.means = opened.card, load_file(opened.weights)["means"]
        self.labels, self.threshold, self.side = self.card["labels"], 0.6, 64

    @property
    def report(self) -> dict[str, Any]:
        return dict(json.loads((self.folder / "report.json").read_text()))

    def classify(self, crops: Sequence[Any]) -> tuple[Any, Any]:
        scores = [
            -np.abs(self.means - crop.mean(axis=-1).mean()) / 4 for crop in crops
        ]  # the nearest brightness, by a few grey values
        shares = np.array(
            [np.exp(one - one.max()) / np.exp(one - one.max()).sum() for one in scores]
        )
        return shares.reshape(len(crops), len(self.labels)), np.zeros((len(crops), 2), np.float32)

    def answer(self, crops: Sequence[Any]) -> list[Any]:
        shares, _embeddings = self.classify(crops)
        return [
            SimpleNamespace(
                label=self.labels[int(row.argmax())], confidence=float(row.max()), unknown=0.0,
                abstained=bool(row.max() < self.threshold), probabilities=row, embedding=None,
            )
            for row in shares
        ]  # fmt: skip


def load(folder: Path) -> Taught:
    return Taught(folder)

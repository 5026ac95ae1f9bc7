"""The training loop. It knows neither the network's name nor where progress is shown: it yields epochs."""

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify.ml.training.network import SILENT
from identify.ml.training.pictures import Camera
from identify.values import Pixels


@dataclass(frozen=True)
class Stage:
    """Small pictures first: most is learnt there, in half the time."""

    side: int
    epochs: int


@dataclass(frozen=True)
class Settings:
    stages: tuple[Stage, ...]
    per_epoch: int
    batch: int = 32
    rate: float = 4e-4
    head_rate: float = 3e-3
    decay: float = 0.02
    smoothing: float = 0.08
    average: float = 0.998  # of the weights that are kept, per step
    seed: int = 1


@dataclass
class Lesson:
    """Everything the loop is given: pictures in memory, what they show, and how often each is shown."""

    pictures: Sequence[Pixels]
    targets: NDArray[np.int64]
    words: NDArray[np.float32]  # NaN on photos of which nobody knows what stands on them
    chances: NDArray[np.float64]
    any_turn: NDArray[np.bool_]
    heads: Mapping[str, float]
    words_weight: float = 0.0


@dataclass
class Epoch:
    number: int
    loss: float
    seconds: float
    pictures_per_second: float
    figures: dict[str, float] = field(default_factory=dict)


def to_tensor(pictures: NDArray[np.uint8]) -> Any:
    """The same numbers that serving gives the network: -1 to 1."""
    import torch

    tensor = torch.from_numpy(pictures).permute(0, 3, 1, 2).float().div_(127.5).sub_(1.0)
    return tensor.contiguous(memory_format=torch.channels_last)


def loss_of(
    said: Mapping[str, Any], wanted: Any, words: Any, lesson: Lesson, smoothing: float
) -> Any:
    import torch
    import torch.nn.functional as F

    total = torch.zeros(())
    for column, (head, weight) in enumerate(lesson.heads.items()):
        known = wanted[:, column] != SILENT
        if known.any():
            share = known.float().mean()
            error = F.cross_entropy(
                said[head][known], wanted[known, column], label_smoothing=smoothing
            )
            total = total + weight * share * error
    known = ~words.isnan().any(1) if lesson.words_weight else words.new_zeros(0)
    if known.any():
        error = F.binary_cross_entropy_with_logits(said["words"][known], words[known])
        total = total + lesson.words_weight * 8 * known.float().mean() * error
    return total


def learn(
    network: Any, frozen: Any, lesson: Lesson, settings: Settings
) -> Iterator[tuple[Epoch, Any]]:
    """Trains in place; yields each epoch with the averaged network, which is the one to keep."""
    import torch
    from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

    torch.manual_seed(settings.seed)
    network.train()
    averaged = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(settings.average))
    heads = list(network.heads.parameters())
    body = [part for part in network.backbone.parameters() if part.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": settings.rate}, {"params": heads, "lr": settings.head_rate}],
        weight_decay=settings.decay,
    )
    epochs = [stage.side for stage in settings.stages for _ in range(stage.epochs)]
    steps = settings.per_epoch // settings.batch
    rates = [group["lr"] for group in optimiser.param_groups]
    draw, camera = np.random.default_rng(settings.seed), Camera(settings.seed)
    chances = lesson.chances / lesson.chances.sum()
    for number, side in enumerate(epochs, 1):
        begun, total = time.perf_counter(), 0.0
        for step in range(steps):
            part = (number - 1 + step / steps) / len(epochs)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * one_cycle(part)
            chosen = draw.choice(len(chances), settings.batch, p=chances)
            taken = [
                camera.take(lesson.pictures[at], side, bool(lesson.any_turn[at])) for at in chosen
            ]
            with torch.no_grad():
                seen = frozen(to_tensor(np.stack(taken)))
            said = network(seen)
            wanted = torch.from_numpy(lesson.targets[chosen])
            words = torch.from_numpy(lesson.words[chosen])
            error = loss_of(said, wanted, words, lesson, settings.smoothing)
            optimiser.zero_grad(set_to_none=True)
            error.backward()
            torch.nn.utils.clip_grad_norm_(body + heads, 5.0)
            optimiser.step()
            averaged.update_parameters(network)
            total += float(error.detach())
        seconds = time.perf_counter() - begun
        epoch = Epoch(number, total / steps, seconds, steps * settings.batch / seconds)
        yield epoch, averaged.module


def one_cycle(part: float, warm: float = 0.08) -> float:
    if part < warm:
        return 0.05 + 0.95 * part / warm
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (part - warm) / (1 - warm)))

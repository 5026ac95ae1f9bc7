"""`quick`: each photo is looked at a few times through the body, once and for all; then only the head learns,
and an epoch takes a moment."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from identify.ml.teaching import serving
from identify.ml.teaching.bodies import Body
from identify.ml.teaching.courses import Floats, Setting, packed, seeded, unpack
from identify.ml.teaching.crops import SPARE, Table, crops_of
from identify.ml.teaching.examples import Example
from identify.ml.teaching.learner import DROP, learner_of, served_of
from identify.ml.teaching.parts import balance
from identify.ml.teaching.plan import Plan, Progress
from identify.ml.training.loop import one_cycle
from identify.ml.training.pictures import Camera
from identify.values import Pixels

DECAY = 0.02
SMOOTHING = 0.05
WORTH_CONVERTING = 200  # pictures; for fewer, torch is done before the other network is made


def table_of(path: Path, examples: Sequence[Example], views: int, body: Body) -> Table:
    return Table(path, (len(examples), views, body.width), np.float32)


def engine_for(body: Body, pictures: int, device: str = "cpu") -> serving.Engine:
    served = served_of(learner_of(body, 1), body)
    if pictures < WORTH_CONVERTING:
        return serving.Torch(served, device)
    return serving.engine_of(served, body.side, device)


def fill(
    table: Table, body: Body, plan: Plan, examples: Sequence[Example], engine: serving.Engine
) -> Iterator[Progress]:
    """Embeddings (photo, view, number); the first view is the photo as it is. Goes on where it stopped."""
    begun, first, views = time.monotonic(), table.done, table.rows.shape[1]
    yield _looking(plan, table, begun, first, len(examples))
    if first == len(examples):
        return
    for start, crops in crops_of(examples[first:], round(body.side * SPARE)):
        shown = [
            picture
            for one, crop in zip(examples[first + start :], crops, strict=False)
            for picture in _views(crop, one.path, body.side, views, plan)
        ]
        seen, _said = serving.hear(engine, shown, body.side)
        table.fill(first + start, seen.reshape(len(crops), views, -1).astype(np.float32))
        yield _looking(plan, table, begun, first, len(examples))


def _views(crop: Pixels, path: Path, side: int, views: int, plan: Plan) -> list[Pixels]:
    """By the photo's name, not its place: other photos beside it change nothing for it."""
    name = hashlib.sha256(f"{plan.seed}|{path.name}".encode()).digest()
    camera = Camera(int.from_bytes(name[:8], "big"))
    taken = [camera.take(crop, side, plan.any_turn) for _view in range(views - 1)]
    return [serving.at_side(crop, side), *taken]


def _looking(plan: Plan, table: Table, begun: float, first: int, total: int) -> Progress:
    speed = (table.done - first) / max(time.monotonic() - begun, 1e-6)
    left = (total - table.done) / speed if speed else None
    return Progress(
        0, plan.how.epochs, images_per_second=speed, seconds_left=left, stage="looking",
        done=table.done, total=total,
    )  # fmt: skip


class HeadCourse:
    def __init__(self, setting: Setting, seen: dict[Path, Floats] | None = None) -> None:
        self.setting, self.seen = setting, seen

    def look(self) -> Iterator[Progress]:
        setting = self.setting
        parts, plan = setting.parts, setting.plan
        if self.seen is not None:
            self.features = np.stack([self.seen[one.path] for one in parts.taught])
            self.chosen = self._first_of(parts.validation)
        else:
            taught = table_of(setting.folder / "taught.npy", parts.taught, plan.views, setting.body)
            chosen = table_of(setting.folder / "validation.npy", parts.validation, 1, setting.body)
            pictures = plan.views * len(parts.taught) + len(parts.validation)
            engine = engine_for(setting.body, pictures, setting.place.device)
            for table, examples in ((taught, parts.taught), (chosen, parts.validation)):
                for progress in fill(table, setting.body, plan, examples, engine):
                    yield progress
                    setting.heed()
            self.features = np.array(taught.rows)
            self.chosen = np.array(chosen.rows[:, 0])
        self._begin()

    def _first_of(self, examples: Sequence[Example]) -> Floats:
        assert self.seen is not None
        rows = [self.seen[one.path][0] for one in examples]
        return np.array(rows, np.float32).reshape(len(rows), self.setting.body.width)

    def _begin(self) -> None:
        import torch

        setting = self.setting
        torch.manual_seed(setting.plan.seed)
        flat = self.features.reshape(-1, self.features.shape[2])
        self.middle, self.spread = flat.mean(0), np.maximum(flat.std(0), 1e-3)
        self.scaled = torch.from_numpy((self.features - self.middle) / self.spread)
        self.truth = torch.from_numpy(setting.parts.truth(setting.parts.taught))
        self.weights = torch.from_numpy(balance(setting.parts.taught)).float()
        self.head = torch.nn.Linear(flat.shape[1], len(setting.parts.labels))
        with torch.no_grad():
            self.head.weight.mul_(0.1)
            self.head.bias.zero_()
        self.optimiser = torch.optim.AdamW(
            self.head.parameters(), lr=setting.plan.how.rate, weight_decay=DECAY
        )

    def epoch(self, number: int, epochs: int) -> tuple[float, int]:
        import torch
        import torch.nn.functional as F

        how = self.setting.plan.how
        torch.manual_seed(seeded(self.setting.plan, number))
        count, views = self.scaled.shape[:2]
        order, total = torch.randperm(count * views), 0.0
        steps = order.split(how.batch)
        for step, chosen in enumerate(steps):
            self.setting.heed()
            part = (number - 1 + step / len(steps)) / epochs
            self.optimiser.param_groups[0]["lr"] = how.rate * one_cycle(part)
            photo = chosen // views
            said = self.head(F.dropout(self.scaled[photo, chosen % views], DROP))
            errors = F.cross_entropy(
                said, self.truth[photo], reduction="none", label_smoothing=SMOOTHING
            )
            error = (errors * self.weights[photo]).mean()
            self.optimiser.zero_grad(set_to_none=True)
            error.backward()
            self.optimiser.step()
            total += float(error.detach())
        return total / len(steps), count * views

    def hear(self) -> Floats:
        weight, bias = (one.numpy() for one in self.trained().values())
        return np.asarray(self.chosen @ weight.T + bias, np.float32)

    def taught(self) -> Floats:
        return np.asarray(self.features[:, 0])

    def trained(self) -> dict[str, Any]:
        """The scaling goes into the head, so that the learner needs none."""
        import torch

        weight = self.head.weight.detach() / torch.from_numpy(self.spread)
        bias = self.head.bias.detach() - weight @ torch.from_numpy(self.middle)
        return {"head.weight": weight, "head.bias": bias}

    def tensors(self) -> dict[str, Any]:
        return {f"head.{name}": value for name, value in self.head.state_dict().items()} | packed(
            self.optimiser
        )

    def restore(self, tensors: dict[str, Any]) -> None:
        self.head.load_state_dict({name: tensors[f"head.{name}"] for name in ("weight", "bias")})
        unpack(self.optimiser, tensors)

"""`fine` and `full`: the body learns, too, from photos taken anew in every epoch."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify.ml.teaching import serving
from identify.ml.teaching.courses import Floats, Setting, packed, seeded, unpack
from identify.ml.teaching.crops import SPARE, Table, crops_of
from identify.ml.teaching.examples import Example
from identify.ml.teaching.learner import plant, served_of, to_train
from identify.ml.teaching.parts import balance
from identify.ml.teaching.plan import Progress
from identify.ml.training.loop import one_cycle
from identify.ml.training.pictures import Camera

DECAY = 0.02
SMOOTHING = 0.08
LONGEST = 5.0  # a gradient


class WholeCourse:
    def __init__(self, setting: Setting) -> None:
        self.setting = setting

    def look(self) -> Iterator[Progress]:
        setting = self.setting
        both = {"taught": setting.parts.taught, "validation": setting.parts.validation}
        tables = {}
        for name, examples in both.items():
            table = self._table(name, examples)
            if setting.place.leads:
                for _start, crops in crops_of(examples[table.done :], table.rows.shape[1]):
                    table.fill(table.done, np.stack(crops))
                    yield Progress(
                        0, setting.plan.how.epochs, stage="looking",
                        done=table.done, total=len(examples),
                    )  # fmt: skip
                    if setting.place.world == 1:
                        setting.heed()
            setting.place.wait()
            tables[name] = self._table(name, examples).rows
        self.crops, self.chosen = tables["taught"], tables["validation"]
        self._begin()

    def _table(self, name: str, examples: list[Example]) -> Table:
        side = round(self.setting.body.side * SPARE)
        shape = (len(examples), side, side, 3)
        return Table(self.setting.folder / f"{name}.npy", shape, np.uint8)

    def _begin(self) -> None:
        import torch

        setting = self.setting
        how, place = setting.plan.how, setting.place
        torch.manual_seed(setting.plan.seed)
        self.learner = setting.learner.to(place.device)
        body = plant(self.learner, how.trained)
        self.served = served_of(self.learner, setting.body).to(place.device)
        self.parts = [*body, *self.learner.head.parameters()]
        self.optimiser = torch.optim.AdamW(
            [
                {"params": body, "lr": how.body_rate},
                {"params": list(self.learner.head.parameters()), "lr": how.rate},
            ],
            weight_decay=DECAY,
        )
        self.scaler = place.scaler()
        self.shared = place.shared(self.served)
        self.truth = torch.from_numpy(setting.parts.truth(setting.parts.taught))
        chances = balance(setting.parts.taught)
        self.chances = chances / chances.sum()

    def epoch(self, number: int, epochs: int) -> tuple[float, int]:
        import torch

        setting = self.setting
        how, place, plan = setting.plan.how, setting.place, setting.plan
        to_train(self.learner, setting.body.is_random and how.trained == 1)
        torch.manual_seed(seeded(plan, number, place.rank))
        draw = np.random.default_rng(seeded(plan, number))
        camera = Camera(seeded(plan, number, place.rank))
        steps, total = max(1, round(len(self.crops) / how.batch)), 0.0
        for step in range(steps):
            setting.heed()
            part = one_cycle((number - 1 + step / steps) / epochs)
            for group, rate in zip(
                self.optimiser.param_groups, (how.body_rate, how.rate), strict=True
            ):
                group["lr"] = rate * part
            # every machine draws the whole batch and takes its share
            chosen = draw.choice(len(self.crops), how.batch, p=self.chances)
            mine = np.sort(chosen[place.rank :: place.world])
            taken = [camera.take(self.crops[at], setting.body.side, plan.any_turn) for at in mine]
            total += self._step(np.stack(taken), self.truth[torch.from_numpy(mine)])
        return total / steps, steps * how.batch

    def _step(self, pictures: NDArray[np.uint8], truth: Any) -> float:
        import torch
        import torch.nn.functional as F

        place = self.setting.place
        with place.autocast():
            _seen, said = self.shared(torch.from_numpy(pictures).to(place.device))
            error = F.cross_entropy(said, truth.to(place.device), label_smoothing=SMOOTHING)
        self.optimiser.zero_grad(set_to_none=True)
        self.scaler.scale(error).backward()
        self.scaler.unscale_(self.optimiser)
        torch.nn.utils.clip_grad_norm_(self.parts, LONGEST)
        self.scaler.step(self.optimiser)
        self.scaler.update()
        return float(error.detach())

    def hear(self) -> Floats:
        if not len(self.chosen):
            return np.zeros((0, len(self.setting.parts.labels)), np.float32)
        return self._heard(self.chosen)[1]

    def taught(self) -> Floats:
        return self._heard(self.crops)[0]

    def _heard(self, crops: Any) -> tuple[Floats, Floats]:
        engine = serving.Torch(self.served.eval(), self.setting.place.device)
        return serving.hear(engine, crops, self.setting.body.side)

    def trained(self) -> dict[str, Any]:
        return dict(self.learner.state_dict())

    def tensors(self) -> dict[str, Any]:
        weights = {f"learner.{name}": one for name, one in self.learner.state_dict().items()}
        return weights | packed(self.optimiser)

    def restore(self, tensors: dict[str, Any]) -> None:
        start = "learner."
        self.learner.load_state_dict(
            {
                name.removeprefix(start): one
                for name, one in tensors.items()
                if name.startswith(start)
            }
        )
        unpack(self.optimiser, tensors)

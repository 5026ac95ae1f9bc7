"""Teaches and examines cell by cell. What was done is read from its file, so that a run can be broken off."""

import json
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from identify import decide
from identify.ml.teaching import serving
from identify.ml.teaching.bodies import Body, open_body
from identify.ml.teaching.comparing.grid import Cell, Grid, ModelName, portion
from identify.ml.teaching.courses import Course, Floats, Setting
from identify.ml.teaching.devices import place_for
from identify.ml.teaching.examples import Example
from identify.ml.teaching.heads import HeadCourse, engine_for, fill, table_of
from identify.ml.teaching.learner import learner_of, served_of
from identify.ml.teaching.parts import Parts, data_hash
from identify.ml.teaching.plan import Plan
from identify.ml.teaching.report import Answers, report
from identify.ml.teaching.splitting import Split, split
from identify.ml.teaching.tuning import WholeCourse

ASKED = 12  # times one photo, for the time that it takes
Seen = dict[Path, Floats]


@dataclass(frozen=True)
class Result:
    """One cell. `done` and `total` count cells."""

    cell: Cell
    told: dict[str, Any]
    done: int
    total: int
    was_there: bool


def run(
    grid: Grid, examples: Sequence[Example], out: Path, test: Sequence[Example] | None = None
) -> Iterator[Result]:
    """With `test`, all are examined on it; without, each seed keeps other coins aside."""
    cells = list(grid)
    (out / "cells").mkdir(parents=True, exist_ok=True)
    sides = _Sides(grid, examples, test)
    bench = _Bench(grid, out, sides)
    for done, cell in enumerate(cells, 1):
        path = out / "cells" / cell.file
        data = sides.hash_of(cell)
        told = _kept(path, data, grid.plan(cell).lesson)
        if told is None:
            told = bench.measure(cell) | {"data": data, "plan": grid.plan(cell).lesson}
            _write(path, told)
            yield Result(cell, told, done, len(cells), False)
        else:
            yield Result(cell, told, done, len(cells), True)


def _kept(path: Path, data: str, plan: dict[str, Any]) -> dict[str, Any] | None:
    """Of other photos or another plan is as good as none."""
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told if (told.get("data"), told.get("plan")) == (data, plan) else None


def _write(path: Path, told: dict[str, Any]) -> None:
    aside = path.with_suffix(".aside")
    aside.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    aside.replace(path)


class _Sides:
    def __init__(
        self, grid: Grid, examples: Sequence[Example], test: Sequence[Example] | None
    ) -> None:
        self.grid, self.examples, self.test = grid, examples, test
        self.known: dict[int, Split] = {}

    def of(self, seed: int) -> Split:
        if self.test is not None:
            return Split(list(self.examples), list(self.test))
        if seed not in self.known:
            self.known[seed] = split(self.examples, self.grid.held_out, seed)
        return self.known[seed]

    def parts(self, cell: Cell) -> Parts:
        """What is examined stands where others have photos that choose: it is only listened to at the end."""
        pool, test = self.of(cell.seed)
        taught = portion(pool, len(pool) + len(test), cell.amount, cell.seed)
        labels = sorted({one.label for one in taught})
        asked = [one for one in test if one.label in set(labels)]
        return Parts(taught, asked, asked, labels)

    def hash_of(self, cell: Cell) -> str:
        return data_hash(self.parts(cell))

    def everything(self) -> tuple[list[Example], list[Example]]:
        """To learn from, and to examine on: photos that are one or the other, by the seed, are both."""
        if self.test is not None:
            return list(self.examples), list(self.test)
        return list(self.examples), []


class _Bench:
    """One network at a time lies on it."""

    def __init__(self, grid: Grid, out: Path, sides: _Sides) -> None:
        self.grid, self.out, self.sides = grid, out, sides
        self.place = place_for(grid.device)
        self.model: ModelName | None = None
        self.figures: dict[str, Any] = {}
        self.seen: Seen | None = None
        self.looked = 0.0

    def measure(self, cell: Cell) -> dict[str, Any]:
        plan = self.grid.plan(cell)
        body = open_body(plan)
        if self.model != cell.model:
            self.model, self.seen = cell.model, None
            self.figures = _figures_of(body, len(self.sides.parts(cell).labels))
        if cell.mode == "linear" and self.seen is None:
            self._look(body, plan)
        parts = self.sides.parts(cell)
        work = self.out / "work"
        setting = Setting(plan, parts, body, learner_of(body, len(parts.labels)), work, self.place)
        course: Course = (
            HeadCourse(setting, self.seen) if cell.mode == "linear" else WholeCourse(setting)
        )
        for _looking in course.look():
            pass
        begun, shown, loss = time.monotonic(), 0, 0.0
        for number in range(1, plan.how.epochs + 1):
            loss, count = course.epoch(number, plan.how.epochs)
            shown += count
        seconds = time.monotonic() - begun
        told = _examined(parts, course.hear(), seconds, shown)
        shutil.rmtree(work, ignore_errors=True)
        return told | self.figures | {
            "model": cell.model.shown, "mode": cell.mode, "amount": asdict(cell.amount),
            "seed": cell.seed, "taught": len(parts.taught), "loss": loss, "origin": body.told["origin"],
            "side": body.side, "looking_seconds": round(self.looked, 1) if cell.mode == "linear" else 0.0,
        }  # fmt: skip

    def _look(self, body: Body, plan: Plan) -> None:
        """Once for all cells of the network: a frozen body says the same of a photo whatever is learnt."""
        assert self.model is not None
        begun, self.seen = time.monotonic(), {}
        pool, test = self.sides.everything()
        folder = self.out / "seen"
        for name, examples, views in (("pool", pool, plan.views), ("test", test, 1)):
            if not examples:
                continue
            digest = data_hash(Parts(examples, [], [], []))[:12]
            path = folder / f"{self.model.file}-{body.side}-{views}-{name}-{digest}.npy"
            table = table_of(path, examples, views, body)
            engine = engine_for(body, views * len(examples), self.place.device)
            for _looking in fill(table, body, _plain(plan), examples, engine):
                pass
            self.seen |= {
                one.path: row for one, row in zip(examples, np.array(table.rows), strict=True)
            }
        self.looked = time.monotonic() - begun


def _plain(plan: Plan) -> Plan:
    """The same views for every seed: what is drawn anew is photos and weights."""
    return replace(plan, seed=1)


def _figures_of(body: Body, classes: int) -> dict[str, Any]:
    """Size and speed of the network as it would be served, one photo at a time."""
    learner = learner_of(body, classes).eval()
    engine = serving.engine_of(served_of(learner, body), body.side)
    photo = np.zeros((1, body.side, body.side, 3), np.uint8)
    engine.run(photo)
    times = []
    for _time in range(ASKED):
        begun = time.perf_counter()
        engine.run(photo)
        times.append(time.perf_counter() - begun)
    return {
        "parameters": sum(one.numel() for one in learner.parameters()),
        "milliseconds": round(1000 * float(np.median(times)), 2),
        "runtime": engine.kind,
    }


def _examined(parts: Parts, logits: Floats, seconds: float, shown: int) -> dict[str, Any]:
    answers = Answers(
        parts.labels, [str(one.path) for one in parts.test], [one.group for one in parts.test],
        parts.truth(parts.test), decide.softmax(logits),
        times={"seconds": round(seconds, 2), "images_per_second": round(shown / max(seconds, 1e-6), 1)},
    )  # fmt: skip
    return report(answers)

"""Teaches a class that nobody knew before:

examples -> parts (learnt from, choosing, judging) -> photos looked at -> epochs, each checked and kept
    -> the best of them -> calibrated, examined and packaged
"""

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from catalog.refusals import gettext_noop as _
from identify import decide, measures
from identify.ml.teaching.bodies import open_body
from identify.ml.teaching.checkpoint import Checkpoint, State
from identify.ml.teaching.courses import Course, Floats, Setting, Stopped
from identify.ml.teaching.devices import joined, place_for
from identify.ml.teaching.examples import Example
from identify.ml.teaching.finishing import finish
from identify.ml.teaching.heads import HeadCourse
from identify.ml.teaching.learner import learner_of
from identify.ml.teaching.parts import Parts, lesson_of, parts_of
from identify.ml.teaching.plan import MOST_WRONG, Plan, Progress, Wrong
from identify.ml.teaching.refusals import TeachingRefused
from identify.ml.teaching.tuning import WholeCourse

WORK = "work-"


def teach(
    plan: Plan,
    examples: Sequence[Example],
    folder: Path,
    resume: bool = True,
    *,
    stop: Callable[[], bool] = lambda: False,
    judged_by: Sequence[Example] | None = None,
    strangers: Sequence[Example] = (),
    seen: dict[Path, Floats] | None = None,
) -> Iterator[Progress]:
    """Stopped by `stop` or by closing, it packages the best epoch so far, and can be gone on with. `judged_by`
    were kept aside by the caller; `seen` are views that another run of `quick` has looked at already."""
    parts = parts_of(plan, examples, judged_by)
    place = place_for(plan.device)
    if place.world > 1 and plan.preset == "quick":
        raise TeachingRefused("one_process", _("“quick” runs in one process: leave torchrun out."))
    with joined(place):
        body = open_body(plan)
        lesson = lesson_of(plan, parts)
        checkpoint = Checkpoint(folder / "checkpoint")
        if not resume and place.leads:
            checkpoint.clear()
        place.wait()
        work = folder / f"{WORK}{lesson[:12]}"
        setting = Setting(
            plan, parts, body, learner_of(body, len(parts.labels)), work, place,
            lambda: bool(place.told(stop())),
        )  # fmt: skip
        course: Course = (
            HeadCourse(setting, seen) if plan.preset == "quick" else WholeCourse(setting)
        )
        run = _Run(setting, course, checkpoint, folder, strangers, lesson)
        yield from run.through()


class _Run:
    def __init__(
        self, setting: Setting, course: Course, checkpoint: Checkpoint, folder: Path,
        strangers: Sequence[Example], lesson: str,
    ) -> None:  # fmt: skip
        self.setting, self.course, self.checkpoint = setting, course, checkpoint
        self.folder, self.strangers = folder, strangers
        self.state = State(lesson)

    def through(self) -> Iterator[Progress]:
        before = self.checkpoint.read(self.state.lesson)  # refuses before anything is looked at
        if before and before[0].finished and (self.folder / "model.json").exists():
            yield Progress(**self._last_known(before[0]))
            return
        try:
            yield from self.course.look()
            if before:
                self.state = before[0]
                self.course.restore(before[1])
            yield from self._epochs()
        except Stopped:
            self._package(finished=False)
        except GeneratorExit:
            self._package(finished=False)
            raise
        else:
            self._package(finished=not self.setting.stop())

    def _last_known(self, state: State) -> dict[str, Any]:
        told = dict(state.history[-1])
        return told | {"wrong": tuple(Wrong(**one) for one in told["wrong"])}

    def _epochs(self) -> Iterator[Progress]:
        how, state = self.setting.plan.how, self.state
        while state.epoch < how.epochs:
            if self._is_stale(how.patience):
                return
            begun = time.monotonic()
            loss, shown = self.course.epoch(state.epoch + 1, how.epochs)
            state.epoch += 1
            progress = self._measured(loss, shown, time.monotonic() - begun)
            self._keep(progress)
            yield progress
            if self.setting.stop():
                return

    def _is_stale(self, patience: int) -> bool:
        choosing = bool(self.setting.parts.validation)
        stale = choosing and self.state.epoch - self.state.best_epoch >= patience
        return bool(self.setting.place.told(stale))

    def _measured(self, loss: float, shown: int, seconds: float) -> Progress:
        state, how = self.state, self.setting.plan.how
        state.seconds += seconds
        told = Progress(
            state.epoch, how.epochs, loss, images_per_second=shown / max(seconds, 1e-6),
            seconds_left=state.seconds / state.epoch * (how.epochs - state.epoch),
        )  # fmt: skip
        if not self.setting.parts.validation:
            state.best_epoch = state.epoch
            return replace(told, is_best=True)
        logits = self.course.hear()
        told = replace(told, **figures_of(logits, self.setting.parts))
        value = self._value(told)
        if value > state.best:
            state.best, state.best_epoch = value, state.epoch
        return replace(told, is_best=state.best_epoch == state.epoch)

    def _value(self, told: Progress) -> tuple[float, float]:
        """The larger, the better; the second counts where the first is the same. Less than a thousandth
        is no progress, or a run would never end."""
        recall, surprise = round(told.macro_recall or 0.0, 3), -round(told.val_loss or 0.0, 3)
        return (recall, surprise) if self.setting.plan.monitor == "recall" else (surprise, recall)

    def _keep(self, progress: Progress) -> None:
        self.state.history.append(progress.as_json())
        for earlier in self.state.history[:-1]:
            earlier["wrong"] = []  # the last ones are enough
        if self.setting.place.leads:
            best = self.course.trained() if progress.is_best else None
            self.checkpoint.write(self.state, self.course.tensors(), best)

    def _package(self, finished: bool) -> None:
        if not self.state.epoch or not self.setting.place.leads:
            return
        best = self.checkpoint.best()
        finish(self.setting, self.course, self.state, best, self.folder, self.strangers)
        self.state.finished = finished
        self.checkpoint.finish(self.state)
        if finished:
            for path in self.folder.glob(f"{WORK}*"):
                shutil.rmtree(path)


def figures_of(logits: Floats, parts: Parts) -> dict[str, Any]:
    truth = parts.truth(parts.validation)
    shares = decide.softmax(logits)
    said = shares.argmax(1)
    wrong = np.flatnonzero(said != truth)
    worst = wrong[np.argsort(-shares[wrong].max(1), kind="stable")][:MOST_WRONG]
    return {
        "val_loss": measures.cross_entropy(shares, truth),
        "top1": float((said == truth).mean()),
        "macro_recall": measures.macro_recall(truth, said, len(parts.labels)),
        "wrong": tuple(
            Wrong(
                str(parts.validation[at].path), parts.labels[truth[at]], parts.labels[said[at]],
                round(float(shares[at].max()), 4),
            )
            for at in worst
        ),
    }  # fmt: skip

"""From the best epoch to a package: calibrated, examined, converted, and served as torch would answer."""

import json
import logging
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify import decide
from identify.ml.package import sha256_of, write_package
from identify.ml.teaching import judging, serving
from identify.ml.teaching.checkpoint import State
from identify.ml.teaching.courses import Course, Setting
from identify.ml.teaching.crops import crops_of
from identify.ml.teaching.examples import Example
from identify.ml.teaching.learner import served_of
from identify.ml.teaching.parts import data_hash
from identify.ml.teaching.report import Answers, report
from identify.ml.teaching.taught import NAME, SERVED

log = logging.getLogger(__name__)

ALIKE = 1e-3  # how far the served numbers may be from torch's, of the largest of them
SUMMARY = (
    "count", "top1", "top3", "top5", "macro_recall", "cross_entropy", "calibration_error",
    "coverage_95", "coverage_99", "unknown_auroc",
)  # fmt: skip
Floats = NDArray[np.float32]


def finish(
    setting: Setting, course: Course, state: State, best: dict[str, Any], folder: Path,
    strangers: Sequence[Example] = (),
) -> None:  # fmt: skip
    parts = setting.parts
    setting.learner.load_state_dict(best, strict=False)
    known = judging.Known.of(course.taught(), parts.truth(parts.taught))
    served = served_of(setting.learner.cpu(), setting.body)
    engine, model, difference = _converted(served, setting)
    embeddings, logits = heard(engine, parts.validation, setting)
    rule = judging.judged(logits, embeddings, parts.truth(parts.validation), known)
    told = _examined(setting, engine, rule, known, state, strangers)
    card = {
        "format": 1, "name": folder.name, "made_on": date.today().isoformat(),
        "backbone": setting.body.told, "labels": parts.labels, "plan": setting.plan.as_json(),
        "runtime": engine.kind, **rule, "epochs": state.epoch, "best_epoch": state.best_epoch,
        "data": _of_data(setting), "history": state.history, "difference_from_torch": difference,
        "metrics": {name: told[name] for name in SUMMARY if name in told},
    }  # fmt: skip
    _write(folder, setting, known, card, told, model)


def heard(
    engine: serving.Engine, examples: Sequence[Example], setting: Setting
) -> tuple[Floats, Floats]:
    side = setting.body.side
    found = [serving.hear(engine, crops, side) for _start, crops in crops_of(examples, side)]
    if not found:
        return (
            np.zeros((0, setting.body.width), np.float32),
            np.zeros((0, len(setting.parts.labels)), np.float32),
        )
    return np.concatenate([one for one, _ in found]), np.concatenate([one for _, one in found])


def _converted(served: Any, setting: Setting) -> tuple[serving.Engine, Any, float]:
    """What serves, the converted network to keep, and how far it is from torch on a few photos: of the embedding
    as a part of its largest number, and of the probabilities. One that is too far is not served."""
    side, plain = setting.body.side, serving.Torch(served)
    try:
        model = serving.converted(served, side)
    except ImportError:
        return plain, None, 0.0
    engine = serving.OpenVino(model)
    some = next(crops_of(setting.parts.taught[:4], side))[1]
    (told_seen, told), (seen, said) = (serving.hear(one, some, side) for one in (engine, plain))
    difference = max(
        float(np.abs(told_seen - seen).max() / max(1.0, float(np.abs(seen).max()))),
        float(np.abs(decide.softmax(told) - decide.softmax(said)).max()),
    )
    if difference <= ALIKE:
        return engine, model, difference
    log.warning("The converted network is %.4f from torch: torch serves this one.", difference)
    return plain, None, difference


def _examined(
    setting: Setting, engine: serving.Engine, rule: dict[str, Any], known: judging.Known,
    state: State, strangers: Sequence[Example],
) -> dict[str, Any]:  # fmt: skip
    parts = setting.parts
    embeddings, logits = heard(engine, parts.test, setting)
    shares = decide.softmax(logits, rule["temperature"])
    speeds = [one["images_per_second"] for one in state.history]
    answers = Answers(
        parts.labels, [str(one.path) for one in parts.test], [one.group for one in parts.test],
        parts.truth(parts.test), shares,
        unknown=_doubts(rule, known, logits, embeddings),
        strangers=_doubts(rule, known, *reversed(heard(engine, strangers, setting))),
        times={
            "seconds": round(state.seconds, 1),
            "images_per_second": round(float(np.mean(speeds)) if speeds else 0.0, 1),
        },
    )  # fmt: skip
    told = report(answers) | {"chosen_on_the_same": parts.chosen_on_the_same}
    if rule["unknown"] and len(parts.test):
        near = known.near(embeddings)
        away = judging.strange_figures(logits, near, parts.truth(parts.test), known)
        unknown = decide.UnknownRule(**rule["unknown"])
        scores = [decide.unknown(unknown, row) for row in [*judging.figures(logits, near), *away]]
        # the same photos with their own class taken away: easier to have than real strangers
        told["unknown_auroc_of_own"] = _auroc(scores, len(away))
    return told


def _auroc(scores: Sequence[float], strange: int) -> float:
    from identify.measures import auroc

    return auroc(scores, [0] * (len(scores) - strange) + [1] * strange)


def _doubts(
    rule: dict[str, Any], known: judging.Known, logits: Floats, embeddings: Floats
) -> list[float]:
    if not rule["unknown"] or not len(logits):
        return []
    unknown = decide.UnknownRule(**rule["unknown"])
    rows = judging.figures(logits, known.near(embeddings))
    return [decide.unknown(unknown, row) for row in rows]


def _of_data(setting: Setting) -> dict[str, Any]:
    parts = setting.parts
    return {
        "sha256": data_hash(parts),
        "taught": len(parts.taught),
        "validation": len(parts.validation),
        "test": len(parts.test),
        "chosen_on_the_same": parts.chosen_on_the_same,
        "classes": dict(Counter(one.label for one in parts.taught)),
    }


def _write(
    folder: Path, setting: Setting, known: judging.Known, card: dict[str, Any],
    told: dict[str, Any], model: Any,
) -> None:  # fmt: skip
    """The card comes last: what is half written has the old card or none."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {
        name: np.array(value.detach().cpu().numpy())
        for name, value in setting.learner.state_dict().items()
    }
    for name in ("middle", "places", "owners"):
        tensors[f"known.{name}"] = getattr(known, name)
    if model is not None:
        serving.keep(model, folder / SERVED[0])
        card = card | {"served": {name: sha256_of(folder / name) for name in SERVED}}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (folder / "report.json").write_text(text + "\n", encoding="utf-8")
    write_package(folder, NAME, tensors, card)

"""Makes one of the shipped networks that look at coins from a folder of labelled photos:

photos -> crops -> lesson -> epochs -> what it may say (calibration) -> weights and card
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify.ml import eightbit, layers, runtime
from identify.ml.package import Package, open_package, write_package
from identify.ml.training import calibration, letters, loop, network, pictures, together
from identify.ml.training.calibration import Heard
from identify.ml.training.evening import even_out
from identify.ml.training.samples import HELD_OUT_PERCENT, Sample, read_sets
from identify.values import Pixels

Weights = dict[str, NDArray[np.float32]]
SERVED_SIDE = (
    192  # a little more than trained at: coins come out as large as random crops made them
)
SETTINGS = {
    "ancient": loop.Settings((loop.Stage(128, 9), loop.Stage(176, 7)), per_epoch=6016),
    "modern": loop.Settings((loop.Stage(128, 9), loop.Stage(176, 7)), per_epoch=6400),
    "portraits": loop.Settings((loop.Stage(128, 7), loop.Stage(176, 5)), per_epoch=6016, seed=11),
    "world": loop.Settings(
        (loop.Stage(128, 14), loop.Stage(176, 12)),
        per_epoch=3360, rate=5e-4, decay=0.03, smoothing=0.1, seed=10,
    ),
}  # fmt: skip
# A shipped network that learns on; what it has had before stands in its card
FURTHER = {
    "ancient": loop.Settings((loop.Stage(176, 12),), per_epoch=6016, rate=3e-4, seed=2),
    "modern": loop.Settings((loop.Stage(176, 24),), per_epoch=3008, rate=3e-4, decay=0.03, seed=5),
    "portraits": loop.Settings((loop.Stage(176, 8),), per_epoch=6016, rate=3e-4, seed=2),
    "world": loop.Settings((loop.Stage(176, 12),), per_epoch=3360, rate=3e-4, decay=0.03, seed=2),
}
ALIKE = 1e-3  # how far the served numbers may be from torch's


@dataclass
class School:
    """One network's photos, what it is asked, and the network itself in its two halves."""

    plan: network.Plan
    taught: list[Sample]
    held_out: list[Sample]
    labels: dict[str, list[str]]
    words: list[str]
    parts: network.Parts
    whole: Any  # timm's network, batch norms folded
    frozen: Any
    learner: Any

    @property
    def passed_on(self) -> dict[str, list[str]]:
        """What is shipped of what was learnt: heads and their labels."""
        return {head: self.labels[head] for head in self.plan.ships or self.labels}


def open_school(plan: network.Plan, data: Path, start: str) -> School:
    from torch import nn

    from identify.ml.backbones import build, fold_batch_norms

    samples = read_sets(data, plan.sets)
    taught = [one for one in samples if not one.is_held_out]
    labels = network.labels_of(samples, plan)
    if plan.reads:
        taught = letters.read(taught)
    words = network.hint_words(taught, plan) if plan.words else []
    goes_on = start.endswith(".json")
    whole = fold_batch_norms(
        build(plan.backbone, start="random" if goes_on else start).network.eval()
    )
    frozen = nn.Sequential(whole.conv_stem, whole.bn1, *whole.blocks[: plan.frozen_stages])
    body = nn.Sequential(
        *whole.blocks[plan.frozen_stages :], whole.conv_head, whole.bn2, whole.global_pool
    )
    for part in frozen.parameters():
        part.requires_grad = False
    parts = network.places_of_parts(plan, labels)
    learner = network.build(body, whole.num_features, labels, len(words), parts)
    held_out = [one for one in samples if one.is_held_out]
    school = School(plan, taught, held_out, labels, words, parts, whole, frozen.eval(), learner)
    if goes_on:
        go_on_from(school, Path(start))
    return school


def go_on_from(school: School, card: Path) -> None:
    """Learn on where a shipped network stopped. Its hint of words was not kept and is learnt anew."""
    from safetensors.numpy import load_file

    package = open_package(card.parent, card.stem)
    if any(package.card["heads"].get(head) != known for head, known in school.passed_on.items()):
        raise ValueError(f"{card.name} answers other questions than these photos: start elsewhere.")
    known = eightbit.unpacked(load_file(package.weights))
    for name, values in own_weights(school).items():  # numpy's view of torch's own numbers
        is_new = name.startswith("heads.") and name not in known
        values[...] = 0.0 if is_new else known[name]


def lesson_of(school: School, crops: Sequence[Pixels]) -> loop.Lesson:
    plan, taught = school.plan, school.taught
    return loop.Lesson(
        crops,
        network.targets(taught, school.labels),
        hints(taught, school.words, plan.worded),
        network.chances(taught, plan),
        np.array([one.set in plan.any_turn for one in taught]),
        plan.heads,
        plan.words if school.words else 0.0,
    )


def hints(
    samples: Sequence[Sample], words: Sequence[str], worded: frozenset[str]
) -> NDArray[np.float32]:
    table = np.zeros((len(samples), max(1, len(words))), np.float32)
    places = {word: at for at, word in enumerate(words)}
    for row, one in zip(table, samples, strict=True):
        row[[places[word] for word in one.words if word in places]] = 1
        if one.set not in worded:
            row[:] = np.nan
    return table


def train(school: School, crops: Sequence[Pixels], settings: loop.Settings) -> Iterator[loop.Epoch]:
    """The averaged weights, which are the better ones, lie in the school at the end."""
    kept = None
    for epoch, averaged in loop.learn(
        school.learner, school.frozen, lesson_of(school, crops), settings
    ):
        kept = averaged
        yield epoch
    if kept is not None:
        school.learner.load_state_dict(kept.state_dict())
    school.learner.eval()
    for head in school.plan.evened:
        even_out(school, crops, head, settings.stages[-1].side)


# --- what is shipped -------------------------------------------------------------------
def ship(
    school: School,
    crops: Sequence[Pixels],
    held_out: Sequence[Pixels],
    folder: Path,
    told: dict[str, Any],
) -> Package:
    weights = eightbit.packed(weights_of(school))
    steps = layers.steps_of(school.whole)[0]
    plain = eightbit.unpacked(weights)
    heads = list(school.passed_on)
    served = runtime.engine(steps, plain, heads, SERVED_SIDE)
    unseen = hear(served, school.held_out, held_out)
    card: dict[str, Any] = {
        "name": school.plan.name, "side": SERVED_SIDE, "steps": steps, "heads": school.passed_on,
        "rules": {}, "unknown": {}, "knows": {},
        "difference_from_torch": difference(steps, plain, heads, held_out[:16]),
    }  # fmt: skip
    for head, labels in school.passed_on.items():
        card["rules"][head] = calibration.rule(head, labels, unseen)
        card["knows"][head] = knowledge(head, labels, school, unseen)
    if school.plan.looks_first:  # and says what is strange
        seen = hear(served, school.taught, crops)
        middle = seen.said["embedding"].mean(0)
        weights["known.middle"] = middle.astype(np.float16)
        for head, labels in school.passed_on.items():
            known = calibration.middles(head, labels, seen, middle)
            owners = owners_of(head, labels, seen)
            weights |= eightbit.in_eight_bits(f"known.{head}", known)
            told_unknown = calibration.unknown_rule(head, labels, unseen, middle, known, owners)
            if told_unknown:
                card["unknown"][head] = told_unknown
    package = write_package(folder, school.plan.name, weights, card | told)
    if found := together.limits(school.plan.name, folder, unseen, small(held_out)):
        package = write_package(folder, package.name, weights, card | told | {"together": found})
    return package


def weights_of(school: School) -> Weights:
    """As they are served."""
    weights = folded(own_weights(school), school.parts)
    left_out = tuple(f"heads.{head}." for head in school.labels if head not in school.passed_on)
    return {name: values for name, values in weights.items() if not name.startswith(left_out)}


def folded(weights: Weights, parts: network.Parts) -> Weights:
    """Of a label that has parts, the sum: all of it is linear."""
    found = dict(weights)
    for head, shared in parts.items():
        for kind in ("weight", "bias"):
            of_parts = [weights[f"heads.{part}.{kind}"][at] for part, at in shared.items()]
            found[f"heads.{head}.{kind}"] = sum(of_parts, weights[f"heads.{head}.{kind}"])
    return found


def own_weights(school: School) -> Weights:
    weights = layers.steps_of(school.whole)[1]
    for head in school.labels:
        layer = school.learner.heads[head]
        weights[f"heads.{head}.weight"] = layer.weight.detach().numpy()
        weights[f"heads.{head}.bias"] = layer.bias.detach().numpy()
    return weights


def hear(engine: runtime.Engine, samples: Sequence[Sample], crops: Sequence[Pixels]) -> Heard:
    return Heard(samples, runtime.run_all(engine, small(crops)))


def small(crops: Sequence[Pixels]) -> list[Pixels]:
    """As they are served."""
    import cv2

    size = (SERVED_SIDE, SERVED_SIDE)
    return [cv2.resize(one, size, interpolation=cv2.INTER_AREA) for one in crops]  # type: ignore[misc]


def difference(
    steps: list[layers.Step], weights: Any, heads: list[str], crops: Sequence[Pixels]
) -> float:
    """Between the served graph and torch, at full precision; more than ALIKE is a mistake of ours."""
    import cv2

    resized = [cv2.resize(one, (SERVED_SIDE, SERVED_SIDE)) for one in crops]
    pictures = np.stack(resized).astype(np.uint8)
    told = runtime.engine(steps, weights, heads, SERVED_SIDE, exact=True).run(pictures)
    true = runtime.Torch(steps, weights, heads, SERVED_SIDE, exact=True).run(pictures)
    found = max(float(np.abs(told[name] - true[name]).max()) for name in told)
    if found > ALIKE:
        raise ValueError(f"The served network differs from torch's by {found:.4f}: not shipped.")
    return found


def owners_of(head: str, labels: Sequence[str], heard: Heard) -> NDArray[np.int64]:
    """Whose each row of the known places is."""
    at, truth = heard.of(head, labels)
    vectors = heard.said["embedding"][at]
    return np.array(
        [
            label
            for label in range(len(labels))
            for _place in calibration.places(vectors[truth == label])
        ]
    )


def knowledge(head: str, labels: Sequence[str], school: School, unseen: Heard) -> dict[str, Any]:
    """Of each label: photos taught, photos held out, and how many of those were recognised alone."""
    taught = Counter(one.targets[head] for one in school.taught if head in one.targets)
    at, truth = unseen.of(head, labels)
    right = unseen.said[head][at].argmax(1) == truth
    return {
        label: {
            "taught": taught[label],
            "held_out": int((truth == place).sum()),
            "recalled": int(right[truth == place].sum()),
        }
        for place, label in enumerate(labels)
    }


def crops_of(samples: Sequence[Sample], workers: int = 2) -> list[Pixels]:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(pictures.load, [one.path for one in samples]))


def settings_for(plan: network.Plan, start: str) -> loop.Settings:
    return (FURTHER if start.endswith(".json") else SETTINGS)[plan.name]


def how_made(
    plan: network.Plan, school: School, settings: loop.Settings, start: str
) -> dict[str, Any]:
    before = {}
    if start.endswith(".json"):
        card = open_package(Path(start).parent, Path(start).stem).card
        before = {name: card[name] for name in ("start", "stages", "photos_per_epoch", "sha256")}
    return {
        "before": before,
        "made_by": f"manage.py train_shipped {plan.name}",
        "made_on": date.today().isoformat(),
        "backbone": plan.backbone,
        "start": Path(start).name,
        "stages": [[stage.side, stage.epochs] for stage in settings.stages],
        "photos_per_epoch": settings.per_epoch,
        "seed": settings.seed,
        "sets": dict(Counter(one.set for one in school.taught)),
        "held_out_percent": HELD_OUT_PERCENT,
    }

"""What kind of coin it is must be known of rare kinds as of common ones. The network is shown most of what it finds
hardest; at the end that one head is fitted anew, on as many photos of each answer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from identify.ml.training import loop
from identify.ml.training.pictures import Camera
from identify.values import Pixels

if TYPE_CHECKING:
    from identify.ml.training.shipped import School

ROUNDS, EACH = 140, 7  # photos of every answer in each round
FAITH = 1e-3  # in what the head has learnt before
SMOOTHING = 0.05


def even_out(
    school: "School", crops: Sequence[Pixels], head: str, side: int, rounds: int = ROUNDS
) -> None:
    import torch

    labels = school.labels[head]
    shown = [
        [at for at, one in enumerate(school.taught) if one.targets.get(head) == label]
        for label in labels
    ]
    draw, camera = np.random.default_rng(1), Camera(1)
    seen, truth = [], []
    for _round in range(rounds):
        for label, photos in enumerate(shown):
            chosen = draw.choice(photos, EACH)
            turns = [school.taught[at].set in school.plan.any_turn for at in chosen]
            taken = [
                camera.take(crops[at], side, turn) for at, turn in zip(chosen, turns, strict=True)
            ]
            with torch.no_grad():
                pictures = loop.to_tensor(np.stack(taken))
                seen.append(school.learner.backbone(school.frozen(pictures)))
            truth += [label] * EACH
    fit(school.learner.heads[head], torch.cat(seen), torch.tensor(truth))


def fit(layer: Any, seen: Any, truth: Any) -> None:
    import torch
    import torch.nn.functional as F

    before = layer.weight.detach().clone()
    solver = torch.optim.LBFGS(layer.parameters(), max_iter=80, line_search_fn="strong_wolfe")

    def error() -> Any:
        solver.zero_grad()
        wrong = F.cross_entropy(layer(seen), truth, label_smoothing=SMOOTHING)
        wrong = wrong + FAITH * ((layer.weight - before) ** 2).sum()
        wrong.backward()
        return wrong

    solver.step(error)

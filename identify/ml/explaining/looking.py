"""From a network and a score to heat, whatever the network is made of."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from identify.ml.look.cropping import MARGIN
from identify.ml.seeing import Seen
from identify.values import Heat, Vector

# From what the network says of a batch to one number a picture: how much speaks for the answer
Score = Callable[[Any], Any]


class NotExplainable(ValueError):
    """Neither feature maps nor attention were found in it."""


def heat_of(network: Any, pictures: Any, score: Score) -> Vector:
    """Pictures x height x width, as large as the pictures; nowhere below zero, in the network's own unit, so
    that two faces of one coin can be told by one scale. What speaks against the answer counts as nothing."""
    from identify.ml.explaining.cam import fine_grad_cam
    from identify.ml.explaining.rollout import attention_rollout, transformer_in

    pictures = pictures.detach()
    network = network.eval()
    with one_thread():
        transformer = transformer_in(network)
        if transformer is not None:
            heat = attention_rollout(network, transformer, pictures, score)
        else:
            heat = fine_grad_cam(network, pictures, score)
    return np.asarray(heat.detach().float().cpu().numpy(), dtype=np.float32)


@contextmanager
def one_thread() -> Iterator[None]:
    """Two faces are soon done. Where others work, too, torch's threads wait for each other by spinning: on two
    busy cores that took thirty times as long."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def heats_of(seen: Seen, heat: Vector) -> list[Heat]:
    """The hottest place of all faces is 1: a face that says less looks it, too."""
    highest = float(heat.max(initial=0.0))
    shares = heat / highest if highest > 0 else heat
    return [
        Heat(values, (face.disc[0], face.disc[1], face.disc[2] * MARGIN))
        for values, face in zip(shares, seen.faces, strict=False)
        if face.disc
    ]


def chosen(labels: Sequence[str], label: str) -> list[int]:
    """Which outputs speak for it: “Maximian or Galerius” speaks for either."""
    return [at for at, one in enumerate(labels) if label == one or label in one.split(" or ")]

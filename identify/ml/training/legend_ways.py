"""Which way each legend runs is not labelled. A network that reads a little finds out: read as it stands, a legend
is more probable than read backwards or cut in two. Then it learns from what it found."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from identify.ml.legends import polar
from identify.ml.training.legend_samples import Sample

AT_ONCE = 8
# What a way must be better by than the usual one: natural logarithms. Beginning a little lower or higher is common
UNUSUAL, SHIFTED = 4.0, 2.0
NEAR = 60.0  # degrees


def ways_of(network: Any, samples: Sequence[Sample]) -> list[polar.Way]:
    return [way for part in _parts(samples) for way in _found(network, part)]


def _parts(samples: Sequence[Sample]) -> Iterator[Sequence[Sample]]:
    for at in range(0, len(samples), AT_ONCE):
        yield samples[at : at + AT_ONCE]


def _found(network: Any, samples: Sequence[Sample]) -> list[polar.Way]:
    import torch

    from identify.ml.training.legends import losses_of, said

    strips = np.concatenate([polar.strips(one.grey, one.ring) for one in samples])
    texts = [one.visible for one in samples for _way in polar.WAYS]
    network.eval()
    with torch.inference_mode():
        by_way = polar.windows(said(network, strips).numpy())
        shares = torch.from_numpy(by_way.reshape(-1, *by_way.shape[2:]))
        losses, _sizes = losses_of(shares, texts)
    against = np.array([cost_of(way) for way in polar.WAYS])
    best = (losses.numpy().reshape(len(samples), -1) + against).argmin(axis=1)
    return [polar.WAYS[at] for at in best]


def cost_of(way: polar.Way) -> float:
    if way == polar.UPRIGHT:
        return 0.0
    return SHIFTED if not way.outward and min(way.turn, 360 - way.turn) <= NEAR else UNUSUAL

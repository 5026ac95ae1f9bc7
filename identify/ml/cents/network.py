"""A network so small that numpy serves it: two convolutions and two layers, batch norms folded."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Weights = Mapping[str, NDArray[Any]]
FIRST, SECOND, HIDDEN = 32, 64, 96
DIGITS, MARKS = 10, ("none", "D", "S", "W", "P")
OUTPUTS = DIGITS + len(MARKS)
FLAT = SECOND * 6 * 5


class Reader:
    def __init__(self, weights: Weights) -> None:
        self.weights = {name: np.asarray(one, np.float32) for name, one in weights.items()}

    def run(self, windows: Floats) -> Floats:
        """window x output"""
        of = self.weights
        flow = halved(
            convolved(windows.transpose(0, 2, 3, 1), of["first"], of["first_bias"]), False
        )
        flow = halved(convolved(flow, of["second"], of["second_bias"]), True)
        flat = flow.transpose(0, 3, 1, 2).reshape(len(windows), -1)
        hidden = np.maximum(flat @ of["hidden"].T + of["hidden_bias"], 0)
        return hidden @ of["out"].T + of["out_bias"]


def convolved(flow: Floats, kernel: Floats, bias: Floats) -> Floats:
    """Three by three, with a border of zeros, then what is negative is cut."""
    count, rows, columns, _kinds = flow.shape
    padded = np.pad(flow, ((0, 0), (1, 1), (1, 1), (0, 0)))
    # side by side, so that a single product of matrices does the work
    around = [padded[:, y : y + rows, x : x + columns] for y in range(3) for x in range(3)]
    flat = np.concatenate(around, 3).reshape(count * rows * columns, -1)
    said = flat @ kernel.transpose(2, 3, 1, 0).reshape(flat.shape[1], -1)
    said += bias
    return np.maximum(said, 0, out=said).reshape(count, rows, columns, -1)


def halved(flow: Floats, keep_rest: bool) -> Floats:
    """The largest of each two by two; an odd row or column is kept or dropped."""
    rows, columns = flow.shape[1:3]
    if keep_rest:
        flow = np.pad(flow, ((0, 0), (0, rows % 2), (0, columns % 2), (0, 0)))
    else:
        flow = flow[:, : rows // 2 * 2, : columns // 2 * 2]
    count, rows, columns, kinds = flow.shape
    pairs = flow.reshape(count, rows // 2, 2, columns, kinds)
    upper = np.maximum(pairs[:, :, 0], pairs[:, :, 1])
    return np.maximum(upper[:, :, ::2], upper[:, :, 1::2])


def torch_reader() -> Any:
    """The same to be trained."""
    from torch import nn

    def stage(inputs: int, outputs: int, keep_rest: bool) -> list[Any]:
        return [
            nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs),
            nn.ReLU(), nn.MaxPool2d(2, ceil_mode=keep_rest),
        ]  # fmt: skip

    return nn.Sequential(
        *stage(5, FIRST, False), *stage(FIRST, SECOND, True), nn.Flatten(), nn.Dropout(0.4),
        nn.Linear(FLAT, HIDDEN), nn.ReLU(), nn.Dropout(0.4), nn.Linear(HIDDEN, OUTPUTS),
    )  # fmt: skip


def weights_of(network: Any) -> dict[str, Floats]:
    """Of a trained one, for `Reader`."""
    import torch

    found: dict[str, Floats] = {}
    with torch.no_grad():
        for name, at in (("first", 0), ("second", 4)):
            convolution, norm = network[at], network[at + 1]
            scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            found[name] = (convolution.weight * scale[:, None, None, None]).numpy()
            found[f"{name}_bias"] = (norm.bias - norm.running_mean * scale).numpy()
        for name, at in (("hidden", 10), ("out", 13)):
            found[name] = network[at].weight.numpy().copy()
            found[f"{name}_bias"] = network[at].bias.numpy().copy()
    return found

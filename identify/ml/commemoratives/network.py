"""Two networks so small that numpy serves them. One says how a coin lies, the other what a strip shows:
a map of what is where, in which a turn of the coin is a shift."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from identify.ml.commemoratives.pose import CANONICAL, NUMBERS

Floats = NDArray[np.float32]
Weights = Mapping[str, NDArray[Any]]

# channels in, channels out, stride
LOCATOR = ((3, 16, 2), (16, 32, 2), (32, 48, 2), (48, 64, 2))
FACES = ((1, 16, 2), (16, 24, 2), (24, 32, 1), (32, 48, 2), (48, 48, 1))
SIDE = 96  # of the picture that the locator looks at
HIDDEN = 96
KINDS = 16  # numbers for each place of the map
MAP = (8, 48)
LEAST = 1e-6


class Locator:
    def __init__(self, weights: Weights) -> None:
        self.weights = {name: np.asarray(one, np.float32) for name, one in weights.items()}

    def run(self, pictures: NDArray[np.uint8]) -> NDArray[np.float64]:
        """picture x pose"""
        of = self.weights
        flow = pictures.astype(np.float32) / 127.5 - 1
        for at, (_inputs, _outputs, stride) in enumerate(LOCATOR):
            flow = convolved(flow, of[f"{at}.kernel"], of[f"{at}.bias"], stride, around=False)
        flat = flow.transpose(0, 3, 1, 2).reshape(len(flow), -1)
        hidden = np.maximum(flat @ of["hidden.kernel"].T + of["hidden.bias"], 0)
        said = hidden @ of["out.kernel"].T + of["out.bias"]
        return said.astype(np.float64) + CANONICAL


class Faces:
    def __init__(self, weights: Weights) -> None:
        self.weights = {name: np.asarray(one, np.float32) for name, one in weights.items()}

    def run(self, strips: Floats) -> Floats:
        """strip x kind x row x column, each at length 1"""
        of, flow = self.weights, strips[..., None]
        for at, (_inputs, _outputs, stride) in enumerate(FACES):
            flow = convolved(flow, of[f"{at}.kernel"], of[f"{at}.bias"], stride, around=True)
        said = flow @ of["out.kernel"].T + of["out.bias"]
        maps = said.transpose(0, 3, 1, 2)
        length = np.sqrt((maps * maps).sum((1, 2, 3), keepdims=True))
        return np.ascontiguousarray(maps / np.maximum(length, LEAST))


def convolved(flow: Floats, kernel: Floats, bias: Floats, stride: int, around: bool) -> Floats:
    """Three by three, then what is negative is cut. `around`: the last column has the first one beside it."""
    across = {"mode": "wrap"} if around else {}
    wide = np.pad(flow, ((0, 0), (0, 0), (1, 1), (0, 0)), **across)  # type: ignore[call-overload]
    tall = np.pad(wide, ((0, 0), (1, 1), (0, 0), (0, 0)))
    views = sliding_window_view(tall, (3, 3), axis=(1, 2))[:, ::stride, ::stride]
    count, rows, columns = views.shape[:3]
    flat = views.reshape(count * rows * columns, -1)
    said = flat @ kernel.reshape(len(kernel), -1).T
    said += bias
    return np.maximum(said, 0, out=said).reshape(count, rows, columns, -1)


# --- the same to be trained -------------------------------------------------------------
def torch_stack(layers: Sequence[tuple[int, int, int]], around: bool) -> Any:
    from torch import nn
    from torch.nn import functional as F

    class Around(nn.Module):
        def forward(self, flow: Any) -> Any:
            wide = F.pad(flow, (1, 1, 0, 0), mode="circular" if around else "constant")
            return F.pad(wide, (0, 0, 1, 1))

    parts: list[Any] = []
    for inputs, outputs, stride in layers:
        parts += [
            Around(), nn.Conv2d(inputs, outputs, 3, stride, bias=False), nn.BatchNorm2d(outputs),
            nn.ReLU(),
        ]  # fmt: skip
    return nn.Sequential(*parts)


def torch_locator() -> Any:
    from torch import nn

    flat = LOCATOR[-1][1] * (SIDE // 16) ** 2
    ends = nn.Linear(flat, HIDDEN), nn.Linear(HIDDEN, NUMBERS)
    nn.init.normal_(ends[1].weight, std=0.01)
    return nn.Sequential(torch_stack(LOCATOR, False), nn.Flatten(), ends[0], nn.ReLU(), ends[1])


def torch_faces() -> Any:
    from torch import nn

    return nn.Sequential(torch_stack(FACES, True), nn.Conv2d(FACES[-1][1], KINDS, 1))


def weights_of(network: Any, ends: Mapping[str, int]) -> dict[str, Floats]:
    """Of a trained one, batch norms folded; `ends` names the layers behind the stack."""
    import torch

    found: dict[str, Floats] = {}
    stack = network[0]
    with torch.no_grad():
        for at in range(len(stack) // 4):
            layer, norm = stack[4 * at + 1], stack[4 * at + 2]
            scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            found[f"{at}.kernel"] = (layer.weight * scale[:, None, None, None]).numpy()
            found[f"{at}.bias"] = (norm.bias - norm.running_mean * scale).numpy()
        for name, place in ends.items():
            kernel = network[place].weight.numpy().copy()
            found[f"{name}.kernel"] = kernel.reshape(kernel.shape[:2])
            found[f"{name}.bias"] = network[place].bias.numpy().copy()
    return found


LOCATOR_ENDS = {"hidden": 2, "out": 4}
FACES_ENDS = {"out": 1}

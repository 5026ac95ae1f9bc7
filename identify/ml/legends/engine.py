"""Serves the recogniser: OpenVINO where it is installed, torch otherwise. Written down layer by layer with the
batch norms folded in, so that serving does not have to load torch."""

import logging
from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from identify.ml.legends import polar
from identify.ml.legends.recogniser import SIGNS

log = logging.getLogger(__name__)

Weights = Mapping[str, NDArray[Any]]
Floats = NDArray[np.float32]
# name, stride, padding, dilation; what stands beside is added to what it looks at
STEM: tuple[tuple[str, tuple[int, int], tuple[int, int]], ...] = (
    ("stem", (2, 2), (1, 1)),
    ("early", (2, 1), (1, 1)),
    ("middle", (2, 2), (1, 1)),
    ("late", (2, 1), (1, 1)),
    ("row", (1, 1), (0, 1)),
)
BESIDE = (("beside1", 1), ("beside2", 2), ("beside4", 4))
SAME = 1e-3
BATCH = 16


class Engine(Protocol):
    kind: str

    def run(self, strips: Floats) -> Floats: ...


class OpenVino:
    kind = "openvino"

    def __init__(self, weights: Weights) -> None:
        import openvino as ov

        # full precision: sixteen bits would save two milliseconds and move letters
        settings = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": "f32"}
        self.compiled = ov.Core().compile_model(graph(weights), "CPU", settings)

    def run(self, strips: Floats) -> Floats:
        return np.array(self.compiled(strips[:, None])[0], dtype=np.float32)


class Torch:
    kind = "torch"

    def __init__(self, weights: Weights) -> None:
        import torch

        self.weights = {
            name: torch.from_numpy(np.array(part, np.float32)) for name, part in weights.items()
        }

    def run(self, strips: Floats) -> Floats:
        import torch
        import torch.nn.functional as F

        def part(name: str, flow: Any, **rest: Any) -> Any:
            return F.conv2d(
                flow, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"], **rest
            )

        with torch.inference_mode():
            flow = torch.from_numpy(np.ascontiguousarray(strips))[:, None]
            for name, stride, padding in STEM:
                flow = part(name, flow, stride=stride, padding=padding).relu()
            for name, reach in BESIDE:
                flow = flow + part(name, flow, padding=(0, 2 * reach), dilation=(1, reach)).relu()
            said = part("signs", flow)
            pairs = said.reshape(len(said), 2, len(SIGNS), -1).permute(0, 3, 1, 2)
            shares = F.log_softmax(pairs.reshape(len(said), -1, len(SIGNS)), dim=2)
        return np.asarray(shares.numpy(), dtype=np.float32)


def engine(weights: Weights) -> Engine:
    try:
        return OpenVino(weights)
    except ImportError:
        log.warning("OpenVINO is not installed: torch reads legends, several times slower.")
        return Torch(weights)


def run_all(running: Engine, strips: Floats) -> Floats:
    parts = [running.run(strips[at : at + BATCH]) for at in range(0, len(strips), BATCH)]
    return np.concatenate(parts)


def apart(one: Engine, other: Engine, strips: Floats) -> float:
    """The largest difference of any probability; more than SAME means that one of the two is wrong."""
    return float(np.abs(np.exp(one.run(strips)) - np.exp(other.run(strips))).max())


def graph(weights: Weights) -> Any:
    import openvino as ov
    from openvino import opset13 as op

    def constant(values: Any, kind: Any = np.float32) -> Any:
        return op.constant(np.ascontiguousarray(values, dtype=kind))

    def part(name: str, flow: Any, stride: Any, padding: Any, reach: Any = (1, 1)) -> Any:
        kernel, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
        flow = op.convolution(flow, constant(kernel), stride, padding, padding, reach)
        return op.add(flow, constant(np.reshape(bias, (1, -1, 1, 1))))

    strips = op.parameter([-1, 1, polar.HEIGHT, -1], np.float32, name="strips")
    flow = strips
    for name, stride, padding in STEM:
        flow = op.relu(part(name, flow, stride, padding))
    for name, reach in BESIDE:
        looked = part(name, flow, (1, 1), (0, 2 * reach), (1, reach))
        flow = op.add(flow, op.relu(looked))
    said = part("signs", flow, (1, 1), (0, 0))
    pairs = op.reshape(said, constant([0, 2, len(SIGNS), -1], np.int64), True)
    places = op.transpose(pairs, constant([0, 3, 1, 2], np.int64))
    rows = op.reshape(places, constant([0, -1, len(SIGNS)], np.int64), True)
    return ov.Model([op.result(op.log_softmax(rows, 2))], [strips], "legends")


def folded(network: Any) -> dict[str, NDArray[np.float16]]:
    """The trained network's convolutions with its batch norms in them, in half precision."""
    layers = list(network)
    pairs = [(layers[at][0], layers[at][1]) for at in range(4)] + [(layers[4], layers[5])]
    pairs += [(one.look[0], one.look[1]) for one in layers[7 : 7 + len(BESIDE)]]
    names = [name for name, *_ in STEM] + [name for name, _ in BESIDE]
    held: dict[str, NDArray[np.float16]] = {}
    for name, (layer, norm) in zip(names, pairs, strict=True):
        factor = norm.weight / (norm.running_var + norm.eps).sqrt()
        held[f"{name}.weight"] = half(layer.weight * factor[:, None, None, None])
        held[f"{name}.bias"] = half(norm.bias - norm.running_mean * factor)
    last = layers[-2]
    return held | {"signs.weight": half(last.weight), "signs.bias": half(last.bias)}


def half(values: Any) -> NDArray[np.float16]:
    return np.asarray(values.detach().float().numpy(), dtype=np.float16)

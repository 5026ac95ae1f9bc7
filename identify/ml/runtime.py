"""Runs one network as fast as this machine can: OpenVINO where it is installed, torch otherwise."""

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from identify.ml.layers import Step, Weights, graph, torch_network
from identify.values import Pixels

log = logging.getLogger(__name__)

Said = Mapping[str, NDArray[np.float32]]
BATCH = 16  # larger ones are no faster and hold more memory


class Engine(Protocol):
    kind: str

    def run(self, pictures: NDArray[np.uint8]) -> Said: ...


class OpenVino:
    kind = "openvino"

    def __init__(
        self, steps: Sequence[Step], weights: Weights, heads: Sequence[str], side: int, exact: bool
    ) -> None:
        import openvino as ov

        settings = {
            "PERFORMANCE_HINT": "LATENCY",
            # sixteen bits where the processor counts faster in them; `exact` is for comparing
            "INFERENCE_PRECISION_HINT": "f32" if exact or not has_fast_bf16() else "bf16",
            "INFERENCE_NUM_THREADS": len(os.sched_getaffinity(0)),
        }
        self.names = ["embedding", *heads]
        self.compiled = ov.Core().compile_model(graph(steps, weights, heads, side), "CPU", settings)

    def run(self, pictures: NDArray[np.uint8]) -> Said:
        found = self.compiled(pictures)
        return dict(
            zip(self.names, (np.array(found[at]) for at in range(len(self.names))), strict=True)
        )


class Torch:
    kind = "torch"

    def __init__(
        self, steps: Sequence[Step], weights: Weights, heads: Sequence[str], side: int, exact: bool
    ) -> None:
        self.network = torch_network(steps, weights, heads)

    def run(self, pictures: NDArray[np.uint8]) -> Said:
        import torch

        with torch.inference_mode():
            said = self.network(pixels_to_tensor(pictures))
        return {name: values.numpy() for name, values in said.items()}


def pixels_to_tensor(pictures: NDArray[np.uint8]) -> Any:
    import torch

    tensor = torch.from_numpy(pictures).permute(0, 3, 1, 2).float()
    return tensor.div(127.5).sub(1.0).contiguous(memory_format=torch.channels_last)


def engine(
    steps: Sequence[Step], weights: Weights, heads: Sequence[str], side: int, exact: bool = False
) -> Engine:
    try:
        return OpenVino(steps, weights, heads, side, exact)
    except ImportError:
        log.warning("OpenVINO is not installed: torch serves, several times slower.")
        return Torch(steps, weights, heads, side, exact)


def run_all(running: Engine, pictures: Sequence[Pixels]) -> Said:
    parts = [running.run(np.stack(part)) for part in batches(pictures, BATCH)]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def batches(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def has_fast_bf16() -> bool:
    """On a processor without units for it, bf16 is ten times slower."""
    try:
        with open("/proc/cpuinfo") as told:
            return "amx_bf16" in told.read()
    except OSError:
        return False

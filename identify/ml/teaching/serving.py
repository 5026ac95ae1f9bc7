"""Runs a taught network: OpenVINO where it is installed, torch otherwise."""

import logging
import os
import warnings
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from identify.ml.runtime import BATCH, batches
from identify.values import Pixels

log = logging.getLogger(__name__)
Floats = NDArray[np.float32]


class Engine(Protocol):
    kind: str

    def run(self, pictures: NDArray[np.uint8]) -> tuple[Floats, Floats]:
        """(embeddings, logits)"""
        ...


class OpenVino:
    kind = "openvino"

    def __init__(self, model: Any) -> None:
        """A converted model, or the path of one."""
        import openvino as ov

        settings = {
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_PRECISION_HINT": "f32",  # a threshold was chosen on these very numbers
            "INFERENCE_NUM_THREADS": threads(),
        }
        self.compiled = ov.Core().compile_model(model, "CPU", settings)

    def run(self, pictures: NDArray[np.uint8]) -> tuple[Floats, Floats]:
        found = self.compiled(pictures)
        return np.array(found[0]), np.array(found[1])


class Torch:
    kind = "torch"

    def __init__(self, served: Any, device: str = "cpu") -> None:
        self.served, self.device = served.to(device), device

    def run(self, pictures: NDArray[np.uint8]) -> tuple[Floats, Floats]:
        import torch

        with torch.inference_mode():
            seen, said = self.served(torch.from_numpy(pictures).to(self.device))
        return seen.float().cpu().numpy(), said.float().cpu().numpy()


def threads() -> int:
    """As many as this process may use; whoever asked torch to be modest asked us, too."""
    return int(os.environ.get("OMP_NUM_THREADS") or len(os.sched_getaffinity(0)))


def converted(served: Any, side: int) -> Any:
    """Raises ImportError where OpenVINO is not installed."""
    import openvino as ov
    import torch

    example = torch.zeros(2, side, side, 3, dtype=torch.uint8)
    shape = ov.PartialShape([-1, side, side, 3])
    with warnings.catch_warnings():
        # sizes become constants: they are, one network serves one side
        warnings.simplefilter("ignore", torch.jit.TracerWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        return ov.convert_model(served, example_input=example, input=[(shape, ov.Type.u8)])


def keep(model: Any, path: Path) -> None:
    import openvino as ov

    ov.save_model(model, path, compress_to_fp16=False)


def engine_of(served: Any, side: int, device: str = "cpu") -> Engine:
    if device != "cpu":
        return Torch(served, device)
    try:
        return OpenVino(converted(served, side))
    except ImportError:
        log.warning("OpenVINO is not installed: torch serves, several times slower.")
        return Torch(served)


def hear(engine: Engine, crops: Any, side: int) -> tuple[Floats, Floats]:
    """(embeddings, logits) of a list of crops or an array of them, whatever size they have."""
    parts = [
        engine.run(np.stack([at_side(one, side) for one in part])) for part in batches(crops, BATCH)
    ]
    return np.concatenate([one for one, _ in parts]), np.concatenate([one for _, one in parts])


def at_side(crop: Pixels, side: int) -> Pixels:
    import cv2

    if crop.shape[0] == side == crop.shape[1]:
        return crop
    shrinks = crop.shape[0] > side
    small = cv2.resize(
        crop, (side, side), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    )
    return np.asarray(small, np.uint8)

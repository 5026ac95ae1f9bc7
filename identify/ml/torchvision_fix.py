"""Beside the CPU build of torch, `import torchvision` (which timm does) stops at operators that only its
compiled half would define. Declared here, they are never called: nothing of ours detects boxes."""

from contextlib import suppress
from functools import cache
from typing import Any


@cache
def apply() -> Any:
    """Before the first `import timm`. The library is kept, or its declarations would go with it."""
    import torch

    library = torch.library.Library("torchvision", "FRAGMENT")
    for name in ("nms", "qnms"):
        with suppress(RuntimeError):  # a torchvision that fits has declared it already
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    return library

"""A network written down as a list of plain steps, so that it can be served without torch: reading torch
alone takes longer than identifying a hundred coins."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Step = dict[str, Any]
Weights = Mapping[str, NDArray[Any]]


def steps_of(network: Any) -> tuple[list[Step], dict[str, NDArray[np.float32]]]:
    """Of timm's EfficientNets and MobileNets without squeeze-and-excitation, batch norms folded."""
    steps: list[Step] = []
    weights: dict[str, NDArray[np.float32]] = {}
    convolution(steps, weights, "stem", network.conv_stem, acts(network.bn1))
    for number, stage in enumerate(network.blocks):
        for place, block in enumerate(stage):
            name = f"{number}.{place}"
            residual = getattr(block, "has_skip", False)
            if residual:
                steps.append({"do": "keep"})
            parts = (
                ["conv_pw", "conv_dw", "conv_pwl"]
                if hasattr(block, "conv_pwl")
                else ["conv_dw", "conv_pw"]
            )
            norms = ["bn1", "bn2", "bn3"]
            for part, norm in zip(parts, norms, strict=False):
                convolution(
                    steps,
                    weights,
                    f"{name}.{part}",
                    getattr(block, part),
                    acts(getattr(block, norm)),
                )
            if residual:
                steps.append({"do": "add"})
    convolution(steps, weights, "head", network.conv_head, acts(network.bn2))
    steps.append({"do": "pool"})
    return steps, weights


def acts(module: Any) -> bool:
    return type(module).__name__ == "ReLU6"


def convolution(
    steps: list[Step], weights: dict[str, NDArray[np.float32]], name: str, layer: Any, act: bool
) -> None:
    steps.append(
        {
            "do": "convolve",
            "name": name,
            "stride": layer.stride[0],
            "groups": layer.groups,
            "act": act,
        }
    )
    weights[f"{name}.weight"] = layer.weight.detach().float().numpy()
    weights[f"{name}.bias"] = layer.bias.detach().float().numpy()


def graph(steps: Sequence[Step], weights: Weights, heads: Sequence[str], side: int) -> Any:
    """The same network for OpenVINO: bytes of pictures in, one row of numbers a head out."""
    import openvino as ov
    from openvino import opset13 as op

    pictures = op.parameter([-1, side, side, 3], np.uint8, name="pictures")
    flow = op.convert(pictures, "f32")
    flow = op.subtract(op.multiply(flow, number(op, 1 / 127.5)), number(op, 1.0))
    flow = op.transpose(flow, op.constant(np.array([0, 3, 1, 2], np.int64)))
    kept: list[Any] = []
    for step in steps:
        match step["do"]:
            case "keep":
                kept.append(flow)
            case "add":
                flow = op.add(flow, kept.pop())
            case "pool":
                flow = op.reduce_mean(
                    flow, op.constant(np.array([2, 3], np.int64)), keep_dims=False
                )
            case "convolve":
                flow = convolved(op, flow, step, weights)
    flow.set_friendly_name("embedding")
    ends = [flow]
    for head in heads:
        said = op.matmul(flow, floats(op, weights[f"heads.{head}.weight"]), False, True)
        ends.append(op.add(said, floats(op, weights[f"heads.{head}.bias"])))
    results = [
        op.result(end, name=name) for end, name in zip(ends, ["embedding", *heads], strict=True)
    ]
    return ov.Model(results, [pictures], "recogniser")


def convolved(op: Any, flow: Any, step: Step, weights: Weights) -> Any:
    kernel, bias = weights[f"{step['name']}.weight"], weights[f"{step['name']}.bias"]
    stride, groups = [step["stride"]] * 2, step["groups"]
    rest = (stride, [0, 0], [0, 0], [1, 1], "same_upper")  # as TensorFlow pads
    if groups == 1:
        flow = op.convolution(flow, floats(op, kernel), *rest)
    else:
        grouped = kernel.reshape(groups, kernel.shape[0] // groups, *kernel.shape[1:])
        flow = op.group_convolution(flow, floats(op, grouped), *rest)
    flow = op.add(flow, floats(op, bias.reshape(1, -1, 1, 1)))
    return op.clamp(flow, 0.0, 6.0) if step["act"] else flow


def floats(op: Any, values: NDArray[Any]) -> Any:
    return op.constant(np.ascontiguousarray(values, dtype=np.float32))


def number(op: Any, value: float) -> Any:
    return op.constant(np.array(value, dtype=np.float32))


def torch_network(steps: Sequence[Step], weights: Weights, heads: Sequence[str]) -> Any:
    """The same once more in torch: to compare with, to fall back to, and to look into."""
    import torch
    from torch import nn

    class Recogniser(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layers = nn.ModuleDict(
                {plain(one["name"]): torch_layer(one, weights) for one in steps if "name" in one}
            )
            self.before_pooling = nn.Identity()  # where explanations look
            self.heads = nn.ModuleDict({head: torch_head(head, weights) for head in heads})

        def forward(self, pictures: torch.Tensor) -> dict[str, torch.Tensor]:
            flow, kept = pictures, []
            for step in steps:
                match step["do"]:
                    case "keep":
                        kept.append(flow)
                    case "add":
                        flow = flow + kept.pop()
                    case "pool":
                        flow = self.before_pooling(flow).mean((2, 3))
                    case "convolve":
                        flow = self.layers[plain(step["name"])](padded(flow, step, weights))
                        flow = flow.clamp(0, 6) if step["act"] else flow
            return {"embedding": flow} | {name: head(flow) for name, head in self.heads.items()}

    return Recogniser().eval().to(memory_format=torch.channels_last)  # type: ignore[call-overload]


def plain(name: str) -> str:
    return name.replace(".", "_")


def torch_layer(step: Step, weights: Weights) -> Any:
    import torch
    from torch import nn

    kernel = weights[f"{step['name']}.weight"]
    outputs, inputs = kernel.shape[0], kernel.shape[1] * step["groups"]
    layer = nn.Conv2d(inputs, outputs, kernel.shape[2:], step["stride"], groups=step["groups"])
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(np.asarray(kernel, np.float32)))
        layer.bias.copy_(torch.from_numpy(np.asarray(weights[f"{step['name']}.bias"], np.float32)))  # type: ignore[union-attr]
    return layer


def torch_head(head: str, weights: Weights) -> Any:
    import torch
    from torch import nn

    matrix = np.asarray(weights[f"heads.{head}.weight"], np.float32)
    layer = nn.Linear(matrix.shape[1], matrix.shape[0])
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(matrix))
        layer.bias.copy_(torch.from_numpy(np.asarray(weights[f"heads.{head}.bias"], np.float32)))
    return layer


def padded(flow: Any, step: Step, weights: Weights) -> Any:
    """As TensorFlow pads: the odd pixel goes to the right and the bottom."""
    from torch.nn import functional as F

    size, stride = weights[f"{step['name']}.weight"].shape[2], step["stride"]
    sides = []
    for length in (flow.shape[3], flow.shape[2]):
        missing = max(0, (-(-length // stride) - 1) * stride + size - length)
        sides += [missing // 2, missing - missing // 2]
    return F.pad(flow, sides) if any(sides) else flow

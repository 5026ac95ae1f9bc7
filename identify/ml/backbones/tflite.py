"""Weights out of a quantised .tflite file: each is a small integer times the scale of its channel."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify.ml.backbones.flatbuffer import BrokenBuffer, Table

# Of the TensorFlow Lite schema
CONVOLUTION, DEPTHWISE = 3, 4
KINDS = {0: "<f4", 2: "<i4", 3: "u1", 9: "i1"}
IDENTIFIER = b"TFL3"
Floats = NDArray[np.float32]


def filled(network: Any, path: Path) -> Any:
    """The file's batch norms are in its convolutions, so the network's own are taken away."""
    import torch
    from torch import nn

    from identify.ml.backbones.folding import fold_batch_norms
    from identify.ml.backbones.starts import StartMissing

    folded = fold_batch_norms(network)
    given = list(convolutions(path.read_bytes()))
    layers = [layer for layer in folded.modules() if isinstance(layer, nn.Conv2d)]
    shapes = [tuple(layer.weight.shape) for layer in layers]
    # what follows the last of ours is the classifier, written as one more convolution
    if shapes != [weight.shape for weight, _ in given[: len(layers)]]:
        raise StartMissing(f"{path.name} holds the weights of another network.")
    with torch.no_grad():
        for layer, (weight, bias) in zip(layers, given, strict=False):
            layer.weight.copy_(torch.from_numpy(weight))
            layer.bias.copy_(torch.from_numpy(bias))  # type: ignore[union-attr]
    return folded


def convolutions(data: bytes) -> Iterator[tuple[Floats, Floats]]:
    """Weights and biases in the order of computing, laid out as torch wants them."""
    if data[4:8] != IDENTIFIER:
        raise BrokenBuffer("This is no .tflite file.")
    model = Table.root(data)
    codes = [_code(table) for table in model.tables(1)]
    graph, buffers = model.tables(2)[0], model.tables(4)
    tensors = graph.tables(0)
    for operator in graph.tables(3):
        code = codes[operator.number(0, "I")]
        if code not in (CONVOLUTION, DEPTHWISE):
            continue
        _, weight, bias = np.frombuffer(operator.bytes(1, 4), "<i4")[:3]
        axes = (0, 3, 1, 2) if code == CONVOLUTION else (3, 0, 1, 2)
        kernel = _values(tensors[weight], buffers).transpose(axes)
        yield np.ascontiguousarray(kernel), _values(tensors[bias], buffers)


def _code(table: Table) -> int:
    """Old files keep it in one byte, new ones in four."""
    return max(table.number(0, "b"), table.number(3, "i"))


def _values(tensor: Table, buffers: list[Table]) -> Floats:
    shape = np.frombuffer(tensor.bytes(0, 4), "<i4")
    kind = KINDS[tensor.number(1, "b")]
    raw = buffers[tensor.number(2, "I")].bytes(0)
    values = np.frombuffer(raw, kind).reshape(shape).astype(np.float32)
    told = tensor.table(4)
    if told is None or kind == "<f4":
        return values
    scale = np.frombuffer(told.bytes(2, 4), "<f4")
    zero = np.frombuffer(told.bytes(3, 8), "<i8").astype(np.float32)
    across = [1] * len(shape)
    across[told.number(6, "i")] = len(scale)
    return np.asarray(
        (values - zero.reshape(_like(zero, across))) * scale.reshape(across), np.float32
    )


def _like(zero: Floats, across: list[int]) -> list[int]:
    return across if len(zero) > 1 else [1] * len(across)

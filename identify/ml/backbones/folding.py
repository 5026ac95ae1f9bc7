"""A batch norm that no longer learns is a factor and an offset: they go into the convolution before it."""

import copy
from collections.abc import Iterator
from typing import Any

# Of the largest number that the network puts out
ALIKE = 1e-3


class NotFoldable(ValueError):
    pass


def fold_batch_norms(network: Any, side: int = 96) -> Any:
    """A copy in which every batch norm behind a convolution is part of it. Checked on random pixels, because
    modules stand in the order they were written in, which need not be the order they are called in."""
    import torch

    plain = network.eval()
    folded = copy.deepcopy(plain)
    for parent in list(folded.modules()):
        for conv, name, norm in _pairs(parent):
            _fold(parent, conv, name, norm)
    pixels = torch.randn(2, 3, side, side, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        expected, found = plain(pixels), folded(pixels)
    if (expected - found).abs().max() > ALIKE * max(1.0, float(expected.abs().max())):
        raise NotFoldable("The batch norms of this network do not follow its convolutions.")
    return folded


def _pairs(parent: Any) -> Iterator[tuple[str, str, Any]]:
    from torch import nn

    before = ""
    for name, child in list(parent.named_children()):
        if isinstance(child, nn.BatchNorm2d) and before:
            yield before, name, child
        if not isinstance(child, nn.Identity):
            before = name if isinstance(child, nn.Conv2d) else ""


def _fold(parent: Any, conv: str, name: str, norm: Any) -> None:
    from torch import nn
    from torch.nn.utils.fusion import fuse_conv_bn_weights

    layer = getattr(parent, conv)
    layer.weight, layer.bias = fuse_conv_bn_weights(
        layer.weight, layer.bias, norm.running_mean, norm.running_var, norm.eps,
        norm.weight, norm.bias,
    )  # fmt: skip
    # timm's batch norms carry the activation that follows them
    rest = [getattr(norm, part) for part in ("drop", "act") if hasattr(norm, part)]
    kept = [one for one in rest if not isinstance(one, nn.Identity)]
    setattr(
        parent, name, kept[0] if len(kept) == 1 else nn.Sequential(*kept) if kept else nn.Identity()
    )

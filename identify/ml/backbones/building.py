import logging
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from identify.ml import torchvision_fix
from identify.ml.backbones import excitation, hub, starts

log = logging.getLogger(__name__)

RANDOM = "random"


class UnknownBackbone(ValueError):
    pass


@dataclass(frozen=True)
class Built:
    """A network without a head: pictures in, `num_features` numbers each out."""

    network: Any
    name: str
    origin: str  # where the weights come from, for the model's card; "random" when from nowhere
    num_features: int
    side: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]

    @property
    def pretrained(self) -> bool:
        return self.origin != RANDOM


def build(name: str, start: str | Path = "", **options: Any) -> Built:
    """`start` is empty for the hub, "random", a name of `starts.PACKAGES`, or a file (.tflite, .safetensors).

    Without a network, or where the hub has no weights for it, the start is random: that is logged as a
    warning and told by `pretrained`, because training from nothing needs a hundred times the photos.
    """
    check_name(name)
    if name in excitation.WRAPPED:
        return _excited(name, start, options)
    return _plain(name, str(start), options)


def check_name(name: str) -> None:
    """timm's own names, with or without the tag behind the dot, and ours."""
    torchvision_fix.apply()
    import timm

    if name in excitation.WRAPPED or timm.is_model(name):
        return
    near = get_close_matches(name, [*timm.list_models(), *excitation.WRAPPED], 3)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise UnknownBackbone(f"timm knows no network called “{name}”.{hint}")


def _plain(name: str, start: str, options: dict[str, Any]) -> Built:
    import timm

    options = {"num_classes": 0} | options
    if not start:
        network = hub.with_weights(name, options)
        if network is not None:
            return _told(network, name, "hub")
        start = RANDOM
        log.warning("No weights for %s: it starts from random ones and knows nothing yet.", name)
    if start == RANDOM:
        return _told(timm.create_model(name, pretrained=False, **options), name, RANDOM)
    if start.endswith(".tflite"):
        # its batch norms are folded already, and it pads as TensorFlow does
        network = timm.create_model(name, pretrained=False, pad_type="same", **options)
    else:
        network = timm.create_model(name, pretrained=False, **options)
    return _told(starts.filled(network, start), name, Path(start).name)


def _excited(name: str, start: str | Path, options: dict[str, Any]) -> Built:
    """Weights of the network within come from wherever; a file saved from the whole fills the whole."""
    inner = excitation.WRAPPED[name]
    whole_file = str(start).endswith(".safetensors")
    built = _plain(inner, RANDOM if whole_file else str(start), options)
    network = excitation.with_excitation(built.network)
    if whole_file:
        network = starts.filled(network, str(start))
    origin = Path(start).name if whole_file else built.origin
    return Built(network, name, origin, built.num_features, built.side, built.mean, built.std)


def _told(network: Any, name: str, origin: str) -> Built:
    told = network.pretrained_cfg
    side = int(told.get("input_size", (3, 224, 224))[-1])
    return Built(network, name, origin, int(network.num_features), side, told["mean"], told["std"])

"""The network that turns a strip into letters: what stands at each of 280 places, or that nothing begins there."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from identify.lexicon import LETTERS

if TYPE_CHECKING:
    from torch import nn

# The first sign says "nothing new here"; a space parts words and stands where a figure cuts the legend
SIGNS = "\0 " + LETTERS
PLACES = 280
SHAPE = {"stem": 24, "early": 48, "middle": 96, "late": 128, "wide": 224, "context": 3}


def build(shape: dict[str, int] | None = None) -> "nn.Module":
    """Plain convolutions down to one row, then a look to both sides: neighbours help to read a worn letter.
    Each of the 140 columns answers for two places, or long legends would not fit."""
    from torch import nn

    use = {**SHAPE, **(shape or {})}
    wide = use["wide"]
    return nn.Sequential(
        _layer(1, use["stem"], (2, 2)),
        _layer(use["stem"], use["early"], (2, 1)),
        _layer(use["early"], use["middle"], (2, 2)),
        _layer(use["middle"], use["late"], (2, 1)),
        nn.Conv2d(use["late"], wide, 3, padding=(0, 1), bias=False),
        nn.BatchNorm2d(wide),
        nn.ReLU(),
        *(_beside(wide, 2**step) for step in range(use["context"])),
        nn.Dropout(0.2),
        nn.Conv2d(wide, 2 * len(SIGNS), 1),
        _places(),
    )


def _layer(before: int, after: int, stride: tuple[int, int]) -> "nn.Module":
    from torch import nn

    return nn.Sequential(
        nn.Conv2d(before, after, 3, stride, 1, bias=False), nn.BatchNorm2d(after), nn.ReLU()
    )


def _beside(wide: int, dilation: int) -> "nn.Module":
    from torch import nn

    class Beside(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            reach = (0, 2 * dilation)
            self.look = nn.Sequential(
                nn.Conv2d(wide, wide, (1, 5), padding=reach, dilation=(1, dilation), bias=False),
                nn.BatchNorm2d(wide),
                nn.ReLU(),
            )

        def forward(self, seen: Any) -> Any:
            return seen + self.look(seen)

    return Beside()


def _places() -> "nn.Module":
    from torch import nn

    class Places(nn.Module):
        """batch x (2 signs) x 1 x 140 -> batch x 280 x signs."""

        def forward(self, said: Any) -> Any:
            batch, _, _, columns = said.shape
            pairs = said.reshape(batch, 2, len(SIGNS), columns)
            return pairs.permute(0, 3, 1, 2).reshape(batch, 2 * columns, len(SIGNS))

    return Places()


def load(weights: Path) -> "nn.Module":
    """In the precision that it is computed with; the file holds half."""
    from safetensors.torch import load_file

    network = build()
    network.load_state_dict({name: part.float() for name, part in load_file(weights).items()})
    return network.eval()


def save(network: "nn.Module", path: Path) -> None:
    from safetensors.torch import save_file

    kept = {
        name: part.detach().half().contiguous()
        for name, part in network.state_dict().items()
        if not name.endswith("num_batches_tracked")
    }
    save_file(kept, path)

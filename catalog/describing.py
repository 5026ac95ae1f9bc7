"""What a picture looks like, and what it seems to show: asked here by whoever has one, answered by whoever
registered to. So two apps that know nothing of each other can hold their pictures side by side.

Where nobody registered, or nobody can say at present, there is no version and nothing is described."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    from catalog.models import Coin


@dataclass(frozen=True)
class Look:
    """One face as a network sees it: float32, little-endian. Only vectors of one network can be
    compared."""

    network: str
    vector: bytes
    side: str = ""  # obverse, reverse or not known


@dataclass(frozen=True)
class Seen:
    """One of these names, with a calibrated confidence."""

    names: tuple[str, ...]
    confidence: float


@dataclass(frozen=True)
class Description:
    """`shows` by field of a coin: `authority`, `denomination`. Only what would be said aloud."""

    looks: tuple[Look, ...] = ()
    shows: Mapping[str, Seen] = field(default_factory=dict)


@dataclass(frozen=True)
class Bounds:
    """Of likeness, from -1 to 1. Each network has a scale of its own."""

    alike: float  # below, two photos have no more in common than any two coins
    same: float  # two photos of one coin


class Describer(Protocol):
    def version(self) -> str:
        """Empty: nobody can say. Another version, another description. Loads a model: for workers."""

    def describe(self, pictures: Sequence[BinaryIO]) -> list[Description]:
        """In order; empty for a picture on which there is nothing to see. For workers."""

    def looks_of(self, coin: "Coin") -> list[Look]:
        """Of a coin's photos, as far as they were looked at. For anybody, and quick."""

    def bounds_of(self, network: str) -> Bounds: ...


class Nobody:
    def version(self) -> str:
        return ""

    def describe(self, pictures: Sequence[BinaryIO]) -> list[Description]:
        return [Description() for _picture in pictures]

    def looks_of(self, coin: "Coin") -> list[Look]:
        return []

    def bounds_of(self, network: str) -> Bounds:
        return Bounds(1.0, 1.0)


_registered: Describer = Nobody()


def register(one: Describer) -> Describer:
    """The one before, so that a test can put it back."""
    global _registered
    before, _registered = _registered, one
    return before


def describer() -> Describer:
    return _registered

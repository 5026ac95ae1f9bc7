"""What passes between the stages of identification. No Django, no torch: plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from numpy import float32, uint8
from numpy.typing import NDArray

Pixels = NDArray[uint8]  # height x width x 3, RGB, upright
Vector = NDArray[float32]
State = Literal["suggested", "abstained", "failed"]
SCOPES = ("roman_imperial", "tetrarchs", "world", "euro", "us", "us_cents", "euro_commemoratives")


@dataclass(frozen=True)
class Candidate:
    label: str
    confidence: float


@dataclass(frozen=True)
class Remark:
    """Something to tell in words. `code` names the sentence, `params` fill it: translated where it is shown."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What is said of one field: candidates best first, calibrated. Abstained: not sure enough to say."""

    candidates: tuple[Candidate, ...]
    abstained: bool = False
    parent: Candidate | None = None  # "a Flavian, I cannot say which"
    read: str = ""  # of a legend: the letters as they were read
    letters: tuple[
        tuple[str, float, float], ...
    ] = ()  # letter, confidence, angle in degrees clockwise from the top
    remarks: tuple[Remark, ...] = ()

    @property
    def best(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None


@dataclass(frozen=True)
class Face:
    """One photo of one side, as the model saw it."""

    name: str
    side: str = ""  # obverse, reverse or not known
    disc: tuple[float, float, float] | None = (
        None  # cx, cy, r as catalog's EditParams.crop takes them
    )
    embedding: Vector | None = None
    network: str = ""  # whose embedding it is: two networks' cannot be compared
    problems: tuple[Remark, ...] = ()  # blurred, blank, no coin ...


@dataclass(frozen=True)
class Measured:
    """What a person found with scales and calipers, in grams and millimetres."""

    weight: float | None = None
    diameter: float | None = None
    year: int | None = None  # what a denomination weighs has changed over time


@dataclass(frozen=True)
class Photographed:
    """One coin to be identified: its photos in order, with what is known of them."""

    names: tuple[str, ...]
    images: tuple[Pixels, ...]
    roles: tuple[str, ...] = ()  # "obverse", "reverse", "both" or "" for each image
    measured: Measured | None = None


@dataclass(frozen=True)
class Opinion:
    """What the model thinks of one coin."""

    state: State
    reason: str = ""
    scope: Candidate = Candidate("", 0.0)
    fields: Mapping[str, Answer] = field(default_factory=dict)
    unknown: float = 0.0  # 0: like what the model knows; 1: like nothing it knows
    model: str = ""
    seconds: float = 0.0
    faces: tuple[Face, ...] = ()
    remarks: tuple[Remark, ...] = ()  # conflict of faces, two coins on one photo ...


@dataclass(frozen=True)
class Heat:
    """Where on one face the model found what speaks for a label: from 0 to 1 over a square of the photo."""

    values: Vector  # height x width
    square: tuple[float, float, float]  # middle and half its side, as an edit's crop has them


@dataclass(frozen=True)
class Drawn:
    """The same as a picture to lay over the photo."""

    png: bytes
    square: tuple[float, float, float]


class Explains(Protocol):
    """A predictor that can tell where it looked. Empty where the label is none of its own."""

    def explain(self, coin: Photographed, scope: str, field: str, label: str) -> list[Heat]: ...


class Predictor(Protocol):
    version: str

    def predict(
        self, coins: Sequence[Photographed], scope: str = "", top: int = 5, read: bool = True
    ) -> list[Opinion]: ...

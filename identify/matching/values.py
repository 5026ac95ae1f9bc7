from collections.abc import Mapping
from dataclasses import dataclass, field

from identify.values import Remark

FIELDS = ("ruler", "denomination", "mint", "metal")
SIDES = ("obverse", "reverse")
Shares = Mapping[str, float]


@dataclass(frozen=True)
class Type:
    """A reference type as the index takes it; what it does not say is empty."""

    key: int
    ruler: str = ""
    denomination: str = ""
    mint: str = ""
    metal: str = ""
    obverse: str = ""
    reverse: str = ""
    weight: float | None = None
    diameter: float | None = None
    year_from: int | None = None
    year_to: int | None = None
    owner: int = 0  # whose private type it is; 0 is everybody's


@dataclass(frozen=True)
class Seen:
    """What is known or suspected of the coin: names with their probabilities, legends as read."""

    ruler: Shares = field(default_factory=dict)
    denomination: Shares = field(default_factory=dict)
    mint: Shares = field(default_factory=dict)
    metal: Shares = field(default_factory=dict)
    obverse: str = ""
    reverse: str = ""
    weight: float | None = None
    diameter: float | None = None
    year_from: int | None = None
    year_to: int | None = None

    @property
    def says_nothing(self) -> bool:
        """A weight alone names no type."""
        return not (self.obverse or self.reverse or any(getattr(self, name) for name in FIELDS))


@dataclass(frozen=True)
class Match:
    """`share` is of all types: thirty that differ in an officina mark only have a thirtieth each."""

    key: int
    share: float
    supporting: tuple[Remark, ...] = ()
    contradicting: tuple[Remark, ...] = ()

"""What the readers pass to each other."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
Span = tuple[int, int]

CERTAIN, LIKELY, GUESS = 0.95, 0.75, 0.5


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value and where in the text it stands."""

    value: T
    start: int
    end: int
    confidence: float = CERTAIN
    inferred: bool = False

    @property
    def span(self) -> Span:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Warning:
    """A value that cannot be right: the page shows what was written and asks."""

    field: str
    raw: str
    start: int
    end: int

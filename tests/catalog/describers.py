"""A describer that sees what a test wants it to: vectors of two numbers, so that likeness can be reckoned
by hand."""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

import numpy as np
import pytest

from catalog import describing
from catalog.describing import Bounds, Description, Look
from catalog.models import Coin


def look(degrees: float, side: str = "", network: str = "fake") -> Look:
    """Two looks are as alike as the cosine between them."""
    turned = math.radians(degrees)
    vector = np.array([math.cos(turned), math.sin(turned)], dtype="<f4")
    return Look(network, vector.tobytes(), side)


class FakeDescriber:
    """By default every picture looks the same, and shows nothing that could be said."""

    def __init__(self) -> None:
        self.is_version = "fake-1"
        self.says: Callable[[bytes], Description] = lambda data: Description((look(0),))
        self.mine: list[Look] = []
        self.bounds = Bounds(0.5, 0.9)
        self.asked: list[int] = []

    def version(self) -> str:
        return self.is_version

    def describe(self, pictures: Sequence[BinaryIO]) -> list[Description]:
        self.asked.append(len(pictures))
        return [self.says(picture.read()) for picture in pictures]

    def looks_of(self, coin: Coin) -> list[Look]:
        return self.mine

    def bounds_of(self, network: str) -> Bounds:
        return self.bounds


@pytest.fixture
def describer() -> Iterator[FakeDescriber]:
    fake = FakeDescriber()
    before = describing.register(fake)
    yield fake
    describing.register(before)

"""From which likeness on photos show coins of one kind. Each network has a scale of its own; the figures are
what `python -m tests.benchmarks.bench_likeness` prints, which says how they come about."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    alike: float  # below, two photos have no more in common than any two coins
    same: float  # two photos of one coin, or of its twin under one lamp


USUAL = Bounds(0.4, 0.8)
MEASURED = {
    "ancient": Bounds(0.42, 0.93),
    "modern": Bounds(0.34, 0.88),
}


def bounds_of(model: str) -> Bounds:
    """By the network's name, which its version follows."""
    return MEASURED.get(model.partition("-")[0], USUAL)

"""Scores become probabilities that come true as often as they say (temperature scaling)."""

import numpy as np
from numpy.typing import ArrayLike

from identify.measures import Floats, best_cut, cross_entropy, floats

NEVER = 2.0  # a threshold that no probability reaches; unlike infinity it survives JSON
COLDEST, HOTTEST = 0.02, 50.0


def softmax(logits: ArrayLike, temperature: float = 1.0) -> Floats:
    """Over the last axis. A temperature above 1 takes confidence away."""
    scaled = floats(logits) / temperature
    raised = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def fit_temperature(logits: ArrayLike, targets: ArrayLike) -> float:
    """The temperature at which the truth surprises least, on coins that nobody trained on. The
    surprise has one valley in 1/T, so thirds close in on it."""
    low, high = np.log(COLDEST), np.log(HOTTEST)
    for _step in range(60):
        third = (high - low) / 3
        left, right = low + third, high - third
        if surprise(logits, targets, left) <= surprise(logits, targets, right):
            high = right
        else:
            low = left
    return float(np.exp((low + high) / 2))


def surprise(logits: ArrayLike, targets: ArrayLike, log_temperature: float) -> float:
    return cross_entropy(softmax(logits, float(np.exp(log_temperature))), targets)


def choose_threshold(confidences: ArrayLike, correct: ArrayLike, precision: float = 0.95) -> float:
    """The lowest confidence at which to speak, so that this share of what is said is right. What no
    class can be (unknowns, blank discs) belongs in here too, as never correct."""
    cut, count = best_cut(confidences, correct, precision)
    return cut if count else NEVER

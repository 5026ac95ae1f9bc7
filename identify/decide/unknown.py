"""Is it anything that the model knows? The energy of its scores and the distance to the nearest
thing it learnt from each tell something; a fitted logistic makes one number of both."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from identify.measures import Floats, floats


@dataclass(frozen=True)
class UnknownRule:
    """`means` and `spreads` bring the figures to one scale; above `limit` nothing is said."""

    means: tuple[float, ...]
    spreads: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    limit: float = 0.5


def energy(logits: ArrayLike, temperature: float = 1.0) -> Floats:
    """Low where some class is supported strongly, high where none is (Liu et al., 2020)."""
    scaled = floats(logits) / temperature
    top = scaled.max(axis=-1)
    return np.asarray(-temperature * (top + np.log(np.exp(scaled - top[..., None]).sum(axis=-1))))


def nearest_distance(vectors: ArrayLike, known: ArrayLike) -> Floats:
    """Cosine distance of each vector to the nearest known one: 0 the same, 2 opposite."""
    return np.asarray(1.0 - (unit(vectors) @ unit(known).T).max(axis=-1))


def unit(vectors: ArrayLike) -> Floats:
    rows = floats(vectors)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-12))


def unknown(rule: UnknownRule, figures: Sequence[float] | Floats) -> float:
    """0: like what the model knows; 1: like nothing it knows."""
    scaled = (floats(figures) - np.array(rule.means)) / np.array(rule.spreads)
    score = float(scaled @ np.array(rule.weights)) + rule.bias
    return float(1 / (1 + np.exp(-np.clip(score, -50, 50))))


def fit_unknown(figures: ArrayLike, is_unknown: ArrayLike, ridge: float = 0.01) -> UnknownRule:
    """`figures` has a row per photo (energy, distance, …). Both kinds weigh the same in the fit,
    however many there were of each, so that 0.5 lies between them."""
    table, truth = floats(figures), floats(is_unknown)
    if not 0 < truth.sum() < len(truth):
        raise ValueError("To tell them apart takes photos of known and of unknown coins.")
    means, spreads = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-9)
    design = np.column_stack([(table - means) / spreads, np.ones(len(table))])
    balance = np.where(truth > 0, 0.5 / truth.sum(), 0.5 / (1 - truth).sum())
    *weights, bias = newton(design, truth, balance, ridge).tolist()
    return UnknownRule(tuple(means.tolist()), tuple(spreads.tolist()), tuple(weights), bias)


def newton(design: Floats, truth: Floats, balance: Floats, ridge: float) -> Floats:
    """Logistic regression; the ridge keeps it finite where one figure parts both kinds cleanly."""
    found = np.zeros(design.shape[1])
    penalty = np.eye(design.shape[1]) * ridge
    penalty[-1, -1] = 1e-6
    for _step in range(50):
        said = 1 / (1 + np.exp(-np.clip(design @ found, -50, 50)))
        slope = design.T @ (balance * (said - truth)) + penalty @ found
        curve = (design * (balance * said * (1 - said))[:, None]).T @ design + penalty
        step = np.linalg.solve(curve, slope)
        length = float(np.abs(step).max())
        found = found - step * min(1.0, 2.0 / max(length, 1e-12))  # never leaps across the valley
        if length < 1e-9:
            break
    return found

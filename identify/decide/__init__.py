"""From the network's scores to what is said. Pure: values in, values out, nothing looked up.

logits of each face -> calibrated -> fused -> weighed against weight and diameter
    -> an answer, or its parent, or "one of these two", or "not sure"
"""

from identify.decide.answering import answer, back_off
from identify.decide.calibrating import (
    NEVER,
    choose_threshold,
    fit_temperature,
    softmax,
)
from identify.decide.deciding import Rule, Scores, decide, state_of
from identify.decide.faces import conflict, fit_weights, fuse
from identify.decide.plausible import weigh
from identify.decide.unknown import UnknownRule, energy, fit_unknown, nearest_distance, unknown
from identify.values import Measured

__all__ = [
    "NEVER",
    "Measured",
    "Rule",
    "Scores",
    "UnknownRule",
    "answer",
    "back_off",
    "choose_threshold",
    "conflict",
    "decide",
    "energy",
    "fit_temperature",
    "fit_unknown",
    "fit_weights",
    "fuse",
    "nearest_distance",
    "softmax",
    "state_of",
    "unknown",
    "weigh",
]

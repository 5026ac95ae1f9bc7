"""A package of two tiny networks that tell bright coins from dark ones: the real code runs on them in
milliseconds, and what they say is known beforehand."""

import io
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from identify.ml import eightbit
from identify.ml.package import write_package
from identify.values import Photographed, Pixels
from tests.factories import draw_coin

SIDE = 32
BRIGHT, DARK = 190, 50  # tones of a drawn coin, to either side of the middle
HEADS = {
    "ancient": {
        "ruler": ["Trajan", "Hadrian", "Nerva"],
        "tetrarch": ["Diocletian", "Constantine I"],
        "denomination": ["Denarius", "As"],
        "side": ["obverse", "reverse"],
    },
    "modern": {
        "world_coin": ["1 Yen|Japanese Yen|japan", "1 Real|Brazilian Real|brazil"],
        "face_value": ["2e", "1c"],
        "us_denomination": ["nickels", "pennies"],
        "side": ["obverse", "reverse"],
        "scope": ["roman_imperial", "tetrarchs", "world", "euro", "us"],
    },
}  # the first label of a head is what a bright coin is, the second a dark one
STEPS: list[dict[str, Any]] = [
    {"do": "convolve", "name": "stem", "stride": 2, "groups": 1, "act": True},
    {"do": "keep"},
    {"do": "convolve", "name": "each", "stride": 1, "groups": 4, "act": False},
    {"do": "add"},
    {"do": "convolve", "name": "head", "stride": 1, "groups": 1, "act": True},
    {"do": "pool"},
]


def weights_of(heads: dict[str, list[str]], scope: str = "", seed: int = 0) -> dict[str, Any]:
    dice = np.random.default_rng(seed)
    stem = dice.normal(0, 0.05, (4, 3, 3, 3))
    stem[0], stem[1] = 1 / 27, -1 / 27  # how bright, how dark
    wide = dice.normal(0, 0.05, (8, 4, 1, 1))
    wide[:4, :, 0, 0] = np.eye(4)
    found: dict[str, Any] = {
        "stem.weight": stem, "each.weight": dice.normal(0, 0.01, (4, 1, 3, 3)), "head.weight": wide,
        "stem.bias": np.zeros(4), "each.bias": np.zeros(4), "head.bias": np.zeros(8),
    }  # fmt: skip
    for head, labels in heads.items():
        matrix, bias = np.zeros((len(labels), 8)), np.full(len(labels), -9.0)
        matrix[0, 0] = matrix[1, 1] = 40
        bias[:2] = 0
        if head == "scope":
            matrix[:] = 0
            bias = np.where(np.array(labels) == scope, 9.0, 0.0)
        found |= {f"heads.{head}.weight": matrix, f"heads.{head}.bias": bias}
    return {name: np.asarray(values, np.float32) for name, values in found.items()}


def write_second(folder: Path, rulers: list[str] | None = None) -> Path:
    """The network that looks second at portraits."""
    heads = {"ruler": rulers or HEADS["ancient"]["ruler"]}
    rule = {"temperature": 1.0, "threshold": 0.9, "weights": {}}
    card = {
        "side": SIDE, "steps": STEPS, "heads": heads, "rules": {"ruler": rule}, "unknown": {},
    }  # fmt: skip
    write_package(folder, "portraits", eightbit.packed(weights_of(heads, seed=7)), card)
    return folder


def write_models(folder: Path, scope: str = "roman_imperial", strange: float = -5.0) -> Path:
    for seed, (name, heads) in enumerate(HEADS.items()):
        weights = weights_of(heads, scope, seed)
        tensors: dict[str, Any] = eightbit.packed(weights)
        tensors["known.middle"] = np.zeros(8, np.float16)
        tensors |= {f"known.{head}": np.eye(2, 8).astype(np.float16) for head in heads}
        rule = {"temperature": 1.0, "threshold": 0.9, "weights": {}}
        odd = {"means": [0, 0], "spreads": [1, 1], "weights": [0, 0], "bias": strange, "limit": 0.5}
        card = {
            "side": SIDE, "steps": STEPS, "heads": heads,
            "rules": dict.fromkeys(heads, rule), "unknown": dict.fromkeys(heads, odd),
        }  # fmt: skip
        write_package(folder, name, tensors, card)
    return folder


def picture(tone: int = BRIGHT, size: int = 200) -> Pixels:
    return np.asarray(Image.open(io.BytesIO(draw_coin(size, tone))).convert("RGB"), np.uint8)


def coin(*tones: int, roles: tuple[str, ...] = ()) -> Photographed:
    names = tuple(f"{at}.jpg" for at in range(len(tones)))
    return Photographed(names, tuple(picture(tone) for tone in tones), roles or ("",) * len(tones))

"""How well designs are found, and which likeness is enough: on photos made of the references, and on coins
that are none of them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify import measures
from identify.decide import choose_threshold
from identify.ml.commemoratives.finding import Commemoratives, Rule, chances
from identify.ml.commemoratives.network import Floats
from identify.ml.seeing import see
from identify.ml.training.coin_photos import scene
from identify.ml.training.coin_sets import Coins
from identify.values import Photographed, Pixels

PHOTOS = 3  # of each design
DRAWN = 320
TEMPERATURES = np.geomspace(0.01, 0.2, 40)
NONES = np.linspace(0.1, 0.95, 86)
LEAST = 0.6  # sure: real photos of common sides come closer than photographed pictures
STRANGERS_WEIGH = 0.5  # whoever asks has mostly a commemorative in hand


def judged(reader: Commemoratives, coins: Coins, seed: int) -> tuple[Rule, dict[str, Any]]:
    dice = np.random.default_rng(seed + 2)
    truth = np.repeat(np.arange(len(coins.labels)), PHOTOS)
    asked = likeness(
        reader,
        [photo(coins.pictures[at], [*coins.others, coins.pictures[at - 1]], dice) for at in truth],
    )
    strange = likeness(reader, coins.strangers)
    kept = np.array(coins.kept)[truth]
    missing = without(asked[kept], truth[kept])
    rule = fitted(asked[kept], truth[kept], np.concatenate([strange, missing]))
    shares = np.array([chances(one, rule) for one in asked])
    right = shares.argmax(1) == truth
    doubtful = np.array([chances(one, rule).max() for one in np.concatenate([strange, missing])])
    said = np.concatenate([shares[kept].max(1), doubtful])
    hit = np.concatenate([right[kept], np.zeros(len(doubtful), bool)])
    rule = Rule(rule.temperature, rule.none, min(1.0, max(LEAST, choose_threshold(said, hit))))
    figures = {
        "photos": len(truth),
        "taught": figure(shares[~kept], truth[~kept], rule),
        "kept_aside": figure(shares[kept], truth[kept], rule),
        "strangers": strangers(doubtful[: len(strange)], rule),
        "designs_without_reference": strangers(doubtful[len(strange) :], rule),
    }
    return rule, figures


def photo(picture: Pixels, grounds: list[Pixels], dice: np.random.Generator) -> Pixels:
    """Cut out as any photo is before it is read."""
    shown, _pose = scene(picture, grounds, dice, DRAWN)
    crops = see(Photographed(("photo",), (shown,))).crops
    return crops[0] if crops else shown


def likeness(reader: Commemoratives, images: list[Pixels]) -> Floats:
    return reader.references.likeness(reader.maps(images))


def without(likeness: Floats, truth: NDArray[np.int64]) -> Floats:
    """As if the right reference were not there."""
    left = likeness.copy()
    left[np.arange(len(truth)), truth] = -1.0
    return left


def fitted(known: Floats, truth: NDArray[np.int64], strange: Floats) -> Rule:
    """The rule at which the truth surprises least."""
    best = min(
        (surprise(known, truth, strange, Rule(t, none)), t, none)
        for t in TEMPERATURES
        for none in NONES
    )
    return Rule(float(best[1]), float(best[2]))


def surprise(known: Floats, truth: NDArray[np.int64], strange: Floats, rule: Rule) -> float:
    right = logs(known, rule)[np.arange(len(truth)), truth]
    none = logs(strange, rule)[:, -1]
    return float(-right.mean() - STRANGERS_WEIGH * (none.mean() if len(none) else 0.0))


def logs(likeness: Floats, rule: Rule) -> NDArray[np.float64]:
    """Of the chances of each, and last that it is none."""
    none = np.full((len(likeness), 1), rule.none)
    logits = np.hstack([likeness, none]) / rule.temperature
    logits -= logits.max(1, keepdims=True)
    return np.asarray(logits - np.log(np.exp(logits).sum(1, keepdims=True)))


def figure(shares: NDArray[np.float64], truth: NDArray[np.int64], rule: Rule) -> dict[str, Any]:
    right, sure = shares.argmax(1) == truth, shares.max(1)
    told = sure >= rule.threshold
    return {
        "designs": len(np.unique(truth)),
        "top1": round(float(right.mean()), 4),
        "top5": round(measures.top_k(shares, truth, 5), 4),
        "answered": round(float(told.mean()), 4),
        "right_when_answered": round(float(right[told].mean()), 4) if told.any() else 0.0,
        "calibration_error": round(measures.calibration_error(sure, right), 4),
    }


def strangers(sure: NDArray[np.float64], rule: Rule) -> dict[str, Any]:
    wrong = float((sure >= rule.threshold).mean()) if len(sure) else 0.0
    return {"photos": len(sure), "wrongly_answered": round(wrong, 4)}

"""Trains the reader of cents:

photos -> template of edges (each is laid on the mean of all) -> date strips -> windows, bent and relit
-> five folds by coin for the figures -> the readers that are shipped, from all coins
"""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify.decide import choose_threshold, fit_temperature
from identify.ml.cents.alignment import FRAME, RADIUS, SIDE, Aligner, Pose, edges, framed, square
from identify.ml.cents.network import DIGITS, MARKS, OUTPUTS, Reader, torch_reader, weights_of
from identify.ml.cents.reading import NAME, CentReader, Rule, together
from identify.ml.cents.struck import YEARS
from identify.ml.cents.windows import (
    COLUMNS,
    KINDS,
    ROWS,
    date_strip,
    directions,
    shifted_windows,
    windows,
)
from identify.ml.eightbit import in_eight_bits
from identify.ml.package import Package, write_package

OFTEN = 1.0  # a D is shown: it is rare here and otherwise taken for an S
Floats = NDArray[np.float32]
Tell = Callable[[str], Any]


@dataclass(frozen=True)
class Plan:
    steps: int = 800
    readers: int = 2
    folds: int = 5
    views: int = 64  # bent and relit windows of each coin
    batch: int = 32
    rounds: int = 3  # of laying every coin on the mean of all
    seed: int = 7


@dataclass
class Cents:
    strips: list[NDArray[np.uint8]]
    template: Floats
    fits: NDArray[np.float64]
    digits: NDArray[np.int64]
    marks: NDArray[np.int64]


def run(data: Path, out: Path, plan: Plan, tell: Tell) -> Package:
    cents = read(data, plan)
    tell(f"{len(cents.marks)} cents, fit to the template {cents.fits.min():.2f} and better")
    pool = make_pool(cents, plan)
    digits, marks = by_folds(cents, pool, plan, tell)
    rule, figures = judged(cents, digits, marks)
    tell(str(figures))
    every = np.arange(len(cents.marks))
    readers = [train(cents, pool, every, plan, plan.seed + 100 + at) for at in range(plan.readers)]
    return ship(out, cents, readers, rule, figures, plan)


# --- coins ----------------------------------------------------------------------------
def read(data: Path, plan: Plan) -> Cents:
    import cv2

    with (data / "us_cents" / "labels.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    pictures = [
        cv2.imread(str(data / "us_cents" / row["file"]), cv2.IMREAD_GRAYSCALE) for row in rows
    ]
    greys = [square(one) for one in pictures if one is not None]
    if len(greys) != len(rows):
        raise ValueError(f"{len(rows) - len(greys)} pictures of {data}/us_cents cannot be read.")
    template, poses, fits = congeal(greys, plan.rounds)
    strips = [date_strip(grey, pose) for grey, pose in zip(greys, poses, strict=True)]
    digits = np.array([[int(letter) for letter in row["year"]] for row in rows])
    marks = np.array([MARKS.index(row["mint_mark"] or "none") for row in rows])
    return Cents(strips, template, fits, digits, marks)


def congeal(
    greys: Sequence[NDArray[Any]], rounds: int
) -> tuple[Floats, list[Pose], NDArray[np.float64]]:
    """The mean of all straightens each, and each straightened one sharpens the mean."""
    found = [edges(grey) for grey in greys]
    poses = [first_guess(grey) for grey in greys]
    template = mean_of(found, poses)
    aligner = Aligner(template)
    for _round in range(rounds):
        starts = [better(aligner, one, pose) for one, pose in zip(found, poses, strict=True)]
        poses = [aligner.find(one, start)[0] for one, start in zip(found, starts, strict=True)]
        template = mean_of(found, poses)
        aligner = Aligner(template)
    pairs = [aligner.find(one, pose) for one, pose in zip(found, poses, strict=True)]
    return template, [pose for pose, _fit in pairs], np.array([fit for _pose, fit in pairs])


def better(aligner: Aligner, found: Floats, pose: Pose) -> Pose:
    """Where it was, or where a search of its own finds it."""
    anew, fit = aligner.find(found)
    return anew if fit > aligner.fit(found, pose) else pose


def first_guess(grey: NDArray[Any]) -> Pose:
    import cv2

    small = cv2.medianBlur(cv2.resize(grey, (SIDE, SIDE), interpolation=cv2.INTER_AREA), 5)
    circles = cv2.HoughCircles(
        small, cv2.HOUGH_GRADIENT, 1.5, 200, param1=120, param2=30, minRadius=70, maxRadius=140
    )
    if circles is None:
        return np.array([SIDE / 2, SIDE / 2, SIDE * RADIUS, 0.0])
    return np.array([*np.asarray(circles).reshape(-1, 3)[0], 0.0], np.float64)


def mean_of(found: Sequence[Floats], poses: Sequence[Pose]) -> Floats:
    laid = [framed(one, pose, FRAME) for one, pose in zip(found, poses, strict=True)]
    return np.median(laid, 0).astype(np.float32)


# --- windows --------------------------------------------------------------------------
def make_pool(cents: Cents, plan: Plan) -> NDArray[np.float16]:
    """coin x view x window x kind x row x column; a relit strip is bent four times."""
    dice = np.random.default_rng(plan.seed)
    shape = (len(cents.strips), plan.views, 5, KINDS, ROWS, COLUMNS)
    pool = np.zeros(shape, np.float16)
    for views, strip in zip(pool, cents.strips, strict=True):
        for at in range(plan.views):
            if at % 4 == 0:
                field = directions(relit(strip, dice) if at else strip)
            views[at] = windows(field, *bent(dice))
    return pool


def relit(strip: NDArray[np.uint8], dice: np.random.Generator) -> Floats:
    import cv2

    light = strip.astype(np.float32)
    height, width = light.shape
    if dice.random() < 0.5:
        light = cv2.GaussianBlur(light, (0, 0), dice.uniform(0.4, 2.2)).astype(np.float32)
    elif dice.random() < 0.4:
        scale = dice.uniform(0.4, 0.9)
        small = cv2.resize(light, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        light = cv2.resize(small, (width, height)).astype(np.float32)
    light = 255 * (light.clip(1, 255) / 255) ** np.exp(dice.normal(0, 0.35))
    down, across = np.mgrid[:height, :width] / width - 0.5
    light = light * (1 + dice.normal(0, 0.35) * across + dice.normal(0, 0.35) * down)
    return (light + dice.normal(0, dice.uniform(0, 8), light.shape)).astype(np.float32)


def bent(dice: np.random.Generator) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    turn, scale = np.deg2rad(dice.normal(0, 3.5)), np.exp(dice.normal(0, 0.06))
    stretch = np.exp(dice.normal(0, 0.04))
    turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    slanted = np.array([[scale * stretch, dice.normal(0, 0.05)], [0, scale / stretch]])
    return turned @ slanted, dice.normal(0, 2.0, 2), dice.normal(0, 1.2, (5, 2))


# --- learning -------------------------------------------------------------------------
def train(
    cents: Cents, pool: NDArray[np.float16], taught: NDArray[np.int64], plan: Plan, seed: int
) -> Reader:
    import torch
    from torch.nn import functional as F

    dice = np.random.default_rng(seed)
    torch.manual_seed(seed)
    network = torch_reader().train()
    size = min(plan.batch, len(taught))
    chances = np.where(cents.marks[taught] == MARKS.index("D"), OFTEN, 1.0)
    chances /= chances.sum()
    optimizer = torch.optim.AdamW(network.parameters(), 1e-3, weight_decay=0.05)
    pace = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 4e-3, total_steps=plan.steps, pct_start=0.15
    )
    for _step in range(plan.steps):
        at = dice.choice(taught, size, replace=False, p=chances)
        seen = pool[at, dice.integers(0, pool.shape[1], size)].astype(np.float32)
        said = network(torch.from_numpy(seen).flatten(0, 1)).view(size, 5, OUTPUTS)
        digits, marks = torch.from_numpy(cents.digits[at]), torch.from_numpy(cents.marks[at])
        loss = F.cross_entropy(
            said[:, :4, :DIGITS].flatten(0, 1), digits.flatten(), label_smoothing=0.05
        ) + 0.6 * F.cross_entropy(said[:, 4, DIGITS:], marks, label_smoothing=0.03)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        pace.step()
    return Reader(weights_of(network.eval()))


def by_folds(
    cents: Cents, pool: NDArray[np.float16], plan: Plan, tell: Tell
) -> tuple[Floats, Floats]:
    """What readers say of coins that they have not seen: one photo is one coin in this set."""
    count = len(cents.marks)
    order = np.random.default_rng(plan.seed).permutation(count)
    digits = np.zeros((count, 4, DIGITS), np.float32)
    marks = np.zeros((count, len(MARKS)), np.float32)
    for fold in range(plan.folds):
        kept = order[fold :: plan.folds]
        reader = train(cents, pool, np.setdiff1d(order, kept), plan, fold)
        one = CentReader(Aligner(cents.template), [reader], Rule())
        for at in kept:
            digits[at], marks[at] = one.listen(shifted_windows(cents.strips[at]))
        right = (digits[kept].argmax(2) == cents.digits[kept]).all(1).mean()
        tell(f"fold {fold + 1} of {plan.folds}: {right:.3f} of the dates")
    return digits, marks


# --- figures and card -------------------------------------------------------------------
def judged(cents: Cents, digits: Floats, marks: Floats) -> tuple[Rule, dict[str, Any]]:
    truth = cents.digits @ [1000, 100, 10, 1]
    years = np.array([YEARS.index(one) for one in truth])
    plain = np.log([together(*one)[0] + 1e-9 for one in zip(digits, marks, strict=True)])
    warmth = (fit_temperature(plain, years), fit_temperature(marks, cents.marks))
    shares = [together(*one, warmth) for one in zip(digits, marks, strict=True)]
    of_year, of_mark = (np.stack(part) for part in zip(*shares, strict=True))
    right = of_year.argmax(1) == years, of_mark.argmax(1) == cents.marks
    thresholds = tuple(
        min(choose_threshold(part.max(1), hit), 1.0)
        for part, hit in zip((of_year, of_mark), right, strict=True)
    )
    rule = Rule(warmth, (thresholds[0], thresholds[1]), round(float(cents.fits.min()) * 0.8, 3))
    figures = {
        "coins": len(years),
        "year": figure(right[0], of_year.max(1), thresholds[0]),
        "mint_mark": figure(right[1], of_mark.max(1), thresholds[1]),
        "recall": {mark: recall(right[1], cents.marks == at) for at, mark in enumerate(MARKS)},
        "digits": [round(float(hit), 4) for hit in (digits.argmax(2) == cents.digits).mean(0)],
    }
    return rule, figures


def figure(right: NDArray[np.bool_], shares: Floats, threshold: float) -> dict[str, float]:
    told = shares >= threshold
    return {
        "top1": round(float(right.mean()), 4),
        "answered": round(float(told.mean()), 4),
        "right_when_answered": round(float(right[told].mean()), 4) if told.any() else 0.0,
        "mean_confidence": round(float(shares.mean()), 4),
    }


def recall(right: NDArray[np.bool_], asked: NDArray[np.bool_]) -> dict[str, float]:
    share = float(right[asked].mean()) if asked.any() else 0.0
    return {"support": int(asked.sum()), "recall": round(share, 4)}


def ship(
    out: Path,
    cents: Cents,
    readers: Sequence[Reader],
    rule: Rule,
    figures: dict[str, Any],
    plan: Plan,
) -> Package:
    tensors: dict[str, Any] = {"template": cents.template.astype(np.float16)}
    for at, reader in enumerate(readers):
        tensors |= {f"{at}.{name}": one.astype(np.float16) for name, one in reader.weights.items()}
        tensors |= in_eight_bits(f"{at}.hidden", reader.weights["hidden"])  # nearly all of it
    card = {
        "name": NAME,
        "what": "Year and mint mark of the obverse of a Lincoln cent, read digit by digit",
        "readers": len(readers),
        "marks": list(MARKS),
        "rule": {
            "temperatures": [round(one, 4) for one in rule.temperatures],
            "thresholds": [round(one, 4) for one in rule.thresholds],
            "fit": rule.fit,
        },
        "figures": figures,
        "measured": f"on coins not seen, in {plan.folds} folds by coin with one reader each; the "
        f"{len(readers)} readers that are shipped have seen all coins, and the template of edges is the mean of all",
        "support": {
            "digits": np.bincount(cents.digits.ravel(), minlength=DIGITS).tolist(),
            "marks": {mark: int((cents.marks == at).sum()) for at, mark in enumerate(MARKS)},
        },
        "weak": "W was seen once and P never; dates after 2015 are rare",
        "trained": {"steps": plan.steps, "views": plan.views, "seed": plan.seed},
        "made": date.today().isoformat(),
    }  # fmt: skip
    return write_package(out, NAME, tensors, card)

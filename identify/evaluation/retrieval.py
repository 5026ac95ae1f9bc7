"""A 2-euro commemorative found by one reference picture. There are no other photos of them, so each picture is
photographed again: turned any way, tilted, in another light, out of focus."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from identify.evaluation.asking import AT_ONCE, Asked, outcomes
from identify.evaluation.exams import Examiner, Report
from identify.evaluation.figures import by_group, missing, top
from identify.evaluation.questions import Question, thinned
from identify.folders import pixels
from identify.ml.training.samples import Sample
from identify.values import Photographed, Pixels

SET, FIELD, GOAL = "euro_commemoratives", "commemorative", 0.95
NAME = "2-euro commemorative, from one reference picture"
NOTE = "the reference pictures turned any way, tilted by up to 25°, relit and blurred"
SIDE = 320
TIMES = 3


def examine(examiner: Examiner, report: Report) -> None:
    folder = examiner.data / SET
    pictures = thinned(sorted(folder.glob("*.jpg")), examiner.most) if folder.is_dir() else []
    examiner.tell(f"Commemoratives: {len(pictures)} pictures, photographed again")
    found = [one for part in asked(examiner, pictures) for one in outcomes(part, FIELD)]
    if not any(one.ranked for one in found):
        report.add(missing(NAME, GOAL, "no model"))
        return
    report.remember(FIELD, found)
    report.add(top(f"{NAME}: top-1", found, 1, GOAL, NOTE), top(f"{NAME}: top-5", found, 5, None))
    new = [one for one in pictures if is_new(one)]
    seen_again = [one for part in asked(examiner, new * TIMES) for one in outcomes(part, FIELD)]
    note = f"{len(new)} designs that no training has seen, each photographed {TIMES} times"
    report.add(by_group(f"{NAME}: top-1, new designs", seen_again, GOAL, note))


def is_new(picture: Path) -> bool:
    return Sample(picture, SET, picture.name).is_held_out


def asked(examiner: Examiner, pictures: Sequence[Path]) -> Iterator[list[Asked]]:
    dice = np.random.default_rng(3)
    limits = examiner.limits
    for at in range(0, len(pictures), AT_ONCE):
        part = pictures[at : at + AT_ONCE]
        images = [taken_again(pixels(one, limits.bytes, limits.pixels), dice) for one in part]
        coins = [
            Photographed((one.name,), (image,)) for one, image in zip(part, images, strict=True)
        ]
        opinions = examiner.model.predict(coins, SET, 5)
        yield [
            Asked(Question((one,), SET, one.stem, SET, truth={FIELD: one.stem}), opinion)
            for one, opinion in zip(part, opinions, strict=True)
        ]


def taken_again(picture: Pixels, dice: np.random.Generator) -> Pixels:
    import cv2

    height, width = picture.shape[:2]
    ground = [int(part) for part in dice.integers(60, 240, 3)]
    seen = cv2.warpPerspective(
        picture, camera(width, height, dice), (SIDE, SIDE), flags=cv2.INTER_AREA,
        borderMode=cv2.BORDER_CONSTANT, borderValue=ground,
    )  # fmt: skip
    light = seen.astype(np.float32) * dice.uniform(0.85, 1.15, 3)
    ramp = np.linspace(-1, 1, SIDE)
    angle = dice.uniform(0, 2 * np.pi)
    slope = np.cos(angle) * ramp[None] + np.sin(angle) * ramp[:, None]
    light = light * (1 + dice.uniform(0, 0.3) * slope[..., None])
    light = (light - light.mean()) * dice.uniform(0.7, 1.3) + light.mean() * dice.uniform(
        0.75, 1.25
    )
    relit = np.clip(light, 0, 255).astype(np.uint8)
    return np.asarray(cv2.GaussianBlur(relit, (0, 0), dice.uniform(0.3, 1.6)), dtype=np.uint8)


def camera(width: int, height: int, dice: np.random.Generator) -> np.ndarray:
    """A pinhole over the table: turn the coin, tilt it, look from four radii away."""
    turn, lean, toward = (
        dice.uniform(-np.pi, np.pi),
        np.radians(dice.uniform(0, 25)),
        dice.uniform(0, 7),
    )
    flat = spun(toward) @ tilted(lean) @ spun(turn - toward)
    radius = max(width, height) / 2
    middle = np.array(
        [[1 / radius, 0, -width / 2 / radius], [0, 1 / radius, -height / 2 / radius], [0, 0, 1]]
    )
    away = np.column_stack([flat[:, :2], [0.0, 0.0, 4.0]])
    scale = 4.0 * SIDE * 0.42 * dice.uniform(0.85, 1.05)
    shown = np.array([[scale, 0, SIDE / 2], [0, scale, SIDE / 2], [0, 0, 1]])
    return np.asarray(shown @ away @ middle)


def spun(angle: float) -> np.ndarray:
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])


def tilted(angle: float) -> np.ndarray:
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[1, 0, 0], [0, c, -s], [0, s, c]])

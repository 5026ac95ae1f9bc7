"""One picture of a coin, photographed again and again: any turn, tilted, near or far, another lamp, dull or
shining, out of focus, on another ground. Pictures are square, the coin in the middle as coins are cut out."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify.ml.commemoratives.network import SIDE
from identify.ml.commemoratives.pose import (
    CANONICAL,
    Floats,
    Pose,
    evened,
    pose_of,
    projection_of,
    spun,
    to_pixels,
    unrolled,
)
from identify.values import Pixels

Dice = np.random.Generator
DRAWN = 2 * SIDE  # before it is made small, as a camera sees more than is kept
LOOSE = 0.5  # of the photos show more ground than a good cut would


def camera(dice: Dice, lean: float = 28) -> NDArray[np.float64]:
    """A pinhole over the table, from the unit disc to the picture; some lenses are far away, some near."""
    toward, tilt = dice.uniform(-np.pi, np.pi), np.radians(dice.uniform(0, lean))
    c, s = np.cos(tilt), np.sin(tilt)
    flat = spun(toward) @ np.array([[1, 0, 0], [0, c, -s], [0, s, c]]) @ spun(-toward)
    away = dice.uniform(3.5, 6) if dice.random() < 0.6 else dice.uniform(6, 20)
    seen = np.column_stack([flat[:, :2], [0.0, 0.0, away]])
    seen[:2] *= away
    return np.asarray(seen / away) @ spun(dice.uniform(-np.pi, np.pi))


# --- light --------------------------------------------------------------------------------
def relit(picture: Pixels, dice: Dice) -> Pixels:
    """Of one channel or three."""
    import cv2

    light = picture.astype(np.float32)
    height, width, channels = light.shape
    down = np.linspace(-1, 1, height, dtype=np.float32)[:, None, None]
    across = np.linspace(-1, 1, width, dtype=np.float32)[None, :, None]
    if dice.random() < 0.5:
        light = from_the_side(light, dice)
    if channels == 3 and dice.random() < 0.25:
        light = np.repeat(light.mean(2, keepdims=True), 3, 2)
    light = light * np.exp(dice.normal(0, 0.12, channels)).astype(np.float32)
    light *= 1 + np.float32(dice.normal(0, 0.2)) * across + np.float32(dice.normal(0, 0.2)) * down
    if dice.random() < 0.25:
        x, y, wide = (
            np.float32(one) for one in (*dice.uniform(-0.8, 0.8, 2), dice.uniform(0.1, 0.4))
        )
        light += np.float32(dice.uniform(40, 160)) * np.exp(
            -((across - x) ** 2 + (down - y) ** 2) / (2 * wide * wide)
        )
    light = 255 * (np.clip(light, 1, 255) / 255) ** np.float32(np.exp(dice.normal(0, 0.3)))
    middle = light.mean()
    light = (light - middle) * np.float32(dice.uniform(0.45, 1.4)) + middle * np.float32(
        dice.uniform(0.7, 1.25)
    )
    if dice.random() < 0.8:
        light = cv2.GaussianBlur(light, (0, 0), dice.uniform(0.3, 2.0)).reshape(light.shape)
    light += dice.standard_normal(light.shape, np.float32) * np.float32(dice.uniform(0, 9))
    found = np.clip(light, 0, 255).astype(np.uint8)
    return pressed(found, dice) if dice.random() < 0.4 else found


def from_the_side(light: Floats, dice: Dice) -> Floats:
    """What rises throws a shadow: slopes toward one side are brighter, those toward the other darker."""
    import cv2

    angle, strength = dice.uniform(0, 2 * np.pi), np.float32(dice.uniform(0.05, 0.3))
    soft = cv2.GaussianBlur(light.mean(2), (0, 0), dice.uniform(0.7, 1.5))
    across, down = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    slope = np.float32(np.cos(angle)) * across + np.float32(np.sin(angle)) * down
    return np.asarray(light + strength * slope[..., None], np.float32)


def pressed(picture: Pixels, dice: Dice) -> Pixels:
    import cv2

    quality = [cv2.IMWRITE_JPEG_QUALITY, int(dice.integers(30, 90))]
    _done, data = cv2.imencode(".jpg", picture, quality)
    found = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
    return np.asarray(found, np.uint8).reshape(picture.shape)


# --- for the network of faces -------------------------------------------------------------
def strip_again(picture: Pixels, off: Pose, dice: Dice, struck: bool = False) -> Floats:
    """As the reader unrolls it when it was wrong about the pose by as much as `off`."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    side = len(grey)
    if dice.random() < 0.3:
        small = int(dice.integers(90, 200))
        less = cv2.resize(grey, (small, small), interpolation=cv2.INTER_AREA)
        grey = cv2.resize(less, (side, side))
    plain = np.asarray(grey, np.uint8)
    lit = relit((otherwise_struck(plain, dice) if struck else plain)[..., None], dice)[..., 0]
    # what was tilted has lost detail on one axis: seen so, and laid straight again
    tilt, whole = camera(dice), to_pixels(side) @ projection_of(CANONICAL)
    seen = cv2.warpPerspective(
        lit, whole @ tilt @ np.linalg.inv(whole), (side, side), borderMode=cv2.BORDER_REPLICATE
    )
    guess = projection_of(pose_of(tilt) + dice.normal(0, 1, len(off)) * off)
    return evened(unrolled(seen, whole @ guess))


def otherwise_struck(grey: Pixels, dice: Dice) -> Pixels:
    """Another piece before another photographer: fields that mirror are dark or bright, and a low lamp shows
    little but the slopes that look toward it."""
    import cv2

    light = grey.astype(np.float32)
    if dice.random() < 0.25:
        light = 255 - light
    if dice.random() < 0.6:
        angle, kept = dice.uniform(0, 2 * np.pi), np.float32(dice.uniform(0.1, 1.0))
        soft = cv2.GaussianBlur(light, (0, 0), dice.uniform(0.7, 2.0))
        across, down = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
        slope = np.float32(np.cos(angle)) * across + np.float32(np.sin(angle)) * down
        middle = light.mean()
        light = middle + kept * (light - middle) + np.float32(dice.uniform(0.1, 0.6)) * slope
    return np.clip(light, 0, 255).astype(np.uint8)


# --- for the locator ----------------------------------------------------------------------
def scene(
    picture: Pixels, grounds: Sequence[Pixels], dice: Dice, drawn: int = DRAWN
) -> tuple[Pixels, Pose]:
    """A photo with a coin on it, and how it lies there."""
    import cv2

    side, size_drawn = len(picture), (drawn, drawn)
    tilt = camera(dice)
    size = dice.uniform(0.5, 1.0) if dice.random() < LOOSE else dice.uniform(0.9, 1.0)
    stray = (1.0 - size) * 0.25 + 0.02
    placed = np.array([[size, 0, dice.uniform(-stray, stray)], [0, size, dice.uniform(-stray, stray)], [0, 0, 1]])  # fmt: skip
    there = placed @ tilt
    to_there = to_pixels(drawn) @ there @ np.linalg.inv(to_pixels(side) @ projection_of(CANONICAL))
    lit = relit(picture, dice)
    plain = tuple(int(one) for one in dice.integers(0, 256, 3))
    if (
        dice.random() < 0.35
    ):  # the whole picture is what was photographed, with what is around the coin
        edge = cv2.BORDER_REPLICATE if dice.random() < 0.3 else cv2.BORDER_CONSTANT
        shown = cv2.warpPerspective(lit, to_there, size_drawn, borderMode=edge, borderValue=plain)  # fmt: skip
    else:
        shown = cv2.warpPerspective(lit, to_there, size_drawn)
        inside = cv2.warpPerspective(round_mask(side), to_there, size_drawn)[..., None] / 255
        shown = shown * inside + ground(grounds, plain, drawn, dice) * (1 - inside)
    if dice.random() < 0.3:
        shown = cv2.GaussianBlur(shown, (0, 0), dice.uniform(0.5, 2.5) * drawn / DRAWN)
    return np.clip(shown, 0, 255).astype(np.uint8), pose_of(there)


def round_mask(side: int) -> NDArray[np.uint8]:
    import cv2

    mask = np.zeros((side, side), np.uint8)
    cv2.circle(mask, (side // 2, side // 2), round(side / 2 / 1.04), 255, -1, cv2.LINE_AA)
    return mask


def ground(grounds: Sequence[Pixels], plain: Sequence[int], drawn: int, dice: Dice) -> NDArray[Any]:
    """A table of one colour, or a piece of something else."""
    import cv2

    if dice.random() < 0.5:
        slope = np.linspace(-1, 1, drawn)[:, None, None] * dice.normal(0, 30)
        return np.asarray(np.ones((drawn, drawn, 1)) * np.array(plain) + slope)
    other = grounds[int(dice.integers(len(grounds)))]
    piece = max(8, int(len(other) * dice.uniform(0.2, 1.0)))
    y, x = dice.integers(0, len(other) - piece + 1, 2)
    return np.asarray(cv2.resize(other[y : y + piece, x : x + piece], (drawn, drawn)))

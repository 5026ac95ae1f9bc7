"""One face of a coin, from a line of the demo's table to a picture."""

import math
import zlib
from dataclasses import dataclass

import numpy as np

from catalog.demo.drawing import letters
from catalog.demo.drawing.etching import Finish, cropped, etch
from catalog.demo.drawing.metals import BIMETAL
from catalog.demo.drawing.motifs import MOTIFS
from catalog.demo.drawing.relief import SIZE, Field, Line, Point, Relief, clouds, disc

RADIUS = 395.0  # of the flan, in pixels; the rest is paper
CORE = 0.7  # of a bimetallic coin
_AXIS = np.arange(SIZE, dtype=np.float32) - SIZE / 2


@dataclass(frozen=True)
class Face:
    """`motif` is a name of MOTIFS with its options after it: "profile laurel beard left". A legend
    with a bar in it is broken there by the head."""

    motif: str
    metal: str = "silver"
    legend: str = ""
    below: str = ""
    make: str = "struck"  # struck, milled or hammered
    wear: float = 0.3
    seed: str = ""


def draw(face: Face) -> bytes:
    dice = np.random.default_rng(zlib.crc32(f"{face.seed}|{face.motif}|{face.legend}".encode()))
    is_milled = face.make == "milled"
    # no two photos show their coin at the very same place and size
    radius, middle = RADIUS - float(dice.uniform(0, 22)), dice.uniform(-13, 13, 2)
    x, y = _AXIS[None, :] - float(middle[0]), _AXIS[:, None] - float(middle[1])
    distance, angle = np.hypot(x, y), np.arctan2(y, x)
    inside = radius * flan_of(face, angle, dice) - distance  # pixels to the rim
    flan = np.clip(inside + 0.5, 0, 1)
    relief = struck(face, dice, radius, middle)
    height = worn(relief.height, face.wear, dice)
    edge = np.clip(inside / (9 if is_milled else 20), 0, 1)
    edge = np.sqrt(1 - (1 - edge) ** 2)
    height = height * edge + edge * np.float32(1.2 if is_milled else 1.9)
    core = np.clip(radius * CORE - distance + 0.5, 0, 1) if face.metal in BIMETAL else None
    patina = 0.3 if is_milled else 0.5 + 0.5 * face.wear
    return etch(height, flan, Finish(face.metal, patina=patina, core=core), dice)


def struck(face: Face, dice: np.random.Generator, radius: float, middle: Field) -> Relief:
    is_milled = face.make == "milled"
    astray = middle / radius + (0 if is_milled else dice.normal(0, 0.012 + 0.05 * face.wear, 2))
    reach = radius if is_milled else radius * 0.97
    relief = Relief(reach, (float(astray[0]), float(astray[1])), float(dice.normal(0, 0.055)))
    border(relief, face)
    legend(relief, face)
    name, *options = face.motif.split()
    MOTIFS[name](relief, options, dice)
    return relief


def flan_of(face: Face, angle: Field, dice: np.random.Generator) -> Field | float:
    """How far it reaches in each pixel's direction: round where a machine struck it."""
    if face.make == "milled":
        return 1.0
    rough = {"struck": 0.02, "hammered": 0.026}[face.make] * (0.6 + face.wear)
    angles = np.linspace(-math.pi, math.pi, 361)
    reach = np.full(361, 0.985)
    for n in range(2, 12):
        reach += dice.normal(0, rough / n**0.85) * np.cos(n * angles + dice.uniform(0, math.tau))
    return np.interp(angle, angles, np.minimum(reach, 1.09)).astype(np.float32)


def ring(count: int, radius: float) -> list[Point]:
    turns = (n * math.tau / count for n in range(count))
    return [(math.cos(angle) * radius, math.sin(angle) * radius) for angle in turns]


def border(relief: Relief, face: Face) -> None:
    if face.make == "milled":
        relief.raise_([disc((0, 0), 0.965, steps=200)], 0.055, 0.75)
        teeth = [list(pair) for pair in zip(ring(120, 0.905), ring(120, 0.935), strict=True)]
        relief.raise_(teeth, 0.018, 0.4)
        if face.metal in BIMETAL:
            relief.cut([disc((0, 0), CORE, steps=120)], 0.014, 0.5)
        return
    is_hammered = face.make == "hammered"
    relief.dots(ring(60 if is_hammered else 74, 0.93), 0.02 if is_hammered else 0.017, 0.55)
    if is_hammered:
        relief.raise_([disc((0, 0), 0.68, steps=100)], 0.014, 0.35)


def legend(relief: Relief, face: Face) -> None:
    size = {"milled": 0.098, "struck": 0.118, "hammered": 0.11}[face.make]
    strokes: list[Line] = []
    parts = [part.strip() for part in face.legend.split("|")]
    if len(parts) == 2:
        strokes += letters.around(parts[0], 0.8, size, -78, 118)
        strokes += letters.around(parts[1], 0.8, size, 78, 118)
    else:
        room = 330 if face.make == "hammered" else min(250, 16 + 13 * len(parts[0]))
        strokes += letters.around(parts[0], 0.8, size, 0, room)
    room = min(150, 14 * len(face.below))
    strokes += letters.around(face.below, 0.8, size, 180, room, inward=True)
    if not strokes:
        return
    relief.raise_(strokes, 0.021 if face.make == "milled" else 0.024, 0.6)
    if face.make != "milled":
        ends = [point for stroke in strokes for point in (stroke[0], stroke[-1])]
        relief.dots(ends, 0.0165, 0.3)


def worn(height: Field, wear: float, dice: np.random.Generator) -> Field:
    """High points go first; here and there the die did not bite; a few scratches and pits."""
    if not wear:
        return height
    top = np.float32(3.4 - 1.8 * wear)
    height = np.where(height > 0, top * np.tanh(height / top), height)
    height = height * np.clip(1 - 0.25 * wear * (1 + clouds(dice, 300)), 0.25, 1)
    scratches = []
    for _n in range(int(1 + 5 * wear)):
        x, y = (float(v) for v in dice.uniform(-0.8, 0.8, 2))
        turn, reach = float(dice.uniform(0, math.tau)), float(dice.uniform(0.05, 0.25))
        scratches.append([(x, y), (x + math.cos(turn) * reach, y + math.sin(turn) * reach)])
    pits = [
        disc((float(x), float(y)), float(dice.uniform(0.005, 0.014)), steps=8)
        for x, y in dice.uniform(-0.85, 0.85, (int(18 * wear), 2))
    ]
    window, marks = Relief(RADIUS).mask(pits, scratches, 0.005)
    height[window] -= marks * np.float32(0.3)
    return height


def edge_view(metal: str, text: str, seed: str) -> bytes:
    """The rim from the side: a strip with reeding or raised letters, held a little askew."""
    dice = np.random.default_rng(zlib.crc32(seed.encode()))
    shift, turn = (float(v) for v in dice.uniform((-0.09, -0.1), (0.09, 0.1)))
    relief = Relief(RADIUS, (0.0, shift), turn)
    half = float(dice.uniform(0.07, 0.13))
    window, mask = relief.mask([[(-1.0, -half), (1.0, -half), (1.0, half), (-1.0, half)]])
    flan = np.zeros((SIZE, SIZE), np.float32)
    flan[window] = mask
    if text:
        size = min(half, 1.5 / letters.width_of(text))
        relief.raise_(letters.straight(text, (0, 0), size, 1.2), 0.16 * size, 0.6)
    else:
        reeds = [math.sin(n * math.pi / 130) for n in range(-64, 65)]
        relief.raise_([[(x, 0.015 - half), (x, half - 0.015)] for x in reeds], 0.009, 0.7)
    barrel = np.sqrt(np.clip(1 - (_AXIS / RADIUS) ** 2, 0, 1))[None, :] * np.float32(2)
    finish = Finish(BIMETAL.get(metal, (metal, metal))[1], patina=0.25)
    whole = etch((relief.height + barrel) * flan, flan, finish, dice)
    return cropped(whole, (0, SIZE // 2 - 150, SIZE, SIZE // 2 + 150))

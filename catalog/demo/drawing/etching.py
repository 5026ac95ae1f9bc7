"""Turns a relief into a picture on paper: a wash in the metal's colour under lines of ink, ruled as the
engravers of coin books did, closer and heavier where it is dark and bent by the relief."""

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image

from catalog.demo.drawing.metals import BIMETAL, INK, PAPER, table
from catalog.demo.drawing.relief import SIZE, Field, blurred, clouds, softened

LIGHT = np.array([-0.52, -0.62, 0.59], np.float32)
PITCH = 4.6  # pixels between two ruled lines
Y, X = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32)


@dataclass(frozen=True)
class Finish:
    metal: str
    steep: float = 13.0
    patina: float = 0.5
    core: Field | None = None  # where a bimetallic coin is of its inner metal


def etch(height: Field, flan: Field, finish: Finish, dice: np.random.Generator) -> bytes:
    tone = lit(height, flan, finish, dice)
    colour = washed(tone, finish)
    coverage = ruled(1 - tone, height)
    colour *= (1 - 0.5 * coverage)[..., None]
    page = paper(flan, dice)
    mixed = page + (colour - page) * flan[..., None]
    line = np.clip(1 - np.abs(flan - 0.5) * 2, 0, 1)[..., None] * 0.75
    mixed += (np.array(INK, np.float32) - mixed) * line
    out = io.BytesIO()
    image = Image.fromarray(np.clip(mixed, 0, 255).astype(np.uint8))
    image.save(out, "JPEG", quality=86, subsampling=0)
    return out.getvalue()


def lit(height: Field, flan: Field, finish: Finish, dice: np.random.Generator) -> Field:
    """0 is black, 1 is white: slopes towards the light, dark recesses, worn high points."""
    surface = softened(height)
    dx, dy = np.zeros_like(surface), np.zeros_like(surface)
    dx[:, 1:-1] = (surface[:, 2:] - surface[:, :-2]) * (finish.steep / 2)
    dy[1:-1] = (surface[2:] - surface[:-2]) * (finish.steep / 2)
    facing = (LIGHT[2] - dx * LIGHT[0] - dy * LIGHT[1]) / np.sqrt(1 + dx * dx + dy * dy)
    recess = np.clip(blurred(surface, 26) - surface, -0.5, 0.6) + 0.6 * np.clip(
        blurred(surface, 9) - surface, -0.4, 0.5
    )
    tone = 0.64 + 0.66 * (facing - LIGHT[2]) - finish.patina * 0.55 * recess
    tone += 0.35 * np.clip(facing - 0.86, 0, 1) ** 1.2 * 2
    tone += (clouds(dice, 130) * 0.09 + clouds(dice, 9) * 0.05) * finish.patina
    # the field falls off away from the light
    tone += ((X + Y) / SIZE - 1) * -0.1
    return np.clip(tone, 0.02, 0.98)


def washed(tone: Field, finish: Finish) -> Field:
    index = (tone * 255).astype(np.uint8)
    if finish.core is None:
        return table(finish.metal)[index]
    inner, outer = (table(name)[index] for name in BIMETAL[finish.metal])
    return outer + (inner - outer) * finish.core[..., None]


def ruled(dark: Field, height: Field) -> Field:
    """How much of each pixel the lines cover."""
    phase = (Y + 0.16 * X) / PITCH - height * 1.6
    cover = line_cover(phase, np.clip(dark * 1.25 - 0.22, 0, 0.85))
    cross = (Y * 0.45 - X) / PITCH + height * 1.2
    return np.maximum(cover, line_cover(cross, np.clip(dark * 1.9 - 1.15, 0, 0.75)))


def line_cover(phase: Field, width: Field) -> Field:
    away = np.abs(phase - np.floor(phase) - 0.5) * 2
    return np.clip((width - away) * (PITCH / 2.2) + 0.5, 0, 1) * np.clip(width * 8, 0, 1)


def paper(flan: Field, dice: np.random.Generator) -> Field:
    """Warm and slightly fibrous, with the coin's shadow laid down in strokes."""
    page = np.array(PAPER, np.float32) + (clouds(dice, 4) * 2.5)[..., None]
    shifted = np.zeros_like(flan)
    shifted[16:, 13:] = flan[:-16, :-13]
    shade = np.clip(blurred(shifted, 26), 0, 1)
    strokes = line_cover((Y + 0.9 * X) / (PITCH * 1.25), np.clip(shade * 0.72 - 0.1, 0, 0.7))
    page += (np.array(INK, np.float32) - page) * (strokes * 0.5 + shade * 0.12)[..., None]
    return page


def cropped(data: bytes, box: tuple[int, int, int, int]) -> bytes:
    out = io.BytesIO()
    Image.open(io.BytesIO(data)).crop(box).save(out, "JPEG", quality=86, subsampling=0)
    return out.getvalue()

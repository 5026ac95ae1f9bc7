"""Faces to learn to read from."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from identify.lexicon import legible, normalised
from identify.ml.legends import polar
from identify.ml.training.samples import held_out


@dataclass(frozen=True)
class Sample:
    """One face: a grey crop, the rim on it, and what its legend says."""

    coin: str
    side: str
    ruler: str
    legend: str  # as labelled
    grey: polar.Grey
    ring: polar.Ring
    scope: str = "tetrarchs"

    @property
    def is_held_out(self) -> bool:
        """The same coins as for the networks that look: what reads and what looks are measured together."""
        return held_out(self.scope, self.coin)

    @property
    def whole(self) -> str:
        """With what the person supplied; single spaces."""
        return normalised(self.legend)

    @property
    def visible(self) -> str:
        """What is to be read: small letters in brackets are what a person supplied. Two spaces: a figure between."""
        seen = re.sub(r"\[[^\]]*\]?", "  ", self.legend)
        seen = re.sub(r" {2,}", "  ", seen.strip())
        return seen if legible(seen) else normalised(seen)


class Unreadable(Exception):
    """A photo that the labels name cannot be read: half a data set is no data set."""


def gather(folder: Path) -> list[Sample]:
    """All faces of one data set with the disc found as in serving; those without a disc are left out."""
    with (folder / "labels.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    samples = (_sample(folder, row) for row in rows)
    return [one for one in samples if one is not None]


def _sample(folder: Path, row: dict[str, str]) -> Sample | None:
    import cv2

    from identify.ml.look import crop, look

    read = cv2.imread(str(folder / row["file"]))
    if read is None:
        raise Unreadable(
            f"{folder / row['file']} is no photo: mend or remove its line in labels.csv."
        )
    image = np.asarray(cv2.cvtColor(read, cv2.COLOR_BGR2RGB), np.uint8)
    discs = look(image).discs
    if not discs:
        return None
    disc = max(discs, key=lambda one: one.r)
    square = crop(image, disc, min(400, round(2 * disc.r * polar.MARGIN)))
    grey = np.asarray(cv2.cvtColor(square, cv2.COLOR_RGB2GRAY), np.uint8)
    return Sample(
        row["coin"],
        row["side"],
        row["ruler"],
        row["legend"],
        grey,
        polar.ring_of(square),
        folder.name,
    )

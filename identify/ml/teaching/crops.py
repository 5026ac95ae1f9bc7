"""Squares around the coins, in one file on the disk: memory holds what is looked at, and a run that goes on
after a fall does not cut them again."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from identify.ml.teaching.examples import Example
from identify.ml.training import pictures
from identify.values import Pixels

SPARE = 1.08  # turning and scaling need some
AT_ONCE = 64
MOST_BYTES, MOST_PIXELS = 60_000_000, 100_000_000


def crop_of(path: Path, side: int) -> Pixels:
    from identify.folders import pixels

    try:
        return pictures.load(path, side)
    except ValueError:
        # HEIC and the like, which OpenCV does not know
        return pictures.cut(pixels(path, MOST_BYTES, MOST_PIXELS), side)


def crops_of(
    examples: Sequence[Example], side: int, workers: int = 2
) -> Iterator[tuple[int, list[Pixels]]]:
    """In parts: where each begins, and its crops."""
    with ThreadPoolExecutor(workers) as pool:
        for start in range(0, len(examples), AT_ONCE):
            part = examples[start : start + AT_ONCE]
            yield start, list(pool.map(lambda one: crop_of(one.path, side), part))


class Table:
    """An array on the disk that is filled from its beginning; what is there is not made again."""

    def __init__(self, path: Path, shape: tuple[int, ...], kind: type[np.generic]) -> None:
        self.path, self.mark = path, path.with_suffix(".done")
        fresh = not (path.exists() and self.mark.exists())
        if not fresh:
            self.rows: NDArray = np.load(path, mmap_mode="r+", allow_pickle=False)
            fresh = self.rows.shape != shape or self.rows.dtype != np.dtype(kind)
        if fresh:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.mark.unlink(missing_ok=True)
            self.rows = np.lib.format.open_memmap(path, "w+", kind, shape)
        self.done = 0 if fresh else min(int(self.mark.read_text() or 0), shape[0])

    def fill(self, start: int, rows: NDArray) -> None:
        self.rows[start : start + len(rows)] = rows
        self.done = start + len(rows)
        aside = self.mark.with_suffix(".aside")
        aside.write_text(str(self.done))
        aside.replace(self.mark)

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)
        self.mark.unlink(missing_ok=True)

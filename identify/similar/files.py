"""Vectors in three memory-mapped files, searched exactly: what SQLite has instead of pgvector.

`short` is read whole for each search, `full` (half precision) only where the short list points. All
processes of the machine share the pages. Files grow at the end under a lock, `ids` last, so that a
reader sees no photo without its vectors; a photo that went is a -1, until the files are packed."""

import fcntl
import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from identify.similar.store import LONG_LIST, Ids, Pairs, shortener, unit
from identify.values import Vector

GONE = -1
MOST_HOLES = 0.25  # of the rows; then packing is worth its while


class FileNeighbours:
    def __init__(self, folder: Path, dimensions: int) -> None:
        self.folder, self.dimensions = folder, dimensions
        self.shortener = shortener(dimensions)
        folder.mkdir(parents=True, exist_ok=True)

    # --- writing -----------------------------------------------------------------
    def add(self, ids: Sequence[int], vectors: Sequence[Vector]) -> None:
        if not len(ids):
            return
        last = {
            photo: row for row, photo in enumerate(ids)
        }  # of two vectors of one photo, the later
        rows = unit(vectors)[list(last.values())]
        with self.locked():
            self.strike_out(list(last))
            count = len(self.rows())
            self.append("full", rows.astype(np.float16), count)
            self.append("short", rows @ self.shortener, count)
            self.append("ids", np.array(list(last), dtype=np.int64), count)
            self.pack_if_holed()

    def remove(self, ids: Sequence[int]) -> None:
        with self.locked():
            self.strike_out(ids)
            self.pack_if_holed()

    def append(self, name: str, rows: np.ndarray, count: int) -> None:
        """At the place that the ids say: what a killed writer left behind them is written over."""
        width = rows.nbytes // len(rows)
        path = self.path(name)
        path.touch()
        with path.open("r+b") as file:
            file.truncate(count * width)
            file.seek(count * width)
            file.write(np.ascontiguousarray(rows).tobytes())
            file.flush()
            os.fsync(file.fileno())

    def strike_out(self, ids: Sequence[int]) -> None:
        there = self.rows()
        gone = np.flatnonzero(np.isin(there, np.asarray(ids, dtype=np.int64)))
        if len(gone):
            mapped = np.memmap(self.path("ids"), dtype=np.int64, mode="r+")
            mapped[gone] = GONE
            mapped.flush()

    def pack_if_holed(self) -> None:
        ids = self.rows()
        kept = np.flatnonzero(ids != GONE)
        if len(ids) and len(kept) < len(ids) * (1 - MOST_HOLES):
            self.pack(ids, kept)

    def pack(self, ids: Ids, kept: Ids) -> None:
        """Into a new generation, which takes the old one's place in one step: who is reading the old
        files goes on reading them."""
        old, new = self.generation(), self.generation() + 1
        target = self.folder / str(new)
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        for name, rows in (("full", self.full()), ("short", self.short()), ("ids", ids)):
            (target / name).write_bytes(np.ascontiguousarray(rows[kept]).tobytes())
        pointer = self.folder / "generation.new"
        pointer.write_text(str(new), encoding="ascii")
        pointer.replace(self.folder / "generation")
        shutil.rmtree(self.folder / str(old), ignore_errors=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    # --- reading -----------------------------------------------------------------
    def generation(self) -> int:
        pointer = self.folder / "generation"
        return int(pointer.read_text(encoding="ascii")) if pointer.exists() else 0

    def path(self, name: str) -> Path:
        folder = self.folder / str(self.generation())
        folder.mkdir(exist_ok=True)
        return folder / name

    def mapped(self, name: str, kind: type, width: int) -> np.ndarray:
        path = self.path(name)
        size = np.dtype(kind).itemsize * width
        count = path.stat().st_size // size if path.exists() else 0
        if not count:
            return np.zeros((0, width), dtype=kind)
        return np.memmap(path, dtype=kind, mode="r", shape=(count, width))

    def full(self) -> np.ndarray:
        return self.mapped("full", np.float16, self.dimensions)

    def short(self) -> np.ndarray:
        return self.mapped("short", np.float32, self.shortener.shape[1])

    def rows(self) -> Ids:
        return np.asarray(self.mapped("ids", np.int64, 1))[:, 0]

    def ids(self) -> Ids:
        rows = self.rows()
        return rows[rows != GONE]

    def __len__(self) -> int:
        return len(self.ids())

    def search(self, vector: Vector, k: int, among: Collection[int] | None = None) -> Pairs:
        try:
            return self.looked_up(vector, k, among)
        except FileNotFoundError:  # packed by another process between two of our files
            return self.looked_up(vector, k, among)

    def looked_up(self, vector: Vector, k: int, among: Collection[int] | None) -> Pairs:
        ids, wanted = self.rows(), unit(vector)[0]
        if k < 1 or not len(ids):
            return []
        count = len(ids)  # rows that came after are somebody else's, who is still writing
        scores = self.short()[:count] @ (wanted @ self.shortener)
        scores[~allowed(ids, among)] = -np.inf
        few = min(max(LONG_LIST, k), count)
        best = np.argpartition(-scores, few - 1)[:few]
        best = np.sort(best[np.isfinite(scores[best])])
        exact = self.full()[best].astype(np.float32) @ wanted
        order = np.argsort(-exact, kind="stable")[:k]
        return [(int(ids[best[i]]), float(exact[i])) for i in order]


def allowed(ids: Ids, among: Collection[int] | None) -> np.ndarray:
    there = ids != GONE
    if among is None:
        return there
    return there & np.isin(ids, np.fromiter(among, dtype=np.int64, count=len(among)))

"""The same photo saved twice: a coin that is learnt from must not come back as one to be examined on."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from identify.ml.teaching.examples import Example

# Of 256 bits. Photos saved again at another size stay within it, two coins of one type do not:
# among 2,500 photos of world coins it joins one pair of two classes, and that is one photo twice
SURE = 14
TELLING = 16  # a blank photo has fewer bits set, and looks like any other blank one
ROWS = 512  # compared at a time


@lru_cache(maxsize=50_000)
def _print_of(path: Path, _changed: int, _size: int) -> bytes | None:
    from PIL import Image

    from catalog.images.likeness import fingerprint

    try:
        with Image.open(path) as image:
            image.draft("L", (64, 64))  # a JPEG need not be decoded whole for this
            return fingerprint(image.convert("RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def print_of(path: Path) -> bytes | None:
    """None: it cannot be read."""
    try:
        told = path.stat()
    except OSError:
        return None
    return _print_of(path, told.st_mtime_ns, told.st_size)


def prints(examples: Sequence[Example], workers: int = 2) -> list[bytes | None]:
    _register_formats()
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(print_of, [one.path for one in examples]))


def _register_formats() -> None:
    from pillow_heif import register_heif_opener

    register_heif_opener()


def near_pairs(found: Sequence[bytes | None]) -> list[tuple[int, int]]:
    at = [i for i, one in enumerate(found) if one is not None and _tells(one)]
    if len(at) < 2:
        return []
    bits = np.stack([np.frombuffer(found[i] or b"", np.uint64) for i in at])
    pairs = []
    for start in range(0, len(at), ROWS):
        apart = _apart(bits[start : start + ROWS], bits)
        ones, others = np.nonzero(apart <= SURE)
        pairs += [
            (at[start + one], at[other])
            for one, other in zip(ones.tolist(), others.tolist(), strict=True)
            if start + one < other
        ]
    return pairs


def _tells(one: bytes) -> bool:
    return int.from_bytes(one, "big").bit_count() >= TELLING


def _apart(rows: NDArray[np.uint64], bits: NDArray[np.uint64]) -> NDArray[np.int64]:
    return np.bitwise_count(rows[:, None] ^ bits[None]).sum(axis=2, dtype=np.int64)


def joined(examples: Sequence[Example], found: Sequence[bytes | None]) -> list[int]:
    """A number for each example; those of one coin, or of photos that look the same, have one number."""
    parent = list(range(len(examples)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    first: dict[str, int] = {}
    for at, one in enumerate(examples):
        parent[root(at)] = root(first.setdefault(one.group, at))
    for left, right in near_pairs(found):
        parent[root(right)] = root(left)
    return [root(at) for at in range(len(examples))]

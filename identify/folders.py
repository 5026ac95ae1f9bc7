"""Photos on a disk, without the site: which files belong to one coin, and reading them safely. Pure of the
database, so that the command needs none."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from catalog.images import ImageRefused, inspect, looked_at
from catalog.images.edits import PLAIN
from catalog.refusals import Refusal
from identify.values import Photographed, Pixels

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".heif"})
FACES = ("obverse", "reverse")
SIDE = 1280


@dataclass(frozen=True)
class Files:
    """The photos of one coin and what their names say they show."""

    paths: tuple[Path, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Trouble:
    """A file that cannot be read, and why."""

    name: str
    why: Refusal

    @classmethod
    def of(cls, name: object, error: ImageRefused | OSError) -> "Trouble":
        if isinstance(error, ImageRefused):
            return cls(str(name), error)
        return cls(str(name), Refusal("os", "%(why)s", why=error.strerror or error))

    def __str__(self) -> str:
        return f"{self.name}: {self.why.message}"


@dataclass
class Read:
    files: Files
    coin: Photographed | None = None
    trouble: list[str] = field(default_factory=list)


def expanded(paths: Iterable[Path]) -> Iterator[Path]:
    """Folders give their photos, in order; files are taken as they are named, whatever they are."""
    for path in paths:
        if path.is_dir():
            yield from sorted(
                one for one in path.rglob("*") if one.suffix.lower() in SUFFIXES and one.is_file()
            )
        else:
            yield path


def grouped(paths: Sequence[Path], paired: bool) -> list[Files]:
    """With `paired`, X_obverse.* and X_reverse.* are one coin; the others are each their own."""
    if not paired:
        return [Files((path,), ("",)) for path in paths]
    coins: dict[tuple[Path, str], list[tuple[str, Path]]] = {}
    for path in paths:
        stem, _, face = path.stem.rpartition("_")
        is_face = bool(stem) and face.lower() in FACES
        key = (path.parent, stem if is_face else path.name)
        coins.setdefault(key, []).append((face.lower() if is_face else "", path))
    return [
        Files(
            tuple(path for _face, path in sorted(one)), tuple(face for face, _path in sorted(one))
        )
        for one in coins.values()
    ]


def read(files: Files, max_bytes: int, max_pixels: int) -> Read:
    """What cannot be read is told in words; the other photos of the coin go on."""
    found = Read(files)
    good: list[tuple[str, str, Pixels]] = []
    for path, role in zip(files.paths, files.roles, strict=True):
        try:
            good.append((path.name, role, pixels(path, max_bytes, max_pixels)))
        except (ImageRefused, OSError) as error:
            found.trouble.append(str(Trouble.of(path, error)))
    if good:
        names, roles, images = zip(*good, strict=True)
        found.coin = Photographed(names, images, roles)
    return found


def pixels(path: Path, max_bytes: int, max_pixels: int) -> Pixels:
    with path.open("rb") as file:
        inspect(file, path.name, max_bytes=max_bytes, max_pixels=max_pixels)
        file.seek(0)
        return np.asarray(looked_at(file, PLAIN, SIDE), dtype=np.uint8)

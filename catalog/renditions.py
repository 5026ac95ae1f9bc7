"""What is shown of a photo: WebP in a few sizes, upright, edited, without a word of metadata.

Each lies in the storage under a name that says original, edit and size, so that it never goes stale,
can be made again at any time, and may be kept by a browser for good. WebP only: at these sizes AVIF
saves a quarter of the bytes and takes five times as long to make (docs/benchmarks.md)."""

import logging
import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import replace
from pathlib import PurePosixPath
from threading import BoundedSemaphore
from typing import BinaryIO, cast

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage

from catalog.images import (
    PLAIN,
    EditError,
    EditParams,
    ImageRefused,
    guess_disc,
    load,
    served,
    served_sizes,
    strip_size,
)
from catalog.models import Photo
from catalog.refusals import Refusal, gettext_noop
from catalog.sentences import at_most, sentence

logger = logging.getLogger(__name__)

SIZES: dict[str, int | None] = {"thumb": 160, "card": 480, "large": 1600, "full": None}
MADE_AT_ONCE = ("large", "card", "thumb")
# A decoded photo takes three bytes a pixel and more: one at a time in a web process, and no giants.
AT_WORK = BoundedSemaphore(1)
PATIENCE = 8.0  # seconds
MOST_PIXELS_HERE = 25_000_000


class Busy(Exception):
    """The worker will make it; the visitor is asked to come back."""


def edit_of(photo: Photo) -> EditParams:
    if photo.edit:
        with suppress(EditError):
            return EditParams.from_json(photo.edit)
    return PLAIN


def version(photo: Photo) -> str:
    """Goes into the address as `?v=`; another edit has another."""
    return edit_of(photo).key()


def path(photo: Photo, size: str) -> str:
    stem = PurePosixPath(photo.original.name or "").stem
    return f"renditions/{stem[:2]}/{stem}-{version(photo)}-{size}.webp"


def storage_of(photo: Photo) -> Storage:
    return photo.original.storage


def make(photo: Photo, sizes: Iterable[str] = MADE_AT_ONCE) -> None:
    """Raises ImageRefused, or what the storage raises."""
    chosen = list(sizes)
    with photo.original.open("rb") as original:
        reading = cast(BinaryIO, original)
        made = served_sizes(reading, edit_of(photo), [SIZES[size] for size in chosen])
    for size, data in zip(chosen, made, strict=True):
        keep(photo, size, data)


def missing() -> Refusal:
    return Refusal("missing", gettext_noop("The original file is missing."))


def make_and_note(photo: Photo, sizes: Iterable[str] = MADE_AT_ONCE) -> None:
    """A failure is written on the photo, where people see it and can ask again."""
    failure = ""
    try:
        make(photo, sizes)
    except ImageRefused as refusal:
        failure = sentence(refusal)
    except FileNotFoundError:
        failure = sentence(missing())
    except Exception as error:
        # storage, memory, a decoder's mood: one photo must not keep the others waiting
        logger.exception("No thumbnails of photo %s", photo.pk)
        failure = f"{type(error).__name__}: {error}"
    photo.state = Photo.State.FAILED if failure else Photo.State.READY
    photo.failure = at_most(failure, 300)
    photo.save(update_fields=["state", "failure"])


def keep(photo: Photo, size: str, data: bytes) -> None:
    """Two may have made the same at once: the first stays."""
    storage, name = storage_of(photo), path(photo, size)
    if storage.exists(name):
        return
    saved = storage.save(name, ContentFile(data))
    if saved != name:
        storage.delete(saved)


def opened(photo: Photo, size: str) -> File:
    """The rendition, made on the spot where the worker has not come round to it yet."""
    storage, name = storage_of(photo), path(photo, size)
    with suppress(FileNotFoundError):
        return storage.open(name)
    if decoded_pixels(photo, size) > MOST_PIXELS_HERE:
        make_later(photo, size)
        raise Busy
    with my_turn():
        if not storage.exists(name):
            make(photo, [size])
    return storage.open(name)


@contextmanager
def my_turn() -> Iterator[None]:
    if not AT_WORK.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        AT_WORK.release()


def preview(photo: Photo, edit: EditParams) -> bytes:
    """How it would look, made for one visitor and not kept."""
    with opened(plain(photo), "large") as base, my_turn():
        return served(cast(BinaryIO, base), edit, SIZES["large"])


def disc_of(photo: Photo) -> tuple[float, float, float] | None:
    """Where the coin seems to lie, as a crop."""
    with opened(plain(photo), "large") as base, my_turn():
        return guess_disc(load(cast(BinaryIO, base), 400))


def plain(photo: Photo) -> Photo:
    """The same photo without its edit."""
    twin = copy(photo)
    twin.edit = {}
    return twin


def decoded_pixels(photo: Photo, size: str) -> int:
    """A JPEG is decoded at about the size that is asked for, everything else whole."""
    longest = SIZES[size]
    scale = 1.0
    if photo.format == "JPEG" and longest:
        scale = min(1.0, 2 * longest / max(photo.width, photo.height))
    return round(photo.width * photo.height * scale**2)


def make_later(photo: Photo, size: str) -> None:
    from django_q.tasks import async_task

    async_task("catalog.tasks.make_thumbnails", [photo.pk], [size], group="thumbnails")


def edited_paths(photo: Photo) -> list[str]:
    """What an edit made; the plain ones stay, for a later edit begins with them."""
    return [path(photo, size) for size in SIZES] if edit_of(photo) != PLAIN else []


def paths(photo: Photo) -> list[str]:
    return [path(plain(photo), size) for size in SIZES] + edited_paths(photo)


def forget(storage: Storage, names: Iterable[str]) -> None:
    for name in names:
        storage.delete(name)


def shape(photo: Photo, size: str) -> tuple[int, int]:
    """Width and height of a rendition before it is made, so that a page keeps its place free."""
    width, height = edited_shape(photo.width, photo.height, edit_of(photo))
    longest = SIZES[size] or max(width, height)
    scale = min(1.0, longest / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def edited_shape(width: float, height: float, edit: EditParams) -> tuple[float, float]:
    if edit.polar:
        return strip_size(
            min(edited_shape(width, height, replace(edit, polar=False, rotate=0))) / 2
        )
    if edit.crop and len(edit.crop) == 3:
        side = 2 * edit.crop[2] * min(width, height)
        return side, side
    if edit.crop:
        left, top, right, bottom = edit.crop
        width, height = (right - left) * width, (bottom - top) * height
    turn = math.radians(edit.rotate)
    cosine, sine = abs(math.cos(turn)), abs(math.sin(turn))
    return width * cosine + height * sine, width * sine + height * cosine

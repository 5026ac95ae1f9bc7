"""A labelled set in a ZIP, from anywhere: every entry is looked at before one byte is written, and no more
is written than was promised. Only photos and lists come out; what else there is, is left in it."""

import stat
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from catalog.refusals import Refusal
from catalog.refusals import gettext_noop as _
from identify.folders import SUFFIXES

LISTS = frozenset({".csv", ".json"})
LARGEST_LIST = 20 * 2**20
MOST_ENTRIES, MOST_PHOTOS = 20_000, 3_000
DEEPEST, LONGEST = 8, 200
# Photos do not shrink, lists to a tenth; a bomb to a thousandth
MOST_SHRUNK, SMALL = 200, 2**20
BLOCK = 1 << 20
DAMAGED = (BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError, ValueError)
Tell = Callable[[int], object]


class SetRefused(Refusal):
    pass


@dataclass(frozen=True)
class Limits:
    photo: int  # bytes of one
    all: int  # bytes of what is unpacked together


@dataclass(frozen=True)
class Contents:
    wanted: list[ZipInfo]
    left_in: list[str]  # neither photo nor list


def contents(file: IO[bytes], limits: Limits) -> Contents:
    """What would come out, or a refusal that names the entry."""
    try:
        with ZipFile(file) as archive:
            infos = archive.infolist()
    except DAMAGED:
        raise SetRefused("no_zip", _("This is not a ZIP file, or it is damaged.")) from None
    if len(infos) > MOST_ENTRIES:
        raise SetRefused(
            "too_many", _("There are more than %(most)s files in it. Bring it in parts."),
            most=MOST_ENTRIES,
        )  # fmt: skip
    wanted, left_in, seen = [], [], set()
    for info in infos:
        check_name(info)
        if info.is_dir() or is_clutter(info.filename):
            continue
        if suffix(info) not in SUFFIXES | LISTS:
            left_in.append(info.filename[:LONGEST])
            continue
        check_entry(info, limits)
        if (folded := info.filename.casefold()) in seen:
            raise refused("twice", _("“%(name)s” is in it twice."), info)
        seen.add(folded)
        wanted.append(info)
    check_together(wanted, limits)
    return Contents(wanted, left_in)


def check_name(info: ZipInfo) -> None:
    name = info.filename
    parts = PurePosixPath(name).parts
    leads_out = name.startswith("/") or ".." in parts or "\\" in name or ":" in name[:2]
    if leads_out or not name.isprintable():
        raise refused("path", _("“%(name)s” leads out of the archive."), info)
    if len(parts) > DEEPEST or any(len(part.encode()) > LONGEST for part in parts):
        raise refused("deep", _("“%(name)s” lies too deep, or its name is too long."), info)
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise refused("link", _("“%(name)s” is a link or a device, no file."), info)


def check_entry(info: ZipInfo, limits: Limits) -> None:
    if info.flag_bits & 1:
        raise refused("locked", _("“%(name)s” is encrypted. Pack it without a password."), info)
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise refused("packed", _("“%(name)s” is packed in a way we do not use."), info)
    largest = limits.photo if suffix(info) in SUFFIXES else LARGEST_LIST
    shrunk = info.file_size > SMALL and info.file_size > MOST_SHRUNK * max(1, info.compress_size)
    if info.file_size > largest or shrunk:
        raise refused("bomb", _("“%(name)s” would unpack to far too much."), info)


def check_together(wanted: list[ZipInfo], limits: Limits) -> None:
    photos = sum(suffix(info) in SUFFIXES for info in wanted)
    if photos > MOST_PHOTOS:
        raise SetRefused(
            "too_many_photos", _("There are %(photos)s photos in it; %(most)s are the most."),
            photos=photos, most=MOST_PHOTOS,
        )  # fmt: skip
    if not photos:
        raise SetRefused("no_photos", _("There is no photo in it."))
    if sum(info.file_size for info in wanted) > limits.all:
        raise SetRefused("too_large", _("Unpacked it would be too large. Bring it in parts."))


def refused(code: str, template: str, info: ZipInfo) -> SetRefused:
    shown = "".join(one if one.isprintable() else "?" for one in info.filename)
    return SetRefused(code, template, name=shown[:120])


def suffix(info: ZipInfo) -> str:
    return PurePosixPath(info.filename).suffix.lower()


def is_clutter(name: str) -> bool:
    """What systems put into every folder, to be passed over without a word."""
    path = PurePosixPath(name)
    return path.parts[0] == "__MACOSX" or path.name.startswith(".") or path.name == "Thumbs.db"


def unpack(file: IO[bytes], to: Path, limits: Limits, tell: Tell = lambda done: None) -> Contents:
    """Into an empty folder of ours."""
    found = contents(file, limits)
    with ZipFile(file) as archive:
        for done, info in enumerate(found.wanted, 1):
            path = to.joinpath(*PurePosixPath(info.filename).parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as out:
                for block in blocks(archive, info):
                    out.write(block)
            tell(done)
    return found


def photo_in(file: IO[bytes], name: str, limits: Limits) -> bytes | None:
    """One photo, by its place below the folder that was packed around all of them."""
    with ZipFile(file) as archive:
        there = [info for info in archive.infolist() if is_at(info, name)]
        if not there:
            return None
        # What lies deeper ends alike, but nothing lies higher than where names begin
        info = min(there, key=lambda one: len(one.filename))
        check_entry(info, limits)
        return b"".join(blocks(archive, info))


def is_at(info: ZipInfo, name: str) -> bool:
    path, wanted = PurePosixPath(info.filename).parts, PurePosixPath(name).parts
    is_photo = bool(path) and not info.is_dir() and suffix(info) in SUFFIXES
    return is_photo and not is_clutter(info.filename) and path[-len(wanted) :] == wanted


def blocks(archive: ZipFile, info: ZipInfo) -> Iterator[bytes]:
    """What an archive says of a size need not be true."""
    size = 0
    try:
        with archive.open(info) as file:
            while block := file.read(BLOCK):
                size += len(block)
                if size > info.file_size:
                    raise refused("bomb", _("“%(name)s” would unpack to far too much."), info)
                yield block
    except SetRefused:
        raise
    except DAMAGED:
        raise refused("damaged", _("“%(name)s” is damaged."), info) from None

"""Where the photos of a file's coins are: in a ZIP beside a table, or in the collection itself."""

import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import PurePosixPath
from typing import Protocol

from django.conf import settings

from catalog.imports.files import local
from catalog.imports.readers import opennumismat
from catalog.models import ImportSession


class Pictures(Protocol):
    def has(self, name: str) -> bool: ...
    def read(self, name: str) -> bytes | None: ...
    def title(self, name: str) -> str: ...


class NoPictures:
    def has(self, name: str) -> bool:
        return False

    def read(self, name: str) -> bytes | None:
        return None

    def title(self, name: str) -> str:
        return name


class Archive:
    """Found by file name alone, in whatever folder and case; nothing is ever unpacked to disk."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.members = {
            plain(member.filename): member for member in archive.infolist() if not member.is_dir()
        }

    def has(self, name: str) -> bool:
        return plain(name) in self.members

    def read(self, name: str) -> bytes | None:
        member = self.members.get(plain(name))
        if member is None or member.file_size > settings.MAX_PHOTO_BYTES:
            return None
        try:
            with self.archive.open(member) as file:
                # one byte more than allowed: what the archive says of a size need not be true
                data = file.read(settings.MAX_PHOTO_BYTES + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            RuntimeError,
            NotImplementedError,
            EOFError,
        ):
            return None
        return data if len(data) <= settings.MAX_PHOTO_BYTES else None

    def title(self, name: str) -> str:
        return PurePosixPath(name.replace("\\", "/")).name[:200]


class Collection:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def has(self, name: str) -> bool:
        return name.isdecimal() and len(name) <= 18  # as SQLite numbers rows

    def read(self, name: str) -> bytes | None:
        return opennumismat.photo(self.connection, int(name), settings.MAX_PHOTO_BYTES)

    def title(self, name: str) -> str:
        return f"photo-{name}.jpg"


def plain(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name.casefold()


@contextmanager
def pictures_of(session: ImportSession) -> Iterator[Pictures]:
    with ExitStack() as stack:
        if session.options.get("kind") == "opennumismat":
            path = stack.enter_context(local(session.file))
            yield Collection(stack.enter_context(opennumismat.connect(path)))
        elif session.photos:
            path = stack.enter_context(local(session.photos))
            yield Archive(stack.enter_context(zipfile.ZipFile(path)))
        else:
            yield NoPictures()

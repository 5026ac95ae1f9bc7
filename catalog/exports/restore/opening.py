"""What stands at the door: an archive may come from anywhere. Nothing is ever unpacked to a path of
the archive's choosing; entries are read by the exact names that our own archives have."""

import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from catalog.exports.archive import FORMAT, MANIFEST, VERSION
from catalog.refusals import Refusal
from catalog.refusals import gettext_noop as _

OURS = re.compile(
    r"data/[a-z_]{1,40}\.jsonl"
    r"|(photos|attachments)/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9a-f]{64}(\.[a-z0-9]{1,5})?"
)
MOST_FILES = 1_000_000
BLOCK = 1 << 20
LARGEST_MANIFEST = 512 * 2**20
LARGEST_TABLE = 8 * 2**30
LARGEST_FILE = 2**30
LONGEST_LINE = 64 * 2**20
# Text like ours shrinks to a tenth; a bomb to a thousandth
MOST_SHRUNK, SMALL = 200, 2**20
Progress = Callable[[int], None]
Document = dict[str, Any]


class ArchiveRefused(Refusal):
    pass


@dataclass(frozen=True)
class Opened:
    zip: ZipFile
    manifest: Document

    @property
    def files(self) -> dict[str, Document]:
        return self.manifest["files"]

    def count(self, table: str) -> int:
        number = self.manifest.get("counts", {}).get(table, 0)
        return number if isinstance(number, int) and number >= 0 else 0

    def rows(self, table: str) -> Iterator[Document]:
        name = f"data/{table}.jsonl"
        if name not in self.files:
            return
        with self.zip.open(name) as lines:
            while line := lines.readline(LONGEST_LINE):
                yield parsed(line, name)


def open_archive(file: IO[bytes]) -> Opened:
    try:
        archive = ZipFile(file)
    except (BadZipFile, ValueError, NotImplementedError):
        raise ArchiveRefused("no_zip", _("This is not a ZIP file, or it is damaged.")) from None
    infos = archive.infolist()
    names = {info.filename for info in infos}
    if MANIFEST not in names:
        raise ArchiveRefused(
            "foreign",
            _("This ZIP was not made by Obverse: it has no manifest.json. For files of other programs, use the import."),
        )  # fmt: skip
    if len(infos) > MOST_FILES:
        raise ArchiveRefused("too_many", _("This archive has more files than any cabinet."))
    if len(names) != len(infos):
        raise ArchiveRefused("twice", _("Two files in this archive have the same name."))
    for info in infos:
        check_entry(info)
    manifest = read_manifest(archive)
    check_list(manifest["files"], names - {MANIFEST})
    return Opened(archive, manifest)


def check_entry(info: ZipInfo) -> None:
    name = info.filename
    if name != MANIFEST and not OURS.fullmatch(name):
        raise ArchiveRefused(
            "name", _("“%(name)s” does not belong into an archive."), name=name[:120]
        )
    if info.flag_bits & 1:
        raise ArchiveRefused("locked", _("This archive is encrypted. Save it without a password."))
    is_table = name == MANIFEST or name.startswith("data/")
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise ArchiveRefused("packed", _("“%(name)s” is packed in a way we do not use."), name=name)
    largest = (
        LARGEST_MANIFEST
        if name == MANIFEST
        else LARGEST_TABLE if is_table else LARGEST_FILE
    )  # fmt: skip
    shrunk = info.file_size > SMALL and info.file_size > MOST_SHRUNK * max(1, info.compress_size)
    if info.file_size > largest or shrunk:
        raise ArchiveRefused("bomb", _("“%(name)s” would unpack to far too much."), name=name)


def read_manifest(archive: ZipFile) -> Document:
    try:
        with archive.open(MANIFEST) as file:
            manifest = json.loads(file.read(LARGEST_MANIFEST))
    except (ValueError, RecursionError, BadZipFile, zlib.error):
        raise ArchiveRefused(
            "manifest", _("The manifest of this archive cannot be read.")
        ) from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ArchiveRefused(
            "foreign_manifest", _("This ZIP has a manifest, but it is not one of Obverse.")
        )
    version = manifest.get("version")
    if not isinstance(version, int) or version < 1:
        raise ArchiveRefused("version", _("The version of this archive is unknown."))
    if version > VERSION:
        raise ArchiveRefused(
            "newer",
            _("This archive was made by a newer Obverse (format %(version)s, here %(ours)s). Update this site first."),
            version=version,
            ours=VERSION,
        )  # fmt: skip
    if not isinstance(manifest.get("files"), dict) or not isinstance(manifest.get("counts"), dict):
        raise ArchiveRefused("manifest", _("The manifest of this archive cannot be read."))
    return manifest


def check_list(files: Document, names: set[str]) -> None:
    if missing := sorted(set(files) - names):
        raise ArchiveRefused(
            "missing", _("“%(name)s” is missing from the archive."), name=missing[0][:120]
        )
    if extra := sorted(names - set(files)):
        raise ArchiveRefused(
            "extra", _("“%(name)s” was put into the archive later."), name=extra[0][:120]
        )


def verify(opened: Opened, progress: Progress = lambda done: None) -> None:
    """Before a single row is written: all of it is as it was made, or none of it comes in."""
    for done, (name, said) in enumerate(opened.files.items(), 1):
        digest, size = hashlib.sha256(), 0
        try:
            with opened.zip.open(name) as file:
                while block := file.read(BLOCK):
                    digest.update(block)
                    size += len(block)
                    progress(done)
        except (BadZipFile, zlib.error, EOFError):
            raise ArchiveRefused("damaged", _("“%(name)s” is damaged."), name=name) from None
        if not isinstance(said, dict) or said.get("sha256") != digest.hexdigest():
            raise ArchiveRefused(
                "changed", _("“%(name)s” was changed after the archive was made."), name=name
            )
        progress(done)


def parsed(line: bytes, name: str) -> Document:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise ArchiveRefused("line", _("“%(name)s” has a line that cannot be read."), name=name)
    return document

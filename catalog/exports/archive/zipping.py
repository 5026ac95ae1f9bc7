"""A ZIP that grows file by file, and goes on growing after the process that wrote it was killed."""

import fcntl
import hashlib
import json
import os
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

BLOCK = 1 << 20
HEADER = struct.Struct("<4s5H3L2H")
LONG_AGO = (1980, 1, 1, 0, 0, 0)
TOO_LONG = 0xFFFFFFFF


class StillBusy(Exception):
    """Another process has the file open: it is alive after all."""


@dataclass(frozen=True)
class Entry:
    sha256: str
    size: int


class Growing:
    """Plain files are kept over a crash, compressed ones (our tables) are written anew."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.file: IO[bytes] = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.file.close()
            raise StillBusy from None
        self.entries: dict[str, Entry] = {}
        infos, end = [], 0
        for info, entry, after in whole_files(self.file):
            infos.append(info)
            self.entries[info.filename] = entry
            end = after
        self.file.truncate(end)
        self.file.seek(end)
        self.zip = ZipFile(self.file, "w", ZIP_STORED, allowZip64=True)
        self.zip.filelist.extend(infos)
        self.zip.NameToInfo.update({info.filename: info for info in infos})

    def add(self, name: str, blocks: Iterable[bytes], compress: bool = False) -> Entry:
        info = ZipInfo(name, LONG_AGO)  # one moment for all: equal content makes equal archives
        info.compress_type = ZIP_DEFLATED if compress else ZIP_STORED
        info.external_attr = 0o600 << 16
        digest, size = hashlib.sha256(), 0
        with self.zip.open(info, "w", force_zip64=compress) as out:
            for block in blocks:
                digest.update(block)
                size += len(block)
                out.write(block)
        self.entries[name] = Entry(digest.hexdigest(), size)
        return self.entries[name]

    def add_json(self, name: str, document: Any) -> Entry:
        text = json.dumps(document, ensure_ascii=False, indent=1)
        return self.add(name, [text.encode()], compress=True)

    def add_lines(self, name: str, documents: Iterable[Any]) -> int:
        """One document a line; returns how many."""
        count = 0

        def lines() -> Iterator[bytes]:
            nonlocal count
            for document in documents:
                count += 1
                yield (json.dumps(document, ensure_ascii=False) + "\n").encode()

        self.add(name, lines(), compress=True)
        return count

    def finish(self) -> None:
        self.zip.close()
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()

    def abandon(self) -> None:
        """What is there stays for the next one; no directory is written behind it."""
        self.file.flush()
        self.zip.fp = None
        self.file.close()


def whole_files(file: IO[bytes]) -> Iterator[tuple[ZipInfo, Entry, int]]:
    """Walks the local headers: a killed process has written no directory. Every checksum is proved, so
    the walk ends before the file at which it was killed."""
    end, offset = os.fstat(file.fileno()).st_size, 0
    while offset + HEADER.size <= end:
        file.seek(offset)
        fields = HEADER.unpack(file.read(HEADER.size))
        signature, _version, flags, method, _time, _date, crc, packed, size, names, extra = fields
        if signature != b"PK\3\4" or method != ZIP_STORED or packed in (0, TOO_LONG):
            return
        name = file.read(names).decode("utf-8" if flags & 0x800 else "cp437")
        data = offset + HEADER.size + names + extra
        after = data + packed
        if after > end:
            return
        file.seek(data)
        found_crc, digest = checksums(file, packed)
        if found_crc != crc:
            return
        info = ZipInfo(name, LONG_AGO)
        info.header_offset, info.CRC, info.flag_bits = offset, crc, flags
        info.compress_size = info.file_size = size
        info.external_attr = 0o600 << 16
        yield info, Entry(digest, size), after
        offset = after


def checksums(file: IO[bytes], length: int) -> tuple[int, str]:
    crc, digest = 0, hashlib.sha256()
    while length and (block := file.read(min(BLOCK, length))):
        crc = zlib.crc32(block, crc)
        digest.update(block)
        length -= len(block)
    return crc, digest.hexdigest()

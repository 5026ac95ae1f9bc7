"""Makes the archive: first the files, which take hours in a big cabinet and are kept over a crash, then
the tables, then what was added meanwhile, the manifest last.

    photos, attachments -> Growing -> data/*.jsonl -> files added meanwhile -> manifest.json
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.utils import timezone

from catalog.exports.archive import FORMAT, MANIFEST, VERSION, documents
from catalog.exports.archive.refs import Refs
from catalog.exports.archive.zipping import BLOCK, Growing
from catalog.models import Attachment, Coin, Collection, Photo, User
from catalog.refusals import Refusal, gettext_noop
from catalog.sentences import sentence

Pulse = Callable[[int], None]
Row = Photo | Attachment
MOST_NOTES = 500
NOT_HERE = [
    "share links and members (sharing is between people, not between files)",
    "API tokens and passwords",
    "import sessions",
    "thumbnails and computed sums (made again)",
]


def make_archive(
    owner: User, collections: Iterable[Collection], path: Path, pulse: Pulse
) -> list[str]:
    """Writes the file and returns what could not be put in. `pulse` is told how many files and coins
    are done; whatever it raises leaves a file behind that the next call goes on with."""
    rooms = [one for one in collections if one.owner_id == owner.pk]
    growing = Growing(path)
    try:
        notes = Packing(owner, rooms, growing, pulse).run()
    except BaseException:
        growing.abandon()
        raise
    growing.finish()
    return notes


def amount_of_work(collections: Iterable[Collection]) -> int:
    coins = Coin.objects.filter(collection__in=list(collections))
    files = Photo.objects.filter(coin__in=coins), Attachment.objects.filter(coin__in=coins)
    return coins.count() + sum(rows.count() for rows in files)


class Packing:
    def __init__(
        self, owner: User, rooms: list[Collection], growing: Growing, pulse: Pulse
    ) -> None:
        self.owner, self.rooms, self.growing, self.pulse = owner, rooms, growing, pulse
        self.refs = Refs(owner)
        self.notes: list[str] = []
        self.done = 0
        self.lost: set[str] = set()
        self.late: list[Row] = []

    def run(self) -> list[str]:
        self.add_files()
        counts = self.add_tables()
        for row in self.late:
            self.add_file(row, name_of(row))
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "owner": self.owner.get_username(),
            "site": settings.SITE_URL,
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "counts": counts,
            "not_in_here": NOT_HERE,
            "notes": self.notes,
            "files": {
                name: {"sha256": entry.sha256, "size": entry.size}
                for name, entry in sorted(self.growing.entries.items())
            },
        }
        self.growing.add_json(MANIFEST, manifest)
        return self.notes

    # --- files ------------------------------------------------------------------
    def add_files(self) -> None:
        for row in self.rows():
            name = name_of(row)
            if name not in self.growing.entries and name not in self.lost:
                self.add_file(row, name)
            self.done += 1
            self.pulse(self.done)

    def rows(self) -> Iterator[Row]:
        mine = {"coin__collection__in": self.rooms}
        photos = Photo.objects.filter(**mine).order_by("pk").select_related("coin")
        yield from photos.iterator(500)
        papers = Attachment.objects.filter(**mine).order_by("pk").select_related("coin")
        yield from papers.iterator(500)

    def add_file(self, row: Row, name: str) -> None:
        try:
            with file_of(row).open("rb") as file:
                entry = self.growing.add(name, self.blocks(file))
        except FileNotFoundError:
            self.lost.add(name)
            self.note(gettext_noop("The file “%(name)s” of %(coin)s is missing."), row)
            return
        if row.sha256 and entry.sha256 != row.sha256:
            self.note(
                gettext_noop(
                    "The file “%(name)s” of %(coin)s is not what it was when it was added."
                ),
                row,
            )

    def note(self, text: str, row: Row) -> None:
        if len(self.notes) < MOST_NOTES:
            coin = row.coin.title or row.coin.number or row.coin.uid
            self.notes.append(sentence(Refusal("file", text, name=row.name, coin=coin)))

    def blocks(self, file: Any) -> Iterator[bytes]:
        while block := file.read(BLOCK):
            self.pulse(self.done)
            yield block

    # --- tables -----------------------------------------------------------------
    def add_tables(self) -> dict[str, int]:
        """Words and types last: by then it is known which ones are used."""
        add, refs, owner = self.growing.add_lines, self.refs, self.owner
        tables: list[tuple[str, Callable[[], Iterable[Any]]]] = [
            ("collections", partial(documents.collections, self.rooms)),
            ("places", partial(documents.places, owner)),
            ("tags", partial(documents.tags, owner)),
            ("custom_fields", partial(documents.custom_fields, owner)),
            ("coins", self.coins),
            ("sets", partial(documents.sets, refs)),
            ("saved_views", partial(documents.saved_views, refs)),
            ("types", partial(documents.types, refs)),
            ("words", partial(documents.words, refs)),
        ]
        return {name: add(f"data/{name}.jsonl", rows()) for name, rows in tables}

    def coins(self) -> Iterator[Any]:
        for document in documents.coins(self.rooms, self.refs, self.named):
            self.done += 1
            self.pulse(self.done)
            yield document

    def named(self, row: Row) -> str:
        """Notes by the way which files came while the tables were written."""
        name = name_of(row)
        if name not in self.growing.entries and name not in self.lost:
            self.late.append(row)
        return name


def file_of(row: Row) -> File:
    return row.original if isinstance(row, Photo) else row.file


def name_of(row: Row) -> str:
    sha256 = row.sha256 or checksum(row)
    if isinstance(row, Photo):
        return documents.photo_name(row, sha256)
    return documents.attachment_name(row, sha256)


def checksum(row: Row) -> str:
    digest = hashlib.sha256()
    try:
        with file_of(row).open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
    except FileNotFoundError:
        return "missing"
    return digest.hexdigest()

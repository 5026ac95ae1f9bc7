"""Coins with all that hangs on them. Files first, then one short transaction for a hundred coins: a
restore that is killed leaves whole coins only."""

import shutil
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, BinaryIO

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from catalog import grades, money, photos, search
from catalog.exports.archive import specs
from catalog.exports.archive.specs import Spec
from catalog.exports.restore.opening import Opened
from catalog.exports.restore.reading import BadDocument, Document, create, rows_in, uid_for, values
from catalog.exports.restore.report import Report
from catalog.exports.restore.surroundings import LookUp
from catalog.images import ImageRefused
from catalog.models import Attachment, Coin, CoinReference, FieldChange, Photo, User
from catalog.refusals import Refusal, gettext_noop
from catalog.sentences import sentence

COIN_LEFT_OUT = gettext_noop("%(coin)s was left out: %(why)s")
FILE_LEFT_OUT = gettext_noop("The file “%(name)s” of %(coin)s was left out: %(why)s")
NOT_THERE = gettext_noop("it is not in the archive")
AT_ONCE = 100
IN_MEMORY = 8 * 2**20
SIMPLE = {
    "trades": specs.TRADE, "provenance": specs.PROVENANCE, "valuations": specs.VALUATION,
    "status_changes": specs.LIFE,
}  # fmt: skip
HANGING = SIMPLE | {
    "references": specs.REFERENCE, "changes": specs.CHANGE, "photos": specs.PHOTO,
    "attachments": specs.ATTACHMENT,
}  # fmt: skip


@dataclass
class Load:
    """The rows of one coin, not yet in the database."""

    coin: Coin
    wanted: uuid.UUID
    tags: list[int] = field(default_factory=list)
    rows: dict[str, list[Any]] = field(default_factory=dict)
    photos: list[tuple[Document, Document]] = field(default_factory=list)
    papers: list[tuple[Document, Attachment]] = field(default_factory=list)
    undoes: list[Any] = field(default_factory=list)

    @property
    def uid_changed(self) -> bool:
        return self.coin.uid != self.wanted


class Coins:
    def __init__(self, opened: Opened, user: User, look_up: LookUp, report: Report) -> None:
        self.opened, self.user, self.look_up, self.report = opened, user, look_up, report
        self.pks: dict[uuid.UUID, int] = {}

    def restore(self, documents: Iterable[Document]) -> Iterator[int]:
        """Yields how many documents are done, after each group."""
        rest, done = iter(documents), 0
        while group := list(islice(rest, AT_ONCE)):
            self.restore_group(list(self.new_ones(group)))
            done += len(group)
            yield done

    # --- reading ----------------------------------------------------------------
    def new_ones(self, documents: list[Document]) -> Iterator[Load]:
        wanted = {uid: document for document in documents if (uid := uid_of(document))}
        other_uids = {uid_for(self.user.pk, uid): uid for uid in wanted}
        there = Coin.objects.filter(uid__in=[*wanted, *other_uids])
        taken = set()
        for pk, uid, owner in there.values_list("pk", "uid", "collection__owner"):
            if owner == self.user.pk:
                self.pks[other_uids.get(uid, uid)] = pk
            else:
                taken.add(uid)
        for uid, document in wanted.items():
            if uid in self.pks:
                self.report.there["coins"] += 1
                continue
            try:
                yield self.load(document, uid, uid_for(self.user.pk, uid) if uid in taken else uid)
            except BadDocument as problem:
                name = str(document.get("title") or uid)[:80]
                self.report.problem(
                    sentence(Refusal("coin", COIN_LEFT_OUT, coin=name, why=problem))
                )

    def load(self, document: Document, wanted: uuid.UUID, uid: uuid.UUID) -> Load:
        words, room = self.look_up.words, self.look_up.rooms.get(str(document.get("collection")))
        if room is None:
            raise BadDocument(_("its collection is not in the archive"))
        said = values(specs.COIN, document) | {"uid": uid}
        coin = Coin(collection=room, **said, **words.related(specs.COIN, document))
        coin.type_id = self.look_up.types.pk(document.get("type"))
        coin.place = self.look_up.places.at(document.get("place"))
        coin.grade_rank = rank(coin.grade)
        load = Load(coin, wanted)
        paths = document.get("tags", [])
        nodes = (self.look_up.tags.at(path) for path in (paths if isinstance(paths, list) else []))
        load.tags = list(dict.fromkeys(node.pk for node in nodes if node))
        for name, spec in SIMPLE.items():
            load.rows[name] = [self.row(spec, one, coin) for one in rows_in(document, name)]
        cited = rows_in(document, "references")
        load.rows["references"] = [self.reference(coin, one) for one in cited]
        load.rows["changes"] = [self.change(load, one) for one in rows_in(document, "changes")]
        load.photos = [(one, values(specs.PHOTO, one)) for one in rows_in(document, "photos")]
        load.papers = [
            (one, self.row(specs.ATTACHMENT, one, coin)) for one in rows_in(document, "attachments")
        ]
        return load

    def row(self, spec: Spec, document: Document, coin: Coin) -> Any:
        row: Any = spec.model(coin=coin, **values(spec, document))
        for author in ("by", "added_by"):
            if hasattr(row, f"{author}_id") and document.get("mine") is True:
                setattr(row, author, self.user)
        return row

    def reference(self, coin: Coin, document: Document) -> CoinReference:
        row = CoinReference(coin=coin, **values(specs.REFERENCE, document))
        row.catalogue_id = self.look_up.words.pk(document.get("catalogue"))
        row.compute_keys()
        return row

    def change(self, load: Load, document: Document) -> FieldChange:
        row: FieldChange = self.row(specs.CHANGE, document, load.coin)
        row.old = self.look_up.remembered(document.get("old"))
        row.new = self.look_up.remembered(document.get("new"))
        if load.uid_changed:  # the other coin's edits keep their batch to themselves
            row.batch = uid_for(self.user.pk, row.batch)
        load.undoes.append(document.get("undoes"))
        return row

    # --- writing ----------------------------------------------------------------
    def restore_group(self, loads: list[Load]) -> None:
        files: list[Any] = []
        try:
            for load in loads:
                load.rows["photos"] = [*self.photos_of(load, files)]
                load.rows["attachments"] = [*self.attachments_of(load, files)]
            with transaction.atomic():
                self.write(loads)
        except BaseException:
            for file in files:
                file.delete(save=False)
            raise
        self.report.added["coins"] += len(loads)
        for name in ("photos", "attachments"):
            self.report.added[name] += sum(len(load.rows[name]) for load in loads)

    def write(self, loads: list[Load]) -> None:
        coins = [load.coin for load in loads]
        create(Coin, coins, specs.COIN.stamps)
        through: Any = Coin.tags.through
        through.objects.bulk_create(
            [through(coin=load.coin, tag_id=tag) for load in loads for tag in load.tags]
        )
        for name, spec in HANGING.items():
            rows = [row for load in loads for row in load.rows[name]]
            for row in rows:
                row.coin = row.coin  # its number is known only now
            create(spec.model, rows, spec.stamps)
        self.link_undone(loads)
        search.index_ids([coin.pk for coin in coins])
        money.refresh_money(coins)
        self.pks |= {load.wanted: load.coin.pk for load in loads}
        # no `photo_added`: what is known of these photos came with them
        if new := [photo for load in loads for photo in load.rows["photos"]]:
            transaction.on_commit(partial(photos.make_thumbnails_soon, new), robust=True)

    def link_undone(self, loads: list[Load]) -> None:
        linked = []
        for load in loads:
            rows = load.rows["changes"]
            for row, undone in zip(rows, load.undoes, strict=True):
                if isinstance(undone, int) and 0 <= undone < len(rows):
                    row.undoes = rows[undone]
                    linked.append(row)
        FieldChange.objects.bulk_update(linked, ["undoes"], batch_size=500)

    # --- files ------------------------------------------------------------------
    def photos_of(self, load: Load, files: list[Any]) -> Iterator[Photo]:
        for document, said in load.photos:
            if (file := self.unpacked(document, load)) is None:
                continue
            with file:
                try:
                    facts = photos.examine(file, said["name"])
                except ImageRefused as refusal:
                    self.lose(load, document, sentence(refusal))
                    continue
                arrival = photos.Arrival(load.coin, file, said["name"], said["role"])
                photo = photos.unsaved(arrival, facts, photos.Shelf(), None)
                for name, value in said.items():
                    setattr(photo, name, value)
                photo.added_by = self.user if document.get("mine") is True else None
                file.seek(0)
                name = f"photo{photos.SUFFIXES[facts.format]}"
                photo.original.save(name, File(file), save=False)
                files.append(photo.original)
                yield photo

    def attachments_of(self, load: Load, files: list[Any]) -> Iterator[Attachment]:
        for document, row in load.papers:
            if (file := self.unpacked(document, load)) is None:
                continue
            with file:
                name = document["file"]
                suffix = name.rpartition("/")[2].partition(".")[2] or "bin"
                row.size = self.opened.zip.getinfo(name).file_size
                row.sha256 = self.opened.files[name]["sha256"]
                row.file.save(f"attachment.{suffix}", File(file), save=False)
                files.append(row.file)
                yield row

    def unpacked(self, document: Document, load: Load) -> BinaryIO | None:
        """In our hands, for pictures are read to and fro, which a ZIP is slow at."""
        name = document.get("file")
        if name not in self.opened.files or not name.startswith(("photos/", "attachments/")):
            self.lose(load, document, sentence(Refusal("gone", NOT_THERE)))
            return None
        out: Any = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
        with self.opened.zip.open(name) as file:
            shutil.copyfileobj(file, out)
        out.seek(0)
        return out

    def lose(self, load: Load, document: Document, why: str) -> None:
        name = str(document.get("name"))[:80]
        self.report.problem(
            sentence(Refusal("file", FILE_LEFT_OUT, name=name, coin=load.coin, why=why))
        )


def uid_of(document: Document) -> uuid.UUID | None:
    try:
        return uuid.UUID(document["uid"])
    except (KeyError, ValueError, TypeError, AttributeError):
        return None


def rank(grade: str) -> int | None:
    """A grade that no scale knows was let in by an older version; it stays, and sorts last."""
    try:
        return grades.parse(grade)[1] if grade else None
    except grades.GradeError:
        return None

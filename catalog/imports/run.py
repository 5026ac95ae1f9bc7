"""The import itself. A chunk of rows becomes coins in one transaction with the mark on each row that it
is done, so that a worker may be killed between any two statements: what was not committed never was, and
the next worker takes the rows that are still unmarked."""

import hashlib
import time
from collections.abc import Iterator
from io import BytesIO

from django.db import transaction
from django.utils.translation import gettext as _

from catalog import photos
from catalog.images import ImageRefused
from catalog.imports.pictures import Pictures, pictures_of
from catalog.imports.plans import Plan, make_own_fields
from catalog.imports.verdicts import Judge, Verdict, first_message, photos_of
from catalog.imports.words import Words
from catalog.imports.writing import write
from catalog.models import ImportRow, ImportSession

CHUNK = 250
PHOTO_CHUNK = 5
BUDGET = 15 * 60  # well below the queue's own limit; the next task goes on


def run(session: ImportSession) -> None:
    ends = time.monotonic() + BUDGET
    with transaction.atomic():
        session.beat()
        make_own_fields(session)
    with pictures_of(session) as pictures:
        plan = Plan.of(session)
        judge = Judge(plan, Words(plan.owner, create=True), pictures.has)
        while time.monotonic() < ends:
            if not write_chunk(session, judge) and not add_photos(session, plan, pictures):
                session.settle(ImportSession.State.DONE)
                return
    session.let_go()


def write_chunk(session: ImportSession, judge: Judge) -> int:
    with transaction.atomic():
        session.beat()  # first: it locks the session, and no other worker sees these rows as ready
        rows = list(session.rows.ready().order_by("number")[:CHUNK])
        judged = [(row, judge.judge(row.number, row.raw)) for row in rows]
        good = [pair for pair in judged if pair[1].state != ImportRow.State.REFUSED]
        bad = [pair for pair in judged if pair[1].state == ImportRow.State.REFUSED]
        if good:
            write(judge.plan, judge.words, good)
        refuse(bad)
        session.count(done=len(good), refused=len(bad))
        remember_words(session, judge.words)
    return len(rows)


def refuse(judged: list[tuple[ImportRow, Verdict]]) -> None:
    """What was good when it was checked and is not any more: a type that was renamed, say."""
    for row, verdict in judged:
        row.state, row.messages = ImportRow.State.REFUSED, verdict.messages
    ImportRow.objects.bulk_update([row for row, _verdict in judged], ["state", "messages"])


def remember_words(session: ImportSession, words: Words) -> None:
    """So that undoing the import leaves no word behind that nothing else uses."""
    if words.made:
        made = session.options.get("made_words", []) + words.made
        session.options = session.options | {"made_words": made}
        session.beat(options=session.options)
        words.made = []


# --- photos, when all coins are there -------------------------------------------
def add_photos(session: ImportSession, plan: Plan, pictures: Pictures) -> int:
    """Photos are decoded, which takes long, outside of any transaction. A photo that a killed worker
    stored just before is known by its checksum and not stored again."""
    session.beat()
    rows = list(session.rows.waiting_for_photos().select_related("coin")[:PHOTO_CHUNK])
    for row in rows:
        found = list(arrivals_of(row, plan, pictures))
        arrivals = [arrival for _title, arrival in found if arrival]
        outcomes = photos.store_many(arrivals, session.user) if arrivals else []
        for arrival, outcome in zip(arrivals, outcomes, strict=True):
            if isinstance(outcome, ImageRefused):
                row.messages.append(remark(arrival.name, first_message(outcome)))
        for title, taken_out in found:
            if taken_out is None:
                row.messages.append(remark(title, _("It is damaged or too large.")))
        session.beat()
    with transaction.atomic():
        session.beat()
        for row in rows:
            row.state = ImportRow.State.DONE
        ImportRow.objects.bulk_update(rows, ["state", "messages"])
    return len(rows)


def remark(name: str, text: str) -> dict[str, str]:
    return {"level": "warning", "field": _("Photos"), "text": f"{name}: {text}"}


def arrivals_of(
    row: ImportRow, plan: Plan, pictures: Pictures
) -> Iterator[tuple[str, photos.Arrival | None]]:
    """Each photo of a row by name; None for one that cannot be taken out of its archive."""
    if row.coin is None:  # deleted while the import went on
        return
    there = set(row.coin.photos.values_list("sha256", flat=True))
    for role, name in photos_of(plan, row.raw):
        data = pictures.read(name)
        title = pictures.title(name)
        if data is None:
            yield title, None
        elif (digest := hashlib.sha256(data).hexdigest()) not in there:
            there.add(digest)
            yield title, photos.Arrival(row.coin, BytesIO(data), title, role)

"""The dry run: every row read and judged, nothing else written. It starts anew whenever it is asked."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F

from catalog.imports.files import local
from catalog.imports.pictures import pictures_of
from catalog.imports.plans import Plan
from catalog.imports.readers import open_table
from catalog.imports.verdicts import Judge
from catalog.imports.words import Words
from catalog.models import ImportRow, ImportSession

CHUNK = 500
NEW_WORDS = 300
T = TypeVar("T")


def check(session: ImportSession) -> None:
    with transaction.atomic():
        session.beat(total=0, done=0, refused=0)
        session.rows.all().delete()
    encoding = session.options.get("encoding", "")
    with (
        local(session.file) as path,
        open_table(path, encoding) as opened,
        pictures_of(session) as pictures,
    ):
        plan = Plan.of(session)
        table = plan.preset.adapt(opened)
        judge = Judge(plan, Words(plan.owner), pictures.has)
        for rows in chunks((row_of(session, judge, *row) for row in table.rows), CHUNK):
            refused = sum(row.state == ImportRow.State.REFUSED for row in rows)
            with transaction.atomic():
                session.beat(total=F("total") + len(rows), refused=F("refused") + refused)
                ImportRow.objects.bulk_create(rows)
    session.options["new_words"] = new_words(judge)
    session.settle(ImportSession.State.CHECKED, options=session.options)


def row_of(session: ImportSession, judge: Judge, number: int, cells: list[str]) -> ImportRow:
    verdict = judge.judge(number, cells)
    return ImportRow(
        session=session, number=number, raw=cells, messages=verdict.messages, state=verdict.state
    )


def new_words(judge: Judge) -> list[dict[str, Any]]:
    """What the import will add to the vocabulary, most used first."""
    return [
        {"kind": label, "name": name, "near": near, "rows": rows}
        for (label, name, near), rows in judge.new.most_common(NEW_WORDS)
    ]


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    walk = iter(items)
    while some := list(islice(walk, size)):
        yield some

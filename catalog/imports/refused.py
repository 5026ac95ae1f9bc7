"""The rows that were refused, as a file that can be mended and imported again."""

import csv
from collections.abc import Iterator
from io import StringIO

from django.utils.translation import gettext as _

from catalog.exports.cells import escape
from catalog.models import ImportRow, ImportSession


def refused_lines(session: ImportSession) -> Iterator[str]:
    headings = session.headings
    yield "\ufeff" + line([*headings, _("Reason")])
    rows = session.rows.filter(state=ImportRow.State.REFUSED).order_by("number")
    for row in rows.iterator(1000):
        cells = row.raw + [""] * (len(headings) - len(row.raw))
        yield line([*cells[: len(headings)], reason(row)])


def reason(row: ImportRow) -> str:
    errors = [message for message in row.messages if message["level"] == "error"]
    return " ".join(
        f"{message['field']}: {message['text']}" if message["field"] else message["text"]
        for message in errors
    )


def line(cells: list[str]) -> str:
    out = StringIO()
    csv.writer(out).writerow([escape(cell) for cell in cells])
    return out.getvalue()

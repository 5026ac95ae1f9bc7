"""What every reader returns, and the parts that all of them share. No Django in this package."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from catalog.exports.cells import unescape
from catalog.refusals import Refusal
from catalog.refusals import gettext_noop as _

MAX_COLUMNS = 200
MAX_ROWS = 200_000
MAX_CELL = 20_000
HEAD = 30
Row = tuple[int, list[str]]


class TableError(Refusal):
    """Its text says what to do with the file."""


@dataclass
class Table:
    """`rows` can be walked once; the number of a row is the one that a spreadsheet shows."""

    kind: str
    headings: list[str]
    rows: Iterator[Row]
    facts: dict[str, Any] = field(default_factory=dict)


def build(kind: str, records: Iterable[list[str]], facts: dict[str, Any]) -> Table:
    """Finds the row of headings, under whatever a program writes above it."""
    numbered = ((number, clean(record)) for number, record in enumerate(records, 1))
    filled = ((number, cells) for number, cells in numbered if any(cells))
    head = list(islice(filled, HEAD))
    if not head:
        raise TableError("empty", _("The file is empty."))
    at = header_at([cells for _number, cells in head])
    headings = unique(head[at][1])
    if len(headings) > MAX_COLUMNS:
        text = _("The file has more than %(limit)s columns. Delete those that you do not need.")
        raise TableError("columns", text, limit=MAX_COLUMNS)
    if looks_like_data(head[at][1]):
        text = _(
            "The first row holds values, not headings. Put a row on top that names the columns, "
            "such as Denomination, Mint, Date, Price."
        )
        raise TableError("no-header", text)
    rows = chain(head[at + 1 :], filled)
    first = next(rows, None)
    if first is None:
        raise TableError("no-rows", _("There is a row of headings and nothing below it."))
    return Table(kind, headings, limited(chain([first], rows)), facts)


def limited(rows: Iterable[Row]) -> Iterator[Row]:
    for count, row in enumerate(rows, 1):
        if count > MAX_ROWS:
            text = _("The file has more than %(limit)s rows. Split it and import the parts.")
            raise TableError("rows", text, limit=MAX_ROWS)
        yield row


def clean(record: list[str]) -> list[str]:
    cells = [clean_cell(cell) for cell in record]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def clean_cell(cell: str) -> str:
    """Without NULs, which no database takes, and without the apostrophe that disarms a formula."""
    return unescape(cell.replace("\0", "").strip()[:MAX_CELL])


def header_at(head: list[list[str]]) -> int:
    """The first row that is at least half as wide as the widest: above it stand titles and dates."""
    widths = [sum(1 for cell in cells if cell) for cells in head]
    widest = max(widths)
    return next(
        at for at, width in enumerate(widths) if width * 2 >= widest and width > (widest > 1)
    )


def looks_like_data(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell]
    numbers = [cell for cell in filled if cell.replace(".", "").replace(",", "").isdigit()]
    return len(numbers) * 3 >= len(filled)


def unique(cells: list[str]) -> list[str]:
    """`Note, Note, ""` is `Note, Note (2), Column 3`: a mapping goes by name."""
    headings: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = " ".join(cell.split())[:120] or f"Column {place}"
        base, again = name, 2
        while name in headings:
            name, again = f"{base} ({again})", again + 1
        headings.append(name)
    return headings

"""XLSX. A formula is the value that Excel last saw; nothing here ever evaluates one."""

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from catalog.imports.readers.encodings import refuse_broken_letters
from catalog.imports.readers.tables import MAX_COLUMNS, Table, TableError, build
from catalog.refusals import gettext_noop as _

MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 200
MAX_PARTS = 5_000
MAX_GAP = 5_000
ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}


@contextmanager
def open_workbook(path: Path) -> Iterator[Table]:
    from openpyxl import load_workbook

    refuse_bomb(path)
    with path.open("rb") as file:  # by its name, openpyxl would refuse an .xls that is an .xlsx
        try:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except Exception:  # openpyxl raises whatever a damaged part makes it stumble over
            raise TableError("corrupt", DAMAGED) from None
        with closing(book):
            yield first_sheet(book)


def first_sheet(book: Any) -> Table:
    sheet = next((one for one in book.worksheets if not is_empty(one)), None)
    if sheet is None:
        raise TableError("empty", _("The file is empty."))
    facts = {"sheet": sheet.title, "sheets": len(book.worksheets)}
    table = build("workbook", records(sheet), facts)
    refuse_broken_letters(" ".join(table.headings))
    return table


DAMAGED = _("The file is damaged. Download or save it again.")


def refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            declared = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            doctypes = [part for part in declared if b"<!DOCTYPE" in start_of(archive, part)]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise TableError("corrupt", DAMAGED) from None
    packed = sum(part.compress_size for part in parts) or 1
    unpacked = sum(part.file_size for part in parts)
    if (
        doctypes
        or len(parts) > MAX_PARTS
        or unpacked > MAX_UNPACKED
        or (unpacked > 20 * 1024 * 1024 and unpacked / packed > MAX_RATIO)
    ):
        text = _("The workbook unpacks to far more than a table needs. Save it as CSV instead.")
        raise TableError("bomb", text)


def start_of(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with archive.open(part) as file:
        return file.read(512)


def is_empty(sheet: Any) -> bool:
    sheet.reset_dimensions()  # what the file says of its size need not be true
    rows = sheet.iter_rows(max_row=200, max_col=MAX_COLUMNS, values_only=True)
    return not any(value not in (None, "") for row in damaged(rows) for value in row)


def records(sheet: Any) -> Iterator[list[str]]:
    gap = 0
    for row in damaged(sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True)):
        cells = [as_text(value) for value in row]
        gap = 0 if any(cells) else gap + 1
        if gap > MAX_GAP:
            return
        yield cells


def damaged(rows: Iterable[Any]) -> Iterator[Any]:
    try:
        yield from rows
    except Exception:  # the sheet is parsed while it is walked
        raise TableError("corrupt", DAMAGED) from None


def as_text(value: Any) -> str:
    if value is None or value in ERRORS:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return format(Decimal(repr(round(value, 10))).normalize(), "f") if value == value else ""
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)

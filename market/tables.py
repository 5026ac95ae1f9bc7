"""A table of lots on its way in, in the background: CSV of any length, or a workbook. Goes on after a
crash where its last committed chunk ended; a broken row is told, the others come in."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

from django.db import transaction

from catalog.exports.tasks import Pulse
from catalog.imports.files import local
from catalog.imports.readers.encodings import find_encoding, refuse_broken_letters
from catalog.imports.readers.kinds import kind_of
from catalog.imports.readers.texts import SAMPLE, delimiter_of, records
from catalog.imports.readers.workbooks import open_workbook
from market.models import Lot, Upload
from market.parsers import PARSERS
from market.parsers.table import guess, is_day_first, record, require_text
from market.receiving import Report, source_of

CHUNK = 100
PEEK = 2_000  # rows that say whether days come before months
MOST_TOLD = 200

Rows = Iterator[tuple[int, Mapping[str, str]]]


def run(upload: Upload, pulse: Pulse) -> None:
    mapping, day_first = _look_at(upload)
    report = Report(
        Counter(upload.report.get("lots", {})), refused=upload.report.get("refused", [])
    )
    source = source_of(PARSERS["table"])
    with opened(upload.file) as rows:
        rest = islice(rows, upload.done, None)
        while chunk := list(islice(rest, CHUNK)):
            with transaction.atomic():
                for line, row in chunk:
                    cells = {field: row.get(name, "") for name, field in mapping.items()}
                    problem = problem_of(row, cells)
                    if problem:
                        report.lots["refused"] += 1
                        report.refused = [*report.refused, [line, problem]][:MOST_TOLD]
                        continue
                    read = record(cells, day_first=day_first)
                    report.warnings += len(read.warnings)
                    report.lots[Lot.objects.record(read, source, upload.user)[1]] += 1
                upload.beat(done=upload.done + len(chunk), report=report.to_json())
            pulse(upload.done)
    upload.settle(Upload.State.DONE, total=upload.done, report=report.to_json())


def problem_of(row: Mapping[str, str], cells: Mapping[str, str]) -> str:
    """Why a row cannot be a lot, by name; nothing for most."""
    if "" in row:
        return "too_many_cells"
    return "" if cells.get("description") or cells.get("title") else "no_text"


def _look_at(upload: Upload) -> tuple[dict[str, str], bool | None]:
    with opened(upload.file) as rows:
        head = [row for _line, row in islice(rows, PEEK)]
    mapping = upload.mapping or guess(head[0] if head else [])
    require_text(mapping)
    days = [row.get(name, "") for name, field in mapping.items() if field == "day" for row in head]
    shown = is_day_first(days)
    return mapping, upload.day_first if shown is None else shown


@contextmanager
def opened(file: Any) -> Iterator[Rows]:
    with local(file) as path:
        if kind_of(path) == "workbook":
            with open_workbook(path) as table:
                yield (
                    (line, dict(zip(table.headings, cells, strict=False)))
                    for line, cells in table.rows
                )
        else:
            yield _rows_of(path)


def _rows_of(path: Path) -> Rows:
    with path.open(encoding=find_encoding(path), newline="") as file:
        sample = file.read(SAMPLE)
        refuse_broken_letters(sample)
        delimiter, declared = delimiter_of(sample)
        file.seek(0)
        if declared:
            file.readline()
        lines = (cells for cells in records(file, delimiter) if cells)
        headings = next(lines, [])
        for number, cells in enumerate(lines, start=2):
            row = dict(zip_longest(headings, cells[: len(headings)], fillvalue=""))
            yield number, row | ({"": "more"} if len(cells) > len(headings) else {})

"""CSV and its cousins: any usual delimiter, any usual encoding."""

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from catalog.imports.readers.encodings import checked, find_encoding, refuse_broken_letters
from catalog.imports.readers.tables import Table, TableError, build
from catalog.refusals import gettext_noop as _

MAX_BYTES = 200 * 1024 * 1024
DELIMITERS = ("\t", ";", ",", "|")
SAMPLE = 64 * 1024


@contextmanager
def open_text(path: Path, encoding: str = "") -> Iterator[Table]:
    if path.stat().st_size > MAX_BYTES:
        text = _("A table may have at most %(limit)s MB. Split it and import the parts.")
        raise TableError("size", text, limit=MAX_BYTES // 1024 // 1024)
    encoding = checked(path, encoding) if encoding else find_encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(SAMPLE)
        refuse_broken_letters(sample)
        delimiter, declared = delimiter_of(sample)
        file.seek(0)
        if declared:
            file.readline()
        facts = {"encoding": encoding, "delimiter": delimiter}
        yield build("text", records(file, delimiter), facts)


def records(file: TextIO, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(file, delimiter=delimiter)
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            text = _("A cell near line %(line)s never ends: look for a lone quotation mark there.")
            raise TableError("quotes", text, line=reader.line_num) from None
        yield record


def delimiter_of(sample: str) -> tuple[str, bool]:
    """The delimiter, and whether the first line did nothing but declare it, as Excel's does."""
    first = sample.split("\n", 1)[0].strip().lstrip("\ufeff")
    if first[:4].lower() == "sep=" and len(first) == 5:
        return first[4], True
    scores = {delimiter: evenness(sample, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    return (best if scores[best] else ","), False


def evenness(sample: str, delimiter: str) -> float:
    """How many columns most rows agree on, weighed by how many rows agree."""
    lines = sample.splitlines(keepends=True)[:200]
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
    except csv.Error:
        return 0
    wide = Counter(width for width in widths if width > 1)
    if not wide:
        return 0
    width, agreeing = max(wide.items(), key=lambda item: (item[1], item[0]))
    return agreeing / len(widths) * (1 + min(width, 40) / 100)

"""Files in, tables of texts out. Knows no Django and trusts no file."""

from contextlib import AbstractContextManager
from pathlib import Path

from catalog.imports.readers.kinds import kind_of
from catalog.imports.readers.opennumismat import open_collection
from catalog.imports.readers.tables import Table, TableError
from catalog.imports.readers.texts import open_text
from catalog.imports.readers.workbooks import open_workbook


def open_table(path: Path, encoding: str = "") -> AbstractContextManager[Table]:
    """`encoding` is for a text that its reader knows better; elsewhere it means nothing."""
    kind = kind_of(path)
    if kind == "text":
        return open_text(path, encoding)
    return open_workbook(path) if kind == "workbook" else open_collection(path)


__all__ = ["Table", "TableError", "kind_of", "open_table"]

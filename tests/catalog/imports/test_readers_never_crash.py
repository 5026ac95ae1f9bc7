"""Whatever the bytes: a table, or a refusal that says what to do."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalog.imports.readers import TableError, open_table
from catalog.imports.readers.tables import MAX_COLUMNS

CELL = st.text(st.characters(codec="utf-8"), max_size=20)
ROWS = st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=12)


def walk(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(data)
        try:
            with open_table(path) as table:
                rows = list(table.rows)
        except TableError:
            return
        assert rows
        assert 0 < len(table.headings) == len(set(table.headings)) <= MAX_COLUMNS
        assert all(
            isinstance(cell, str) and "\0" not in cell for _n, cells in rows for cell in cells
        )
        numbers = [number for number, _cells in rows]
        assert numbers == sorted(set(numbers))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
@example(b"PK\x03\x04")
@example(b"SQLite format 3\0" + b"\0" * 100)
@example(b"\xff\xfe\x00\xd8")
@example(b"a,b\n\x00\x00")
def test_any_bytes(data: bytes) -> None:
    walk(data)


@settings(max_examples=200, deadline=None)
@given(
    ROWS, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]), st.booleans(),
)  # fmt: skip
def test_any_text(
    rows: list[list[str]], delimiter: str, newline: str, encoding: str, quoted: bool
) -> None:
    mark = '"' if quoted else ""
    text = newline.join(delimiter.join(f"{mark}{cell}{mark}" for cell in row) for row in rows)
    walk(text.encode(encoding))

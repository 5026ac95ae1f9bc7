"""A collection of OpenNumismat: an SQLite file that a stranger may have made. It is opened read-only,
an authorizer lets nothing happen but reading a few plain tables, and every size has a limit."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

from catalog.imports.readers.tables import MAX_COLUMNS, Table, TableError, clean_cell, limited
from catalog.refusals import gettext_noop as _

TABLES = frozenset({"coins", "photos", "settings", "tags", "coins_tags"})
PHOTOS = (
    "obverseimg", "reverseimg", "edgeimg", "varietyimg", "signatureimg",
    "photo1", "photo2", "photo3", "photo4", "photo5", "photo6",
)  # fmt: skip
HOUSEKEEPING = frozenset({"id", "image", "sort_id", "createdat", "updatedat"})
ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION,
                     sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_PRAGMA})  # fmt: skip
FUNCTIONS = frozenset({"count", "max", "typeof", "length", "nullif"})
LONGEST_VALUE = 100 * 1024 * 1024
STEPS = 400_000_000
NOT_ONE = _("This is a database, but not a collection of OpenNumismat.")
OLDER = _("This collection was made by a very old OpenNumismat. Open it once in a current one.")
DAMAGED = _("The collection is damaged. In OpenNumismat, save it again with File → Save As.")


@contextmanager
def connect(path: Path) -> Iterator[sqlite3.Connection]:
    """Nothing in the file can run: no trigger, view, virtual table or function of its own."""
    address = f"file:{quote(str(path))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("PRAGMA query_only=ON")
            connection.execute("PRAGMA cell_size_check=ON")
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
            connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            refuse_strange(connection)
            connection.set_authorizer(only_reading)
            steps = count()
            connection.set_progress_handler(lambda: next(steps) > STEPS // 100_000, 100_000)
            yield connection
    except sqlite3.Error:
        raise TableError("corrupt", DAMAGED) from None


def only_reading(action: int, one: str | None, other: str | None, *_rest: Any) -> int:
    if action not in ALLOWED or (action == sqlite3.SQLITE_PRAGMA and one != "table_info"):
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_READ and one not in TABLES:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and other not in FUNCTIONS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def refuse_strange(connection: sqlite3.Connection) -> None:
    kinds = {
        name: (kind, sql or "")
        for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master")
        if name in TABLES
    }
    plain = all(
        kind == "table" and " ".join(sql.split()[:2]).upper() == "CREATE TABLE"
        for kind, sql in kinds.values()
    )
    if not plain or not {"coins", "settings"} <= set(kinds):
        raise TableError("not-opennumismat", NOT_ONE)
    columns = {row[1] for row in connection.execute("PRAGMA table_info(coins)")}
    if not {"title", "country", "year", "status"} <= columns:
        raise TableError("not-opennumismat", NOT_ONE)
    if "photos" not in kinds:
        raise TableError("old-opennumismat", OLDER)


@contextmanager
def open_collection(path: Path) -> Iterator[Table]:
    with connect(path) as connection:
        columns = used_columns(connection)
        total = connection.execute("SELECT count(*) FROM coins").fetchone()[0]
        if not total:
            raise TableError("no-rows", _("There are no coins in this collection."))
        tags = tags_of(connection)
        headings = [*columns, "tags"] if tags else columns
        rows = limited(read_coins(connection, columns, tags))
        yield Table("opennumismat", headings, rows, {"total": total})


def used_columns(connection: sqlite3.Connection) -> list[str]:
    """Columns in which at least one coin has something: most of the hundred are empty."""
    info = connection.execute("PRAGMA table_info(coins)").fetchall()
    names = [row[1] for row in info if row[1] not in HOUSEKEEPING][:MAX_COLUMNS]
    filled = ", ".join(f"count(nullif({quoted(name)}, ''))" for name in names)
    counts = connection.execute(f"SELECT {filled} FROM coins").fetchone()
    return [name for name, filled in zip(names, counts, strict=True) if filled]


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def read_coins(
    connection: sqlite3.Connection, columns: list[str], tags: dict[int, str]
) -> Iterator[tuple[int, list[str]]]:
    # a photo that sits in the row itself, as in files of the first version, would be a BLOB here
    wanted = ", ".join(quoted(name) for name in columns)
    found = connection.execute(f"SELECT id, {wanted} FROM coins ORDER BY id")
    for number, (key, *values) in enumerate(found, 1):
        cells = [as_text(value) for value in values]
        yield number, [*cells, tags.get(key, "")] if tags else cells


def as_text(value: Any) -> str:
    if value is None or isinstance(value, bytes):
        return ""
    if isinstance(value, float):
        return format(value, ".10f").rstrip("0").rstrip(".") if abs(value) < 1e15 else ""
    return clean_cell(str(value))


def tags_of(connection: sqlite3.Connection) -> dict[int, str]:
    """Coin -> `Silver; Roman › Denarii`, as nested as they are there."""
    try:
        rows = connection.execute("SELECT id, tag, parent_id FROM tags").fetchall()
        links = connection.execute("SELECT coin_id, tag_id FROM coins_tags").fetchall()
    except sqlite3.Error:  # files before version 9 have no tags
        return {}
    nodes = {key: (str(tag or ""), parent) for key, tag, parent in rows}
    found: dict[int, list[str]] = {}
    for coin, tag in links:
        if path := tag_path(nodes, tag):
            found.setdefault(coin, []).append(path)
    return {coin: "; ".join(paths) for coin, paths in found.items()}


def tag_path(nodes: dict[int, tuple[str, int | None]], tag: int | None) -> str:
    parts: list[str] = []
    while tag in nodes and len(parts) < 10:
        name, tag = nodes[tag]
        parts.insert(0, clean_cell(name).replace(";", ","))
    return " › ".join(part for part in parts if part)


def photo(connection: sqlite3.Connection, key: int, limit: int) -> bytes | None:
    """The bytes of one photo; None where there are none, or too many."""
    row = connection.execute("SELECT length(image) FROM photos WHERE id = ?", [key]).fetchone()
    if row is None or not row[0] or row[0] > limit:
        return None
    data = connection.execute("SELECT image FROM photos WHERE id = ?", [key]).fetchone()[0]
    return data if isinstance(data, bytes) else None

"""pgvector: the same two looks as in files, made by the database. The table is no model of Django's: it
needs an extension that may be missing, and can be made again from the embeddings at any time."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Any

import numpy as np
from django.db import DatabaseError, connection, transaction

from identify.similar.store import LONG_LIST, SHORT, Ids, Pairs, shortener, unit
from identify.values import Vector

MAKE = f"""
CREATE TABLE IF NOT EXISTS identify_neighbour (
    photo_id bigint NOT NULL REFERENCES catalog_photo (id) ON DELETE CASCADE,
    store varchar(150) NOT NULL,
    short vector({SHORT}) NOT NULL,
    exact bytea NOT NULL,
    PRIMARY KEY (store, photo_id)
);
COMMENT ON TABLE identify_neighbour IS 'nearest photos, first by {SHORT} numbers, then by all of them'
"""
# From pgvector 0.5 on; before, and among few photos, the database compares with each
HASTEN = """
CREATE INDEX IF NOT EXISTS identify_neighbour_near ON identify_neighbour
USING hnsw (short vector_ip_ops)
"""
# As many as we then compare exactly; and more, where those that may be seen are few among them
PATIENCE = f"SET LOCAL hnsw.ef_search = {LONG_LIST}; SET LOCAL hnsw.iterative_scan = relaxed_order"
ALL = """
SELECT photo_id, exact FROM identify_neighbour WHERE store = %s
ORDER BY short <#> %s::vector LIMIT %s
"""
# The 0 keeps the index out: it would look at its forty nearest and drop those that are not among
NEAR = """
SELECT photo_id, exact FROM identify_neighbour
WHERE store = %s AND photo_id = ANY(%s::bigint[])
ORDER BY (short <#> %s::vector) + 0 LIMIT %s
"""
PUT = """
INSERT INTO identify_neighbour (photo_id, store, short, exact) VALUES (%s, %s, %s::vector, %s)
ON CONFLICT (store, photo_id) DO UPDATE SET short = EXCLUDED.short, exact = EXCLUDED.exact
"""


# Databases, by name, that have no pgvector and will not let us add it: asked once in a process
WITHOUT: set[str] = set()


def is_there() -> bool:
    """Whether this database has the table, or lets us make it. Looked up each time: a request that
    failed after making it has taken it away again."""
    name = str(connection.settings_dict.get("NAME"))
    if connection.vendor != "postgresql" or name in WITHOUT:
        return False
    if has_table() or makes_table() or has_table():  # another process may have been quicker
        return True
    WITHOUT.add(name)
    return False


def has_table() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('identify_neighbour') IS NOT NULL")
        return bool(cursor.fetchone()[0])


def makes_table() -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS vector")
            cursor.execute(MAKE)
    except DatabaseError:
        return False  # not installed, or not ours to install: the files do it then
    with suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(HASTEN)
    return True


class PostgresNeighbours:
    def __init__(self, name: str, dimensions: int) -> None:
        self.name = name
        few = shortener(dimensions)
        self.shortener = np.pad(few, ((0, 0), (0, SHORT - few.shape[1])))  # the column is as wide

    def add(self, ids: Sequence[int], vectors: Sequence[Vector]) -> None:
        if not len(ids):
            return
        rows = unit(vectors)
        short = rows @ self.shortener
        with connection.cursor() as cursor:
            cursor.executemany(
                PUT,
                [
                    (int(photo), self.name, text_of(few), full.astype("<f2").tobytes())
                    for photo, few, full in zip(ids, short, rows, strict=True)
                ],
            )

    def remove(self, ids: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            sql = "DELETE FROM identify_neighbour WHERE store = %s AND photo_id = ANY(%s)"
            cursor.execute(sql, [self.name, [int(photo) for photo in ids]])

    def ids(self) -> Ids:
        with connection.cursor() as cursor:
            cursor.execute("SELECT photo_id FROM identify_neighbour WHERE store = %s", [self.name])
            return np.array([photo for (photo,) in cursor.fetchall()], dtype=np.int64)

    def __len__(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM identify_neighbour WHERE store = %s", [self.name])
            return int(cursor.fetchone()[0])

    def search(self, vector: Vector, k: int, among: Collection[int] | None = None) -> Pairs:
        wanted = unit(vector)[0]
        few, several = text_of(wanted @ self.shortener), max(LONG_LIST, k)
        if k < 1:
            return []
        with transaction.atomic(), connection.cursor() as cursor:
            if among is None:
                cursor.execute(PATIENCE)
                cursor.execute(ALL, [self.name, few, several])
            else:
                these = [int(photo) for photo in among]
                cursor.execute(NEAR, [self.name, these, few, several])
            found = cursor.fetchall()
        return ranked(found, wanted, k)


def ranked(found: Sequence[tuple[int, Any]], wanted: Vector, k: int) -> Pairs:
    if not found:
        return []
    rows = np.stack([np.frombuffer(bytes(exact), dtype="<f2") for _photo, exact in found])
    scores = rows.astype(np.float32) @ wanted
    order = np.argsort(-scores, kind="stable")[:k]
    return [(int(found[i][0]), float(scores[i])) for i in order]


def text_of(vector: Vector) -> str:
    return "[" + ",".join(f"{value:.6g}" for value in vector) + "]"

"""The database's own word indexes, on the documents of coins and the texts of types: FTS5 kept by
triggers on SQLite, a generated tsvector column with a GIN index on PostgreSQL.

On SQLite a later migration that rebuilds one of these tables drops its triggers: it must make them
again (`tests/catalog/test_search_index.py` notices)."""

from collections.abc import Iterator

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# table, its key, the column with the words, the lengths of beginnings that are indexed
INDEXES = (
    ("catalog_searchdocument", "coin_id", "text", "2 3 4"),
    ("catalog_cointype", "id", "search_text", "2 3"),
)


def on_sqlite(table: str, key: str, column: str, prefix: str) -> Iterator[str]:
    fts = f"{table}_fts"
    added = f"INSERT INTO {fts}(rowid, {column}) VALUES (new.{key}, new.{column});"
    removed = f"INSERT INTO {fts}({fts}, rowid, {column}) VALUES ('delete', old.{key}, old.{column});"
    yield (
        f"CREATE VIRTUAL TABLE {fts} USING fts5({column}, content='{table}', content_rowid='{key}',"
        f" tokenize='unicode61 remove_diacritics 2', prefix='{prefix}')"
    )
    yield f"CREATE TRIGGER {table}_ai AFTER INSERT ON {table} BEGIN {added} END"
    yield f"CREATE TRIGGER {table}_ad AFTER DELETE ON {table} BEGIN {removed} END"
    yield f"CREATE TRIGGER {table}_au AFTER UPDATE OF {column} ON {table} BEGIN {removed} {added} END"
    yield f"INSERT INTO {fts}({fts}) VALUES ('rebuild')"


def on_postgresql(table: str, key: str, column: str, prefix: str) -> Iterator[str]:
    yield (
        f"ALTER TABLE {table} ADD COLUMN words tsvector"
        f" GENERATED ALWAYS AS (to_tsvector('simple', {column})) STORED"
    )
    yield f"CREATE INDEX {table}_words ON {table} USING gin (words)"


def build(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    write = on_sqlite if editor.connection.vendor == "sqlite" else on_postgresql
    for index in INDEXES:
        for statement in write(*index):
            editor.execute(statement)


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for table, *_rest in INDEXES:
        if editor.connection.vendor == "sqlite":
            for name in ("ai", "ad", "au"):
                editor.execute(f"DROP TRIGGER {table}_{name}")
            editor.execute(f"DROP TABLE {table}_fts")
        else:
            editor.execute(f"ALTER TABLE {table} DROP COLUMN words")


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]
    operations = [migrations.RunPython(build, drop)]

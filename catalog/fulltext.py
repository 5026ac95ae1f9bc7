"""Asks the database's own word index: FTS5 beside the table on SQLite, a generated `words` column on
PostgreSQL. The indexes are made by migrations and follow their tables by themselves."""

import re

from django.db import connection
from django.db.models.expressions import RawSQL

from catalog.models.vocabulary import fold

WORD = re.compile(r"[^\W_]+", re.UNICODE)


def words_of(text: str) -> list[str]:
    return WORD.findall(fold(text))


def holding(table: str, key: str, words: list[str], *, unfinished: bool = True) -> RawSQL:
    """The keys of the rows that have every one of the words, each perhaps unfinished."""
    if connection.vendor == "sqlite":
        # every word is quoted, so that nothing a visitor types is an FTS5 operator
        query = " ".join(f'"{word}"*' if unfinished else f'"{word}"' for word in words)
        return RawSQL(f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH %s", [query])
    query = " & ".join(f"{word}:*" if unfinished else word for word in words)
    return RawSQL(f"SELECT {key} FROM {table} WHERE words @@ to_tsquery('simple', %s)", [query])

"""In which texts a word stands in the lots that we have: the few that differ, without a look at all lots."""

from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models import Model

Question = tuple[str, list[Any]]


def read_as(model: type[Model], word: str, text: str, pk: int) -> Question:
    """The texts of all rows of which a column is this word: from each to the next one, by an index of both
    columns. A plain DISTINCT reads every row."""
    table, word, text = (quoted(name) for name in (model._meta.db_table, word, text))
    return (
        f"""
        SELECT said FROM (
            WITH RECURSIVE found(said) AS (
                SELECT MIN({text}) FROM {table} WHERE {word} = %s
                UNION ALL
                SELECT (SELECT MIN({text}) FROM {table} WHERE {word} = %s AND {text} > said)
                FROM found WHERE said IS NOT NULL)
            SELECT said FROM found WHERE said IS NOT NULL) AS texts
        """,
        [pk, pk],
    )


def present(model: type[Model], column: str, texts: Collection[str]) -> list[Question]:
    """Those of some texts that any row has."""
    table, column = quoted(model._meta.db_table), quoted(column)
    row = f"SELECT %s WHERE EXISTS (SELECT 1 FROM {table} WHERE {column} = %s)"
    return [(row, [text, text]) for text in sorted(texts)]


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def asked(*questions: Question) -> set[str]:
    """All at once."""
    if not questions:
        return set()
    statement = " UNION ALL ".join(statement for statement, _values in questions)
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for _statement, values in questions for value in values])
        return {text for (text,) in cursor.fetchall()}

"""In which texts a word stands in the lots that we have: the few that differ, without a look at all lots."""

from collections.abc import Collection

from django.db import connection
from django.db.models import Model


def read_as(model: type[Model], word: str, text: str, pk: int) -> set[str]:
    """The texts of all rows of which a column is this word: from each to the next one, by an index of both
    columns. A plain DISTINCT reads every row."""
    table, word, text = (quoted(name) for name in (model._meta.db_table, word, text))
    return asked(
        f"""
        WITH RECURSIVE found(said) AS (
            SELECT MIN({text}) FROM {table} WHERE {word} = %s
            UNION ALL
            SELECT (SELECT MIN({text}) FROM {table} WHERE {word} = %s AND {text} > said)
            FROM found WHERE said IS NOT NULL)
        SELECT said FROM found WHERE said IS NOT NULL
        """,
        [pk, pk],
    )


def present(model: type[Model], column: str, texts: Collection[str]) -> set[str]:
    """Those of some texts that any row has."""
    if not texts:
        return set()
    table, column = quoted(model._meta.db_table), quoted(column)
    row = f"SELECT %s WHERE EXISTS (SELECT 1 FROM {table} WHERE {column} = %s)"
    pairs = [text for one in sorted(texts) for text in (one, one)]
    return asked(" UNION ALL ".join([row] * len(texts)), pairs)


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def asked(statement: str, values: list[object]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {text for (text,) in cursor.fetchall()}

"""Types and coins carry the words they are made of in their search texts. When a word changes, what
carries it is written anew."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django_q.tasks import async_task

from catalog import search
from catalog.facts.storing import TermTexts
from catalog.models import Coin, CoinType
from catalog.models.types import TERMS

BATCH = 1000
# Rome is carried by 26,000 types: a curator does not wait for that
AT_ONCE = 2000


def reindex_soon(model: Any, pk: int) -> None:
    """At once where few carry the word, else in the background."""
    kind = model._meta.model_name
    if kind not in TERMS:
        return
    types, coins = carrying(kind, [pk])
    if types.count() + coins.count() <= AT_ONCE:
        reindex(kind, [pk])
    else:
        transaction.on_commit(partial(async_task, "catalog.facts.carriers.reindex", kind, [pk]))


def reindex(kind: str, pks: Iterable[int]) -> None:
    """Kind is the name of a model. Doing it twice does no harm."""
    wanted = list(pks)
    if not wanted or kind not in TERMS:
        return
    types, coins = carrying(kind, wanted)
    reindex_types(list(types.values_list("pk", flat=True)))
    search.index_ids(list(coins.values_list("pk", flat=True)))


def carrying(kind: str, pks: list[int]) -> tuple[Any, Any]:
    carried = Q(**{f"{kind}__in": pks}) | Q(**{f"type__{kind}__in": pks})
    return CoinType.objects.filter(**{f"{kind}__in": pks}), Coin.objects.filter(carried)


def reindex_types(pks: list[int]) -> None:
    texts = TermTexts()
    # one statement for many rows: bulk_update takes three times as long
    table = connection.ops.quote_name(CoinType._meta.db_table)
    update = f"UPDATE {table} SET search_text = %s WHERE id = %s"
    for start in range(0, len(pks), BATCH):
        some = pks[start : start + BATCH]
        rows = CoinType.objects.filter(pk__in=some).prefetch_related("references", "issues")
        written = [
            (row.compose_search_text(texts.of(row), row.hanging_words()), row.pk) for row in rows
        ]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(update, written)

"""Many new coins at once: the same history, life and search as `catalog.editing.change` gives one, in a
handful of statements for all."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalog import search
from catalog.access import Visitor
from catalog.bulk import Values, hang_references, hang_tags, known_fields
from catalog.models import Coin, FieldChange, StatusChange

# Each coin, not yet kept, with its stored values (what `CoinField.read` returns).
New = Sequence[tuple[Coin, Mapping[str, Any]]]


@transaction.atomic
def add(new: New, by: Visitor, source: str, batch: uuid.UUID) -> None:
    coins, words = [coin for coin, _values in new], Values()
    lists: dict[str, dict[Coin, list[str]]] = {"tags": {}, "references": {}}
    for coin, values in new:
        known = known_fields(words.owner(coin))
        for name, value in values.items():
            if not known[name].after_save:
                words.put(known[name], coin, value)
    Coin.objects.bulk_create(coins)
    for coin, values in new:
        # as if prefetched: a new coin has neither, and none is to be asked
        coin._prefetched_objects_cache = {name: [] for name in lists}  # type: ignore[attr-defined]
        for name, wanted in lists.items():
            wanted[coin] = values.get(name) or []
    hang_tags(lists["tags"])
    hang_references(lists["references"])
    author = by if by.is_authenticated else None
    FieldChange.objects.bulk_create(
        FieldChange(
            coin=coin, field="created", new=str(coin), by=author, source=source, batch=batch
        )
        for coin in coins
    )  # fmt: skip
    StatusChange.objects.bulk_create(
        StatusChange(coin=coin, old="", new=coin.status, by=author, on=timezone.localdate())
        for coin in coins
    )
    search.index_ids([coin.pk for coin in coins])

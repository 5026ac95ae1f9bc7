"""The one door through which a coin's fields change: every edit, whoever makes it, is written to the
history with its source, counted in the coin's version and found by the search at once."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalog import search
from catalog.access import Visitor
from catalog.fields import BUILT_IN, CoinField, fields_of
from catalog.models import Coin, FieldChange, StatusChange
from catalog.signals import coins_changed

Source = FieldChange.Source


@transaction.atomic
def change(
    coin: Coin,
    values: Mapping[str, Any],
    by: Visitor | None,
    source: str = Source.HAND,
    *,
    batch: uuid.UUID | None = None,
    undoes: Mapping[str, FieldChange] | None = None,
    reason: str = "",
    on: date | None = None,
    tell: bool = True,
) -> list[FieldChange]:
    """Sets stored values (what `CoinField.read` returns) and returns the rows of history it wrote.
    Without `tell` whoever calls sees himself to what follows from it."""
    known = fields_of(coin.collection.owner)
    author = by if by is not None and by.is_authenticated else None
    told = {"coin": coin, "by": author, "source": source, "batch": batch or uuid.uuid4()}
    is_new = coin.pk is None
    rows, late = [], []
    for name, new in values.items():
        field = known[name]
        old = None if is_new else field.get(coin)
        if same(old, new):
            continue
        rows.append(
            FieldChange(field=name, old=old, new=new, undoes=(undoes or {}).get(name), **told)
        )
        if field.after_save:
            late.append((field, new))
        else:
            field.set(coin, new)
    if not rows and not is_new:
        return []
    coin.version += 0 if is_new else 1
    coin.save()
    for field, new in late:
        field.set(coin, new)
    if is_new:
        # what a coin begins with stands on the coin; a row for each field would bury what changed
        rows = [FieldChange(field="created", new=str(coin), **told)]
    FieldChange.objects.bulk_create(rows)
    was = next((row.old for row in rows if row.field == "status"), "" if is_new else None)
    if was is not None:
        StatusChange.objects.create(
            coin=coin, old=was, new=coin.status, by=author, reason=reason,
            on=on or timezone.localdate(),
        )  # fmt: skip
    forget_prefetched(coin)
    search.index([coin])
    if tell:
        coins_changed.send(FieldChange, rows=rows)
    return rows


def same(old: Any, new: Any) -> bool:
    if isinstance(old, list) and isinstance(new, list) and old and isinstance(old[0], int):
        return bool(new) and old[0] == new[0]
    return (old or None) == (new or None) if not isinstance(new, bool) else old is new


def forget_prefetched(coin: Coin) -> None:
    getattr(coin, "_prefetched_objects_cache", {}).clear()


@transaction.atomic
def undo(changes: list[FieldChange], by: Visitor) -> list[FieldChange]:
    """Takes these changes back, newest first, coin by coin. The history keeps both."""
    batch, written = uuid.uuid4(), []
    for coin_id in dict.fromkeys(row.coin_id for row in changes):
        mine = [row for row in changes if row.coin_id == coin_id and row.field in known_to(row)]
        coin = Coin.objects.for_page().get(pk=coin_id)
        # the oldest of several changes of one field has the value to go back to
        first = {
            row.field: row for row in sorted(mine, key=lambda row: (row.at, row.pk), reverse=True)
        }
        written += change(
            coin, {name: row.old for name, row in first.items()}, by, Source.UNDO, batch=batch,
            undoes=first,
        )  # fmt: skip
    return written


def known_to(row: FieldChange) -> Mapping[str, CoinField]:
    return BUILT_IN if row.field in BUILT_IN else fields_of(row.coin.collection.owner)

"""A whole session back to nothing: its coins, their photos, and the words that it alone brought."""

from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q, QuerySet

from catalog.models import Coin, FieldChange, ImportSession
from catalog.models.trees import Node

CHUNK = 250


def changed_since(session: ImportSession) -> QuerySet[Coin]:
    """Coins of the session that somebody has touched: only asked-for undoing takes them too."""
    by_hand = FieldChange.objects.filter(coin=OuterRef("pk")).exclude(batch=session.batch)
    return session.coins.filter(Q(version__gt=1) | Exists(by_hand))


def undo(session: ImportSession) -> None:
    coins = session.coins.order_by("pk")
    if not session.options.get("undo_changed"):
        coins = coins.exclude(pk__in=changed_since(session).values("pk"))
    while delete_chunk(session, coins):
        pass
    forget_words(session)
    session.settle(ImportSession.State.UNDONE)


def delete_chunk(session: ImportSession, coins: QuerySet[Coin]) -> int:
    with transaction.atomic():
        session.beat()
        pks = list(coins.values_list("pk", flat=True)[:CHUNK])
        Coin.objects.filter(pk__in=pks).delete()
    return len(pks)


def forget_words(session: ImportSession) -> None:
    owner = session.collection.owner
    with transaction.atomic():
        session.beat()
        for kind, pk in reversed(session.options.get("made_words", [])):
            forget(kind, pk, owner.pk)


def forget(kind: str, pk: int, owner: int) -> None:
    model: Any = apps.get_model("catalog", kind)
    if issubclass(model, Node):
        empty = model.objects.filter(pk=pk, owner=owner, coins=None)
        if not model.objects.filter(parent=pk).exists():
            empty.delete()
        return
    try:
        with transaction.atomic():
            # a word that a curator has adopted in the meantime belongs to everybody
            model.objects.filter(pk=pk, added_by=owner).delete()
    except ProtectedError:
        return

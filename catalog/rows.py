"""The verbs behind the rows of a coin's page. Each is told in the coin's history."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.access import Visitor
from catalog.models import Attachment, Coin, FieldChange, Provenance, Trade, Valuation
from catalog.money import refresh_money
from catalog.row_forms import AttachmentForm, ProvenanceForm, TradeForm, ValuationForm


@dataclass(frozen=True)
class RowKind:
    model: type[Any]
    form: type[forms.ModelForm]
    title: str | Promise
    is_append_only: bool = False


KINDS = {
    "trade": RowKind(Trade, TradeForm, _("Purchase or sale")),
    "valuation": RowKind(Valuation, ValuationForm, _("Valuation"), is_append_only=True),
    "provenance": RowKind(Provenance, ProvenanceForm, _("Provenance")),
    "attachment": RowKind(Attachment, AttachmentForm, _("Attachment")),
}


@transaction.atomic
def keep(coin: Coin, kind: str, form: forms.ModelForm, by: Visitor) -> None:
    old = str(KINDS[kind].model.objects.get(pk=form.instance.pk)) if form.instance.pk else None
    row = form.save(commit=False)
    row.coin = coin
    prepare(row, by, is_new=old is None)
    row.save()
    FieldChange.note(coin, kind, old, str(row), by)
    settle(coin, kind)


def prepare(row: Any, by: Visitor, is_new: bool) -> None:
    author = by if by.is_authenticated else None
    if isinstance(row, Valuation):
        row.by = author
    if isinstance(row, Attachment) and is_new:
        row.added_by, row.size = author, row.file.size
        row.sha256 = hashlib.file_digest(row.file.file, "sha256").hexdigest()
    if isinstance(row, Provenance) and is_new:
        row.position = row.coin.provenance.count()
    if isinstance(row, Trade) and row.kind == Trade.Kind.PURCHASE and not row.tax_lot:
        row.tax_lot = f"{row.date or ''}/{row.coin_id}".strip("/")


@transaction.atomic
def drop(row: Any, kind: str, by: Visitor) -> None:
    FieldChange.note(row.coin, kind, str(row), None, by)
    if isinstance(row, Attachment):
        file, name = row.file, str(row.file.name)
        transaction.on_commit(lambda: file.storage.delete(name))
    row.delete()
    settle(row.coin, kind)


@transaction.atomic
def move(row: Provenance, step: int) -> None:
    """One place up (-1) or down (+1) in the chain."""
    chain = list(row.coin.provenance.all())
    here = chain.index(row)
    there = min(max(here + step, 0), len(chain) - 1)
    chain.insert(there, chain.pop(here))
    for position, link in enumerate(chain):
        link.position = position
    Provenance.objects.bulk_update(chain, ["position"])


def settle(coin: Coin, kind: str) -> None:
    if kind in {"trade", "valuation"}:
        refresh_money([coin])
    coin.touch()

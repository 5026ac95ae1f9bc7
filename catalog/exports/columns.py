"""The columns of a table of coins: every field, then what was paid and what it is worth."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from catalog.exports.selection import Selection
from catalog.exports.workbook import Cell
from catalog.fields import BUILT_IN, CoinField, custom_field
from catalog.models import Coin, Trade, Valuation

RELATED = (
    Prefetch("trades", to_attr="all_trades"),
    Prefetch("valuations", to_attr="all_valuations"),
)
NUMBERS = {"weight", "diameter", "thickness"}


@dataclass(frozen=True)
class Column:
    """`name` is for programs (JSON) and never translated, `heading` for people."""

    name: str
    heading: Any
    value: Callable[[Coin], Cell]


def columns_for(selection: Selection) -> list[Column]:
    own = [custom_field(custom) for custom in selection.filter.scope.own_fields]
    fields = [*BUILT_IN.values(), *own]
    return [*(of_field(field) for field in fields), *MONEY, *BESIDES]


def of_field(field: CoinField) -> Column:
    if field.name in NUMBERS:
        return Column(field.name, capfirst(field.label), lambda coin: number(field.get(coin)))  # type: ignore[type-var]
    return Column(field.name, capfirst(field.label), field.text)  # type: ignore[type-var]


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def first(coin: Coin, kind: str) -> Trade | None:
    """The first purchase or the last sale; the archive and the JSON have all of them."""
    rows: list[Trade] = coin.all_trades  # type: ignore[attr-defined]  # newest first
    found = [trade for trade in rows if trade.kind == kind]
    if not found:
        return None
    return found[0] if kind == Trade.Kind.SALE else found[-1]


def of_trade(kind: str, name: str) -> Callable[[Coin], Cell]:
    def value(coin: Coin) -> Cell:
        trade = first(coin, kind)
        return None if trade is None else getattr(trade, name)

    return value


def of_valuation(name: str) -> Callable[[Coin], Cell]:
    def value(coin: Coin) -> Cell:
        rows: list[Valuation] = coin.all_valuations  # type: ignore[attr-defined]
        return getattr(rows[0], name) if rows else None

    return value


def address(coin: Coin) -> str:
    """What a label's QR code says too: it outlives a restored archive, where numbers change."""
    return settings.SITE_URL + reverse("coin-qr", args=[coin.uid])


MONEY = [
    Column("purchase.date", _("Purchase date"), of_trade("purchase", "date")),
    Column("purchase.price", _("Purchase price"), of_trade("purchase", "price")),
    Column("purchase.currency", _("Purchase currency"), of_trade("purchase", "currency")),
    Column("purchase.fees", _("Purchase fees"), of_trade("purchase", "fees")),
    Column("purchase.shipping", _("Shipping"), of_trade("purchase", "shipping")),
    Column("purchase.party", _("Bought from"), of_trade("purchase", "party")),
    Column("purchase.sale", _("Auction"), of_trade("purchase", "sale")),
    Column("purchase.lot", _("Lot"), of_trade("purchase", "lot")),
    Column("purchase.tax_lot", _("Tax lot"), of_trade("purchase", "tax_lot")),
    Column("purchase.note", _("Purchase note"), of_trade("purchase", "note")),
    Column("sale.date", _("Sale date"), of_trade("sale", "date")),
    Column("sale.price", _("Sale price"), of_trade("sale", "price")),
    Column("sale.currency", _("Sale currency"), of_trade("sale", "currency")),
    Column("sale.party", _("Sold to"), of_trade("sale", "party")),
    Column("valuation.date", _("Valuation date"), of_valuation("date")),
    Column("valuation.amount", _("Valuation"), of_valuation("amount")),
    Column("valuation.currency", _("Valuation currency"), of_valuation("currency")),
    Column("valuation.source", _("Valuation source"), of_valuation("source")),
]
BESIDES = [
    Column("cost", _("Total cost"), lambda coin: coin.cost),
    Column("value", _("Value today"), lambda coin: coin.value),
    Column("home_currency", _("Collection’s currency"), lambda coin: coin.collection.currency),
    Column("collection", _("Collection name"), lambda coin: coin.collection.name),
    Column("added", _("Added on"), lambda coin: coin.created_at.date()),
    Column("address", _("Address"), address),
]

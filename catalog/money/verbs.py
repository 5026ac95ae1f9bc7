from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalog import editing
from catalog.access import Visitor
from catalog.models import Coin, Trade, Valuation
from catalog.money.computed import refresh_money


@transaction.atomic
def record_purchase(
    coin: Coin, by: Visitor | None, *, status: str = "", reason: str = "", **values: Any
) -> Trade:
    """Each purchase is a tax lot of its own; a name for it is made where none is given."""
    values["tax_lot"] = values.get("tax_lot") or new_tax_lot(coin, values.get("date"))
    return record(coin, by, Trade.Kind.PURCHASE, status, reason, values)


@transaction.atomic
def record_sale(
    coin: Coin, by: Visitor | None, *, status: str = "", reason: str = "", **values: Any
) -> Trade:
    """Closes the oldest tax lot that is still open, or the one that is named."""
    values["tax_lot"] = values.get("tax_lot") or oldest_open_lot(coin)
    return record(coin, by, Trade.Kind.SALE, status, reason, values)


def record(
    coin: Coin, by: Visitor | None, kind: str, status: str, reason: str, values: dict[str, Any]
) -> Trade:
    trade = Trade.objects.create(coin=coin, kind=kind, **values)
    if status and status != coin.status:
        editing.change(coin, {"status": status}, by, reason=reason, on=trade.date)
    after_change(coin)
    return trade


@transaction.atomic
def value_coin(
    coin: Coin, by: Visitor | None, amount: Decimal, currency: str, source: str, **values: Any
) -> Valuation:
    """A new opinion is a new row; the older ones stay."""
    values.setdefault("date", timezone.localdate())
    author = by if by is not None and by.is_authenticated else None
    row = Valuation.objects.create(
        coin=coin, amount=amount, currency=currency, source=source, by=author, **values
    )
    after_change(coin)
    return row


def after_change(coin: Coin) -> None:
    """For whoever adds, edits or removes a purchase, sale or valuation of one coin."""
    refresh_money([coin])
    coin.touch()


def new_tax_lot(coin: Coin, on: date | None) -> str:
    wanted = f"{on.year if on else '?'}-{coin.number[:40] or coin.pk}"
    taken = set(coin.trades.values_list("tax_lot", flat=True))
    names = (wanted if n == 1 else f"{wanted}-{n}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def oldest_open_lot(coin: Coin) -> str:
    trades = list(coin.trades.order_by("date", "pk"))
    closed = [trade.tax_lot for trade in trades if trade.kind == Trade.Kind.SALE]
    lots = [trade.tax_lot for trade in trades if trade.kind == Trade.Kind.PURCHASE]
    return next((lot for lot in lots if lot not in closed), "")

"""One record of the demo becomes a coin with all that hangs on it, through the same verbs that pages
use, so that history, search and money are what they would be after years of collecting."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from catalog import money
from catalog.attribution import attribute
from catalog.editing import change
from catalog.fields import BUILT_IN, fields_of
from catalog.models import (
    Coin,
    CoinType,
    Collection,
    FieldChange,
    Provenance,
    Status,
    StatusChange,
    User,
    Valuation,
)

LINKS = ("holder", "event", "date", "lot")


def add(collection: Collection, record: dict[str, Any], own: dict[str, str], user: User) -> Coin:
    coin = Coin(collection=collection)
    life = life_of(record)
    began, status, why = life[0]
    change(coin, {**stored(record, own, user), "status": status}, user, reason=why, on=began)
    type_ = CoinType.objects.filter(key=record.get("type", "")).first()
    if type_:
        attribute(coin, type_, user)
    move_to(coin, began)
    for day, status, why in life[1:]:
        change(coin, {"status": status}, user, reason=why, on=day)
    deal(coin, record, user)
    if record.get("discarded"):
        coin.discard(user)
    return coin


def life_of(record: dict[str, Any]) -> list[tuple[date, str, str]]:
    if "life" in record:
        return [(date.fromisoformat(day), status, why) for day, status, why in record["life"]]
    bought = record["buy"][0] if "buy" in record else "2025-06-28"
    return [(date.fromisoformat(bought), record.get("status", Status.OWNED), "")]


def stored(record: dict[str, Any], own: dict[str, str], user: User) -> dict[str, Any]:
    """What a person would type, read as the form reads it."""
    known = fields_of(user)
    written = {name: record[name] for name in BUILT_IN if name in record}
    for name in ("type", "status"):  # a type may be missing from the facts; a status has a day
        written.pop(name, None)
    written |= {f"custom.{key}": text for key, text in own.items()}
    values = {name: known[name].read(text, user) for name, text in written.items() if text}
    if "obverse_legend" not in values and "draw" in record:
        values |= legends(record["draw"])
    return values


def legends(drawn: dict[str, Any]) -> dict[str, str]:
    read = {}
    for side in ("obverse", "reverse"):
        _motif, legend, below = (*drawn[side], "", "")[:3]
        text = " ".join(f"{legend} {below}".replace("|", " ").split())
        if text:
            read[f"{side}_legend"] = text
    return read


def move_to(coin: Coin, day: date) -> None:
    """As if it had been entered on that day."""
    then = datetime.combine(day, time(19, 30), UTC)
    Coin.objects.filter(pk=coin.pk).update(created_at=then)
    FieldChange.objects.filter(coin=coin).update(at=then)
    StatusChange.objects.filter(coin=coin).update(at=then)


def deal(coin: Coin, record: dict[str, Any], user: User) -> None:
    Provenance.objects.bulk_create(
        Provenance(coin=coin, position=n, **dict(zip(LINKS, link, strict=True)))
        for n, link in enumerate(record.get("provenance", []))
    )
    if "buy" in record:
        money.record_purchase(coin, user, **trade(record["buy"]))
    if "sell" in record:
        money.record_sale(coin, user, **trade(record["sell"]))
    Valuation.objects.bulk_create(
        Valuation(coin=coin, date=date.fromisoformat(day), amount=Decimal(amount), currency="EUR",
                  source=source(day), by=user)
        for day, amount in record.get("values", {}).items()
    )  # fmt: skip
    money.refresh_money([coin])


def source(day: str) -> str:
    return ("Auction records", "A dealer’s offer", "My own estimate")[int(day[2:4]) % 3]


def trade(said: list[Any]) -> dict[str, Any]:
    day, price, currency, *rest = said
    values: dict[str, Any] = dict(rest[0]) if rest else {}
    for name in ("fees", "shipping"):
        if name in values:
            values[name] = Decimal(values[name])
    return {
        "date": date.fromisoformat(day),
        "price": Decimal(price),
        "currency": currency,
        **values,
    }

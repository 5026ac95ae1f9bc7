"""Lots for tests: each with the least it needs, recorded as any other."""

import itertools
from datetime import date
from decimal import Decimal

from catalog.models import Coin, Collection, User
from market.models import Estimate, Lot
from market.parsers import PARSERS
from market.prices import Kind, Money
from market.receiving import source_of
from market.records import LotRecord, PriceRecord, SaleRecord
from tests.factories import make_coin

numbers = itertools.count(1)
TEXT = (
    "TRAJAN. AD 98-117. AR Denarius (19mm, 3.31 g, 7h). Rome mint. RIC II {number}. {flag}{grade}."
)


def make_lot(
    owner: User | None,
    price: float | None = 100,
    *,
    currency: str = "EUR",
    day: date | None = date(2024, 5, 4),
    house: str = "Invented House",
    text: str = "",
    number: int = 207,
    grade: str = "VF",
    flag: str = "",
    estimate: float | None = None,
    status: str = "sold",
    kind: Kind = Kind.HAMMER,
    **values: str,
) -> Lot:
    prices = [] if price is None else [PriceRecord(kind, Money(Decimal(str(price)), currency))]
    if estimate:
        prices.append(PriceRecord(Kind.ESTIMATE_LOW, Money(Decimal(str(estimate)), currency)))
    name = f"lot-{next(numbers)}"
    record = LotRecord(
        name,
        SaleRecord(house, f"{house} {day}", "Auction 12", day, currency),
        lot_number=name[4:],
        description=text or TEXT.format(number=number, grade=grade, flag=flag),
        url=values.pop("url", f"https://example.org/{name}"),
        status=status,
        prices=tuple(prices),
        **values,  # type: ignore[arg-type]
    )
    return Lot.objects.record(record, source_of(PARSERS["biddr"]), owner)[0]


def make_lots(owner: User | None, prices: list[float], **values: object) -> list[Lot]:
    return [make_lot(owner, price, **values) for price in prices]  # type: ignore[arg-type]


def make_trajan(collection: Collection, reference: str = "RIC 207", **values: object) -> Coin:
    kind = {"authority": "Trajan", "denomination": "Denarius", "metal": "Silver", "grade": "VF"}
    coin = make_coin(collection, **kind | values)
    if reference:
        coin.references.create(text=reference)
    return coin


def make_estimate(coin: Coin, by: User, **values: object) -> Estimate:
    made = {"currency": "EUR", "verdict": "fair", "method": "by hand", "point": Decimal(100)}
    return Estimate.objects.create(coin=coin, by=by, **made | values)

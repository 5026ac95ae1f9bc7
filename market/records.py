"""What a parser hands on: lots as values, with what was wrong with them."""

from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from market.prices import Kind, Money

STATUSES = ("sold", "unsold", "withdrawn", "open", "unknown")


@dataclass(frozen=True)
class Warned:
    """`code` says which sentence, `raw` what stood there."""

    code: str
    raw: str = ""


@dataclass(frozen=True)
class PriceRecord:
    kind: Kind
    money: Money
    raw: str = ""


@dataclass(frozen=True)
class SaleRecord:
    house: str = ""
    code: str = ""
    title: str = ""
    day: date | None = None
    currency: str = ""


@dataclass(frozen=True)
class LotRecord:
    """`source_lot_id` is what the site itself calls the lot, for good; a lot's number starts again
    with every sale."""

    source_lot_id: str
    sale: SaleRecord = field(default_factory=SaleRecord)
    lot_number: str = ""
    title: str = ""
    description: str = ""
    is_cut: bool = False
    url: str = ""
    image_url: str = ""
    status: str = "unknown"
    prices: tuple[PriceRecord, ...] = ()
    warnings: tuple[Warned, ...] = ()

    def price(self, kind: Kind) -> Money | None:
        return next((one.money for one in self.prices if one.kind == kind), None)


@dataclass(frozen=True)
class Page:
    """`stated` is how many lots the page itself says there are; where it says nothing, None."""

    source: str
    lots: tuple[LotRecord, ...] = ()
    stated: int | None = None
    warnings: tuple[Warned, ...] = field(default=())

    @property
    def is_partial(self) -> bool:
        return self.stated is not None and self.stated != len(self.lots)


def as_json(page: Page) -> dict[str, Any]:
    return _plain(asdict(page) | {"is_partial": page.is_partial})


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value

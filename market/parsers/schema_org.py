"""Any shop that describes its goods as schema.org has it: Product with Offer. What it asks, not what it got."""

import json
from collections.abc import Iterator
from typing import Any

from market.parsers.base import Draft, Parser, day_of, not_this_site, soup_of, words_of
from market.prices import Kind
from market.records import LotRecord, Page, SaleRecord, Warned

DEEPEST = 12


def parse(text: str, url: str) -> Page:
    soup = soup_of(text)
    warnings, lots = [], []
    for script in soup.select('script[type="application/ld+json"]'):
        try:
            data = json.loads(script.get_text())
        except (ValueError, RecursionError):
            warnings.append(Warned("broken_json", script.get_text()[:60]))
            continue
        lots += [_lot(product, url) for product in _products(data)]
    if not lots:
        raise not_this_site("schema.org")
    return Page("schema_org", tuple(lots), warnings=tuple(warnings))


def _products(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Wherever they stand: alone, in a list, in a graph, as entries of a list of goods."""
    if depth > DEEPEST:
        return
    if isinstance(data, list):
        for one in data:
            yield from _products(one, depth + 1)
    elif isinstance(data, dict):
        kind = data.get("@type")
        if kind == "Product" or (isinstance(kind, list) and "Product" in kind):
            yield data
            return
        for name in ("@graph", "itemListElement", "item", "mainEntity"):
            yield from _products(data.get(name), depth + 1)


def _lot(product: dict[str, Any], url: str) -> LotRecord:
    address = _text(product.get("url")) or url
    number = _text(product.get("sku")) or _text(product.get("productID")) or address
    offers = [one for one in _list(product.get("offers")) if isinstance(one, dict)]
    offer = offers[0] if offers else {}
    seller = offer.get("seller")
    sale = SaleRecord(
        house=_text(seller.get("name")) if isinstance(seller, dict) else "",
        day=day_of(_text(offer.get("availabilityEnds"))[:10], "%Y-%m-%d"),
        currency=_text(offer.get("priceCurrency")),
    )
    draft = Draft(number, sale, title=_text(product.get("name")), url=address)
    draft.description = words_of(soup_of(_text(product.get("description"))))
    image = next(iter(_list(product.get("image"))), "")
    image = _text(image.get("url")) if isinstance(image, dict) else _text(image)
    draft.image_url = image if image.startswith(("https://", "http://")) else ""
    if offer.get("price") not in (None, ""):
        draft.price(Kind.ASK, str(offer["price"]))
    gone = _text(offer.get("availability")).rpartition("/")[2] in ("SoldOut", "OutOfStock")
    draft.status = "sold" if gone else "open"
    return draft.done()


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


PARSER = Parser("schema_org", "schema.org", (), parse)

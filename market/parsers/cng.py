"""CNG today: the page carries its data as `viewVars = {...}`."""

import json
import re
from typing import Any

from market.parsers.base import (
    NOT_JSON,
    Draft,
    PageRefusal,
    Parser,
    day_of,
    not_this_site,
    soup_of,
    words_of,
)
from market.prices import Kind
from market.records import LotRecord, Page, SaleRecord

_VARS = re.compile(r"\bviewVars\s*=\s*(?=\{)")
STATUSES = {"sold": "sold", "unsold": "unsold", "withdrawn": "withdrawn", "active": "open"}
PRICES = {
    "estimate_low": Kind.ESTIMATE_LOW, "estimate_high": Kind.ESTIMATE_HIGH,
    "starting_price": Kind.START, "sold_price": Kind.HAMMER,
}  # fmt: skip


def parse(text: str, url: str) -> Page:
    start = _VARS.search(text)
    if start is None:
        raise not_this_site("CNG")
    try:
        data, _end = json.JSONDecoder().raw_decode(text, start.end())
    except ValueError:
        raise PageRefusal("not_json", NOT_JSON, site="CNG") from None
    if isinstance(data.get("lot"), dict):
        return Page("cng", (_lot(data["lot"], url),))
    lots = data.get("lots")
    rows = lots.get("result_page") if isinstance(lots, dict) else None
    if not isinstance(rows, list):
        raise not_this_site("CNG")
    found = tuple(_lot(row, "") for row in rows if isinstance(row, dict))
    return Page("cng", found, _stated(lots))


def _stated(lots: dict[str, Any]) -> int | None:
    """How many lots this page should hold: a full page, or what is left for the last."""
    info = lots.get("query_info") or {}
    try:
        total, size, page = (int(info[name]) for name in ("total_num_results", "page_size", "page"))
    except (KeyError, TypeError, ValueError):
        return None
    return max(0, min(size, total - size * (page - 1)))


def _lot(row: dict[str, Any], url: str) -> LotRecord:
    auction = row.get("auction") or {}
    currency = str(row.get("currency_code") or "")
    sale = SaleRecord(
        house="CNG", code=str(auction.get("row_id") or ""), title=str(auction.get("title") or ""),
        day=day_of(str(auction.get("effective_end_time") or "")[:10], "%Y-%m-%d"), currency=currency,
    )  # fmt: skip
    number = f"{row.get('lot_number') or ''}{row.get('lot_number_extension') or ''}"
    draft = Draft(str(row.get("row_id") or ""), sale, number, url=url or _address(row))
    draft.title = str(row.get("title") or "")
    draft.description = words_of(soup_of(str(row.get("description") or "")))
    images = row.get("images") or []
    if images and isinstance(images[0], dict):
        address = str(images[0].get("detail_url") or "")
        draft.image_url = address if address.startswith("https://") else ""
    draft.status = STATUSES.get(str(row.get("status") or "").lower(), "unknown")
    for name, kind in PRICES.items():
        if row.get(name) not in (None, "", 0, "0", "0.00"):
            draft.price(kind, str(row[name]))
    return draft.done()


def _address(row: dict[str, Any]) -> str:
    return f"https://auctions.cngcoins.com/lots/view/{row['row_id']}" if row.get("row_id") else ""


PARSER = Parser("cng", "CNG", ("auctions.cngcoins.com",), parse)

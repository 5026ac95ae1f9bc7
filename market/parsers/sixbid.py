"""sixbid: the JSON behind its listings. Only running sales are there."""

import json
from typing import Any

from market.parsers.base import NOT_JSON, Draft, PageRefusal, Parser, day_of, not_this_site
from market.prices import Kind
from market.records import LotRecord, Page, SaleRecord


def parse(text: str, url: str) -> Page:
    try:
        data = json.loads(text)
    except ValueError:
        raise PageRefusal("not_json", NOT_JSON, site="sixbid") from None
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        raise not_this_site("sixbid")
    lots = tuple(_lot(item) for item in data["items"] if isinstance(item, dict))
    stated = data.get("total") if data.get("total_pages") in (None, 1) else None
    return Page("sixbid", lots, stated if isinstance(stated, int) else None)


def _lot(item: dict[str, Any]) -> LotRecord:
    currency = str(item.get("auctionCurrency") or "")
    sale = SaleRecord(
        house=str(item.get("companyName") or ""),
        code=str(item.get("auctionId") or ""),
        title=str(item.get("auctionTitle") or ""),
        day=day_of(str(item.get("auctionEnd") or "")[:10], "%Y-%m-%d"),
        currency=currency,
    )
    draft = Draft(str(item.get("lotId") or ""), sale, str(item.get("lotNumber") or ""))
    draft.title = str(item.get("lotTitle") or "")
    draft.description = str(item.get("lotDescription") or "")
    draft.url = _address(item.get("lotUrl"))
    draft.image_url = _address(item.get("lotImage"))
    draft.status = "open"
    for kind, name in ((Kind.START, "lotStartingPrice"), (Kind.HAMMER, "lotPriceRealised")):
        if item.get(name):
            draft.price(kind, str(item[name]))
    if item.get("lotEstimate"):  # 0 says that there is none
        draft.estimate(str(item["lotEstimate"]))
    return draft.done()


def _address(value: object) -> str:
    return value if isinstance(value, str) and value.startswith("https://") else ""


PARSER = Parser("sixbid", "sixbid", ("sixbid.com", "lots.sixbid.com"), parse)

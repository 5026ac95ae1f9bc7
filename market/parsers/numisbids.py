"""NumisBids: listings of a sale, and the page of a lot."""

import re
from typing import Any
from urllib.parse import urlsplit

from market.parsers.base import (
    Draft,
    Parser,
    asked,
    day_of,
    image_of,
    labelled,
    link_of,
    not_this_site,
    soup_of,
    text_of,
    words_of,
)
from market.prices import status_word
from market.records import LotRecord, Page, SaleRecord

_SALE = re.compile(r"/sale/(\d+)")
_LOT = re.compile(r"Lot\s+(\w+)", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2} [A-Z][a-z]{2,8} \d{4}")
_ESTIMATE = re.compile(r"\bEstimate\s*:\s*([^\n]+)", re.IGNORECASE)


def parse(text: str, url: str) -> Page:
    soup = soup_of(text)
    cards, detail = soup.select(".browse"), soup.select_one(".viewlot")
    if not cards and detail is None:
        raise not_this_site("NumisBids")
    sale = _sale(soup, url)
    if detail is not None:
        return Page("numisbids", (_lot(detail, sale, url),))
    return Page("numisbids", tuple(_card(card, sale, url) for card in cards))


def _sale(soup: Any, url: str) -> SaleRecord:
    head = soup.select_one(".salestatus")
    code = _SALE.search(urlsplit(url).path)
    day = _DATE.search(text_of(head)) if head else None
    return SaleRecord(
        house=text_of(head.select_one(".name")) if head else "",
        code=code[1] if code else asked(url, "sid"),
        title=text_of(head.select_one("b")) if head else "",
        day=day_of(day[0], "%d %b %Y", "%d %B %Y") if day else None,
    )


def _card(card: Any, sale: SaleRecord, url: str) -> LotRecord:
    link = card.select_one(".browsetext-top .lot a")
    number = _LOT.search(text_of(link))
    draft = Draft(_lot_id(card, sale, number), sale, number[1] if number else "")
    draft.url = link_of(link, url)
    draft.description = text_of(card.select_one(".summary a"))
    draft.is_cut = draft.description.endswith(("...", "…"))
    draft.image_url = image_of(card.select_one("img"), url)
    for place in (".estimate", ".realized"):
        if (tag := card.select_one(place)) is not None:
            _say(draft, tag)
    return draft.done()


def _lot_id(tag: Any, sale: SaleRecord, number: re.Match[str] | None) -> str:
    """The watch link has an id for good; a lot's number is one only within its sale."""
    watch = tag.select_one("a[href*='lid=']")
    if watch is not None:
        return asked(str(watch["href"]), "lid")
    return f"{sale.code}-{number[1]}" if number and sale.code else ""


def _say(draft: Draft, tag: Any) -> None:
    for conversion in tag.select(".ratetable"):
        conversion.decompose()
    said = text_of(tag)
    if status := status_word(said):
        draft.status = status
    elif said:
        draft.stated(*labelled(said))


def _lot(detail: Any, sale: SaleRecord, url: str) -> LotRecord:
    number = _LOT.search(text_of(detail.select_one(".lot")))
    draft = Draft(_lot_id(detail, sale, number), sale, number[1] if number else "", url=url)
    texts = [
        tag
        for tag in detail.select(".description")
        if tag.get("id") not in ("postbid", "watchnote")
    ]
    draft.description = words_of(texts[-1]) if texts else ""
    if estimate := _ESTIMATE.search(draft.description):
        draft.estimate(estimate[1].rstrip(". "))
    draft.image_url = image_of(detail.select_one("img"), url)
    for tag in detail.select(".estimate, .realized"):
        _say(draft, tag)
    return draft.done()


PARSER = Parser("numisbids", "NumisBids", ("numisbids.com",), parse)

"""biddr: listings of a sale, and the page of a lot."""

import re
from typing import Any
from urllib.parse import urlsplit

from market.parsers.base import (
    Draft,
    Parser,
    asked,
    image_of,
    link_of,
    not_this_site,
    soup_of,
    text_of,
    words_of,
)
from market.records import LotRecord, Page, SaleRecord

_NUMBER = re.compile(r"^Lot\s+(\w+)\.?\s*")


def parse(text: str, url: str) -> Page:
    soup = soup_of(text)
    cards = soup.select(".catalog-grid > [id^=lot]")
    detail = soup.select_one(".lot-details")
    if not cards and detail is None:
        raise not_this_site("biddr")
    sale = _sale(soup, url)
    if detail is not None:
        return Page("biddr", (_lot(detail, sale, url),))
    return Page("biddr", tuple(_card(card, sale, url) for card in cards))


def _sale(soup: Any, url: str) -> SaleRecord:
    steps = [step for step in urlsplit(url).path.split("/") if step]
    house = steps[1] if len(steps) > 1 and steps[0] == "auctions" else ""
    return SaleRecord(house=house, code=asked(url, "a"), title=text_of(soup.select_one("h1")))


def _card(card: Any, sale: SaleRecord, url: str) -> LotRecord:
    link = card.select_one(".lot-description a")
    address = link_of(link, url)
    said = text_of(link)
    draft = Draft(asked(address, "l") or str(card["id"]).removeprefix("lot"), sale, url=address)
    if number := _NUMBER.match(said):
        draft.lot_number, said = number[1], said[number.end() :]
    draft.is_cut = said.endswith(("...", "…"))
    draft.description = said
    draft.image_url = image_of(card.select_one(".lot-image a[data-pswp-width]"), url, "href")
    for price in card.select(".lot-price"):
        parts = [text_of(part) for part in price.find_all("div", recursive=False)]
        if len(parts) == 2:
            draft.stated(*parts)
    return draft.done()


def _lot(detail: Any, sale: SaleRecord, url: str) -> LotRecord:
    for button in detail.select(".truncatable-expand"):
        button.decompose()
    draft = Draft(asked(url, "l"), sale, url=url)
    said = words_of(detail.select_one(".lot-description"))
    if number := _NUMBER.match(said):
        draft.lot_number, said = number[1], said[number.end() :]
    draft.description = said
    draft.image_url = image_of(detail.select_one(".lot-image a[data-pswp-width]"), url, "href")
    for line in detail.select("[class*=lot-bidding-info-]"):
        label, value = line.select_one(".label"), line.select_one(".value")
        draft.stated(text_of(label), text_of(value))
    return draft.done()


PARSER = Parser("biddr", "biddr", ("biddr.com", "biddr.ch"), parse)

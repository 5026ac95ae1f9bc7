"""CNG as it was: pages of one lot, in two ages of markup."""

import re
from typing import Any

from market.parsers.base import (
    Draft,
    Parser,
    asked,
    image_of,
    not_this_site,
    soup_of,
    text_of,
    words_of,
)
from market.prices import Kind
from market.records import Page, SaleRecord

_MONEY = r"((?:[$€£]|[A-Z]{3})\s?[\d,.]+)"
_ESTIMATE = re.compile(rf"\bEstimate:?\s+{_MONEY}", re.IGNORECASE)
_SOLD = re.compile(rf"\bSold For\s+{_MONEY}", re.IGNORECASE)
_SALE = re.compile(
    r"\b((?:Triton|CNG|Mail Bid Sale|Electronic Auction)\s+[\w.]+),?\s+Lot:?\s*(\w+)"
)


def parse(text: str, url: str) -> Page:
    soup = soup_of(text)
    info = soup.select_one("td#coin_coinInfo") or soup.select_one("[id$=txtDescription]")
    if info is None:
        raise not_this_site("CNG")
    whole = text_of(soup.select_one("div.lot")) or text_of(soup.select_one("h1#coin_hHead"))
    found = _SALE.search(whole) or _SALE.search(text_of(info))
    code, number = (found[1], found[2]) if found else ("", "")
    sale = SaleRecord(house="CNG", code=code, title=code)
    coin = asked(url, "CoinID") or (f"{code} {number}".strip())
    draft = Draft(coin, sale, number, url=url)
    heading = soup.select_one("h1#coin_hHead")
    for apart in (heading, notes := soup.select_one("p#coin_pNotes")):
        if apart is not None:
            apart.extract()
    parts = [words_of(info), words_of(notes)]
    draft.description = "\n".join(part for part in parts if part)
    draft.image_url = image_of(soup.select_one("td[align=center] a img"), url)
    _prices(draft, soup, f"{whole}\n{draft.description}")
    return Page("cng_old", (draft.done(),))


def _prices(draft: Draft, soup: Any, text: str) -> None:
    later = text_of(soup.select_one("[id$=txtPrice]"))
    if estimate := _ESTIMATE.search(text) or _ESTIMATE.search(later):
        draft.estimate(estimate[1].rstrip(".,"))
    if sold := _SOLD.search(text) or _SOLD.search(later):
        draft.price(Kind.HAMMER, sold[1].rstrip(".,"))


PARSER = Parser("cng_old", "CNG, older pages", ("cngcoins.com",), parse)

"""CoinArchives: saved result pages. The heading says how many lots there should be."""

import re
from typing import Any

from market.parsers.base import (
    Draft,
    Parser,
    day_of,
    image_of,
    link_of,
    not_this_site,
    soup_of,
    text_of,
    words_of,
)
from market.prices import Kind
from market.records import LotRecord, Page, SaleRecord

_TITLE = re.compile(r"(?P<house>.+?), (?P<title>.+?)(?:, Lot (?P<lot>\w+))?$")
_MATCHED = re.compile(r"matched\s+([\d,]+)\s+lots?", re.IGNORECASE)


def parse(text: str, url: str) -> Page:
    soup = soup_of(text)
    rows = [row for row in soup.select("tr[id]") if row.select_one(".lottext") is not None]
    matched = _MATCHED.search(soup.get_text(" "))
    if not rows and matched is None:
        raise not_this_site("CoinArchives")
    stated = int(matched[1].replace(",", "")) if matched else None
    return Page("coinarchives", tuple(_lot(row, url) for row in rows), stated)


def _lot(row: Any, url: str) -> LotRecord:
    heading = text_of(row.select_one(".auctiontitle"))
    named = _TITLE.match(heading)
    sale = SaleRecord(
        house=named["house"] if named else heading, title=named["title"] if named else "",
        code=named["title"] if named else "",
        day=day_of(text_of(row.find("nobr")), "%d %b %Y", "%d %B %Y"),
    )  # fmt: skip
    draft = Draft(str(row["id"]), sale, (named["lot"] or "") if named else "")
    draft.description = words_of(row.select_one(".lottext"))
    draft.is_cut = draft.description.endswith(("...", "…"))
    draft.url = link_of(row.select_one("a[href]"), url)
    draft.image_url = image_of(row.select_one("img"), url)
    price = row.select_one("td.price")
    if price is not None and text_of(price):
        draft.price(Kind.HAMMER, text_of(price))
    return draft.done()


PARSER = Parser("coinarchives", "CoinArchives", ("coinarchives.com",), parse)

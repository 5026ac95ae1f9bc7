"""acsearch: result pages that somebody who may see them has saved. Prices are hammer prices."""

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
    text_of,
    words_of,
)
from market.prices import Kind
from market.records import LotRecord, Page, SaleRecord

_RESULTS = re.compile(r"acsearch\.initSearchResults\s*[=(]\s*(?=\[)")
_TITLE = re.compile(r"(?P<house>.+?), (?P<title>.*?(?P<code>[\w.-]*\d[\w.-]*)?), Lot (?P<lot>\w+)$")


def parse(text: str, url: str) -> Page:
    start = _RESULTS.search(text)
    if start is None:
        return _detail(text, url)
    try:
        rows, _end = json.JSONDecoder().raw_decode(text, start.end())
    except ValueError:
        raise PageRefusal("not_json", NOT_JSON, site="acsearch") from None
    return Page("acsearch", tuple(_lot(row) for row in rows if isinstance(row, dict)))


def _lot(row: dict[str, Any]) -> LotRecord:
    title = str(row.get("title") or "")
    number = str(row.get("id") or "")
    day = day_of(str(row.get("date") or ""), "%d.%m.%Y")
    named = _TITLE.match(title)
    sale = SaleRecord(
        house=named["house"] if named else "", title=named["title"] if named else title,
        code=(named["code"] or named["title"]) if named else "", day=day,
    )  # fmt: skip
    draft = Draft(number, sale, named["lot"] if named else "", title)
    draft.description = words_of(soup_of(str(row.get("description") or "")))
    draft.url = f"https://www.acsearch.info/search.html?id={number}" if number else ""
    image = str(row.get("image") or "")
    draft.image_url = image if image.startswith("https://") else ""
    price = str(row.get("price") or "").strip()
    if price:
        draft.price(Kind.HAMMER, price)
    return draft.done()


def _detail(text: str, url: str) -> Page:
    soup = soup_of(text)
    said = soup.select_one("#details-description")
    found = re.search(r"[?&]id=(\d+)", url)
    if said is None or found is None:
        raise not_this_site("acsearch")
    row = {
        "id": found[1],
        "title": text_of(soup.select_one("#details-title, h1")),
        "description": str(said),
        "date": text_of(soup.select_one("#details-date")),
        "price": text_of(soup.select_one("#details-price")),
    }
    return Page("acsearch", (_lot(row),))


PARSER = Parser("acsearch", "acsearch", ("acsearch.info",), parse)

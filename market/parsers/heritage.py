"""Heritage: a saved page of a lot. What it shows as sold includes the buyer's premium."""

import re
from datetime import date
from urllib.parse import unquote, urlsplit

from market.parsers.base import (
    Draft,
    Parser,
    day_of,
    image_of,
    not_this_site,
    soup_of,
    text_of,
    words_of,
)
from market.prices import Kind
from market.records import Page, SaleRecord

_ADDRESS = re.compile(r"/(?:(?P<slug>[^/]+)/)?a/(?P<sale>\d+)-(?P<lot>\d+)\.s")
_DATE = re.compile(r"\b([A-Z][a-z]{2}) (\d{1,2}), (\d{4})\b")


def parse(text: str, url: str) -> Page:
    soup = soup_of(text)
    said, found = soup.select_one("#auction-description"), _ADDRESS.search(urlsplit(url).path)
    if said is None or found is None:
        raise not_this_site("Heritage")
    sale = SaleRecord(house="Heritage", code=found["sale"], currency="USD", day=_day(text_of(soup)))
    draft = Draft(f"{found['sale']}-{found['lot']}", sale, found["lot"], url=url)
    draft.title = text_of(soup.select_one("h1")) or _words(found["slug"] or "")
    draft.description = words_of(said)
    draft.image_url = image_of(soup.select_one("#lot-image img, img#lot-image"), url)
    price = soup.select_one(".sold-price, #sold-price")
    if price is not None:
        text = re.sub(r"^\s*sold (?:for|on)?:?\s*", "", text_of(price), flags=re.IGNORECASE)
        draft.price(Kind.PREMIUM_INCLUDED, text)
    return Page("heritage", (draft.done(),))


def _day(text: str) -> date | None:
    match = _DATE.search(text)
    return day_of(match[0], "%b %d, %Y") if match else None


def _words(slug: str) -> str:
    return unquote(slug).replace("-", " ")


PARSER = Parser("heritage", "Heritage", ("ha.com", "coins.ha.com"), parse)

"""Aureo & Calicó: everything stands on the card of a listing. Days come before months."""

import re
from typing import Any

from market.parsers.base import (
    Draft,
    Parser,
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
from market.records import LotRecord, Page, SaleRecord, Warned

_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_NUMBER = re.compile(r"\b(?:Lot|Lote)\s*:?\s*(\d+\w?)", re.IGNORECASE)
_CODE = re.compile(r"\b(?:Auction|Subasta|Sale)\s+([\w-]*\d[\w-]*)", re.IGNORECASE)


def parse(text: str, url: str) -> Page:
    soup = soup_of(text)
    cards = soup.select(".card.lot-item")
    if not cards:
        raise not_this_site("Aureo & Calicó")
    sale = _sale(soup)
    return Page("aureo", tuple(_lot(card, sale, url) for card in cards))


def _sale(soup: Any) -> SaleRecord:
    title = text_of(soup.select_one("h1"))
    day, code = _DATE.search(text_of(soup.select_one(".auction-date"))), _CODE.search(title)
    return SaleRecord(
        house="Aureo & Calicó",
        code=code[1] if code else title[:60],
        title=title,
        day=day_of(day[0], "%d/%m/%Y") if day else None,
        currency="EUR",
    )


def _lot(card: Any, sale: SaleRecord, url: str) -> LotRecord:
    link = card.select_one("a[href]")
    text = card.select_one(".item-text")
    number = _NUMBER.search(text_of(card))
    address = link_of(link, url)
    draft = Draft(_lot_id(address, sale, number), sale, number[1] if number else "", url=address)
    # Greek stands in fonts of its own, under Latin letters that mean nothing
    if text is not None and text.select("span[style*=font-family]"):
        draft.warnings.append(Warned("strange_font"))
    draft.description = words_of(text)
    draft.image_url = image_of(card.select_one("img"), url)
    for line in words_of(card).splitlines():
        label, value = labelled(line)
        if label:
            draft.stated(label, value)
        elif status := status_word(line):
            draft.status = status
    return draft.done()


def _lot_id(address: str, sale: SaleRecord, number: re.Match[str] | None) -> str:
    found = re.findall(r"/(\d{3,})(?=[/?#]|$)", address)
    if found:
        return str(found[-1])
    return f"{sale.code}-{number[1]}" if number else ""


PARSER = Parser("aureo", "Aureo & Calicó", ("aureo.com", "aureocalico.bidinside.com"), parse)

"""Jesús Vico: cards of a listing. A dot divides thousands, days come before months."""

import re
from typing import Any

from market.parsers.base import (
    Draft,
    Parser,
    day_of,
    image_of,
    link_of,
    meaning_of,
    not_this_site,
    soup_of,
    text_of,
    words_of,
)
from market.prices import Kind, status_word
from market.records import LotRecord, Page, SaleRecord

_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_NUMBER = re.compile(r"\b(?:Lot|Lote)\s*:?\s*(\d+\w?)", re.IGNORECASE)
_CODE = re.compile(r"(?:auction|subasta)s?[/ -]+([\w-]*\d+)", re.IGNORECASE)


def parse(text: str, url: str) -> Page:
    soup = soup_of(text)
    cards = soup.select(".card.lot-card")
    if not cards:
        raise not_this_site("Jesús Vico")
    title = text_of(soup.select_one("h1"))
    day = _DATE.search(text_of(soup.select_one(".auction-info")))
    code = _CODE.search(title) or _CODE.search(url)
    sale = SaleRecord(
        house="Jesús Vico", code=code[1] if code else title[:60], title=title,
        day=day_of(day[0], "%d/%m/%Y") if day else None, currency="EUR",
    )  # fmt: skip
    return Page("vico", tuple(_lot(card, sale, url) for card in cards))


def _lot(card: Any, sale: SaleRecord, url: str) -> LotRecord:
    link = card.select_one("a[href]")
    number = _NUMBER.search(text_of(card.select_one(".lot-number")) or text_of(card))
    address = link_of(link, url)
    found = re.search(r"/(\d{3,})(?:[/?#-]|$)", address)
    fallback = f"{sale.code}-{number[1]}" if number else ""
    draft = Draft(found[1] if found else fallback, sale, number[1] if number else "", url=address)
    draft.title = text_of(card.select_one(".card-title"))
    draft.description = words_of(card.select_one(".card-text")) or draft.title
    draft.image_url = image_of(card.select_one("img"), url)
    if (start := card.select_one(".lot-salida-price-value")) is not None:
        draft.price(Kind.START, text_of(start))
    label = text_of(card.select_one(".label-grid"))
    if status := status_word(label):
        draft.status = status
    elif meaning_of(label) == "hammer":  # else the same place holds what one may buy it for
        draft.price(Kind.HAMMER, text_of(card.select_one(".lot-buy-to-value")))
    return draft.done()


PARSER = Parser("vico", "Jesús Vico", ("jesusvico.com", "subastas.jesusvico.com"), parse)

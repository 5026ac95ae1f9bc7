"""A coin as a list shows it: worked out here, so that a page of sixty asks its templates for little."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalog import telling
from catalog.columns import Column
from catalog.models import Coin, Photo, Status

ABOVE = 8
FACES = (Photo.Role.OBVERSE, Photo.Role.BOTH, Photo.Role.REVERSE)
TONES = {
    Status.DRAFT: "chip-bronze", Status.WANTED: "chip-bronze", Status.BIDDING: "chip-accent",
    Status.ORDERED: "chip-accent", Status.FOR_SALE: "chip-accent", Status.MISSING: "chip-danger",
}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    column: Column
    text: str


@dataclass(frozen=True)
class Card:
    coin: Coin
    title: str
    facts: str
    faces: list[Photo]
    status: str
    tone: str
    cells: list[Cell]
    is_below: bool = True  # the fold: its photos may come later


def cards_of(coins: Iterable[Coin], columns: Iterable[Column] = ()) -> list[Card]:
    return [card(coin, columns, place) for place, coin in enumerate(coins)]


def card(coin: Coin, columns: Iterable[Column], place: int) -> Card:
    is_plain = coin.status == Status.OWNED
    return Card(
        coin,
        str(coin),
        facts(coin),
        both_sides(coin),
        "" if is_plain else coin.get_status_display(),
        TONES.get(Status(coin.status), ""),
        [Cell(column, column.cell(coin)) for column in columns],
        place >= ABOVE,
    )


def facts(coin: Coin) -> str:
    """What the title does not say already."""
    who = [coin.authority, coin.denomination, coin.mint] if coin.title else [coin.metal]
    said = str(coin).casefold()
    parts = [*(str(term) for term in who if term), telling.struck(coin), coin.grade]
    return " · ".join(part for part in parts if part and part.casefold() not in said)


def both_sides(coin: Coin) -> list[Photo]:
    """Obverse and reverse where there are both, else what comes first."""
    photos = list(coin.photos.all())
    sides = {photo.role: photo for photo in reversed(photos)}
    chosen = [sides[role] for role in FACES if role in sides]
    if Photo.Role.BOTH in sides and len(chosen) < 3:
        return [sides[Photo.Role.BOTH]]
    chosen = [photo for photo in chosen if photo.role != Photo.Role.BOTH]
    return chosen or photos[:1]

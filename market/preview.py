"""What would be kept of a pasted text, before it is."""

from dataclasses import dataclass
from typing import Any

from market.extract import Reading, read
from market.marking import Piece, marked
from market.models import Lot, Price
from market.parsers import PARSERS
from market.recording import spans
from market.records import LotRecord
from market.setting_apart import set_apart
from market.wording import name_of, warning


@dataclass(frozen=True)
class Preview:
    record: LotRecord
    pieces: list[Piece]
    read: list[tuple[str, str]]
    prices: list[tuple[str, Any]]
    status: str
    excluded: str
    warnings: list[str]


def preview(text: str, url: str = "") -> list[Preview]:
    """Refused as keeping it would be."""
    return [_of(record) for record in PARSERS["pasted"].parse(text, url).lots]


def _of(record: LotRecord) -> Preview:
    reading = read(record.description)
    reason, _n_coins = set_apart(record.description)
    names = dict(Price.Kind.choices)
    return Preview(
        record,
        pieces_of(record.description, all_spans(reading)),
        values(reading),
        [(str(names[one.kind.value]), one.money) for one in record.prices],
        str(Lot.Status(record.status).label),
        str(Lot.Excluded(reason).label) if reason else "",
        [warning(one.code, one.raw) for one in record.warnings]
        + [warning(one.field, one.raw) for one in reading.warnings],
    )


def all_spans(reading: Reading) -> dict[str, list[int]]:
    cited = {f"reference:{n}": list(one.span) for n, one in enumerate(reading.references)}
    remarked = {f"flag:{n}": list(one.span) for n, one in enumerate(reading.flags)}
    return spans(reading) | cited | remarked


def pieces_of(text: str, where: dict[str, list[int]]) -> list[Piece]:
    return [
        Piece(piece.text, name_of(piece.name) if piece.name else "")
        for piece in marked(text, where)
    ]


def values(reading: Reading) -> list[tuple[str, str]]:
    said = reading.flat()
    told = [
        (name, str(said[name]))
        for name in ("ruler", "denomination", "metal", "mint", "weight_g", "diameter_mm", "grade")
        if said[name] is not None
    ]
    if reading.metal and reading.metal.inferred:
        told.append(("metal", reading.metal.value))
    if reading.cited:
        told.append(("reference", ", ".join(reading.cited)))
    return [(name_of(name), value) for name, value in told]

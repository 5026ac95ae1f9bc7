"""Coins as a table for other programs. CSV and JSON are written as they are read, so that a cabinet
of any size needs no memory; a workbook is built row by row in a file."""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import IO, Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from catalog.exports import workbook
from catalog.exports.cells import escape
from catalog.exports.columns import MONEY, RELATED, Column, columns_for
from catalog.exports.selection import Selection
from catalog.exports.workbook import Cell
from catalog.models import Coin

Progress = Callable[[int], None]
BOM = "\ufeff"  # or Excel takes UTF-8 for the code page of the country


class Echo:
    """A file that hands back what is written to it: Django's way to stream a CSV."""

    def write(self, text: str) -> str:
        return text


def csv_lines(selection: Selection) -> Iterator[str]:
    columns = columns_for(selection)
    writer = csv.writer(Echo())
    yield BOM + writer.writerow([escape(str(column.heading)) for column in columns])
    for coin in selection.in_order(*RELATED):
        yield writer.writerow([as_text(column.value(coin)) for column in columns])


def as_text(value: Cell) -> str:
    if value is None:
        return ""
    return escape(value.replace("\0", "")) if isinstance(value, str) else plain(value)


def plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


# --- JSON ----------------------------------------------------------------------
TRADE = [
    "kind",
    "date",
    "price",
    "currency",
    "fees",
    "shipping",
    "party",
    "sale",
    "lot",
    "tax_lot",
    "url",
    "note",
]
VALUATION = ["date", "amount", "currency", "source", "note"]
PROVENANCE = ["holder", "event", "date", "lot", "url", "note"]


def json_lines(selection: Selection) -> Iterator[str]:
    """One list of objects, one coin a line: read by any program, and by a person."""
    columns = columns_for(selection)
    simple = [one for one in columns if one not in MONEY]
    separator = "[\n"
    for coin in selection.in_order(*RELATED, Prefetch("provenance", to_attr="all_provenance")):
        yield separator + json.dumps(as_object(coin, simple), ensure_ascii=False, default=plain)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def as_object(coin: Coin, columns: list[Column]) -> dict[str, Any]:
    found: dict[str, Any] = {"uid": str(coin.uid)}
    for column in columns:
        value = column.value(coin)
        found[column.name] = None if value == "" else value
    found["references"] = [row.text for row in coin.references.all()]
    found["tags"] = sorted(tag.path for tag in coin.tags.all())
    found["years"] = [coin.year_from, coin.year_to]
    rows: Any = coin
    for name, keys in (("trades", TRADE), ("valuations", VALUATION), ("provenance", PROVENANCE)):
        found[name] = [
            {key: getattr(row, key) for key in keys} for row in getattr(rows, f"all_{name}")
        ]
    return found


# --- XLSX ----------------------------------------------------------------------
def write_xlsx(selection: Selection, file: IO[bytes], progress: Progress) -> None:
    columns = columns_for(selection)
    headings = [str(column.heading) for column in columns]
    widths = [max(11, len(heading) + 3) for heading in headings]
    with workbook.sheet(file, _("Coins"), widths, len(selection) + 1) as sheet:
        sheet.append(headings, workbook.HEADING)
        for done, coin in enumerate(selection.in_order(*RELATED), 1):
            sheet.append(column.value(coin) for column in columns)
            progress(done)

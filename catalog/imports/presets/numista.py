"""Numista's "Export my collection", as XLSX or CSV, with whichever columns were ticked there.

Weight, diameter and thickness in it are those of the catalogue's type, not of anybody's coin, and stay
out of the coin for that reason."""

import re

from django.utils.translation import gettext_lazy as _

from catalog.imports.guess import plain
from catalog.imports.presets.base import Preset, bare_metal, listed, with_columns
from catalog.imports.readers import Table

SPLIT = re.compile(r"\s+[-–]\s+|\s+\(")
NOMINAL = "Denomination"
STRUCK = "Date struck"
NUMBER = "Numista reference"


def is_numista(table: Table) -> bool:
    names = {plain(heading) for heading in table.headings}
    own = {
        "public comment",
        "private comment",
        "for exchange",
        "ruling authority",
        "gregorian year",
    }
    return any(heading.startswith("N#") for heading in table.headings) or len(own & names) > 1


def adapt(table: Table) -> Table:
    by_name = {plain(heading): heading for heading in table.headings}
    number = next((one for one in table.headings if one.startswith("N#")), "")

    def values(row: dict[str, str]) -> list[str]:
        title = row.get(by_name.get("title", ""), "")
        digits = re.search(r"\d+", row.get(number, ""))
        return [
            SPLIT.split(title)[0] if SPLIT.search(title) else "",
            struck(row, by_name),
            f"N# {digits[0]}" if digits else "",
        ]

    return with_columns(table, [NOMINAL, STRUCK, NUMBER], values)


def struck(row: dict[str, str], by_name: dict[str, str]) -> str:
    """The year on the coin beside ours, as "1360 (1941)"."""
    native, ours = (
        row.get(by_name.get(name, ""), "").removesuffix(".0") for name in ("year", "gregorian year")
    )
    return f"{native} ({ours})" if native and ours and native != ours else ours or native


NUMISTA = Preset(
    "numista",
    "Numista",
    is_numista,
    columns={
        "country": "", "issuer": "region", "ruling authority": "authority", "face value": "", "currency": "",
        "denomination": "denomination", "date struck": "date", "numista reference": "references",
        "reference": "references", "references": "references", "n number": "", "n": "", "title": "title", "type": "",
        "composition": "metal", "weight": "", "diameter": "", "thickness": "", "year": "", "year range": "",
        "gregorian year": "", "mintmark": "mint_mark", "mint": "mint", "marks": "variety", "comment": "variety",
        "grade": "grade", "grading company": "grade_service", "grading service": "grade_service",
        "slab number": "certificate", "quantity": "quantity", "for exchange": "", "from set": "",
        "buying price": "purchase.price", "estimate": "valuation.amount", "acquisition date": "purchase.date",
        "acquisition place": "purchase.party", "private comment": "notes", "public comment": "notes",
        "storage location": "place", "collection": "tags", "serial number": "", "shape": "", "orientation": "",
        "series": "", "demonetized": "", "obverse": "", "reverse": "", "edge": "",
    },
    adapt=adapt,
    clean={"metal": bare_metal, "references": listed},
    constants={"valuation.source": "Numista"},
    careful=True,
    how_to=_("On Numista: My collection → at the bottom, Export my collection → Coins, all columns, XLSX."),
)  # fmt: skip

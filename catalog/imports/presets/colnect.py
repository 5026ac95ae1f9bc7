"""Colnect's "Export list": a few lines about the list, the table, and a last line that says END. What a
coin is on each of several lists stands in brackets, in the order of the lists."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from catalog.imports.cells import year_of
from catalog.imports.presets.base import Preset, bare_metal, has, with_columns
from catalog.imports.readers import Table

BRACKETS = re.compile(r"\[([^\]]*)\]")
CODE = re.compile(r"\s*([^:,]+?)\s*:\s*(?:[A-Z]{2,3}(?:-[A-Z]{2,3})?\s+)?([^,]+)")
PER_LIST = ("Quantity", "Condition", "Public Note", "Private Note")
LISTS = (("wish", "wanted"), ("sell", "for_sale"), ("swap", "for_sale"))


def adapt(table: Table) -> Table:
    def rows() -> Iterator[tuple[int, list[str]]]:
        for number, cells in table.rows:
            if not cells[0].casefold().startswith("end of colnect"):
                yield number, cells

    names = [name for name in PER_LIST if name in table.headings]
    trimmed = Table(table.kind, table.headings, rows(), table.facts)

    def values(row: dict[str, str]) -> list[str]:
        return [status_of(row.get("List", "")), *(first(row[name]) for name in names)]

    return with_columns(trimmed, ["Status", *names], values)


def first(text: str) -> str:
    """2 of "[],[2]": what the coin is on the first list that says anything."""
    groups = BRACKETS.findall(text)
    return next((group.strip() for group in groups if group.strip()), "") if groups else text


def status_of(lists: str) -> str:
    names = [name.strip().casefold() for name in lists.split(",")]
    if "collection" in names:
        return "owned"
    return next((status for word, status in LISTS if any(word in name for name in names)), "")


def codes(text: str) -> str:
    """`KM 207; Schön 204` of "Km:DE 207, Schön:DE 204"."""
    found = [(catalogue, number.strip()) for catalogue, number in CODE.findall(text)]
    if not found:
        return text
    return "; ".join(
        f"{name.upper() if len(name) < 3 else name} {number}" for name, number in found
    )


COLNECT = Preset(
    "colnect",
    "Colnect",
    lambda table: has("name", "catalog codes")(table) or has("name", "country", "link")(table),
    columns={
        "name": "title", "country": "region", "series": "tags", "catalog codes": "references", "issued on": "date",
        "face value": "denomination", "composition": "metal", "mint": "mint", "weight": "", "diameter": "", "size": "",
        "thickness": "", "orientation": "", "edge": "", "shape": "", "mintage": "", "print run": "", "distribution": "",
        "description": "", "link": "", "list": "", "status": "status", "quantity": "quantity", "condition": "grade",
        "public note": "notes", "private note": "notes", "parent item": "", "variant": "variety", "score": "",
        "accuracy": "", "themes": "", "last issue date": "", "buy price": "purchase.price", "buy value": "purchase.price",
        "currency": "",
    },
    adapt=adapt,
    # the day of issue is not what stands on the coin
    clean={"metal": bare_metal, "references": codes, "date": lambda text: year_of(text) or text},
    careful=True,
    how_to=_("On Colnect: My collection, or any list → Export list → CSV."),
)  # fmt: skip

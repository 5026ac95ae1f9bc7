"""A batch as a file: CSV, JSON and XLSX in the words of `manage.py identify`, and a contact sheet."""

import csv
import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from django.utils.translation import gettext as _

from catalog.exports import workbook
from catalog.exports.cells import escape
from catalog.exports.tables import BOM
from catalog.models import Coin
from identify import telling
from identify.batches import results
from identify.models import Batch

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_json(batch: Batch, coins: Sequence[Coin]) -> bytes:
    said = list(results.objects(coins))
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def table(coins: Sequence[Coin]) -> list[list[Any]]:
    columns = telling.columns()
    lines = [telling.row(one) for one in results.objects(coins)]
    return [[line.get(column, "") for column in columns] for line in lines]


def as_csv(batch: Batch, coins: Sequence[Coin]) -> bytes:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(telling.columns())
    for line in table(coins):
        writer.writerow(
            [escape(cell.replace("\0", "")) if isinstance(cell, str) else cell for cell in line]
        )
    return (BOM + out.getvalue()).encode()


def as_xlsx(batch: Batch, coins: Sequence[Coin]) -> bytes:
    out, columns, lines = BytesIO(), telling.columns(), table(coins)
    widths = [max(11, len(name) + 3) for name in columns]
    with workbook.sheet(out, _("Batch"), widths, len(lines) + 1) as sheet:
        sheet.append(columns, workbook.HEADING)
        for line in lines:
            sheet.append([Decimal(str(cell)) if isinstance(cell, float) else cell for cell in line])
    return out.getvalue()


def as_pdf(batch: Batch, coins: Sequence[Coin]) -> bytes:
    from identify.batches.contact import print_contact

    out = BytesIO()
    print_contact(batch, results.rows(coins), out)
    return out.getvalue()


Make = Callable[[Batch, Sequence[Coin]], bytes]
KINDS: dict[str, tuple[str, Make]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json", as_json),
    "xlsx": (XLSX, as_xlsx),
    "pdf": ("application/pdf", as_pdf),
}

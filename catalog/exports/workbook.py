"""One sheet of an XLSX, written row by row: five times as fast as building it from cell objects, and
in constant memory. Text is always an inline string, so that nothing in it is ever a formula."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import IO
from xml.sax.saxutils import escape as xml
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from catalog.exports.cells import escape, printable

Cell = str | int | Decimal | date | None
PLAIN, DAY, TEXT, HEADING = range(4)
LONGEST = 32_767  # Excel's
FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a 29 February that never was
EPOCH = date(1899, 12, 30)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    # in the order of PLAIN, DAY, TEXT, HEADING
    "xl/styles.xml": (
        f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        '<cellStyleXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
        '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}  # fmt: skip


class Sheet:
    def __init__(self, out: IO[bytes]) -> None:
        self.out = out

    def append(self, cells: Iterable[Cell], style: int = PLAIN) -> None:
        self.out.write(f"<row>{''.join(written(one, style) for one in cells)}</row>".encode())


@contextmanager
def sheet(file: IO[bytes], title: str, widths: list[int], rows: int) -> Iterator[Sheet]:
    """`rows` counts the heading, which stays in view and carries the filters."""
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=4) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, HEAD + text)
        archive.writestr("xl/workbook.xml", HEAD + book(title))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as out:
            out.write((HEAD + top(widths)).encode())
            yield Sheet(out)
            area = f"A1:{letters(len(widths))}{rows}"
            out.write(f'</sheetData><autoFilter ref="{area}"/></worksheet>'.encode())


def book(title: str) -> str:
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name={quoteattr(title[:31])} sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def top(widths: list[int]) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(widths, 1)
    )
    return (
        f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="1" '
        'topLeftCell="B2" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>"
    )


def written(value: Cell, style: int) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, date) and value >= FIRST_DAY:
        return f'<c s="{DAY}"><v>{(value - EPOCH).days}</v></c>'
    if isinstance(value, int | Decimal):
        return f"<c><v>{value:f}</v></c>"
    text = printable(str(value))[:LONGEST]
    if escape(text) != text:
        style = TEXT  # stays text when somebody edits the cell, too
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{xml(text)}</t></is></c>'


def letters(number: int) -> str:
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name

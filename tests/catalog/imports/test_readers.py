from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from catalog.imports.readers import Table, TableError, open_table
from tests.catalog.imports.files import COLNECT, encrypted_workbook, xlsx_bytes, zip_of
from tests.factories import draw_coin


def read(tmp_path: Path, data: bytes | str) -> tuple[Table, list[list[str]]]:
    path = tmp_path / "file"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    with open_table(path) as table:
        return table, [cells for _number, cells in table.rows]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_text_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    text = "Münzstätte;Größe\nKöln;18,5\nTrier;20\n"
    table, rows = read(tmp_path, text.encode(encoding))
    assert table.headings == ["Münzstätte", "Größe"]
    assert rows == [["Köln", "18,5"], ["Trier", "20"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_usual_delimiter(tmp_path: Path, delimiter: str) -> None:
    lines = [
        ["Title", "Price", "Notes"],
        ["Denarius", "12", 'says "AVG"'],
        ["As", "3", "worn; holed"],
    ]
    text = "\n".join(
        delimiter.join(f'"{c.replace(chr(34), chr(34) * 2)}"' for c in line) for line in lines
    )
    table, rows = read(tmp_path, text)
    assert table.facts["delimiter"] == delimiter
    assert rows == lines[1:]


def test_decimal_commas_are_no_delimiters(tmp_path: Path) -> None:
    _table, rows = read(tmp_path, "Weight;Price\n3,21;120,50\n2,9;40,00\n")
    assert rows == [["3,21", "120,50"], ["2,9", "40,00"]]


def test_excel_may_declare_its_delimiter(tmp_path: Path) -> None:
    table, rows = read(tmp_path, "sep=;\r\nTitle;Year\r\nDenarius, worn;103\r\n")
    assert table.headings == ["Title", "Year"]
    assert rows == [["Denarius, worn", "103"]]


def test_one_column_is_a_table(tmp_path: Path) -> None:
    assert read(tmp_path, "title\nDenarius\n")[1] == [["Denarius"]]


def test_cells_may_hold_lines_and_nuls_are_dropped(tmp_path: Path) -> None:
    _table, rows = read(tmp_path, 'Title,Notes\nDenarius,"one\ntwo"\n')
    assert rows == [["Denarius", "one\ntwo"]]


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("Title,Year\n\nDenarius,103\n,\nAs,14\n")
    with open_table(path) as table:
        assert [number for number, _cells in table.rows] == [3, 5]


def test_lines_above_the_headings_are_skipped(tmp_path: Path) -> None:
    table, rows = read(tmp_path, COLNECT)
    assert table.headings[:3] == ["Name", "Country", "Series"]
    assert rows[0][0] == "1 Deutsche Mark"


def test_headings_are_made_unique(tmp_path: Path) -> None:
    table, _rows = read(tmp_path, "Note,Note,,Note (2)\na,b,c,d\n")
    assert table.headings == ["Note", "Note (2)", "Column 3", "Note (2) (2)"]


def test_an_apostrophe_that_disarms_a_formula_is_taken_off(tmp_path: Path) -> None:
    assert read(tmp_path, "Title,Notes\n'=1+1,'plain\n")[1] == [["=1+1", "'plain"]]


def test_a_workbook_gives_values(tmp_path: Path) -> None:
    table, rows = read(
        tmp_path,
        xlsx_bytes(
            ["Title", "Year", "Weight", "Bought", "Slabbed", "At"],
            ["Denarius", 103.0, 3.21, date(2020, 5, 4), True, datetime(2020, 5, 4, 10, 30)],
        ),
    )
    assert table.kind == "workbook"
    assert rows == [["Denarius", "103", "3.21", "2020-05-04", "yes", "2020-05-04 10:30:00"]]


def test_the_first_sheet_with_something_on_it_counts(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("Coins").append(["Title", "Mint"])
    book["Coins"].append(["Denarius", "Rome"])
    book.save(tmp_path / "file")
    with open_table(tmp_path / "file") as table:
        assert table.facts["sheet"] == "Coins"
        assert [cells for _n, cells in table.rows] == [["Denarius", "Rome"]]


def test_a_formula_is_never_its_text(tmp_path: Path) -> None:
    """Excel keeps the last value beside a formula; where it has none, there is none."""
    _table, rows = read(tmp_path, xlsx_bytes(["Title", "Price"], ["Denarius", "=1+1"]))
    assert rows == [["Denarius"]]


def grid(width: int) -> str:
    return ",".join(f"Column {at}" for at in range(width)) + "\n" + "x," * width


REFUSALS: Sequence[tuple[str, bytes | str]] = [
    ("empty", ""),
    ("empty", "\ufeff\n\n  \n"),
    ("empty", xlsx_bytes()),
    ("no-rows", "Title,Mint\n"),
    ("no-header", "1911,35.5,1\n1912,12,3\n"),
    ("columns", grid(201)),
    ("not-a-table", b"%PDF-1.7 ..."),
    ("not-a-table", draw_coin()),
    ("not-a-table", b"\x00\x01\x02\x03\x04\x05\x06\x07" * 600),
    ("json", '[{"title": "Denarius"}]'),
    ("html", "<!DOCTYPE html>\n<html><body>Sign in</body></html>"),
    ("html", "\ufeff<html><table><tr><td>coins.csv</td></tr></table></html>"),
    ("mojibake", "Münze,Stätte\nDenar,KÃ¶ln\nAs,GÃ¶ttingen\n"),
    ("encoding", b"Title,Mint\n\x81\x8d,\x90\xff\xfe\x9d\n"),
    ("quotes", "Title,Mint\n" + '"never closed,Rome\n' * 3 + "x" * 200_000),
    ("encrypted", encrypted_workbook()),
    ("old-excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2048),
    ("corrupt", xlsx_bytes(["Title"], ["Denarius"])[:-200]),
    ("corrupt", zip_of(xl__workbook=b"x").replace(b"xl/workbook", b"xl/workbook")[:40]),
    ("archive", zip_of(a_jpg=draw_coin())),
    ("opendocument", zip_of(**{"content.xml": b"<x/>"})),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "data"), REFUSALS, ids=[f"{n}-{c}" for n, (c, _d) in enumerate(REFUSALS)]
)
def test_refused_by_name(tmp_path: Path, code: str, data: bytes | str) -> None:
    with pytest.raises(TableError) as refusal:
        read(tmp_path, data)
    assert refusal.value.code == code
    assert str(refusal.value).endswith((".", "(.db)."))


def test_too_many_rows_are_refused_while_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.imports.readers.tables.MAX_ROWS", 3)
    with pytest.raises(TableError, match="more than 3 rows"):
        read(tmp_path, "Title\n" + "Denarius\n" * 5)


def test_a_workbook_that_unpacks_to_a_bomb_is_refused(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "file"
    path.write_bytes(xlsx_bytes(["Title"], ["Denarius"]))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", b"\0" * (40 * 1024 * 1024))
    with pytest.raises(TableError) as refusal, open_table(path):
        pass
    assert refusal.value.code == "bomb"


def test_a_workbook_with_entities_of_its_own_is_refused(tmp_path: Path) -> None:
    import zipfile

    path, source = tmp_path / "file", tmp_path / "source"
    source.write_bytes(xlsx_bytes(["Title"], ["Denarius"]))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                data = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + data
            new.writestr(part.filename, data)
    with pytest.raises(TableError) as refusal, open_table(path):
        pass
    assert refusal.value.code == "bomb"

"""Files as the programs write them, made here; nobody's collection."""

import io
import sqlite3
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from tests.factories import draw_coin

Rows = Sequence[Sequence[Any]]


def csv_file(text: str, name: str = "coins.csv", encoding: str = "utf-8") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(encoding))


def xlsx_bytes(*rows: Sequence[Any]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(list(row))  # type: ignore[union-attr]
    book.save(out)
    return out.getvalue()


def xlsx_file(*rows: Sequence[Any], name: str = "coins.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, xlsx_bytes(*rows))


def zip_of(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_jpg", ".jpg"), data)
    return out.getvalue()


def encrypted_workbook() -> bytes:
    """The beginnings of what Excel writes with a password: an OLE container with this stream."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    return head + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512


FULL = (
    "Number,Title,Status,Ruler,Denomination,Mint,Metal,Year,Obverse legend,Reference,Weight (g),Diameter (mm),"
    "Die axis,Grade,Certificate,Location,Tags,Notes,Purchase price,Currency,Purchase date,Fees,Shipping,Seller,Lot,"
    "Valuation,Valuation date\n"
    'A1,Denarius of Trajan,owned,Trajan,Denarius,Rome,Silver,AD 103-111,IMP TRAIANO AVG,"RIC II 127; Sear 3110",'
    '3.21,18.5,6h,gVF,555-1,Safe / Tray 4,"Roman / Silver; Favourite",From an old cabinet,"120,50",EUR,4.5.2019,'
    "12.00,8,A dealer,77,150,2024-01-31\n"
)
NUMISTA = (
    ["Country", "Issuer", "Ruling authority", "Face value", "Currency", "N# number (with link)", "Title",
     "Composition", "Weight", "Diameter", "Year", "Gregorian year", "Mintmark", "Reference", "Grade", "Quantity",
     "Buying price (EUR)", "Estimate (EUR)", "Acquisition date", "Acquisition place", "Storage location",
     "Private comment", "Public comment", "Collection", "For exchange"],
    ["Italy", "Kingdom of Italy", "Victor Emmanuel III", 2, "Lira", 1234, "2 Lire - Victor Emmanuel III",
     "Silver (.835)", 10, 27, 1911, 1911, "R", "KM# 52, Schön# 31", "VF", 1, 35.5, 48, "2021-03-04", "Coin fair",
     "Album 2", "from Aunt Ida", "nice toning", "Italy", False],
    ["Iran", "Iran", "Mohammad Reza", 10, "Rial", 999, "10 Rials - Mohammad Reza Pahlavi", "Silver (.600)", 16, 32,
     1360, 1941, None, "KM# 1136", "XF", 2, None, None, None, None, None, None, None, None, False],
)  # fmt: skip
UCOIN = (
    ["Country", "Denomination", "Year", "Mint", "Var.", "Subject", "Condition", "Price", "Number", "Diameter, mm",
     "Quantity", "Purchase date", "Purchase price", "Comment"],
    ["Germany", "1 mark", 1972, "J", None, None, "VF", 1.2, "KM# 110", 23.5, 1, "04.05.2019", 0.5, "drawer"],
)  # fmt: skip
COLNECT = """\
"Colnect list"
"This list contains 2 Coins"
"For the updated list on Colnect visit: ","https://colnect.com/en/coins/list/collection/somebody"
"List exported on 2026-08-22 10:06:42 GMT+0"

"Name","Country","Series","Catalog Codes","Issued on","Composition","Face value","Weight","Link","List","Quantity","Condition","Public Note"
"1 Deutsche Mark","Germany","1950~2001 - Circulation","Km:DE 110, J:DE 385","1972","Copper-Nickel","1 DM - German mark","5.5","https://colnect.com/coins/coin/1","Collection,Swap","[2],[1]","[VF],[]","[first],[]"
"5 Francs","Switzerland","","Km:CH 40","1931-01-01","Silver 0.835","5 Fr. - Swiss franc","15","https://colnect.com/coins/coin/2","Wish","[]","[]","[]"


"END of Colnect list launched on 2026-08-22"
"""


def opennumismat(path: Path, coins: list[dict[str, Any]], photos: Sequence[bytes] = ()) -> Path:
    """A collection file with the tables of that program's version 9."""
    columns = [
        "title",
        "value:NUMERIC",
        "unit",
        "country",
        "year:INTEGER",
        "period",
        "mint",
        "mintmark",
        "issuedate",
        "type",
        "series",
        "subjectshort",
        "status",
        "material",
        "fineness:INTEGER",
        "shape",
        "diameter:NUMERIC",
        "thickness:NUMERIC",
        "weight:NUMERIC",
        "grade",
        "edge",
        "edgelabel",
        "obvrev",
        "quality",
        "mintage:INTEGER",
        "dateemis",
        "catalognum1",
        "catalognum2",
        "catalognum3",
        "catalognum4",
        "rarity",
        "price1:NUMERIC",
        "price2:NUMERIC",
        "price3:NUMERIC",
        "price4:NUMERIC",
        "variety",
        "obversevar",
        "reversevar",
        "edgevar",
        "paydate",
        "payprice:NUMERIC",
        "totalpayprice:NUMERIC",
        "saller",
        "payplace",
        "payinfo",
        "saledate",
        "saleprice:NUMERIC",
        "totalsaleprice:NUMERIC",
        "buyer",
        "saleplace",
        "saleinfo",
        "note",
        "image:INTEGER",
        "obverseimg:INTEGER",
        "obversedesign",
        "obversedesigner",
        "reverseimg:INTEGER",
        "reversedesign",
        "reversedesigner",
        "edgeimg:INTEGER",
        "subject",
        "photo1:INTEGER",
        "photo2:INTEGER",
        "photo3:INTEGER",
        "photo4:INTEGER",
        "defect",
        "storage",
        "features",
        "createdat",
        "updatedat",
        "quantity:INTEGER",
        "url",
        "barcode",
        "ruler",
        "region",
        "obverseengraver",
        "reverseengraver",
        "obversecolor",
        "reversecolor",
        "varietydesc",
        "varietyimg:INTEGER",
        "format",
        "condition",
        "category",
        "sort_id:INTEGER",
        "emitent",
        "signatureimg:INTEGER",
    ]
    typed = ", ".join(f"{c.split(':')[0]} {[*c.split(':'), 'TEXT'][1]}" for c in columns)
    with sqlite3.connect(path) as file:
        file.execute(f"CREATE TABLE coins (id INTEGER PRIMARY KEY, {typed})")
        file.execute("CREATE TABLE photos (id INTEGER PRIMARY KEY, title TEXT, image BLOB)")
        file.execute("CREATE TABLE images (id INTEGER PRIMARY KEY, image BLOB)")
        file.execute("CREATE TABLE settings (title CHAR NOT NULL UNIQUE, value CHAR)")
        file.execute(
            "CREATE TABLE tags (id INTEGER NOT NULL PRIMARY KEY, tag TEXT, parent_id INTEGER)"
        )
        file.execute("CREATE TABLE coins_tags (coin_id INTEGER, tag_id INTEGER)")
        file.execute("INSERT INTO settings VALUES ('Version', '9'), ('Type', 'OpenNumismat')")
        for image in photos:
            file.execute("INSERT INTO photos (image) VALUES (?)", [image])
        for coin in coins:
            names, marks = ", ".join(coin), ", ".join("?" * len(coin))
            file.execute(f"INSERT INTO coins ({names}) VALUES ({marks})", list(coin.values()))
    file.close()
    return path


def a_collection(path: Path) -> Path:
    """Three coins: one with two photos and all there is to say, one sold, one wanted."""
    opennumismat(
        path,
        [
            {"title": "Denarius of Trajan", "value": 1.0, "unit": "denarius", "country": "Roman Empire",
             "year": 103, "ruler": "Trajan", "mint": "Rome", "material": "Silver", "status": "owned", "grade": "VF",
             "weight": 3.21, "diameter": 18.5, "catalognum1": "RIC 127", "catalognum2": "Sear 3110",
             "paydate": "2019-05-04", "payprice": 120.0, "totalpayprice": 144.0, "saller": "A dealer",
             "payplace": "Auction 12", "storage": "Tray 4", "note": "From an old cabinet", "obverseimg": 1,
             "reverseimg": 2, "series": "Dacian wars", "quantity": 1},
            {"title": "Tetradrachm", "year": -440, "country": "Athens", "status": "sold", "payprice": 300.0,
             "totalpayprice": 300.0, "paydate": "2010-01-02", "saledate": "2020-02-03", "saleprice": 900.0,
             "totalsaleprice": 800.0, "buyer": "A friend"},
            {"title": "Aureus of Nero", "status": "wish", "country": "Roman Empire", "year": 64, "grade": "wonderful"},
        ],
        [draw_coin(letters="T"), draw_coin(letters="V", tone=120)],
    )  # fmt: skip
    with sqlite3.connect(path) as file:
        file.execute("INSERT INTO tags VALUES (1, 'Roman', NULL), (2, 'Silver', 1)")
        file.execute("INSERT INTO coins_tags VALUES (1, 2)")
    file.close()
    return path

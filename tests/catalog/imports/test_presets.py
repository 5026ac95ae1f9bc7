"""Each program's own file, made in its format, with what must and what must not come of it."""

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files import File

from catalog.exports.selection import Selection
from catalog.exports.tables import csv_lines
from catalog.imports import uploads
from catalog.imports.presets import PRESETS
from catalog.models import Coin, Collection, CustomField, Denomination, Photo, User
from tests.catalog.imports.doing import bring, check, upload
from tests.catalog.imports.files import (
    COLNECT,
    FULL,
    NUMISTA,
    UCOIN,
    a_collection,
    csv_file,
    opennumismat,
    xlsx_file,
)
from tests.factories import make_term


def coins(collection: Collection) -> list[Coin]:
    return list(collection.coins.for_page().order_by("pk"))


def test_every_preset_says_how_to_get_the_file() -> None:
    assert all(preset.how_to and preset.name for preset in PRESETS.values())


# --- Numista -------------------------------------------------------------------
def test_numista(collection: Collection) -> None:
    session = bring(collection, xlsx_file(*NUMISTA))
    assert (session.preset, session.done, session.refused) == ("numista", 2, 0)
    lira, rials, _second = coins(collection)
    assert (lira.title, str(lira.denomination), str(lira.authority)) == (
        "2 Lire - Victor Emmanuel III", "2 Lire", "Victor Emmanuel III",
    )  # fmt: skip
    assert (str(lira.region), str(lira.metal), lira.mint_mark) == (
        "Kingdom of Italy",
        "Silver",
        "R",
    )
    assert [row.text for row in lira.references.all()] == ["KM# 52", "N# 1234", "Schön# 31"]
    assert (lira.grade, lira.year_from, str(lira.place)) == ("VF", 1911, "Album 2")
    assert lira.notes == "from Aunt Ida\nnice toning"
    assert [tag.path for tag in lira.tags.all()] == ["Italy"]
    trade, valuation = lira.trades.get(), lira.valuations.get()
    assert (trade.price, trade.currency, trade.date, trade.party) == (
        Decimal("35.5"), "EUR", date(2021, 3, 4), "Coin fair",
    )  # fmt: skip
    assert (valuation.amount, valuation.source) == (48, "Numista")
    assert (rials.year_from, rials.native_date) == (1941, "1360")


def test_what_numista_knows_of_the_type_stays_out_of_the_piece(collection: Collection) -> None:
    bring(collection, xlsx_file(*NUMISTA))
    assert {(coin.weight, coin.diameter) for coin in coins(collection)} == {(None, None)}


def test_two_of_a_kind_are_two_coins(collection: Collection) -> None:
    bring(collection, xlsx_file(*NUMISTA))
    assert [coin.title for coin in coins(collection)].count("10 Rials - Mohammad Reza Pahlavi") == 2


def test_numista_as_csv(collection: Collection) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(NUMISTA)
    assert upload(collection, csv_file(out.getvalue())).preset == "numista"


# --- uCoin ---------------------------------------------------------------------
def test_ucoin(collection: Collection) -> None:
    session = bring(collection, xlsx_file(*UCOIN, name="ucoin.xls"))
    assert (session.preset, session.done) == ("ucoin", 1)
    [mark] = coins(collection)
    assert (str(mark.denomination), str(mark.region), mark.mint_mark, mark.grade) == (
        "1 mark", "Germany", "J", "VF",
    )  # fmt: skip
    assert (mark.year_from, mark.diameter, mark.notes) == (1972, None, "drawer")
    assert [row.text for row in mark.references.all()] == ["KM# 110"]
    assert mark.trades.get().price == Decimal("0.5")
    assert mark.trades.get().date == date(2019, 5, 4)
    assert (mark.valuations.get().amount, mark.valuations.get().source) == (Decimal("1.2"), "uCoin")


# --- Colnect -------------------------------------------------------------------
def test_colnect(collection: Collection) -> None:
    session = bring(collection, csv_file(COLNECT))
    assert (session.preset, session.done, session.refused) == ("colnect", 2, 0)
    mark, _second, francs = coins(collection)
    assert (mark.title, mark.status, mark.grade, mark.notes) == (
        "1 Deutsche Mark",
        "owned",
        "VF",
        "first",
    )
    assert [row.text for row in mark.references.all()] == ["J 385", "KM 110"]
    assert (str(mark.region), mark.year_from, mark.weight) == ("Germany", 1972, None)
    assert (francs.status, str(francs.metal), francs.year_from) == ("wanted", "Silver", 1931)


# --- OpenNumismat --------------------------------------------------------------
@pytest.fixture
def cabinet(tmp_path: Path) -> File:
    return File(a_collection(tmp_path / "cabinet.db").open("rb"), "cabinet.db")


def test_opennumismat(collection: Collection, cabinet: File) -> None:
    make_term(Denomination, "Denarius")  # "1 denarius" is one, where we know that word
    session = bring(collection, cabinet)
    assert (session.preset, session.done, session.refused) == ("opennumismat", 3, 0)
    trajan, athens, nero = coins(collection)
    assert (trajan.title, str(trajan.denomination), str(trajan.authority)) == (
        "Denarius of Trajan", "Denarius", "Trajan",
    )  # fmt: skip
    assert (str(trajan.mint), str(trajan.metal), str(trajan.region)) == (
        "Rome",
        "Silver",
        "Roman Empire",
    )
    assert (trajan.year_from, trajan.grade, trajan.weight) == (103, "VF", Decimal("3.21"))
    assert [row.text for row in trajan.references.all()] == ["RIC 127", "Sear 3110"]
    assert ([tag.path for tag in trajan.tags.all()], str(trajan.place)) == (
        ["Roman › Silver"],
        "Tray 4",
    )
    bought = trajan.trades.get()
    assert (bought.price, bought.fees, bought.party, bought.sale) == (
        120,
        24,
        "A dealer",
        "Auction 12",
    )
    assert (athens.status, athens.year_from) == ("sold", -440)
    assert {(t.kind, t.price, t.fees, t.party) for t in athens.trades.all()} == {
        ("purchase", 300, 0, ""), ("sale", 900, 100, "A friend"),
    }  # fmt: skip
    assert (nero.status, nero.notes) == ("wanted", "grade: wonderful")


def test_opennumismat_photos_come_along(collection: Collection, cabinet: File) -> None:
    session = bring(collection, cabinet)
    trajan = coins(collection)[0]
    assert [photo.role for photo in trajan.photos.all()] == ["obverse", "reverse"]
    assert Photo.objects.count() == 2
    assert set(session.rows.values_list("state", flat=True)) == {"done"}


def test_what_we_have_no_field_for_becomes_an_own_field(
    collection: Collection, cabinet: File
) -> None:
    bring(collection, cabinet)
    custom = CustomField.objects.get(owner=collection.owner)
    assert (custom.name, coins(collection)[0].custom) == ("Series", {custom.key: "Dacian wars"})


def test_empty_columns_are_not_offered(collection: Collection, cabinet: File) -> None:
    session = upload(collection, cabinet)
    assert "fineness" not in session.headings
    assert len(session.headings) < 40


def test_dates_before_christ_and_statuses(collection: Collection, tmp_path: Path) -> None:
    path = opennumismat(
        tmp_path / "x.db",
        [{"title": status, "status": status, "country": "x", "year": -27} for status in
         ("demo", "pass", "owned", "ordered", "sold", "sale", "wish", "missing", "bidding", "duplicate")],
    )  # fmt: skip
    session = bring(collection, File(path.open("rb"), "x.db"))
    assert session.refused == 0
    assert {coin.title: coin.status for coin in coins(collection)} == {
        "demo": "draft", "pass": "draft", "owned": "owned", "ordered": "ordered", "sold": "sold",
        "sale": "for_sale", "wish": "wanted", "missing": "missing", "bidding": "bidding", "duplicate": "owned",
    }  # fmt: skip
    assert {coin.year_from for coin in coins(collection)} == {-27}


# --- our own -------------------------------------------------------------------
def as_csv(owner: User) -> str:
    return "".join(csv_lines(Selection(owner)))


def test_our_own_csv_comes_back(collection: Collection) -> None:
    """All that a table can say; photos and further purchases are the archive's."""
    bring(collection, csv_file(FULL))
    before = as_csv(collection.owner)
    collection.coins.all().delete()
    session = bring(collection, csv_file(before))
    assert (session.preset, session.refused) == ("obverse", 0)
    assert rows_of(as_csv(collection.owner)) == rows_of(before)


def rows_of(text: str) -> list[dict[str, str]]:
    """Each coin has a new address, and nothing else is new."""
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert all(row.pop("Address") for row in rows)
    return rows


# --- what was chosen the last time ------------------------------------------------
def test_the_mapping_of_these_headings_is_remembered(collection: Collection) -> None:
    uploads.remember(check(upload(collection, csv_file("Foo,Title\na,b\n")), {"Foo": "notes"}))
    again = upload(collection, csv_file("Title,Foo\nb,a\n"))
    assert again.mapping == {"Title": "title", "Foo": "notes"}


def test_a_remembered_field_that_is_gone_is_left_out(collection: Collection) -> None:
    session = bring(collection, csv_file("Title,Rarity\na,R2\n"), {"Rarity": "new"})
    assert session.mapping["Rarity"] == "custom.rarity"
    uploads.remember(session)
    CustomField.objects.all().delete()
    again = upload(collection, csv_file("Title,Rarity\na,R2\n"))
    assert again.mapping == {"Title": "title", "Rarity": ""}

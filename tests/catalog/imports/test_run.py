import io
from datetime import date
from decimal import Decimal

import pytest

from catalog import search
from catalog.models import Coin, Collection, CustomField, FieldChange, ImportSession, Mint, Photo
from tests.catalog.imports.doing import bring, check, run, upload
from tests.catalog.imports.files import FULL, csv_file, zip_of
from tests.factories import draw_coin, make_coin, make_term, make_type


def only(session: ImportSession) -> Coin:
    assert session.state == "done", session.failure
    return Coin.objects.for_page().get(import_session=session)


def test_a_row_becomes_a_coin_with_all_it_says(collection: Collection) -> None:
    rome = make_term(Mint, "Rome", names={"de": "Rom"})
    coin = only(bring(collection, csv_file(FULL)))
    assert (coin.number, coin.title, coin.status) == ("A1", "Denarius of Trajan", "owned")
    assert (str(coin.authority), str(coin.denomination), coin.mint, str(coin.metal)) == (
        "Trajan", "Denarius", rome, "Silver",
    )  # fmt: skip
    assert (coin.year_from, coin.year_to, coin.obverse_legend) == (103, 111, "IMP TRAIANO AVG")
    assert (coin.weight, coin.diameter, coin.die_axis) == (Decimal("3.210"), Decimal("18.50"), 6)
    assert (coin.grade, coin.grade_rank, coin.certificate) == ("gVF", 33, "555-1")
    assert str(coin.place) == "Safe › Tray 4"
    assert sorted(tag.path for tag in coin.tags.all()) == ["Favourite", "Roman › Silver"]
    assert [row.text for row in coin.references.all()] == ["RIC II 127", "Sear 3110"]
    assert all(row.normalised and row.sort_key for row in coin.references.all())
    [trade], [valuation] = coin.trades.all(), coin.valuations.all()
    assert (trade.price, trade.currency, trade.date) == (Decimal("120.50"), "EUR", date(2019, 5, 4))
    assert (trade.fees, trade.shipping, trade.party, trade.lot) == (12, 8, "A dealer", "77")
    assert trade.tax_lot == "2019-A1"
    assert (valuation.amount, valuation.date, valuation.source) == (
        150,
        date(2024, 1, 31),
        "coins.csv",
    )
    assert (coin.cost, coin.value, coin.acquired_on) == (Decimal("140.50"), 150, date(2019, 5, 4))


def test_history_says_where_a_coin_came_from(collection: Collection) -> None:
    session = bring(collection, csv_file(FULL))
    coin = only(session)
    [change] = coin.changes.all()
    assert (change.field, change.new, change.source) == (
        "created", "coins.csv, row 2", FieldChange.Source.IMPORT,
    )  # fmt: skip
    assert (change.by, change.batch) == (collection.owner, session.batch)
    [life] = coin.status_changes.all()
    assert (life.old, life.new, life.on) == ("", "owned", date(2019, 5, 4))


def test_imported_coins_are_found_at_once(collection: Collection) -> None:
    coin = only(bring(collection, csv_file(FULL)))
    for words in ("denarius trajan", "RIC 127", "tray 4", "favourite", "old cabinet", "gVF", "103"):
        assert list(search.matching(Coin.objects.all(), words)) == [coin], words


def test_refused_rows_stay_out_and_the_others_go_in(collection: Collection) -> None:
    session = bring(collection, csv_file("Title,Weight\na,3\nb,heavy\nc,4\n"))
    assert (session.done, session.refused, session.total) == (2, 1, 3)
    assert set(Coin.objects.values_list("title", flat=True)) == {"a", "c"}
    assert [bool(row.coin) for row in session.rows.all()] == [True, False, True]


def test_a_row_may_be_several_pieces(collection: Collection) -> None:
    text = "Title,Quantity,Number,Certificate,Price\nPenny,3,A1,99,2\n"
    session = bring(collection, csv_file(text), {"Price": "purchase.price"})
    coins = Coin.objects.filter(import_session=session).order_by("pk")
    assert [coin.number for coin in coins] == ["A1", "", ""]
    assert [coin.certificate for coin in coins] == ["99", "", ""]
    assert [coin.cost for coin in coins] == [2, 2, 2]
    assert session.rows.get().coin == coins[0]


def test_a_column_becomes_an_own_field(collection: Collection) -> None:
    session = bring(collection, csv_file("Title,Rarity\na,R2\n"), {"Rarity": "new"})
    custom = CustomField.objects.get()
    assert (custom.name, custom.key, custom.owner) == ("Rarity", "rarity", collection.owner)
    assert only(session).custom == {"rarity": "R2"}
    again = bring(collection, csv_file("Title,Rarity\nb,R3\n"), {"Rarity": "new"})
    assert CustomField.objects.count() == 1
    assert only(again).custom == {"rarity": "R3"}


def test_columns_may_share_a_field(collection: Collection) -> None:
    text = "Title,Face,Unit,Comment,Private comment\na,10,Lire,one,two\n"
    coin = only(bring(collection, csv_file(text), {"Face": "denomination", "Unit": "denomination"}))
    assert str(coin.denomination) == "10 Lire"
    assert coin.notes == "one\ntwo"


def test_a_type_is_linked_and_writes_nothing_into_the_specimen(collection: Collection) -> None:
    kind = make_type("ric.2.trajan.1", weight=Decimal("3.4"), diameter=Decimal(18))
    coin = only(bring(collection, csv_file("Title,Type key\na,ric.2.trajan.1\n")))
    assert coin.type == kind
    assert (coin.weight, coin.diameter) == (None, None)


@pytest.mark.parametrize(
    ("headings", "cells", "currency"),
    [
        ("Price (USD)", "12", "USD"), ("Price", "£12", "GBP"), ("Price,Currency", "12,CHF", "CHF"),
        ("Price", "12", "EUR"),
    ],
)  # fmt: skip
def test_whose_currency(collection: Collection, headings: str, cells: str, currency: str) -> None:
    coin = only(bring(collection, csv_file(f"Title,{headings}\na,{cells}\n")))
    assert coin.trades.get().currency == currency


def test_a_purchase_without_a_price_is_a_link_of_the_chain(collection: Collection) -> None:
    text = "Title,Purchase date,Seller\na,2019-05-04,A dealer\n"
    coin = only(bring(collection, csv_file(text)))
    assert not coin.trades.exists()
    link = coin.provenance.get()
    assert (link.holder, link.date) == ("A dealer", "2019-05-04")


def test_a_year_alone_is_not_made_a_day(collection: Collection) -> None:
    coin = only(bring(collection, csv_file("Title,Price,Purchase date\na,12,2019\n")))
    trade = coin.trades.get()
    assert (trade.date, trade.note) == (None, "2019")


def test_a_sold_coin_was_sold_on_the_day_of_its_sale(collection: Collection) -> None:
    text = "Title,Status,Price,Purchase date,Sale price,Sale date\na,sold,12,2010-01-02,30,2020-02-03\n"
    coin = only(bring(collection, csv_file(text)))
    assert coin.status_changes.get().on == date(2020, 2, 3)
    assert len({trade.tax_lot for trade in coin.trades.all()}) == 1


def test_what_could_not_be_read_is_in_the_notes(collection: Collection) -> None:
    text = "Title,Grade,Notes,Price\na,wonderful,mine,a lot\n"
    coin = only(bring(collection, csv_file(text), careful=True))
    assert coin.notes == "mine\ngrade: wonderful\nPurchase: price: a lot"


def test_photos_come_out_of_the_zip(
    collection: Collection, django_capture_on_commit_callbacks: object
) -> None:
    archive = io.BytesIO(
        zip_of(photos__Front_jpg=draw_coin(letters="F"), back_jpg=draw_coin(letters="B"))
    )
    archive.name = "photos.zip"
    from django.core.files import File

    text = "Title,photo_obverse,photo_reverse\na,front.JPG,C:\\coins\\back.jpg\nb,none.jpg,\n"
    session = bring(collection, csv_file(text), photos=File(archive, "photos.zip"))
    assert (session.state, session.done) == ("done", 2)
    coin = session.rows.get(number=2).coin
    assert coin is not None
    roles = {photo.role: photo.name for photo in coin.photos.all()}
    assert roles == {"obverse": "front.JPG", "reverse": "back.jpg"}
    assert Photo.objects.count() == 2


def test_a_photo_that_is_no_photo_is_told_and_the_coin_stays(collection: Collection) -> None:
    from django.core.files import File

    archive = File(io.BytesIO(zip_of(a_jpg=b"not a picture", b_jpg=draw_coin())), "photos.zip")
    text = "Title,photo_obverse,photo_reverse\na,a.jpg,b.jpg\n"
    session = bring(collection, csv_file(text), photos=archive)
    row = session.rows.get()
    assert row.state == "done"
    assert Photo.objects.count() == 1
    assert row.messages[-1]["text"].startswith("a.jpg: ")


def test_only_this_collection_is_touched(collection: Collection) -> None:
    other = make_coin(title="Somebody's")
    bring(collection, csv_file(FULL))
    assert other.collection.coins.count() == 1
    assert FieldChange.objects.filter(coin=other).count() == 0


def test_a_row_that_went_bad_after_the_check_is_refused_and_the_others_go_in(
    collection: Collection,
) -> None:
    kind = make_type("ric.2.trajan.1")
    session = check(upload(collection, csv_file("Title,Type key\na,ric.2.trajan.1\nb,\n")))
    kind.delete()
    session = run(session)
    assert (session.done, session.refused) == (1, 1)
    assert session.rows.get(number=2).state == "refused"

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from catalog import money
from catalog.exports.cells import RISKY, escape, unescape
from catalog.exports.selection import Selection
from catalog.exports.tables import csv_lines, json_lines, write_xlsx
from catalog.models import Coin, Collection, CustomField, Tag, User
from tests.factories import make_coin, make_collection, make_place, make_trade, make_valuation

FORMULA = '=HYPERLINK("http://evil.example","Click")'


@given(st.text())
def test_every_cell_can_be_read_back(text: str) -> None:
    assert unescape(escape(text)) == text


@given(st.sampled_from("=+-@\t\r＝") | st.just("'="), st.text())
def test_nothing_that_leaves_begins_like_a_formula(start: str, rest: str) -> None:
    safe = escape(start + rest)
    assert safe[0] == "'" or safe.lstrip("+-").replace(",", ".").replace(".", "", 1).isdecimal()


@pytest.mark.parametrize("number", ["-5", "+3.25", "-1,5", "12"])
def test_plain_numbers_stay_numbers(number: str) -> None:
    assert escape(number) == number
    assert RISKY.match("-5")


@pytest.fixture
def full(owner: User, collection: Collection) -> Coin:
    CustomField.objects.create(owner=owner, key="rarity", name="Rarity")
    coin = make_coin(
        collection, title=FORMULA, authority="Trajan", denomination="denarius", year_from=-27,
        year_to=14, weight=Decimal("3.400"), grade="gVF", custom={"rarity": "R2"}, notes="Zwei\nZeilen",
        place=make_place(owner, "Safe › Tray 1"),
    )  # fmt: skip
    coin.tags.add(Tag.at(owner, "Roman › Silver").pk)  # type: ignore[union-attr]
    make_trade(coin, 80, "USD", date=date(2024, 5, 3), fees=Decimal(15), party="Dealer")
    make_valuation(coin, 120, date=date(2024, 5, 3))
    money.refresh_money([coin])
    return coin


def read_csv(selection: Selection) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(csv_lines(selection)).removeprefix("\ufeff"))))


def test_csv_has_every_field_and_the_money(owner: User, full: Coin) -> None:
    (row,) = read_csv(Selection(owner))
    assert unescape(row["Title"]) == FORMULA
    assert row["Title"][0] == "'"
    assert (row["Authority"], row["Denomination"], row["Date"]) == (
        "Trajan", "denarius", "27 BC – AD 14",
    )  # fmt: skip
    assert (row["Weight"], row["Grade"], row["Storage place"], row["Tags"], row["Rarity"]) == (
        "3.4", "gVF", "Safe › Tray 1", "Roman › Silver", "R2",
    )  # fmt: skip
    assert (row["Purchase price"], row["Purchase currency"], row["Purchase fees"]) == (
        "80.00", "USD", "15.00",
    )  # fmt: skip
    assert (row["Total cost"], row["Value today"], row["Collection’s currency"]) == (
        "88.42", "120.00", "EUR",
    )  # fmt: skip
    assert row["Notes"] == "Zwei\nZeilen"
    assert str(full.uid) in row["Address"]


def test_csv_speaks_the_language_of_its_reader(owner: User, full: Coin) -> None:
    with translation.override("de"):
        heading = next(iter(csv_lines(Selection(owner))))
    assert heading.startswith("\ufeff")


def test_json_has_every_trade_and_valuation(owner: User, full: Coin) -> None:
    make_trade(full, 10, date=date(2019, 1, 1))
    (row,) = json.loads("".join(json_lines(Selection(owner))))
    assert row["uid"] == str(full.uid)
    assert (row["title"], row["years"], row["tags"]) == (FORMULA, [-27, 14], ["Roman › Silver"])
    assert [trade["price"] for trade in row["trades"]] == ["80.00", "10.00"]
    assert row["valuations"][0]["source"] == "A friend"
    assert row["custom.rarity"] == "R2"
    assert "purchase.price" not in row


def test_json_of_nothing_is_a_list(owner: User) -> None:
    assert json.loads("".join(json_lines(Selection(owner)))) == []


def test_a_workbook_keeps_formulas_as_text(owner: User, full: Coin) -> None:
    out, seen = io.BytesIO(), []
    write_xlsx(Selection(owner), out, seen.append)
    sheet: Any = load_workbook(out).active
    heading, row = sheet.iter_rows()
    values = {head.value: cell for head, cell in zip(heading, row, strict=True)}
    assert (values["Title"].value, values["Title"].data_type) == (FORMULA, "s")
    assert values["Title"].quotePrefix
    assert values["Weight"].value == 3.4
    assert values["Purchase date"].value.date() == date(2024, 5, 3)
    assert seen == [1]


def test_a_workbook_takes_what_xml_does_not(owner: User, collection: Collection) -> None:
    make_coin(collection, title="Bell\x07 and #N/A", notes="#N/A")
    out = io.BytesIO()
    write_xlsx(Selection(owner), out, lambda done: None)
    sheet: Any = load_workbook(out).active
    assert sheet["A2"].value == "Bell and #N/A"


def test_only_what_the_list_shows(owner: User, collection: Collection, full: Coin) -> None:
    other = make_coin(collection, title="Other", status="sold")
    assert [row["Title"] for row in read_csv(Selection(owner, "status=sold"))] == ["Other"]
    assert [row["Title"] for row in read_csv(Selection(owner, f"coin={other.pk}"))] == ["Other"]
    assert len(Selection(owner, f"coin={other.pk}&coin={full.pk}")) == 2


def test_in_the_order_of_the_list(owner: User, collection: Collection) -> None:
    for title in ("B", "C", "A"):
        make_coin(collection, title=title)
    assert [row["Title"] for row in read_csv(Selection(owner, "sort=title"))] == ["A", "B", "C"]


def test_on_paper_goes_what_one_holds(owner: User, collection: Collection) -> None:
    wanted = make_coin(collection, status="wanted")
    make_coin(collection, status="for_sale", title="Held")
    assert len(Selection(owner)) == 2
    assert [coin.title for coin in Selection(owner, on_paper=True).in_order()] == ["Held"]
    assert len(Selection(owner, "status=wanted", on_paper=True)) == 1
    assert len(Selection(owner, f"coin={wanted.pk}", on_paper=True)) == 1


def test_the_trash_stays_at_home(owner: User, full: Coin) -> None:
    full.discard(owner)
    assert read_csv(Selection(owner)) == []


def test_a_stranger_exports_nothing_of_others(stranger: User, full: Coin) -> None:
    make_coin(make_collection(stranger), title="Mine")
    assert [row["Title"] for row in read_csv(Selection(stranger))] == ["Mine"]
    assert read_csv(Selection(stranger, f"coin={full.pk}")) == []


def test_queries_do_not_grow_with_the_coins(
    owner: User, collection: Collection, django_assert_max_num_queries: Any
) -> None:
    for _number in range(20):
        make_trade(make_coin(collection, authority="Trajan"))
    with django_assert_max_num_queries(12):
        read_csv(Selection(owner))

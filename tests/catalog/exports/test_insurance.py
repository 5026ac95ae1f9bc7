import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pypdf import PdfReader

from catalog import money, photos
from catalog.exports.printing import insurance
from catalog.exports.printing.insurance import TooMany, print_report
from catalog.exports.printing.pictures import faces
from catalog.exports.selection import Selection
from catalog.models import Coin, Collection, User
from tests.factories import (
    draw_coin,
    make_coin,
    make_collection,
    make_photo,
    make_place,
    make_trade,
    make_valuation,
)

FRIDAY = date(2024, 5, 3)


@pytest.fixture
def insured(owner: User, collection: Collection) -> Coin:
    owner.first_name, owner.last_name = "Ada", "Owner"
    owner.save()
    coin = make_coin(
        collection, title="Trajan, COS V", denomination="denarius", mint="Rome", year_from=103, year_to=103,
        weight=Decimal("3.4"), diameter=Decimal("19.5"), grade="gVF", grade_service="NGC",
        certificate="5001-002", number="17", place=make_place(owner, "Safe › Tray 1"),
    )  # fmt: skip
    make_trade(coin, 80, "USD", date=FRIDAY, party="Münzhandlung Čížek", fees=Decimal(5))
    make_valuation(coin, 200, "USD", date=FRIDAY, source="Auction records")
    for role in ("obverse", "reverse"):
        photos.store(coin, io.BytesIO(draw_coin(letters=role[0])), f"{role}.jpg", role, owner)
    return coin


def report(selection: Selection, user: User, **options: Any) -> PdfReader:
    out = io.BytesIO()
    print_report(selection, user, out, options, lambda done: None)
    return PdfReader(out)


class Text(str):
    """What stands in a PDF, however its lines are broken."""

    def __contains__(self, said: object) -> bool:
        return "".join(str(said).split()) in str(self)


def text_of(pdf: PdfReader) -> Text:
    return Text("".join("".join(page.extract_text() for page in pdf.pages).split()))


def test_the_report_has_what_an_insurer_asks(owner: User, insured: Coin) -> None:
    pdf = report(Selection(owner), owner)
    text = text_of(pdf)
    for said in (
        "Insurance report", "Cabinet", "Ada Owner", "Safe › Tray 1", "Trajan, COS V", "17",
        "denarius · Rome · AD 103", "3.4 g · 19.5 mm", "NGC gVF", "certificate 5001-002",
        "€186.15", "Auction records", "3 May 2024", "$200.00 at 0.9308", "Münzhandlung Čížek",
        "$85.00 in all", "Every amount could be converted", f"Page {len(pdf.pages)} of",
    ):  # fmt: skip
        assert said in text, said
    assert len(pdf.pages[-1].images) == 2


def test_the_sums_are_those_of_the_site(owner: User, collection: Collection, insured: Coin) -> None:
    other = make_coin(collection, title="Nerva")
    make_valuation(other, 50)
    money.refresh_money(Coin.objects.all())
    value = money.totals(Coin.objects.all()).value
    assert f"Total value €{value:,.2f} All 2 coins" in text_of(report(Selection(owner), owner))


def test_what_could_not_be_converted_is_counted(owner: User, collection: Collection) -> None:
    make_valuation(make_coin(collection, title="Gold"), 3, "XAU")
    make_coin(collection, title="Unvalued")
    text = text_of(report(Selection(owner), owner))
    assert "0 of 2 coins are valued; the others count as nothing." in text
    assert "1 amount could not be converted and is not in the sums: No ECB rate for XAU." in text
    assert "not valued" in text
    assert "no rate" in text


def test_places_have_subtotals_and_nowhere_comes_last(
    owner: User, collection: Collection, insured: Coin
) -> None:
    make_valuation(make_coin(collection, title="Homeless"), 5)
    text = text_of(report(Selection(owner), owner))
    assert "1 coin · €186.15" in text
    assert text.rindex("Withoutastorageplace") > text.rindex("Safe›Tray1")


def test_without_photos_and_costs(owner: User, insured: Coin) -> None:
    pdf = report(Selection(owner), owner, photos=False, costs=False, paper="letter")
    assert "Bought" not in text_of(pdf)
    assert not any(page.images for page in pdf.pages)
    assert round(pdf.pages[0].mediabox.width) == 612


def test_a_photo_that_is_gone_leaves_a_circle(owner: User, collection: Collection) -> None:
    photo = make_photo(make_coin(collection))
    photo.original.storage.delete(str(photo.original.name))
    assert "Page 2 of 2" in text_of(report(Selection(owner), owner))


@pytest.mark.parametrize(
    ("roles", "shown"),
    [
        ("reverse obverse edge", "obverse reverse"),
        ("both other", "both"),
        ("other edge", "other edge"),
        ("obverse other", "obverse other"),
        ("edge", "edge"),
        ("", ""),
    ],
)
def test_which_two_photos_stand_for_a_coin(coin: Coin, roles: str, shown: str) -> None:
    for role in roles.split():
        make_photo(coin, role)
    assert [photo.role for photo in faces(coin)] == shown.split()


def test_collections_in_two_currencies_are_added_in_the_user_s(
    owner: User, collection: Collection
) -> None:
    owner.currency = "CHF"
    make_valuation(make_coin(collection), 100, date=FRIDAY)
    make_valuation(make_coin(make_collection(owner, "Dollars", currency="USD")), 100, date=FRIDAY)
    assert "CHF 194.88" in text_of(report(Selection(owner), owner))


def test_too_many_for_one_report(owner: User, insured: Coin, monkeypatch: Any) -> None:
    monkeypatch.setattr(insurance, "MOST_COINS", 0)
    with pytest.raises(TooMany, match="Choose fewer"):
        report(Selection(owner), owner)


def test_a_stranger_s_report_is_empty(stranger: User, insured: Coin) -> None:
    text = text_of(report(Selection(stranger, f"coin={insured.pk}"), stranger))
    assert "Trajan" not in text
    assert "No coins" in text

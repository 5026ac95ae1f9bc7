"""Lots on their way in: idempotent, never poorer, private to who brought them."""

import csv
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from catalog.models import User
from market import tasks
from market.models import Estimate, Lot, PremiumRule, RawPage, Source, Upload
from market.parsers import PARSERS, PageRefusal
from market.prices import Kind, Money
from market.receiving import keep, parse_again, paste, receive_page, receive_upload, source_of
from market.records import LotRecord, PriceRecord, SaleRecord
from market.setting_apart import set_apart

PAGES = Path(__file__).parent / "pages"
TEXT = "TRAJAN. AD 98-117. AR Denarius (19mm, 3.31 g, 7h). Rome mint. RIC II 207. Good VF."
RECORD = LotRecord(
    "42", SaleRecord("Invented House", "12", "Auction 12", date(2021, 5, 4), "USD"), "7", "", TEXT,
    url="https://example.org/42", status="sold",
    prices=(PriceRecord(Kind.HAMMER, Money(Decimal(120), "USD"), "$120"),),
)  # fmt: skip


@pytest.fixture
def source(db: None) -> Source:
    return source_of(PARSERS["biddr"])


def test_a_lot_with_its_sale_price_and_what_its_text_says(source: Source, owner: User) -> None:
    lot, what = Lot.objects.record(RECORD, source, owner)
    assert what == "new"
    assert str(lot.sale) == "Invented House Auction 12"
    price = lot.prices.get()
    assert (price.kind, price.amount, price.usd) == ("hammer", Decimal(120), Decimal(120))
    assert price.eur is not None
    assert price.fx_date == date(2021, 5, 4)
    assert lot.attributes.denomination_text == "denarius"
    assert lot.attributes.weight_g == pytest.approx(3.31)
    assert lot.attributes.grade == "gVF"
    assert [one.canonical_key for one in lot.references.all()] == ["ric ii 207"]


def test_the_same_again_changes_nothing(source: Source, owner: User) -> None:
    Lot.objects.record(RECORD, source, owner)
    assert Lot.objects.record(RECORD, source, owner)[1] == "unchanged"
    assert Lot.objects.count() == 1


def test_poorer_never_takes_the_place_of_richer(source: Source, owner: User) -> None:
    Lot.objects.record(RECORD, source, owner)
    poor = LotRecord("42", description="TRAJAN. AR Denarius...", is_cut=True, status="open")
    lot, what = Lot.objects.record(poor, source, owner)
    assert what == "unchanged"
    assert (lot.description, lot.is_cut, lot.status, lot.lot_number) == (TEXT, False, "sold", "7")
    assert lot.prices.count() == 1
    assert lot.sale is not None


def test_richer_takes_the_place_of_poorer(source: Source, owner: User) -> None:
    poor = replace(RECORD, description="TRAJAN..." * 20, is_cut=True, status="open", prices=())
    Lot.objects.record(poor, source, owner)
    lot, what = Lot.objects.record(RECORD, source, owner)
    assert (what, lot.description, lot.status) == ("changed", TEXT, "sold")
    assert lot.attributes.denomination_text == "denarius"


def test_without_a_day_there_is_no_rate(source: Source, owner: User) -> None:
    lot, _what = Lot.objects.record(
        replace(RECORD, sale=replace(RECORD.sale, day=None)), source, owner
    )
    price = lot.prices.get()
    assert (price.eur, price.fx_date) == (None, None)
    assert price.usd == price.amount == 120  # its own currency needs no rate


def test_nobody_rewrites_what_another_relies_on(
    source: Source, owner: User, stranger: User
) -> None:
    Lot.objects.record(RECORD, source, owner)
    forged = replace(RECORD, prices=(PriceRecord(Kind.HAMMER, Money(Decimal(9), "USD")),))
    assert Lot.objects.record(forged, source, stranger)[1] == "new"
    assert Lot.objects.get(owner=owner).prices.get().amount == 120
    assert list(Lot.objects.visible_to(stranger)) == list(Lot.objects.filter(owner=stranger))


def test_what_the_site_fetched_is_everybodys_and_once(source: Source, stranger: User) -> None:
    Lot.objects.record(RECORD, source, None)
    assert Lot.objects.record(RECORD, source, None)[1] == "unchanged"
    assert Lot.objects.visible_to(stranger).count() == 1


@pytest.mark.parametrize(
    ("text", "why", "n_coins"),
    [
        ("Lot of 12 denarii, do not divide", "group", 12),
        ("Lot of three sestertii", "group", 3),
        ("Group lot", "group", 2),
        ("Fourrée denarius", "fourree", 1),
        ("Electrotype by Ready", "replica", 1),
        ("Aureus, mounted in gold", "mounted", 1),
        ("Aureus, 1 coin", "", 1),
        (TEXT, "", 1),
    ],
)
def test_lots_that_do_not_count(text: str, why: str, n_coins: int) -> None:
    assert set_apart(text) == (why, n_coins)


def test_only_single_sold_lots_speak_for_a_price(source: Source, owner: User) -> None:
    Lot.objects.record(RECORD, source, owner)
    Lot.objects.record(replace(RECORD, source_lot_id="43", status="unsold"), source, owner)
    group = replace(RECORD, source_lot_id="44", description="Lot of 5 coins")
    Lot.objects.record(group, source, owner)
    assert [lot.source_lot_id for lot in Lot.objects.priced()] == ["42"]


# --- pages ----------------------------------------------------------------------------
def saved(name: str, file: str) -> bytes:
    return (PAGES / name / file).read_bytes()


BIDDR = "https://www.biddr.com/auctions/examplehouse/browse?a=7001"


def test_a_saved_page_is_kept_and_read(owner: User, stranger: User) -> None:
    report = receive_page(owner, saved("biddr", "listing.html"), BIDDR)
    assert report.lots == {"new": 4}
    page = RawPage.objects.get()
    assert page.data() == saved("biddr", "listing.html")
    assert (page.n_lots, page.n_refused, page.is_partial) == (4, 1, False)
    assert list(RawPage.objects.visible_to(owner)) == [page]
    assert not RawPage.objects.visible_to(stranger).exists()


def test_the_same_page_twice_is_one_page_and_the_same_lots(owner: User) -> None:
    receive_page(owner, saved("biddr", "listing.html"), BIDDR)
    assert receive_page(owner, saved("biddr", "listing.html"), BIDDR).lots == {"unchanged": 4}
    assert RawPage.objects.count() == 1


def test_a_page_that_lacks_lots_is_partial(owner: User) -> None:
    url = "https://www.coinarchives.com/a/results.php"
    assert receive_page(owner, saved("coinarchives", "results.html"), url).partial == 1
    page = RawPage.objects.get()
    assert (page.is_partial, page.n_lots, page.n_stated) == (True, 3, 4)


@pytest.mark.parametrize(
    ("data", "url", "code"),
    [
        (b"", "", "empty"),
        (b"<p>x", "", "no_address"),
        (b"<p>x", BIDDR, "not_this_site"),
        (b"<title>Just a moment...</title>", BIDDR, "blocked"),
    ],
)
def test_a_page_that_is_refused_leaves_nothing(
    owner: User, data: bytes, url: str, code: str
) -> None:
    with pytest.raises(PageRefusal) as refused:
        receive_page(owner, data, url)
    assert refused.value.code == code
    assert not RawPage.objects.exists()


def test_pasted_text(owner: User) -> None:
    text = saved("pasted", "list.txt").decode()
    assert paste(owner, text).lots == {"new": 3}
    assert paste(owner, text).lots == {"unchanged": 3}
    with pytest.raises(PageRefusal):
        paste(owner, "  ")


def test_a_deleted_page_takes_its_file_along(
    owner: User, django_capture_on_commit_callbacks: object
) -> None:
    receive_page(owner, saved("biddr", "listing.html"), BIDDR)
    page = RawPage.objects.get()
    storage, name = page.body.storage, str(page.body.name)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        owner.delete()
    assert not storage.exists(name)
    assert not Lot.objects.exists()


def test_reparse_reads_what_an_older_parser_read(owner: User) -> None:
    receive_page(owner, saved("biddr", "listing.html"), BIDDR)
    Lot.objects.filter(source_lot_id="9000001").delete()
    said = StringIO()
    call_command("reparse", stdout=said)
    assert "0 pages" in said.getvalue()
    RawPage.objects.update(parser_version=0)
    call_command("reparse", stdout=said)
    assert "1 pages read again, 0 refused" in said.getvalue()
    assert Lot.objects.filter(source_lot_id="9000001").exists()


def test_reparse_tells_of_a_page_that_is_refused_now(owner: User) -> None:
    keep(owner, PARSERS["biddr"], b"<p>nothing", BIDDR, "text/html")
    said, told = StringIO(), StringIO()
    call_command("reparse", "--all", "--source", "biddr", stdout=said, stderr=told)
    assert "0 pages read again, 1 refused" in said.getvalue()
    assert "not_this_site" in told.getvalue()
    assert RawPage.objects.get().refusal == "not_this_site"


@pytest.mark.parametrize("name", [name for name in PARSERS if name != "table"])
def test_every_page_of_ours_goes_in_and_reads_the_same_again(name: str, owner: User) -> None:
    for file, url in json.loads((PAGES / name / "addresses.json").read_text()).items():
        raw = keep(owner, PARSERS[name], saved(name, file), url, "text/html")
        first, second = parse_again(raw), parse_again(raw)
        assert first.lots["new"] + first.lots["changed"] + first.lots["unchanged"] == raw.n_lots
        assert second.lots == {"unchanged": raw.n_lots}


# --- tables in the background ------------------------------------------------------------
def upload_table(owner: User, rows: list[list[str]], **values: object) -> Upload:
    text = StringIO()
    csv.writer(text).writerows(rows)
    return receive_upload(owner, "lots.csv", text.getvalue().encode(), kind="table", **values)


HEADINGS = ["House", "Sale", "Date", "Lot", "Description", "Currency", "Hammer Price"]


def table_row(number: int, *more: str) -> list[str]:
    return ["H", "1", "13/02/2023", str(number), f"Denarius {number}", "EUR", "50", *more]


def test_a_table_comes_in_and_broken_rows_are_told(owner: User) -> None:
    rows = [table_row(n) for n in range(1, 8)]
    rows[3] = table_row(4, "a cell too many")
    rows[5][4] = ""
    upload = upload_table(owner, [HEADINGS, *rows])
    tasks.run(upload.pk)
    upload.refresh_from_db()
    assert upload.state == "done", upload.failure
    assert upload.report["lots"] == {"new": 5, "refused": 2}
    assert upload.report["refused"] == [[5, "too_many_cells"], [7, "no_text"]]
    lot = Lot.objects.get(source_lot_id="H 1 1")
    assert lot.owner == owner
    assert lot.sale is not None
    assert lot.sale.day == date(2023, 2, 13)


def test_a_second_delivery_of_the_task_does_nothing(owner: User) -> None:
    upload = upload_table(owner, [HEADINGS, table_row(1)])
    tasks.run(upload.pk)
    tasks.run(upload.pk)
    upload.refresh_from_db()
    assert upload.report["lots"] == {"new": 1}


def test_a_table_goes_on_where_it_stopped(owner: User) -> None:
    upload = upload_table(owner, [HEADINGS, *[table_row(n) for n in range(1, 5)]])
    Upload.objects.filter(pk=upload.pk).update(done=3, report={"lots": {"new": 3}, "refused": []})
    tasks.run(upload.pk)
    upload.refresh_from_db()
    assert upload.report["lots"] == {"new": 4}
    assert Lot.objects.count() == 1


def test_columns_may_be_mapped_by_hand(owner: User) -> None:
    rows = [["Ref", "Words", "Paid"], ["a", "Denarius of Trajan", "70 EUR"]]
    mapping = {"Ref": "lot_id", "Words": "description", "Paid": "premium_included"}
    upload = upload_table(owner, rows, mapping=mapping)
    tasks.run(upload.pk)
    assert Lot.objects.get(source_lot_id="a").prices.get().kind == "premium_included"


def test_a_workbook_is_a_table(owner: User) -> None:
    from io import BytesIO

    from openpyxl import Workbook

    book, out = Workbook(), BytesIO()
    for row in (HEADINGS, table_row(1)):
        book.active.append(row)
    book.save(out)
    tasks.run(receive_upload(owner, "lots.xlsx", out.getvalue(), kind="table").pk)
    assert Lot.objects.get().source_lot_id == "H 1 1"


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("table", b"Lot,Price\n1,5 EUR\n", "No column holds"),
        ("table", b"\x89PNG", "not a table"),
        ("page", b"<p>x", "where it is from"),
    ],
)
def test_an_upload_that_is_refused_says_why(owner: User, kind: str, data: bytes, said: str) -> None:
    upload = receive_upload(owner, "x", data, kind=kind)
    tasks.run(upload.pk)
    upload.refresh_from_db()
    assert upload.state == "failed"
    assert said in upload.failure


def test_a_page_in_the_background(owner: User) -> None:
    upload = receive_upload(owner, "x.html", saved("biddr", "listing.html"), kind="page", url=BIDDR)
    tasks.run(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, upload.total, upload.report["lots"]) == ("done", 4, {"new": 4})


# --- sources, premiums, estimates ------------------------------------------------------------
def test_no_source_is_fetched_whose_terms_nobody_has_read(source: Source) -> None:
    assert not source.enabled
    source.enabled = True
    with pytest.raises(ValidationError, match="terms"):
        source.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        source.save()
    source.terms_checked_on = date(2026, 11, 1)
    source.full_clean()
    source.save()


def test_what_a_buyer_pays(db: None) -> None:
    PremiumRule.objects.create(house="House", to_date=date(2020, 12, 31), tiers=[[None, 20]])
    PremiumRule.objects.create(
        house="House", from_date=date(2021, 1, 1), tiers=[[1000, 25], [None, 20]]
    )
    old = PremiumRule.objects.on("house", date(2019, 1, 1))
    new = PremiumRule.objects.on("House", date(2022, 1, 1))
    assert old is not None
    assert new is not None
    assert old.paid(Decimal(100)) == 120
    assert new.paid(Decimal(1500)) == 1500 + 250 + 100
    assert PremiumRule.objects.on("Other", date(2022, 1, 1)) is None


def test_an_estimate_is_never_changed(coin: object) -> None:
    estimate = Estimate.objects.create(coin=coin, currency="EUR", verdict="fair", method="m")
    estimate.point = Decimal(5)
    with pytest.raises(TypeError):
        estimate.save()


@pytest.mark.parametrize("model", ["source", "premiumrule", "rawpage", "upload"])
def test_the_administration_shows_them(
    model: str, owner: User, curator: User, as_user: object
) -> None:
    receive_page(owner, saved("biddr", "listing.html"), BIDDR)
    receive_upload(owner, "x.html", b"<p>", kind="page")
    PremiumRule.objects.create(house="House", tiers=[[None, 20]])
    curious = as_user(curator)  # type: ignore[operator]
    assert curious.get(f"/admin/market/{model}/").status_code == 200
    assert as_user(owner).get(f"/admin/market/{model}/").status_code == 302  # type: ignore[operator]

"""What somebody brings: seen before it is kept, told afterwards, and nobody else's."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog.models import User
from market import tasks
from market.models import Lot, RawPage, Upload
from market.receiving import paste

PAGES = Path(__file__).parent / "pages"
BIDDR = "https://www.biddr.com/auctions/examplehouse/browse?a=7001"
TEXT = (
    "TRAJAN. AD 98-117. AR Denarius (19mm, 3433 g, 7h). Rome mint. RIC II 207. Good VF.\n"
    "Hammer price: 90 EUR"
)


def post(client: Any, name: str, data: dict[str, Any], *args: int) -> Any:
    return client.post(reverse(f"market:{name}", args=args), data)


def file(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def work_off() -> None:
    for upload in Upload.objects.filter(state="waiting"):
        tasks.run(upload.pk)


# --- pasted text ---------------------------------------------------------------------
def test_a_text_is_shown_before_it_is_kept(owner: User, as_user: Any) -> None:
    page = post(as_user(owner), "add-text", {"text": TEXT}).content.decode()
    assert '<mark title="ruler">TRAJAN' in page
    assert '<mark title="reference">RIC II 207' in page
    assert "€90.00" in page
    assert "cannot be the weight" in page
    assert not Lot.objects.exists()


def test_a_text_is_kept_when_that_is_said(owner: User, as_user: Any) -> None:
    client = as_user(owner)
    post(client, "add-text", {"text": TEXT, "keep": "1"})
    assert Lot.objects.get().owner == owner
    again = client.post(reverse("market:add-text"), {"text": TEXT, "keep": "1"}, follow=True)
    assert "You had 1 of them already" in again.content.decode()
    assert Lot.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"text": ""}, "This field is required"),
        ({"text": TEXT, "url": "nonsense :"}, "Enter a valid URL"),
        ({"text": "\n\n".join(f"Denarius {n}" for n in range(501))}, "At most 500 lots"),
    ],
)
def test_a_text_that_is_refused_says_why(
    owner: User, as_user: Any, data: dict[str, str], said: str
) -> None:
    answer = post(as_user(owner), "add-text", data)
    assert answer.status_code == 422
    assert said in answer.content.decode()


# --- saved pages ----------------------------------------------------------------------
def test_several_pages_at_once(owner: User, as_user: Any) -> None:
    client = as_user(owner)
    names = ("listing.html", "lot.html")
    files = [file(name, (PAGES / "biddr" / name).read_bytes()) for name in names]
    answer = post(client, "add-pages", {"saved": files, "url": BIDDR})
    assert answer["Location"] == reverse("market:uploads")
    work_off()
    assert set(Upload.objects.values_list("state", flat=True)) == {"done"}
    assert Lot.objects.filter(owner=owner).count() >= 4
    assert "listing.html" in client.get(reverse("market:uploads")).content.decode()


def test_a_page_without_an_address_may_be_told_one(owner: User, as_user: Any) -> None:
    client = as_user(owner)
    data = (PAGES / "biddr" / "listing.html").read_bytes()
    post(client, "add-pages", {"saved": [file("x.html", data)]})
    work_off()
    upload = Upload.objects.get()
    page = client.get(reverse("market:upload", args=[upload.pk])).content.decode()
    assert "does not say where it is from" in page
    post(client, "upload-retry", {"url": "no address :"}, upload.pk)
    assert Upload.objects.get().state == "failed"
    post(client, "upload-retry", {"url": BIDDR}, upload.pk)
    work_off()
    assert Upload.objects.get().state == "done"
    assert "4 lots were read" in client.get(f"/market/uploads/{upload.pk}/").content.decode()


def test_a_partial_page_says_so(owner: User, as_user: Any) -> None:
    data = (PAGES / "coinarchives" / "results.html").read_bytes()
    url = "https://www.coinarchives.com/a/results.php"
    post(as_user(owner), "add-pages", {"saved": [file("x.html", data)], "url": url})
    work_off()
    page = as_user(owner).get(reverse("market:upload", args=[Upload.objects.get().pk]))
    assert "some are missing" in page.content.decode()


def test_no_file_is_no_upload(owner: User, as_user: Any) -> None:
    assert post(as_user(owner), "add-pages", {}).status_code == 422
    files = [file(f"{n}.html", b"<p>") for n in range(51)]
    answer = post(as_user(owner), "add-pages", {"saved": files})
    assert "At most 50 files" in answer.content.decode()
    assert not Upload.objects.exists()


# --- tables -----------------------------------------------------------------------------
TABLE = (
    "House,Auktion,Sold on,Los,Words,Zuschlag\n"
    "H,1,04/05/2020,1,Denarius of Trajan VF,90 EUR\n"
    "H,1,04/05/2020,2,,20 EUR\n"
)


def begin_table(client: Any, text: str = TABLE) -> Upload:
    post(client, "add-table", {"file": file("lots.csv", text.encode())})
    return Upload.objects.get()


def columns(*fields: str, **more: str) -> dict[str, str]:
    return {f"column-{at}": field for at, field in enumerate(fields)} | more


def test_a_table_waits_for_its_columns(owner: User, as_user: Any) -> None:
    client = as_user(owner)
    upload = begin_table(client)
    assert (upload.state, upload.is_working) == ("columns", False)
    assert upload.mapping == {
        "House": "house", "Auktion": "sale", "Los": "lot_number", "Zuschlag": "hammer",
    }  # fmt: skip
    page = client.get(reverse("market:columns", args=[upload.pk])).content.decode()
    assert "Denarius of Trajan VF" in page
    assert "Days like 4/5/2020" in page


def test_the_order_of_dates_is_asked_and_obeyed(owner: User, as_user: Any) -> None:
    client = as_user(owner)
    upload = begin_table(client)
    chosen = ("house", "sale", "day", "lot_number", "description", "hammer")
    refused = post(client, "columns", columns(*chosen), upload.pk)
    assert refused.status_code == 422
    assert "Say which number is the day" in refused.content.decode()
    post(client, "columns", columns(*chosen, day_first="month"), upload.pk)
    work_off()
    lot = Lot.objects.get()
    assert lot.sale is not None
    assert lot.sale.day == date(2020, 4, 5)
    page = client.get(reverse("market:upload", args=[upload.pk])).content.decode()
    assert "It has no text." in page
    assert '<td class="number">3</td>' in page


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (("house", "sale", "", "", "", ""), "No column holds"),
        (("title", "title", "", "", "", ""), "Only one column"),
    ],
)
def test_columns_that_are_refused(
    owner: User, as_user: Any, chosen: tuple[str, ...], said: str
) -> None:
    client = as_user(owner)
    answer = post(client, "columns", columns(*chosen), begin_table(client).pk)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Upload.objects.get().state == "columns"


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"\x89PNG..", "not a table"), (b"", "empty"), (b"Text\n", "nothing below it")],
)
def test_what_is_no_table_is_refused_at_the_door(
    owner: User, as_user: Any, data: bytes, said: str
) -> None:
    answer = post(as_user(owner), "add-table", {"file": file("x.csv", data)})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Upload.objects.exists()


def test_what_waits_for_its_columns_is_nobody_elses_work(owner: User, as_user: Any) -> None:
    upload = begin_table(as_user(owner))
    Upload.objects.update(beat_at="2020-01-01T00:00Z")
    assert tasks.resume_stalled() == 0
    tasks.run(upload.pk)
    assert not Lot.objects.exists()


# --- what is kept -----------------------------------------------------------------------------
def test_pages_are_read_again_and_deleted(owner: User, as_user: Any) -> None:
    client = as_user(owner)
    paste(owner, TEXT)
    page = RawPage.objects.get()
    Lot.objects.all().delete()
    post(client, "page-again", {}, page.pk)
    assert Lot.objects.count() == 1
    assert "Pasted text" in client.get(reverse("market:pages")).content.decode()
    post(client, "page-delete", {}, page.pk)
    assert (RawPage.objects.count(), Lot.objects.count()) == (0, 1)


def test_a_page_takes_its_lots_along_if_that_is_said(owner: User, as_user: Any) -> None:
    paste(owner, TEXT)
    post(as_user(owner), "page-delete", {"with_lots": "on"}, RawPage.objects.get().pk)
    assert not Lot.objects.exists()


def test_what_a_person_says_of_a_lot_stays(owner: User, as_user: Any) -> None:
    client = as_user(owner)
    paste(owner, TEXT)
    lot = Lot.objects.get()
    assert lot.status == "sold"
    post(client, "lot", {"status": "unsold", "excluded_reason": "other"}, lot.pk)
    paste(owner, TEXT)
    post(client, "page-again", {}, RawPage.objects.get().pk)
    lot.refresh_from_db()
    assert (lot.status, lot.excluded_reason) == ("unsold", "other")
    assert not Lot.objects.priced().exists()
    shown = client.get(reverse("market:my-lots") + "?status=excluded").content.decode()
    assert "Denarius" in shown


def test_the_text_of_a_lot_shows_what_was_read(owner: User, as_user: Any) -> None:
    paste(owner, TEXT)
    page = as_user(owner).get(reverse("market:lot", args=[Lot.objects.get().pk])).content.decode()
    assert '<mark title="denomination">Denarius' in page


def test_a_stranger_sees_nothing_of_it(owner: User, stranger: User, as_user: Any) -> None:
    paste(owner, TEXT)
    client = as_user(stranger)
    assert client.get(reverse("market:lot", args=[Lot.objects.get().pk])).status_code == 404
    for name in ("my-lots", "pages", "uploads"):
        assert "TRAJAN" not in client.get(reverse(f"market:{name}")).content.decode()
    assert post(client, "lot-delete", {}, Lot.objects.get().pk).status_code == 404


def test_what_the_site_fetched_is_read_by_all_and_changed_by_none(
    owner: User, as_user: Any
) -> None:
    paste(owner, TEXT)
    Lot.objects.update(owner=None)
    lot = Lot.objects.get()
    page = as_user(owner).get(reverse("market:lot", args=[lot.pk]))
    assert "Is something wrong?" not in page.content.decode()
    post(as_user(owner), "lot", {"status": "unsold", "excluded_reason": ""}, lot.pk)
    lot.refresh_from_db()
    assert lot.status == "sold"


def test_lists_ask_the_database_the_same_few_questions(
    owner: User, as_user: Any, django_assert_num_queries: Any
) -> None:
    client = as_user(owner)
    paste(owner, "\n\n".join(f"{TEXT} Number {n}" for n in range(6)))
    for name, most in (("my-lots", 5), ("pages", 4), ("uploads", 3)):
        with django_assert_num_queries(most):
            client.get(reverse(f"market:{name}"))

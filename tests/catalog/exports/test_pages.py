import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from catalog.exports import tasks
from catalog.models import Coin, Collection, Export, Restoration, User
from tests.catalog.exports.cabinet import archive_of, build_cabinet, content, wipe
from tests.factories import make_coin, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_workshop(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"


def body(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


# --- the page ------------------------------------------------------------------------
def test_the_page_says_what_would_be_exported(as_user: Any, owner: User, coin: Coin) -> None:
    make_coin(coin.collection, status="sold")
    answer = as_user(owner).get("/exports/")
    assert "All your 2 coins" in answer.text
    answer = as_user(owner).get("/exports/?status=sold")
    assert "1 coin of your list" in answer.text
    assert "Status: Sold" in answer.text
    assert "/exports/coins.csv?status=sold" in answer.text


def test_an_empty_account_has_a_page_too(as_user: Any, owner: User) -> None:
    answer = as_user(owner).get("/exports/")
    assert "No coins yet" in answer.text
    assert "You have no collection of your own yet." in answer.text


def test_ticks_of_the_list_become_an_address(as_user: Any, owner: User, coin: Coin) -> None:
    answer = as_user(owner).post("/exports/", {"coin": [coin.pk], "csrfmiddlewaretoken": "x"})
    assert answer["Location"] == f"/exports/?coin={coin.pk}"
    assert "1 ticked coin" in as_user(owner).get(answer["Location"]).text


def test_the_page_takes_a_constant_number_of_queries(
    as_user: Any, owner: User, collection: Collection, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make_coin(collection, place=make_place(owner, f"Tray {number}"))
        Export.objects.create(user=owner, kind="csv", state="done")
    client = as_user(owner)
    with django_assert_max_num_queries(30):
        client.get("/exports/?status=owned")


# --- tables ----------------------------------------------------------------------------
def test_csv_and_json_are_streamed(as_user: Any, owner: User, coin: Coin) -> None:
    answer = as_user(owner).get("/exports/coins.csv")
    assert answer.streaming
    assert answer["Content-Disposition"].endswith('.csv"')
    assert [row["Title"] for row in csv.DictReader(io.StringIO(body(answer)[1:]))] == [coin.title]
    answer = as_user(owner).get("/exports/coins.json?status=owned")
    assert [row["title"] for row in json.loads(body(answer))] == [coin.title]


def test_a_viewer_exports_what_he_sees(as_user: Any, viewer: User, coin: Coin) -> None:
    assert coin.title in body(as_user(viewer).get("/exports/coins.csv"))


def test_a_stranger_exports_headings(as_user: Any, stranger: User, coin: Coin) -> None:
    assert coin.title not in body(as_user(stranger).get(f"/exports/coins.csv?coin={coin.pk}"))


# --- jobs --------------------------------------------------------------------------------
def start(client: Any, kind: str, **data: Any) -> Any:
    return client.post(f"/exports/start/{kind}/", data)


def test_starting_makes_a_job_and_shows_it(
    as_user: Any, owner: User, coin: Coin, django_capture_on_commit_callbacks: Any
) -> None:
    client = as_user(owner)
    with django_capture_on_commit_callbacks(execute=True):
        answer = start(
            client, "flips", query="status=owned",
            **{"flips-paper": "letter", "flips-size": "2x2", "flips-lines": ["number", "code"],
               "flips-skip": "2"},
        )  # fmt: skip
    job = Export.objects.get()
    assert answer["Location"] == f"/exports/{job.pk}/"
    assert (job.state, job.query) == ("done", "status=owned")
    assert job.options == {
        "paper": "letter",
        "size": "2x2",
        "fields": ["number", "code"],
        "skip": 2,
    }
    assert "Your file is ready" in client.get(answer["Location"]).text
    file = client.get(f"/exports/{job.pk}/file/")
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"].startswith("inline")
    assert b"".join(file.streaming_content)[:4] == b"%PDF"
    file = client.get(f"/exports/{job.pk}/file/?download")
    assert file["Content-Disposition"].startswith("attachment")


def test_a_job_at_work_shows_how_far_it_is(as_user: Any, owner: User) -> None:
    job = Export.objects.create(user=owner, kind="archive", state="running", total=40, done=10)
    page = as_user(owner).get(f"/exports/{job.pk}/")
    assert "10 of 40 coins and files" in page.text
    assert "<noscript><meta http-equiv" in page.text
    fragment = as_user(owner).get(f"/exports/{job.pk}/", headers={"HX-Request": "true"})
    assert "<html" not in fragment.text
    assert 'hx-trigger="every 1s"' in fragment.text


def test_no_coins_no_labels(as_user: Any, owner: User, coin: Coin) -> None:
    answer = start(
        as_user(owner), "boxes", query="status=sold", **{"boxes-paper": "a4", "boxes-size": "box"}
    )
    assert answer.status_code == 422
    assert "There is no coin in this selection" in answer.text
    assert not Export.objects.exists()


def test_a_wrong_choice_is_told_beside_the_field(as_user: Any, owner: User, coin: Coin) -> None:
    answer = start(as_user(owner), "insurance", **{"insurance-paper": "papyrus"})
    assert answer.status_code == 422
    assert "papyrus" in answer.text
    answer = start(as_user(owner), "archive")
    assert "Choose at least one collection." in answer.text


def test_an_archive_of_another_s_collection_is_refused(
    as_user: Any, stranger: User, coin: Coin
) -> None:
    answer = start(as_user(stranger), "archive", **{"archive-collections": [coin.collection_id]})
    assert answer.status_code == 422
    assert not Export.objects.exists()


def test_an_unknown_kind(as_user: Any, owner: User, coin: Coin) -> None:
    assert start(as_user(owner), "banana").status_code == 404
    assert as_user(owner).get("/exports/start/xlsx/").status_code == 405


def test_deleting_takes_the_file_along(as_user: Any, owner: User) -> None:
    job = Export.objects.create(
        user=owner, kind="csv", state="done", name="a.csv", file=ContentFile(b"x", "a.csv")
    )
    name, storage = str(job.file.name), job.file.storage
    as_user(owner).post(f"/exports/{job.pk}/delete/")
    assert not storage.exists(name)
    assert not Export.objects.exists()


def test_a_file_that_is_gone_is_not_found(as_user: Any, owner: User) -> None:
    job = Export.objects.create(
        user=owner, kind="csv", state="done", name="a.csv", file=ContentFile(b"x", "a.csv")
    )
    job.file.storage.delete(str(job.file.name))
    assert as_user(owner).get(f"/exports/{job.pk}/file/").status_code == 404


@pytest.mark.parametrize("who", ["stranger", "editor"])
def test_a_file_is_its_maker_s_alone(as_user: Any, owner: User, request: Any, who: str) -> None:
    other = request.getfixturevalue(who)
    job = Export.objects.create(
        user=owner, kind="csv", state="done", name="a.csv", file=ContentFile(b"x", "a.csv")
    )
    client = as_user(other)
    for path in ("", "file/"):
        assert client.get(f"/exports/{job.pk}/{path}").status_code == 404
    for path in ("retry/", "delete/"):
        assert client.post(f"/exports/{job.pk}/{path}").status_code == 404
    assert Export.objects.filter(pk=job.pk).exists()


# --- restore --------------------------------------------------------------------------------
def upload(client: Any, data: bytes, name: str = "archive.zip") -> Any:
    return client.post("/exports/restore/", {"file": SimpleUploadedFile(name, data)})


def test_restoring_from_the_page(
    as_user: Any, owner: User, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    build_cabinet(owner)
    archive = archive_of(owner, tmp_path / "a.zip")
    before = content(archive)
    wipe(owner)
    client = as_user(owner)
    with django_capture_on_commit_callbacks(execute=True):
        answer = upload(client, archive.read_bytes())
    job = Restoration.objects.get()
    assert answer["Location"] == f"/exports/restore/{job.pk}/"
    page = client.get(answer["Location"]).text
    assert "Your archive is restored" in page
    assert '<th scope="row">Coins</th><td class="number">3</td>' in page
    assert content(archive_of(owner, tmp_path / "b.zip")) == before


def test_what_is_no_archive_is_told_at_once(as_user: Any, owner: User) -> None:
    answer = upload(as_user(owner), b"title;year")
    assert answer.status_code == 422
    assert "This is not a ZIP file" in answer.text
    assert not Restoration.objects.exists()


def test_an_archive_that_is_too_large_for_a_browser(
    as_user: Any, owner: User, settings: Any
) -> None:
    settings.MAX_IMPORT_BYTES = 5
    assert "restore it by hand" in upload(as_user(owner), b"123456").text


def test_another_s_restoration_is_not_found(as_user: Any, owner: User, stranger: User) -> None:
    job = Restoration.objects.create(user=owner, name="a.zip", state="failed")
    assert as_user(stranger).get(f"/exports/restore/{job.pk}/").status_code == 404
    assert as_user(stranger).post(f"/exports/restore/{job.pk}/retry/").status_code == 404


# --- at the shell ---------------------------------------------------------------------------
def test_the_commands_do_the_same(owner: User, tmp_path: Path, capsys: Any) -> None:
    build_cabinet(owner)
    path = tmp_path / "backup.zip"
    call_command("export_archive", "owner", path)
    before = content(path)
    wipe(owner)
    call_command("restore_archive", "owner", path)
    assert "coins: 3 added" in capsys.readouterr().out
    assert content(archive_of(owner, tmp_path / "b.zip")) == before
    with pytest.raises(CommandError, match="is there already"):
        call_command("export_archive", "owner", path)
    with pytest.raises(CommandError, match="There is no user"):
        call_command("restore_archive", "nobody", path)
    (tmp_path / "no.zip").write_bytes(b"no")
    with pytest.raises(CommandError, match="not a ZIP"):
        call_command("restore_archive", "owner", tmp_path / "no.zip")


def test_the_queue_is_given_an_id(owner: User, coin: Coin) -> None:
    export = Export.objects.create(user=owner, kind="xlsx")
    tasks.run(export.pk)
    tasks.run(123456)
    export.refresh_from_db()
    assert export.state == "done"

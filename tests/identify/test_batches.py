"""Photos that came in one go: their table while they are identified, and the files made of it."""

import csv
import io
import json
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from catalog.models import Coin, Collection, User
from identify import tasks, telling
from identify.models import Batch, Identification
from tests.catalog.drawn import coin as drawn
from tests.catalog.drawn import saved
from tests.factories import make_collection
from tests.identify.fakes import Fake, answer, opinion

pytestmark = pytest.mark.django_db
BATCHES = reverse("identify:batches")
JSON = {"accept": "application/json"}


def photo(name: str, seed: int = 1) -> ContentFile:
    return ContentFile(saved(drawn(300, seed), "JPEG").getvalue(), name)


@pytest.fixture
def send(
    as_user: Any, owner: User, collection: Collection, django_capture_on_commit_callbacks: Any
) -> Any:
    """`send("a.jpg", "b.jpg")`: through the plain form; identified at once, as the queue of tests does."""

    def sent(*names: str, **more: Any) -> Batch:
        files = [photo(name, seed) for seed, name in enumerate(names)]
        data = {"photos": files, "collection": collection.pk, **more}
        with django_capture_on_commit_callbacks(execute=True):
            as_user(owner).post(BATCHES, data)
        found = Batch.objects.first()
        assert found is not None
        return found

    return sent


def page_of(client: Any, batch: Batch, query: str = "", **headers: str) -> str:
    found = client.get(batch.get_absolute_url() + query, headers=headers)
    assert found.status_code == 200
    return " ".join(found.content.decode().split())


def file_of(client: Any, batch: Batch, kind: str, query: str = "") -> bytes:
    found = client.get(reverse("identify:batch-file", args=[batch.key, kind]) + query)
    assert found.status_code == 200
    return b"".join(found) if found.streaming else found.content


@pytest.fixture
def mine(as_user: Any, owner: User) -> Any:
    return as_user(owner)


def test_a_plain_form_makes_a_batch(fake: Fake, send: Any, mine: Any) -> None:
    batch = send("a_obv.jpg", "a_rev.jpg", "b.jpg")
    assert sorted(coin.photos.count() for coin in batch.coins.all()) == [1, 2]
    page = page_of(mine, batch)
    assert "2 coins in this batch" in page
    for words in (
        "a_obv.jpg, a_rev.jpg",
        "Roman imperial",
        "Trajan",
        "almost certain",
        "97",
        "Suggested",
    ):
        assert words in page


def test_files_that_come_one_by_one_are_one_batch(
    fake: Fake, mine: Any, collection: Collection
) -> None:
    key = str(uuid4())
    for n in range(3):
        data = {
            "photos": photo(f"{n}.jpg", n),
            "role": "",
            "collection": collection.pk,
            "batch": key,
        }
        assert mine.post(BATCHES, data, headers=JSON).status_code == 201
    assert Batch.objects.get(key=key).coins.count() == 3


def test_what_is_refused_is_told_beside_the_others(
    fake: Fake, mine: Any, collection: Collection
) -> None:
    files = [photo("a.jpg"), ContentFile(b"no picture", "notes.jpg")]
    mine.post(BATCHES, {"photos": files, "collection": collection.pk})
    batch = Batch.objects.get()
    page = page_of(mine, batch)
    assert "1 file was refused" in page
    assert "notes.jpg" in page
    assert batch.coins.count() == 1


def test_what_is_refused_is_told_to_each_in_his_own_language(
    fake: Fake, mine: Any, collection: Collection
) -> None:
    files = [photo("a.jpg"), ContentFile(b"", "empty.jpg")]
    mine.post(BATCHES, {"photos": files, "collection": collection.pk})
    batch = Batch.objects.get()
    batch.refusals = [*batch.refusals, ["old.jpg", "The file of before."]]
    batch.save()
    german = {"accept-language": "de"}
    assert "The file is empty." in page_of(mine, batch)
    page = page_of(mine, batch, **german)
    assert "Die Datei ist leer." in page
    assert "The file of before." in page
    told = mine.get(f"/api/v1/batches/{batch.pk}/", headers=german).json()["refusals"]
    assert told[0] == {"name": "empty.jpg", "why": "Die Datei ist leer."}


def test_without_a_file_there_is_no_batch(mine: Any, collection: Collection) -> None:
    page = mine.post(BATCHES, {"collection": collection.pk}, follow=True).content.decode()
    assert "Choose at least one photo" in page
    assert not Batch.objects.exists()


def test_the_table_looks_again_while_something_moves(
    queue: Any, send: Any, mine: Any, fake: Fake
) -> None:
    batch = send("a.jpg")
    page = page_of(mine, batch, **{"hx-request": "true"})
    assert "load delay" in page
    assert "<html" not in page
    tasks.run(Identification.objects.get().pk)
    assert "load delay" not in page_of(mine, batch, **{"hx-request": "true"})


def test_it_is_sifted_by_state_and_sorted(fake: Fake, send: Any, mine: Any) -> None:
    batch = send("c.jpg", "a.jpg", "b.jpg")
    Identification.objects.filter(coin__photos__name="b.jpg").update(
        state="failed", reason="memory"
    )
    page = page_of(mine, batch)
    assert page.index("a.jpg") < page.index("b.jpg") < page.index("c.jpg")
    failed = page_of(mine, batch, "?state=failed")
    assert "too little memory" in failed
    assert "a.jpg" not in failed
    assert page_of(mine, batch, "?sort=state").index("b.jpg") < page.index("c.jpg")
    assert "None in this state" in page_of(mine, batch, "?state=paused")


def test_the_number_of_queries_does_not_grow(
    fake: Fake, send: Any, mine: Any, django_assert_max_num_queries: Any
) -> None:
    batch = send(*(f"{n}.jpg" for n in range(6)))
    with django_assert_max_num_queries(30):
        page_of(mine, batch)


def test_a_coin_in_the_trash_is_no_result(fake: Fake, send: Any, mine: Any, owner: User) -> None:
    batch = send("a.jpg", "b.jpg")
    Coin.objects.get(photos__name="a.jpg").discard(owner)
    assert "a.jpg" not in page_of(mine, batch)


# --- as files ------------------------------------------------------------------------
def test_json_is_what_the_command_writes(fake: Fake, send: Any, mine: Any) -> None:
    batch = send("a.jpg")
    data = file_of(mine, batch, "json")
    [said] = json.loads(data)
    expected = telling.told(["a.jpg"], Identification.objects.get().said)
    assert said == json.loads(json.dumps(expected))
    assert said["fields"]["ruler"]["label"] == "Trajan"
    assert data.startswith(b'[\n {\n  "files": [')


def test_csv_and_xlsx_have_the_columns_of_the_command(fake: Fake, send: Any, mine: Any) -> None:
    batch = send("a.jpg", "b.jpg")
    rows = list(csv.DictReader(io.StringIO(file_of(mine, batch, "csv").decode("utf-8-sig"))))
    assert list(rows[0]) == telling.columns()
    assert [(row["files"], row["ruler"], row["ruler_confidence"]) for row in rows] == [
        ("a.jpg", "Trajan", "0.97"), ("b.jpg", "Trajan", "0.97"),
    ]  # fmt: skip
    sheet = load_workbook(io.BytesIO(file_of(mine, batch, "xlsx"))).active
    heading, first, _second = sheet.values
    told = dict(zip(heading, first, strict=True))
    assert (told["files"], told["ruler"], told["ruler_confidence"]) == ("a.jpg", "Trajan", 0.97)


def test_no_cell_is_a_formula(fake: Fake, send: Any, mine: Any) -> None:
    fake.says = opinion(fields={"ruler": answer(("@SUM(1)", 0.9))})
    batch = send("=cmd.jpg")
    [row] = csv.DictReader(io.StringIO(file_of(mine, batch, "csv").decode("utf-8-sig")))
    assert (row["files"], row["ruler"]) == ("'=cmd.jpg", "'@SUM(1)")
    sheet = load_workbook(io.BytesIO(file_of(mine, batch, "xlsx"))).active
    assert [cell.data_type for cell in sheet[2][:2]] == ["s", "s"]


def test_what_is_not_looked_at_yet_says_so(queue: Any, fake: Fake, send: Any, mine: Any) -> None:
    batch = send("a.jpg", "b.jpg")
    Identification.objects.filter(coin__photos__name="b.jpg").update(
        state="failed", reason="memory"
    )
    one, other = json.loads(file_of(mine, batch, "json"))
    assert (one["state"], one["fields"]) == ("queued", {})
    assert (other["state"], "memory" in other["reason"]) == ("failed", True)


def test_a_contact_sheet_shows_every_coin(fake: Fake, send: Any, mine: Any) -> None:
    batch = send(*(f"{n:02}.jpg" for n in range(22)))
    pdf = PdfReader(io.BytesIO(file_of(mine, batch, "pdf")))
    text = "".join("".join(page.extract_text() for page in pdf.pages).split())
    assert len(pdf.pages) == 2
    assert [len(page.images) for page in pdf.pages] == [20, 2]
    for words in ("22coins", "Page1of2", "Page2of2", "Trajan", "almostcertain,97", "21.jpg"):
        assert words in text


def test_only_the_state_that_is_shown_is_exported(fake: Fake, send: Any, mine: Any) -> None:
    batch = send("a.jpg", "b.jpg")
    Identification.objects.filter(coin__photos__name="b.jpg").update(state="failed")
    assert [one["files"] for one in json.loads(file_of(mine, batch, "json", "?state=failed"))] == [
        ["b.jpg"]
    ]


# --- who may -------------------------------------------------------------------------
def test_a_stranger_finds_nothing_and_adds_nothing(
    fake: Fake, send: Any, as_user: Any, stranger: User, viewer: User, editor: User
) -> None:
    batch = send("a.jpg")
    own = make_collection(stranger)
    for who, status in ((stranger, 404), (viewer, 403)):
        client = as_user(who)
        assert client.get(batch.get_absolute_url()).status_code == status
        assert (
            client.get(reverse("identify:batch-file", args=[batch.key, "json"])).status_code
            == status
        )
        data = {"photos": photo("x.jpg"), "batch": str(batch.key), "collection": own.pk}
        assert client.post(BATCHES, data).status_code == status
    assert batch.coins.count() == 1
    assert "a.jpg" in page_of(as_user(editor), batch)


def test_another_kind_of_file_there_is_not(fake: Fake, send: Any, mine: Any) -> None:
    assert (
        mine.get(reverse("identify:batch-file", args=[send("a.jpg").key, "exe"])).status_code == 404
    )

"""Many photos at once, and photos of many coins, for programs; and what those are refused."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from catalog.models import Coin, Collection, User
from identify import tasks
from identify.models import Batch, Identification, Tray
from tests.catalog.api.conftest import api as api
from tests.factories import draw_coin, make_admin
from tests.identify.test_shoebox import tray_of, upload

pytestmark = pytest.mark.django_db
BATCHES, TRAYS = "/api/v1/batches/", "/api/v1/trays/"


def photo(name: str, letters: str = "A") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, draw_coin(letters=letters), "image/jpeg")


@pytest.fixture
def send(api: Any, owner: User, collection: Collection, django_capture_on_commit_callbacks: Any):
    def sent(address: str = BATCHES, who: User | None = None, **data: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return api(who or owner).post(address, data, format="multipart")

    return sent


# --- batches ---------------------------------------------------------------------
def test_photos_become_coins_by_their_names(fake, send, api, owner, collection):
    files = [photo("a_obverse.jpg"), photo("a_reverse.jpg", "B"), photo("c.jpg", "C")]
    answer = send(photos=files, collection=collection.pk)
    assert answer.status_code == 202, answer.json()
    said = answer.json()
    assert answer["Location"] == f"{BATCHES}{said['id']}/"
    progress = api(owner).get(answer["Location"]).json()["progress"]
    assert (progress["total"], progress["done"], progress["seconds_left"]) == (2, 2, None)
    assert Coin.objects.filter(collection=collection, status="draft").count() == 2


def test_what_is_no_photo_is_named_and_stops_nothing(fake, send):
    files = [SimpleUploadedFile("notes.txt", b"Not a photo", "text/plain"), photo("a.jpg")]
    said = send(photos=files).json()
    assert Coin.objects.count() == 1
    assert [one["name"] for one in said["refusals"]] == ["notes.txt"]
    assert said["refusals"][0]["why"]


def test_more_photos_go_to_the_same_batch(fake, send):
    first = send(photos=[photo("a.jpg")]).json()
    send(f"{BATCHES}{first['id']}/photos/", photos=[photo("b.jpg", "B")])
    assert Batch.objects.get(pk=first["id"]).looks().count() == 2


def test_results_are_json_csv_and_xlsx(fake, send, api, owner):
    address = f"{BATCHES}{send(photos=[photo('a.jpg')]).json()['id']}/results/"
    [one] = api(owner).get(address).json()
    assert (one["files"], one["fields"]["ruler"]["label"]) == (["a.jpg"], "Trajan")
    table = api(owner).get(f"{address}?kind=csv").content.decode("utf-8-sig")
    [line] = csv.DictReader(StringIO(table))
    assert line["ruler"] == "Trajan"
    sheet = load_workbook(BytesIO(api(owner).get(f"{address}?kind=xlsx").content)).active
    assert sheet.max_row == 2


def test_results_can_be_asked_by_state(fake, send, api, owner):
    address = f"{BATCHES}{send(photos=[photo('a.jpg')]).json()['id']}/results/"
    assert api(owner).get(f"{address}?state=failed").json() == []
    assert api(owner).get(f"{address}?state=splendid").status_code == 400
    assert api(owner).get(f"{address}?kind=exe").status_code == 400


def test_a_batch_is_paused_resumed_and_cancelled(queue, send, api, owner):
    address = f"{BATCHES}{send(photos=[photo('a.jpg')]).json()['id']}/"
    bystander = Identification.objects.get()
    other = send(photos=[photo("b.jpg", "B")]).json()
    paused = api(owner).post(f"{address}pause/").json()["progress"]
    assert (paused["paused"], paused["waiting"]) == (1, 0)
    theirs = api(owner).get(f"{BATCHES}{other['id']}/").json()["progress"]
    assert theirs["waiting"] == 1  # another batch goes on
    assert api(owner).post(f"{address}resume/").json()["progress"]["waiting"] == 1
    assert api(owner).post(f"{address}cancel/").json()["progress"]["total"] == 0
    assert not Identification.objects.filter(pk=bystander.pk).exists()
    [left] = api(owner).get(f"{address}results/").json()
    assert left["state"] == "queued" or left["reason"] == "not_looked_at"


def test_a_batch_without_photos_is_refused(send):
    assert send().status_code == 400
    assert not Batch.objects.exists()


def test_nobody_sends_to_a_collection_of_others(send, collection, stranger, viewer):
    for who in (stranger, viewer):
        answer = send(who=who, photos=[photo("a.jpg")], collection=collection.pk)
        assert answer.status_code == 400
        assert "collection" in answer.json()["errors"]


def test_a_stranger_sees_no_batch(fake, send, api, stranger):
    address = f"{BATCHES}{send(photos=[photo('a.jpg')]).json()['id']}/"
    assert api(stranger).get(BATCHES).json()["results"] == []
    for found in (
        api(stranger).get(address),
        api(stranger).get(f"{address}results/"),
        api(stranger).post(f"{address}cancel/"),
    ):
        assert found.status_code == 404


# --- trays -----------------------------------------------------------------------
@pytest.fixture
def laid_out(send, queue) -> dict[str, Any]:
    answer = send(TRAYS, photo=upload(tray_of(3, 1)), holds="apart")
    assert answer.status_code == 202, answer.json()
    tasks.tray(answer.json()["id"])
    return answer.json()


def test_a_tray_becomes_circles_and_then_coins(laid_out, api, owner, collection):
    address = f"{TRAYS}{laid_out['id']}/"
    found = api(owner).get(address).json()
    assert (found["step"], found["state"], len(found["circles"])) == ("look", "done", 3)
    first, second, third = found["circles"]
    told = [first, second | {"reverse_of": 1}, third | {"kept": False}]
    assert api(owner).put(f"{address}circles/", {"circles": told}, format="json").status_code == 200
    assert api(owner).post(f"{address}make/").status_code == 202
    tasks.tray(laid_out["id"])
    made = api(owner).get(address).json()
    assert (made["step"], made["state"], made["done"]) == ("make", "done", 1)
    [coin] = Coin.objects.filter(collection=collection)
    assert made["coins"] == [{"number": 1, "coin": coin.pk}]
    assert sorted(coin.photos.values_list("role", flat=True)) == ["obverse", "reverse"]


def test_coins_are_made_once(laid_out, api, owner):
    address = f"{TRAYS}{laid_out['id']}/"
    assert api(owner).post(f"{address}make/").status_code == 202
    assert api(owner).post(f"{address}make/").status_code == 409
    assert api(owner).put(f"{address}circles/", {"circles": []}, format="json").status_code == 409


@pytest.mark.parametrize(
    ("circles", "says"),
    [
        ([{"x": 99_000, "y": 1, "r": 60}], "beyond"),
        ([{"x": 75, "y": 75, "r": 2}], "16"),
        ([{"x": 75, "y": 75, "r": 60, "reverse_of": 7}], "reverse"),
    ],
)
def test_circles_that_cannot_be_are_refused(laid_out, api, owner, circles, says):
    answer = api(owner).put(
        f"{TRAYS}{laid_out['id']}/circles/", {"circles": circles}, format="json"
    )
    assert answer.status_code == 400
    assert says in str(answer.json()["errors"])


def test_a_tray_without_coins_makes_none(laid_out, api, owner):
    address = f"{TRAYS}{laid_out['id']}/"
    api(owner).put(f"{address}circles/", {"circles": []}, format="json")
    assert api(owner).post(f"{address}make/").status_code == 409


def test_what_is_no_photo_is_no_tray(send):
    answer = send(TRAYS, photo=SimpleUploadedFile("a.jpg", b"no", "image/jpeg"))
    assert answer.status_code == 400
    assert not Tray.objects.exists()


def test_a_tray_shows_its_picture_and_goes(laid_out, api, owner):
    address = f"{TRAYS}{laid_out['id']}/"
    picture = api(owner).get(f"{address}image/")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/webp")
    assert api(owner).delete(address).status_code == 204
    assert api(owner).get(address).status_code == 404


def test_a_tray_is_for_those_who_may_change(laid_out, api, stranger, viewer):
    address = f"{TRAYS}{laid_out['id']}/"
    assert api(viewer).get(address).status_code == 403
    assert api(viewer).get(TRAYS).json()["results"] == []
    for found in (
        api(stranger).get(address),
        api(stranger).get(f"{address}image/"),
        api(stranger).post(f"{address}make/"),
        api(stranger).delete(address),
    ):
        assert found.status_code == 404


# --- the administration ------------------------------------------------------------
def test_the_administration_lists_both(laid_out, fake, send, as_user):
    send(photos=[photo("a.jpg")])
    client = as_user(make_admin())
    for name in ("tray", "batch"):
        assert client.get(reverse(f"admin:identify_{name}_changelist")).status_code == 200
    [tray] = Tray.objects.all()
    page = client.get(reverse("admin:identify_tray_change", args=[tray.pk]))
    assert page.status_code == 200
    assert tray.original.name not in page.content.decode()

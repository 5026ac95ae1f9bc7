"""The ways in: the plain form, what a script sends, a link."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from catalog import receiving
from catalog.fetch import Fetched
from catalog.models import Coin, Collection, Photo
from tests.factories import draw_coin, make_coin, make_collection, make_user, share_with

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


def picture(name="IMG_1.jpg", letters="A"):
    return SimpleUploadedFile(name, draw_coin(letters=letters))


def send(client, *files, **values):
    return client.post("/photos/add/", {"photos": list(files)} | values, headers=JSON)


def texts(response):
    return [str(message) for message in response.context["messages"]]


# --- without scripts ---------------------------------------------------------
def test_a_plain_form_makes_drafts_and_shows_them(as_user, owner, collection):
    files = [picture(f"IMG_{n}.jpg", str(n)) for n in range(3)]
    response = as_user(owner).post("/photos/add/", {"photos": files}, follow=True)
    assert Coin.objects.filter(status="draft", collection=collection).count() == 3
    assert response.redirect_chain[-1][0] == "/photos/add/#drafts"
    assert texts(response) == ["3 drafts are ready."]
    assert len(response.context["rows"]) == 3


def test_a_bad_file_is_named_with_its_reason_and_the_others_go_on(as_user, owner, collection):
    files = [
        picture(),
        SimpleUploadedFile("mark.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ]
    response = as_user(owner).post("/photos/add/", {"photos": files}, follow=True)
    assert Coin.objects.count() == 1
    assert texts(response)[0] == "mark.svg: SVG drawings are not accepted. Save it as PNG."


def test_nothing_chosen_is_said_so(as_user, owner, collection):
    response = as_user(owner).post("/photos/add/", follow=True)
    assert texts(response) == ["Choose at least one photo, or give a link."]


def test_photos_of_a_coin_go_to_that_coin(as_user, owner, coin):
    response = as_user(owner).post(
        "/photos/add/", {"photos": [picture(), picture("b.jpg", "B")], "coin": coin.pk}
    )
    assert response["Location"] == f"/coins/{coin.pk}/#photos"
    assert [photo.role for photo in coin.photos.all()] == ["obverse", "reverse"]
    assert Coin.objects.count() == 1


def test_two_in_a_row_are_one_coin_when_asked(as_user, owner, collection):
    files = [picture(f"IMG_{n}.jpg", str(n)) for n in range(4)]
    as_user(owner).post("/photos/add/", {"photos": files, "consecutive": "1"})
    assert [coin.photos.count() for coin in Coin.objects.all()] == [2, 2]


def test_a_newcomer_gets_a_first_collection(as_user):
    newcomer = make_user()
    as_user(newcomer).post("/photos/add/", {"photos": [picture()]})
    assert Collection.objects.get(owner=newcomer).name == "My collection"
    assert Coin.objects.get().collection.owner == newcomer


def test_looking_makes_no_collection(as_user):
    newcomer = make_user()
    assert as_user(newcomer).get("/photos/add/").status_code == 200
    assert not Collection.objects.filter(owner=newcomer).exists()


def test_a_stranger_adds_nothing_to_my_coin_or_collection(as_user, stranger, coin):
    assert send(as_user(stranger), picture(), coin=coin.pk).status_code == 404
    assert send(as_user(stranger), picture(), collection=coin.collection_id).status_code == 404
    assert not Photo.objects.exists()


def test_a_viewer_adds_nothing_either(as_user, viewer, coin):
    assert send(as_user(viewer), picture(), coin=coin.pk).status_code == 403
    assert send(as_user(viewer), picture(), collection=coin.collection_id).status_code == 403


def test_an_editor_does(as_user, editor, coin):
    assert send(as_user(editor), picture(), coin=coin.pk).status_code == 201
    assert coin.photos.get().added_by == editor


# --- with scripts --------------------------------------------------------------
def test_the_plan_says_which_files_are_one_coin(as_user, owner):
    names = ["b_rev.jpg", "IMG_1.jpg", "b_obv.jpg"]
    response = as_user(owner).post("/photos/plan/", {"name": names})
    assert response.json() == {"groups": [[[2, "obverse"], [0, "reverse"]], [[1, ""]]]}


def test_what_a_script_sends_together_is_one_coin(as_user, owner, collection):
    response = send(as_user(owner), picture(), picture("b.jpg", "B"), role=["obverse", "reverse"])
    told = response.json()
    assert response.status_code == 201
    assert [photo["role"] for photo in told["photos"]] == ["obverse", "reverse"]
    assert told["coins"] == [
        {"pk": Coin.objects.get().pk, "url": f"/coins/{Coin.objects.get().pk}/"}
    ]
    assert (told["refusals"], told["warnings"]) == ([], [])


def test_a_role_that_is_none_is_guessed(as_user, owner, collection):
    assert (
        send(as_user(owner), picture(), role=["emperor"]).json()["photos"][0]["role"] == "obverse"
    )


def test_a_refusal_stands_beside_its_name(as_user, owner, collection):
    response = send(as_user(owner), SimpleUploadedFile("bad.jpg", b"junk"), role=[""])
    assert response.status_code == 200
    assert response.json()["refusals"][0]["name"] == "bad.jpg"
    assert not Coin.objects.exists()


def test_the_same_photo_again_warns_and_is_kept(as_user, owner, collection):
    first = make_coin(collection, title="Denarius")
    send(as_user(owner), picture(), coin=first.pk)
    told = send(as_user(owner), picture("again.jpg"), role=[""]).json()
    assert told["warnings"] == [
        {"sentence": "“Denarius” has the very same photo.", "url": f"/coins/{first.pk}/"}
    ]
    assert len(told["photos"]) == 1


def test_the_tray_comes_alone_when_a_script_asks(as_user, owner, coin):
    response = as_user(owner).get("/photos/add/", {"coin": coin.pk}, headers={"X-Fragment": "tray"})
    html = response.content.decode()
    assert "<html" not in html
    assert f'name="coin" value="{coin.pk}"' in html


def test_the_tray_offers_collections_that_may_be_edited(as_user, owner, collection):
    other = make_collection(name="Of a friend")
    share_with(other, owner, "viewer")
    make_collection(owner, name="Swaps")
    response = as_user(owner).get("/photos/add/")
    assert "Swaps" in response.content.decode()
    assert "Of a friend" not in response.content.decode()


# --- a link --------------------------------------------------------------------
def fake_web(pictures):
    """What the web would answer, by address."""

    def fetch(link, *, max_bytes):
        return Fetched(pictures[link], "image/jpeg", link)

    return fetch


def test_a_link_is_followed_and_remembered(as_user, owner, collection, monkeypatch):
    link = "https://example.org/lots/nero_rev.jpg?size=large"
    monkeypatch.setattr(receiving, "fetch_image", fake_web({link: draw_coin()}))
    send(as_user(owner), link=link)
    photo = Photo.objects.get()
    assert (photo.name, photo.role, photo.source_url) == ("nero_rev.jpg", "reverse", link)
    assert photo.coin.status == "draft"


def test_a_link_adds_to_the_coin_whose_page_it_is(as_user, owner, coin, monkeypatch):
    link = "https://example.org/"
    monkeypatch.setattr(receiving, "fetch_image", fake_web({link: draw_coin()}))
    send(as_user(owner), link=link, coin=coin.pk)
    assert coin.photos.get().name == "photo"


def test_a_link_to_what_is_no_picture_is_refused(as_user, owner, collection, monkeypatch):
    link = "https://example.org/a.jpg"
    monkeypatch.setattr(receiving, "fetch_image", fake_web({link: b"<html>"}))
    assert send(as_user(owner), link=link).json()["refusals"][0]["name"] == "a.jpg"


@pytest.mark.parametrize(
    "link",
    ["http://127.0.0.1/a.jpg", "http://localhost:8000/", "file:///etc/passwd", "ftp://x/a.jpg"],
)
def test_no_link_leads_into_the_house(as_user, owner, collection, link):
    response = send(as_user(owner), link=link)
    assert response.status_code == 200
    assert response.json()["refusals"][0]["name"] == link
    assert not Photo.objects.exists()


def test_a_file_beyond_the_cap_is_refused_and_never_written_whole(
    as_user, owner, collection, settings
):
    settings.MAX_PHOTO_BYTES = 100_000
    huge = SimpleUploadedFile("huge.jpg", draw_coin() + b"x" * 1_000_000)
    [refusal] = send(as_user(owner), huge, picture()).json()["refusals"]
    assert refusal == {
        "name": "huge.jpg",
        "sentence": "The file has 0.1 MB; the limit is 0.0953674 MB.",
    }
    assert Photo.objects.count() == 1


def test_the_form_is_safe_from_other_sites(owner, collection):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    assert send(client, picture()).status_code == 403
    assert not Photo.objects.exists()


def test_the_answer_is_plain_json(as_user, owner, collection):
    response = send(as_user(owner), picture())
    assert response["Content-Type"] == "application/json"
    json.loads(response.content)

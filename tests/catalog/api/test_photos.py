import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog import renditions
from catalog.models import Photo
from tests.factories import draw_coin, make_coin, make_collection, make_photo

pytestmark = pytest.mark.django_db
PHOTOS = "/api/v1/photos/"


def send(client, coin, data=None, name="obverse.jpg", **values):
    file = SimpleUploadedFile(name, draw_coin() if data is None else data)
    return client.post(PHOTOS, {"coin": coin.pk, "file": file} | values, format="multipart")


def test_a_photo_is_sent_and_told(api, owner, coin):
    response = send(api(owner), coin, role="reverse")
    assert response.status_code == 201, response.content
    told = response.json()
    assert (told["role"], told["format"], told["width"], told["added_by"]) == (
        "reverse",
        "JPEG",
        300,
        "owner",
    )
    assert api(owner).get(response["Location"]).json()["sha256"] == told["sha256"]
    [summary] = api(owner).get(f"/api/v1/coins/{coin.pk}/").json()["photos"]
    assert summary == {"id": told["id"], "role": "reverse", "image": told["image"]}


def test_without_a_role_its_name_decides(api, owner, coin):
    assert send(api(owner), coin, name="denarius_rev.jpg").json()["role"] == "reverse"


@pytest.mark.parametrize("size", ["thumb", "card", "large", "full"])
def test_the_picture_comes_as_webp(api, viewer, coin, size):
    photo = make_photo(coin)
    response = api(viewer).get(f"{PHOTOS}{photo.pk}/image/", {"size": size})
    assert response["Content-Type"] == "image/webp"
    assert b"".join(response.streaming_content)[8:12] == b"WEBP"
    assert "private" in response["Cache-Control"]


def test_the_original_is_for_those_who_edit(api, editor, viewer, stranger, coin):
    data = draw_coin()
    address = f"{PHOTOS}{make_photo(coin, data=data).pk}/image/?size=original"
    assert b"".join(api(editor).get(address).streaming_content) == data
    assert api(viewer).get(address).status_code == 403
    assert api(stranger).get(address).status_code == 404


def test_a_size_that_is_none_is_refused(api, owner, coin):
    response = api(owner).get(f"{PHOTOS}{make_photo(coin).pk}/image/", {"size": "huge"})
    assert "size" in response.json()["errors"]


def test_a_picture_that_is_being_made_says_when_to_come_back(api, owner, coin, monkeypatch):
    monkeypatch.setattr(renditions, "MOST_PIXELS_HERE", 1)
    response = api(owner).get(f"{PHOTOS}{make_photo(coin).pk}/image/")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert response.json()["type"].endswith("#problem-busy")


def test_a_photo_is_turned_and_given_another_role(api, owner, coin):
    photo = make_photo(coin)
    body = {"edit": {"rotate": 90}, "role": "edge"}
    told = api(owner).patch(f"{PHOTOS}{photo.pk}/", body).json()
    assert (told["edit"]["rotate"], told["role"]) == (90.0, "edge")


def test_a_photo_is_sharpened_and_unrolled(api, owner, coin):
    edit = {"sharpness": 1.5, "denoise": 0.5, "greyscale": True, "polar": True}
    address = f"{PHOTOS}{make_photo(coin).pk}/"
    assert api(owner).patch(address, {"edit": edit}, format="json").json()["edit"] == edit
    plain = {"sharpness": 1, "denoise": 0, "greyscale": False, "polar": False}
    assert api(owner).patch(address, {"edit": plain}, format="json").json()["edit"] == {}


def test_a_photo_moves_to_another_coin(api, owner, collection, coin):
    photo, other = make_photo(coin), make_coin(collection)
    assert api(owner).patch(f"{PHOTOS}{photo.pk}/", {"coin": other.pk}).json()["coin"] == other.pk


def test_a_photo_does_not_move_to_where_the_caller_may_not_write(
    api, owner, viewer, stranger, coin
):
    photo = make_photo(make_coin(make_collection(viewer)))
    refused = api(viewer).patch(f"{PHOTOS}{photo.pk}/", {"coin": coin.pk})
    assert refused.status_code == 403
    hidden = make_coin(make_collection(stranger))
    assert "coin" in api(viewer).patch(f"{PHOTOS}{photo.pk}/", {"coin": hidden.pk}).json()["errors"]


def test_a_photo_is_removed(api, owner, coin):
    assert api(owner).delete(f"{PHOTOS}{make_photo(coin).pk}/").status_code == 204
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    "edit",
    [
        {"rotate": 400},
        {"blur": 1},
        [],
        "x",
        {"crop": [1]},
        {"rotate": "x"},
        {"rotate": None},
        {"sharpness": 4},
        {"denoise": -0.1},
        {"greyscale": "yes"},
        {"polar": 1},
    ],
)
def test_an_edit_that_cannot_be_made_is_refused(api, owner, coin, edit):
    response = api(owner).patch(f"{PHOTOS}{make_photo(coin).pk}/", {"edit": edit}, format="json")
    assert "edit" in response.json()["errors"]


@pytest.mark.parametrize(
    ("data", "name"), [(b"", "a.jpg"), (b"<svg/>", "a.svg"), (b"GIF89a", "a.gif")]
)
def test_a_file_that_is_no_photo_is_refused(api, owner, coin, data, name):
    response = send(api(owner), coin, data, name)
    assert response.status_code == 400
    assert "file" in response.json()["errors"]
    assert not Photo.objects.exists()


def test_a_stranger_and_a_viewer_send_nothing(api, stranger, viewer, coin):
    assert "coin" in send(api(stranger), coin).json()["errors"]
    assert send(api(viewer), coin).status_code == 403
    assert not Photo.objects.exists()


@pytest.mark.parametrize("size", ["large", "original"])
def test_a_picture_whose_file_is_gone_is_not_there(api, owner, coin, size):
    photo = make_photo(coin)
    photo.original.storage.delete(photo.original.name)
    response = api(owner).get(f"{PHOTOS}{photo.pk}/image/", {"size": size})
    assert response.status_code == 404

"""Pictures of lots, for programs."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from catalog.models import User
from market import pictures
from market.models import Lot, LotPicture
from tests.catalog.api.conftest import api as api
from tests.factories import draw_coin
from tests.market.makes import make_lot
from tests.market.test_pictures import file

PICTURES = "/api/v1/lot-pictures/"


def give(lot: Lot) -> LotPicture:
    return pictures.keep(lot, BytesIO(draw_coin()), "lot.jpg", "hand")


def add(client: Any, lot: Lot, data: bytes | None = None) -> Any:
    return client.post(PICTURES, {"lot": lot.pk, "file": file(data)}, format="multipart")


def test_added_seen_and_taken_away(api: Any, owner: User) -> None:
    client, lot = api(owner), make_lot(owner)
    answer = add(client, lot)
    assert answer.status_code == 201, answer.json()
    said = answer.json()
    assert (said["lot"], said["origin"], said["was_seen"]) == (lot.pk, "hand", False)
    assert client.get(f"/api/v1/lots/{lot.pk}/").json()["pictures"] == [said["id"]]
    shown = client.get(f"{PICTURES}{said['id']}/image/?size=thumb")
    image = Image.open(BytesIO(b"".join(shown.streaming_content)))
    assert (image.format, max(image.size)) == ("WEBP", 240)
    assert client.delete(f"{PICTURES}{said['id']}/").status_code == 204
    assert not LotPicture.objects.exists()


def test_those_of_one_lot(api: Any, owner: User) -> None:
    one, other = give(make_lot(owner)), give(make_lot(owner))
    listed = api(owner).get(f"{PICTURES}?lot={one.lot_id}").json()["results"]
    assert [row["id"] for row in listed] == [one.pk]
    assert len(api(owner).get(PICTURES).json()["results"]) == 2
    assert other.lot_id != one.lot_id


@pytest.mark.parametrize(("data", "said"), [(b"nothing", "not a picture"), (b"", "empty")])
def test_what_is_refused_says_why(api: Any, owner: User, data: bytes, said: str) -> None:
    answer = add(api(owner), make_lot(owner), data)
    assert answer.status_code == 400
    assert said in str(answer.json())
    assert not LotPicture.objects.exists()


def test_a_size_that_is_not_there(api: Any, owner: User) -> None:
    picture = give(make_lot(owner))
    assert api(owner).get(f"{PICTURES}{picture.pk}/image/?size=original").status_code == 400


def test_a_stranger_finds_nothing(api: Any, owner: User, stranger: User) -> None:
    picture, client = give(make_lot(owner)), api(stranger)
    assert client.get(PICTURES).json()["results"] == []
    for address in (f"{PICTURES}{picture.pk}/", f"{PICTURES}{picture.pk}/image/"):
        assert client.get(address).status_code == 404
    assert client.delete(f"{PICTURES}{picture.pk}/").status_code == 404
    assert add(client, picture.lot).status_code == 400  # no such lot
    assert LotPicture.objects.count() == 1


def test_what_the_site_fetched_is_seen_and_stays(api: Any, owner: User) -> None:
    picture, client = give(make_lot(None)), api(owner)
    assert client.get(f"{PICTURES}{picture.pk}/image/").status_code == 200
    assert client.delete(f"{PICTURES}{picture.pk}/").status_code == 404
    assert add(client, picture.lot).status_code == 400

"""What a program can do with identifications: ask, wait, decide; and what it is refused."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.models import Coin, Collection
from identify.models import Identification
from tests.catalog.api.conftest import api as api
from tests.factories import draw_coin, make_coin, make_collection, make_photo, make_user, share_with
from tests.identify.conftest import job_of

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/identifications/"


@pytest.fixture
def owner() -> Any:
    return make_user("livia")


@pytest.fixture
def cabinet(owner: Any) -> Collection:
    return make_collection(owner)


def file(name: str = "coin.jpg", letters: str = "A") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, draw_coin(letters=letters), "image/jpeg")


@pytest.fixture
def upload(api: Any, owner: Any, django_capture_on_commit_callbacks: Any) -> Any:
    def post(address: str = ADDRESS, who: Any = None, **data: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return api(who or owner).post(address, data, format="multipart")

    return post


def test_new_photos_become_a_draft_that_is_looked_at(fake, upload, cabinet):
    answer = upload(photos=[file("a.jpg", "A"), file("b.jpg", "B")])
    assert answer.status_code in (200, 202), answer.json()
    said = answer.json()
    assert answer["Location"] == f"{ADDRESS}{said['id']}/"
    coin = Coin.objects.get(pk=said["coin"])
    assert (coin.collection, coin.status) == (cabinet, "draft")
    assert sorted(coin.photos.values_list("role", flat=True)) == ["obverse", "reverse"]
    assert said["photos"] == list(coin.photos.order_by("role").values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)  # tests run tasks at once, and those start on commit
def test_who_waits_gets_the_result(fake, api, owner, cabinet):
    answer = api(owner).post(f"{ADDRESS}?wait=1", {"photos": [file()]}, format="multipart")
    assert answer.status_code == 200
    said = answer.json()
    assert said["state"] == "suggested"
    assert said["opinion"]["fields"]["ruler"]["label"] == "Trajan"
    assert [one["field"] for one in said["suggestions"]] == ["ruler", "denomination"]


def test_who_does_not_is_told_where_to_look(fake, api, owner, cabinet, queue):
    coin = make_coin(cabinet)
    photo = make_photo(coin)
    answer = api(owner).post(ADDRESS, {"photos": [photo.pk]})
    assert (answer.status_code, answer.json()["state"]) == (202, "queued")
    assert answer.json()["opinion"] is None
    assert api(owner).get(answer["Location"]).json()["id"] == answer.json()["id"]


def test_a_coin_is_named_by_its_id(fake, api, owner, cabinet, queue):
    coin = make_coin(cabinet)
    make_photo(coin, "obverse")
    make_photo(coin, "reverse")
    said = api(owner).post(ADDRESS, {"coin": coin.pk}).json()
    assert (said["coin"], len(said["photos"])) == (coin.pk, 2)


@pytest.mark.parametrize(
    ("data", "field"),
    [({}, "non_field_errors"), ({"photos": []}, "photos"), ({"photos": ["x"]}, "photos")],
)
def test_what_names_nothing_is_refused(api, owner, cabinet, data, field):
    answer = api(owner).post(ADDRESS, data)
    assert answer.status_code == 400
    assert field in answer.json()["errors"]


def test_photos_of_two_coins_are_refused(api, owner, cabinet):
    two = [make_photo(make_coin(cabinet)).pk, make_photo(make_coin(cabinet)).pk]
    answer = api(owner).post(ADDRESS, {"photos": two})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["photos"])


def test_a_coin_without_photos_is_a_conflict(api, owner, cabinet):
    answer = api(owner).post(ADDRESS, {"coin": make_coin(cabinet).pk})
    assert answer.status_code == 409


def test_what_is_no_photo_is_refused_by_its_name_and_leaves_no_coin(fake, upload, cabinet):
    answer = upload(photos=[file(), SimpleUploadedFile("letter.jpg", b"Dear Sir", "image/jpeg")])
    assert answer.status_code == 400
    assert "letter.jpg" in str(answer.json()["errors"]["photos"])
    assert not Coin.objects.filter(deleted_at=None).exists()


def test_an_impatient_number_is_refused(api, owner):
    assert api(owner).post(f"{ADDRESS}?wait=600", {"coin": 1}).status_code == 400


def test_many_coins_at_once(fake, api, owner, cabinet, queue):
    coins = [make_coin(cabinet) for _ in range(3)]
    for coin in coins[:2]:
        make_photo(coin)
    foreign = make_coin(make_collection())
    make_photo(foreign)
    asked = [one.pk for one in [*coins, foreign]]
    answer = api(owner).post(f"{ADDRESS}batch/", {"coins": asked})
    assert answer.status_code == 202
    said = answer.json()
    assert [one["coin"] for one in said["identifications"]] == [coins[0].pk, coins[1].pk]
    assert said["left_out"] == [coins[2].pk, foreign.pk]


# --- deciding ------------------------------------------------------------------------
@pytest.fixture
def suggested(fake: Any, arrive: Any, cabinet: Collection) -> Identification:
    coin = make_coin(cabinet)
    arrive(coin)
    return job_of(coin)


def of(job: Identification, field: str = "ruler") -> str:
    return f"/api/v1/suggestions/{job.suggestions.get(field=field).pk}/"


def test_accept_and_undo(api, owner, suggested):
    said = api(owner).post(f"{of(suggested)}accept/").json()
    assert (said["decision"], said["decided"], said["by"]) == ("accepted", "Trajan", "livia")
    assert str(Coin.objects.get(pk=suggested.coin_id).authority) == "Trajan"
    assert api(owner).post(f"{of(suggested)}undo/").json()["decision"] == "open"
    assert Coin.objects.get(pk=suggested.coin_id).authority is None


def test_another_candidate(api, owner, suggested):
    said = api(owner).post(f"{of(suggested)}accept/", {"label": "Hadrian"}).json()
    assert said["decided"] == "Hadrian"


def test_correct(api, owner, suggested):
    said = api(owner).post(f"{of(suggested)}correct/", {"values": {"authority": "Nerva"}}).json()
    assert (said["decision"], said["decided"]) == ("corrected", "Nerva")


@pytest.mark.parametrize(("deed", "decision"), [("refuse", "refused"), ("unknown", "unknown")])
def test_neither(api, owner, suggested, deed, decision):
    assert api(owner).post(f"{of(suggested)}{deed}/").json()["decision"] == decision


def test_all_at_once_and_back(api, owner, suggested):
    here = f"{ADDRESS}{suggested.pk}/"
    said = api(owner).post(f"{here}accept-all/").json()
    assert {one["decision"] for one in said["suggestions"]} == {"unread"}
    said = api(owner).post(f"{here}undo-all/").json()
    assert {one["decision"] for one in said["suggestions"]} == {"open"}
    said = api(owner).post(f"{here}refuse-all/").json()
    assert {one["decision"] for one in said["suggestions"]} == {"refused"}


def test_deciding_twice_is_a_conflict(api, owner, suggested):
    api(owner).post(f"{of(suggested)}accept/")
    answer = api(owner).post(f"{of(suggested)}refuse/")
    assert answer.status_code == 409
    assert "decided already" in answer.json()["detail"]


def test_what_has_not_failed_is_not_tried_again(api, owner, suggested):
    assert api(owner).post(f"{ADDRESS}{suggested.pk}/retry/").status_code == 409


# --- who may -------------------------------------------------------------------------
def test_a_viewer_sees_and_decides_nothing(api, owner, cabinet, suggested):
    viewer = make_user()
    share_with(cabinet, viewer)
    assert api(viewer).get(f"{ADDRESS}{suggested.pk}/").status_code == 200
    assert api(viewer).post(f"{of(suggested)}accept/").status_code == 403
    assert api(viewer).post(ADDRESS, {"coin": suggested.coin_id}).status_code == 403


def test_a_stranger_finds_nothing(api, suggested):
    stranger = make_user()
    assert api(stranger).get(f"{ADDRESS}{suggested.pk}/").status_code == 404
    assert api(stranger).get(ADDRESS).json()["results"] == []
    assert api(stranger).post(f"{of(suggested)}accept/").status_code == 404
    assert api(stranger).post(ADDRESS, {"coin": suggested.coin_id}).status_code == 400
    photo = suggested.face_id
    assert api(stranger).post(ADDRESS, {"photos": [photo]}).status_code == 400


def test_a_strangers_collection_takes_no_photos(fake, upload, cabinet):
    stranger = make_user()
    answer = upload(who=stranger, photos=[file()], collection=cabinet.pk)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["collection"])


def test_a_token_that_reads_begins_nothing(api, owner, cabinet):
    answer = api(owner, "read").post(ADDRESS, {"coin": make_coin(cabinet).pk})
    assert answer.status_code == 403

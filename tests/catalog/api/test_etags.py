import threading

import pytest
from django.db import connection

from catalog.models import Coin, FieldChange, Tag
from tests.factories import make_coin, make_collection, make_photo, make_user

COINS = "/api/v1/coins/"


def address(coin):
    return f"{COINS}{coin.pk}/"


@pytest.fixture
def etag(api, owner, coin):
    return api(owner).get(address(coin))["ETag"]


def is_stale(response):
    assert response.status_code == 412, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["type"].endswith("#problem-stale")
    return True


@pytest.mark.django_db
def test_what_the_caller_has_is_not_sent_again(api, owner, coin, etag):
    response = api(owner).get(address(coin), HTTP_IF_NONE_MATCH=etag)
    assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)


@pytest.mark.django_db
@pytest.mark.parametrize("header", ['"1"', '"1-0000"', "nonsense", '"a", "b"', ""])
def test_another_tag_gets_the_coin(api, owner, coin, header):
    assert api(owner).get(address(coin), HTTP_IF_NONE_MATCH=header).status_code == 200


@pytest.mark.django_db
def test_a_list_of_tags_and_a_weak_one_will_do(api, owner, coin, etag):
    for header in (f'"x", {etag}', f"W/{etag}", "*"):
        assert api(owner).get(address(coin), HTTP_IF_NONE_MATCH=header).status_code == 304


@pytest.mark.django_db
def test_what_changes_beside_the_coin_changes_the_tag(api, owner, coin, etag):
    coin.tags.add(Tag.at(owner, "Silver"))
    tagged = api(owner).get(address(coin), HTTP_IF_NONE_MATCH=etag)
    make_photo(coin)
    with_photo = api(owner).get(address(coin), HTTP_IF_NONE_MATCH=tagged["ETag"])
    assert (tagged.status_code, with_photo.status_code) == (200, 200)


@pytest.mark.django_db
def test_a_fresh_tag_lets_a_write_through_and_a_new_one_comes_back(api, owner, coin, etag):
    client = api(owner)
    response = client.patch(address(coin), {"title": "Aureus"}, HTTP_IF_MATCH=etag)
    assert response.status_code == 200
    assert response["ETag"] not in (None, etag)
    assert response["ETag"] == client.get(address(coin))["ETag"]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_stale_write_is_refused_and_nothing_is_written(api, owner, coin, etag, method):
    api(owner).patch(address(coin), {"title": "Aureus"})
    before = FieldChange.objects.count()
    response = getattr(api(owner), method)(address(coin), {"title": "Cent"}, HTTP_IF_MATCH=etag)
    assert is_stale(response)
    coin.refresh_from_db()
    assert (coin.title, coin.deleted_at, coin.version) == ("Aureus", None, 2)
    assert FieldChange.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["status/", "restore/"])
def test_a_stale_step_is_refused(api, owner, coin, etag, action):
    api(owner).patch(address(coin), {"title": "Aureus"})
    assert is_stale(api(owner).post(address(coin) + action, {"status": "sold"}, HTTP_IF_MATCH=etag))


@pytest.mark.django_db
def test_the_trash_makes_a_tag_stale(api, owner, coin, etag):
    api(owner).delete(address(coin))
    assert is_stale(api(owner).patch(address(coin), {"title": "Aureus"}, HTTP_IF_MATCH=etag))


@pytest.mark.django_db
def test_an_edit_in_the_browser_makes_a_tag_stale(api, as_user, owner, coin, etag):
    as_user(owner).post(f"/coins/{coin.pk}/status/", {"status": "sold", "on": "2024-05-03"})
    coin.refresh_from_db()
    assert coin.version == 2
    assert is_stale(api(owner).patch(address(coin), {"title": "Aureus"}, HTTP_IF_MATCH=etag))


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["", "nonsense", 'W/"1-x"', '"2"', '"x-1"'])
def test_a_tag_that_is_none_is_stale(api, owner, coin, header):
    response = api(owner).patch(address(coin), {"title": "Aureus"}, HTTP_IF_MATCH=header)
    assert is_stale(response)


@pytest.mark.django_db
def test_a_star_and_no_tag_ask_for_nothing(api, owner, coin):
    client = api(owner)
    assert client.patch(address(coin), {"title": "A"}, HTTP_IF_MATCH="*").status_code == 200
    assert client.patch(address(coin), {"title": "B"}).status_code == 200


@pytest.mark.django_db
def test_a_stranger_is_not_told_that_a_tag_is_stale(api, stranger, coin):
    response = api(stranger).patch(address(coin), {"title": "A"}, HTTP_IF_MATCH='"9"')
    assert response.status_code == 404


def all_at_once(jobs):
    start, answers = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(place, job):
        start.wait()
        try:
            answers[place] = job()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_of_writers_with_one_tag_one_wins(api):
    owner = make_user()
    coin = make_coin(make_collection(owner), title="Denarius")
    etag = api(owner).get(address(coin))["ETag"]

    def writer(number):
        client = api(owner)
        return lambda: client.patch(address(coin), {"title": f"{number}"}, HTTP_IF_MATCH=etag)

    answers = all_at_once([writer(number) for number in range(6)])
    codes = sorted(answer.status_code for answer in answers)
    assert codes == [200, 412, 412, 412, 412, 412]
    winner = next(answer for answer in answers if answer.status_code == 200)
    coin.refresh_from_db()
    assert (coin.title, coin.version) == (winner.json()["title"], 2)
    assert FieldChange.objects.filter(coin=coin, field="title").count() == 1


@pytest.mark.django_db(transaction=True)
def test_writers_of_different_fields_without_a_tag_lose_nothing(api):
    owner = make_user()
    coin = make_coin(make_collection(owner))
    fields = ["title", "number", "edge", "notes", "variety", "certificate"]

    def writer(name):
        client = api(owner)
        return lambda: client.patch(address(coin), {name: "written"})

    answers = all_at_once([writer(name) for name in fields])
    assert {answer.status_code for answer in answers} == {200}
    coin = Coin.objects.get(pk=coin.pk)
    assert [getattr(coin, name) for name in fields] == ["written"] * 6
    assert coin.version == 7

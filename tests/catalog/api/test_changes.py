import pytest

from catalog.models import Coin, FieldChange
from tests.factories import make_coin

pytestmark = pytest.mark.django_db
CHANGES = "/api/v1/changes/"
UNDO = "/api/v1/changes/undo/"


@pytest.fixture
def changed(api, owner, coin):
    api(owner).patch(f"/api/v1/coins/{coin.pk}/", {"title": "Aureus", "weight": 7.2})
    return coin


def test_the_history_of_a_coin(api, owner, changed):
    rows = api(owner).get(CHANGES, {"coin": changed.pk}).json()["results"]
    assert [(row["field"], row["old"], row["new"]) for row in rows] == [
        ("weight", None, "7.2"), ("title", "Denarius of Trajan", "Aureus"),
    ]  # fmt: skip
    assert {(row["by"], row["source"]) for row in rows} == {("owner", "api")}


def test_the_history_is_filtered(api, owner, changed, collection):
    make_coin(collection)
    client = api(owner)
    batch = FieldChange.objects.first().batch
    for query, count in (
        ({"field": "weight"}, 1), ({"batch": batch}, 2), ({"by": "owner"}, 2), ({"by": "x"}, 0),
        ({"since": "2999-01-01T00:00:00Z"}, 0), ({"collection": collection.pk}, 2),
    ):  # fmt: skip
        assert len(client.get(CHANGES, query).json()["results"]) == count, query


def test_one_change_is_taken_back(api, owner, changed):
    row = FieldChange.objects.get(field="title")
    response = api(owner).post(UNDO, {"changes": [row.pk]})
    assert [(made["field"], made["new"]) for made in response.json()] == [
        ("title", "Denarius of Trajan")
    ]
    changed.refresh_from_db()
    assert (changed.title, str(changed.weight), changed.version) == (
        "Denarius of Trajan",
        "7.200",
        3,
    )
    assert FieldChange.objects.get(source="undo").undoes == row


def test_a_whole_batch_is_taken_back(api, owner, changed):
    response = api(owner).post(UNDO, {"batch": FieldChange.objects.first().batch})
    assert len(response.json()) == 2
    assert Coin.objects.get().weight is None


@pytest.mark.parametrize("body", [{}, {"changes": []}, {"changes": ["x"]}, {"batch": "x"}])
def test_what_names_no_change_is_refused(api, owner, changed, body):
    assert api(owner).post(UNDO, body).status_code in {400, 404}


def test_a_change_that_is_not_there(api, owner, changed):
    rows = [FieldChange.objects.first().pk, 99999]
    assert api(owner).post(UNDO, {"changes": rows}).status_code == 404
    assert api(owner).post(UNDO, {"batch": "0" * 32}).status_code == 404


def test_a_stranger_and_a_viewer_take_nothing_back(api, stranger, viewer, changed):
    body = {"changes": [FieldChange.objects.first().pk]}
    assert api(stranger).get(CHANGES).json()["results"] == []
    assert api(stranger).post(UNDO, body).status_code == 404
    assert api(viewer).post(UNDO, body).status_code == 403
    changed.refresh_from_db()
    assert changed.title == "Aureus"


def test_nobody_writes_the_history(api, owner, changed):
    client, row = api(owner), FieldChange.objects.first()
    assert client.post(CHANGES, {}).status_code == 405
    for method in ("put", "patch", "delete"):
        assert getattr(client, method)(f"{CHANGES}{row.pk}/", {}).status_code == 405

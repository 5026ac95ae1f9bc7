import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Authority, Coin, CustomField, FieldChange, Tag
from tests.factories import make_coin, make_collection, make_user, share_with

pytestmark = pytest.mark.django_db
BULK = "/api/v1/coins/bulk/"


@pytest.fixture
def three(collection):
    return [make_coin(collection, title=name) for name in ("A", "B", "C")]


def verdicts(response):
    return [result["verdict"] for result in response.json()["results"]]


def ids(coins):
    return [coin.pk for coin in coins]


# --- adding ------------------------------------------------------------------
def test_many_coins_are_added(api, owner, collection):
    coins = [{"collection": collection.pk, "title": str(n), "tags": ["New"]} for n in range(30)]
    response = api(owner).post(BULK, {"coins": coins})
    assert response.status_code == 201, response.content
    assert (response.json()["done"], Coin.objects.count()) == (30, 30)
    batches = FieldChange.objects.values_list("batch", flat=True)
    assert {str(batch) for batch in batches} == {response.json()["batch"]}


def test_each_has_its_verdict_and_the_good_ones_stay(api, owner, collection):
    coins = [
        {"collection": collection.pk, "title": "Good"},
        {"collection": collection.pk, "authority": "Nobody", "weight": "heavy"},
        {"title": "Nowhere"},
        {"collection": "x"},
    ]
    response = api(owner).post(BULK, {"coins": coins})
    assert response.status_code == 207
    assert verdicts(response) == ["created", "refused", "refused", "refused"]
    assert set(response.json()["results"][1]["errors"]) == {"weight"}
    assert Coin.objects.get().title == "Good"
    assert not Authority.objects.exists()


def test_a_new_word_of_a_refused_coin_is_made_for_the_next(api, owner, collection):
    def coin(word, **more):
        return {"collection": collection.pk, "authority": word, "place": word} | more

    bad = {"weight": "heavy"}
    coins = [coin("A"), coin("A", **bad), coin("A"), coin("B", **bad), coin("B"), coin("C", **bad)]
    assert api(owner).post(BULK, {"coins": coins}).json()["done"] == 3
    told = [(one.authority.name, one.place.path) for one in Coin.objects.order_by("pk")]
    assert told == [("A", "A"), ("A", "A"), ("B", "B")]
    assert sorted(Authority.objects.values_list("name", flat=True)) == ["A", "B"]


def test_a_coin_of_many_is_like_a_coin_of_one(api, owner, collection):
    CustomField.objects.create(owner=owner, key="rarity", name="Rarity")
    body = {
        "collection": collection.pk, "title": "Denarius", "authority": "Trajan", "grade": "gVF",
        "date": "c. AD 80", "weight": "3.2", "tags": ["b", "a"], "references": ["RIC 2", "RIC 1"],
        "place": "Safe", "custom": {"rarity": "R1"}, "status": "wanted", "die_axis": 6,
    }  # fmt: skip
    client = api(owner)
    alone = client.post("/api/v1/coins/", body).json()
    [result] = client.post(BULK, {"coins": [body]}).json()["results"]
    many = client.get(f"/api/v1/coins/{result['id']}/").json()
    different = {name for name in alone if alone[name] != many[name]}
    assert different <= {"id", "uid", "page", "created_at", "changed_at"}
    assert client.get("/api/v1/coins/", {"q": "trajan ric"}).json()["results"][0] == many
    for pk in (alone["id"], many["id"]):
        assert FieldChange.objects.filter(coin=pk).count() == 1
        assert Coin.objects.get(pk=pk).status_changes.get().new == "wanted"


def test_all_or_nothing_is_nothing_if_one_is_bad(api, owner, collection):
    coins = [{"collection": collection.pk}, {"collection": collection.pk, "weight": "heavy"}]
    response = api(owner).post(BULK, {"coins": coins, "all_or_nothing": True})
    assert response.status_code == 400
    assert response.json()["type"].endswith("#problem-refused")
    assert verdicts(response) == ["created", "refused"]
    assert not Coin.objects.exists()
    assert not FieldChange.objects.exists()


@pytest.mark.parametrize("coins", [[], "x", None, [{}] * 501, ["x"], [None]])
def test_what_is_no_list_of_coins_is_refused(api, owner, coins):
    assert api(owner).post(BULK, {"coins": coins}, format="json").status_code == 400


def test_a_stranger_and_a_viewer_add_nothing(api, stranger, viewer, collection):
    body = {"coins": [{"collection": collection.pk}]}
    assert verdicts(api(stranger).post(BULK, body)) == ["refused"]
    assert verdicts(api(viewer).post(BULK, body)) == ["forbidden"]
    assert not Coin.objects.exists()


# --- changing ----------------------------------------------------------------
def test_any_field_of_many_is_changed_in_one_batch(api, owner, three):
    CustomField.objects.create(owner=owner, key="rarity", name="Rarity")
    changes = {"authority": "Trajan", "weight": 3.2, "custom": {"rarity": "R1"}, "place": "Safe"}
    response = api(owner).patch(BULK, {"ids": ids(three), "changes": changes})
    assert response.status_code == 200, response.content
    assert verdicts(response) == ["changed"] * 3
    told = {
        (c.authority.name, str(c.weight), c.custom["rarity"], c.place.path)
        for c in Coin.objects.all()
    }
    assert told == {("Trajan", "3.200", "R1", "Safe")}
    assert FieldChange.objects.filter(batch=response.json()["batch"], source="api").count() == 12
    again = api(owner).patch(BULK, {"ids": ids(three), "changes": changes})
    assert verdicts(again) == ["unchanged"] * 3


def test_a_filter_chooses_the_coins(api, owner, three, collection):
    make_coin(collection, title="D", status="sold")
    body = {
        "filter": {"status": ["owned"], "collection": [collection.pk]},
        "changes": {"edge": "x"},
    }
    assert api(owner).patch(BULK, body).json()["done"] == 3
    assert Coin.objects.filter(edge="x").count() == 3


def test_tags_are_added_and_removed(api, owner, three):
    three[0].tags.add(Tag.at(owner, "Old"), Tag.at(owner, "Kept"))
    body = {"ids": ids(three), "changes": {"tags": {"add": ["New"], "remove": ["Old"]}}}
    assert api(owner).patch(BULK, body).status_code == 200
    tags = [sorted(tag.path for tag in coin.tags.all()) for coin in three]
    assert tags == [["Kept", "New"], ["New"], ["New"]]


def test_each_kind_of_coin_has_its_verdict(api, owner, three, viewer):
    theirs = make_coin(make_collection(make_user()))
    seen = make_coin(make_collection(viewer))
    share_with(seen.collection, owner)
    versions = {str(three[1].pk): 7, str(three[0].pk): 1}
    body = {"ids": [three[0].pk, three[1].pk, theirs.pk, seen.pk, 99999], "versions": versions}
    response = api(owner).patch(BULK, body | {"changes": {"title": "New"}})
    assert response.status_code == 207
    assert verdicts(response) == ["changed", "stale", "not_found", "forbidden", "not_found"]
    assert Coin.objects.filter(title="New").count() == 1


def test_all_or_nothing_changes_nothing_if_one_cannot_be(api, owner, three):
    body = {"ids": [*ids(three), 99999], "changes": {"title": "New"}, "all_or_nothing": True}
    assert api(owner).patch(BULK, body).status_code == 400
    assert not Coin.objects.filter(title="New").exists()


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"changes": {"title": "x"}}, "non_field_errors"),
        ({"ids": [1], "filter": {"q": "x"}, "changes": {}}, "non_field_errors"),
        ({"filter": {}, "changes": {}}, "filter"),
        ({"filter": {"colection": [1]}, "changes": {}}, "filter"),
        ({"filter": {"year_min": "BC"}, "changes": {}}, "filter"),
        ({"ids": [], "changes": {}}, "ids"),
        ({"ids": list(range(1, 502)), "changes": {}}, "ids"),
        ({"ids": [2**64], "changes": {}}, "ids"),
        ({"ids": [1]}, "changes"),
        ({"ids": [1], "changes": "x"}, "changes"),
    ],
)  # fmt: skip
def test_a_selection_that_is_none_is_refused(api, owner, three, body, name):
    response = api(owner).patch(BULK, body)
    assert response.status_code == 400, response.content
    assert name in response.json()["errors"]


@pytest.mark.parametrize("changes", [{"weight": "x"}, {"nothing": 1}, {"tags": {"add": "x"}}])
def test_a_change_that_cannot_be_made_is_refused_before_any(api, owner, three, changes):
    response = api(owner).patch(BULK, {"ids": ids(three), "changes": {"title": "New"} | changes})
    assert response.status_code == 400
    assert set(response.json()["errors"]["changes"]) == set(changes)
    assert not Coin.objects.filter(title="New").exists()


def test_a_filter_that_finds_too_many_is_refused(api, owner, collection):
    Coin.objects.bulk_create([Coin(collection=collection, title="x") for _ in range(501)])
    body = {"filter": {"status": ["owned"]}, "changes": {"edge": "x"}}
    response = api(owner).patch(BULK, body)
    assert "filter" in response.json()["errors"]
    assert not Coin.objects.filter(edge="x").exists()


def queries_for(client, body, method, recorder):
    with recorder as recorded:
        assert getattr(client, method)(BULK, body).status_code in {200, 201}
    return len([one for one in recorded if "SAVEPOINT" not in one["sql"]])


def test_the_number_of_queries_is_constant(api, owner, collection):
    client = api(owner)
    client.get("/api/v1/me/")
    one = {
        "collection": collection.pk,
        "authority": "Trajan",
        "tags": ["New"],
        "references": ["RIC 1"],
    }
    client.post(BULK, {"coins": [one]})
    made = {
        queries_for(client, {"coins": [one] * count}, "post", CaptureQueriesContext(connection))
        for count in (2, 20)
    }
    pks = list(Coin.objects.values_list("pk", flat=True))
    changes = {"edge": "reeded", "mint": "Rome"}
    client.patch(BULK, {"ids": pks, "changes": changes})
    changed = {
        queries_for(
            client, {"ids": pks[:count], "changes": {"edge": f"{count}", "mint": "Rome"}}, "patch",
            CaptureQueriesContext(connection),
        )
        for count in (2, 20)
    }  # fmt: skip
    assert (len(made), len(changed)) == (1, 1), (made, changed)


# --- trash -------------------------------------------------------------------
def test_many_go_to_the_trash_and_come_back(api, owner, three):
    client = api(owner)
    gone = client.post(f"{BULK}trash/", {"ids": ids(three[:2])})
    assert verdicts(gone) == ["changed", "changed"]
    assert Coin.objects.live().get().title == "C"
    assert verdicts(client.post(f"{BULK}trash/", {"ids": ids(three)})) == ["unchanged"] * 2 + [
        "changed"
    ]
    back = client.post(f"{BULK}restore/", {"filter": {"trashed": True}})
    assert verdicts(back) == ["changed"] * 3
    assert Coin.objects.live().count() == 3


@pytest.mark.parametrize("action", ["trash/", "restore/"])
def test_a_stranger_and_a_viewer_throw_nothing_away(api, stranger, viewer, three, action):
    body = {"ids": ids(three)}
    assert verdicts(api(stranger).post(BULK + action, body)) == ["not_found"] * 3
    assert verdicts(api(viewer).post(BULK + action, body)) == ["forbidden"] * 3
    assert Coin.objects.live().count() == 3


def test_a_reading_token_does_nothing_in_bulk(api, owner, three):
    client = api(owner, "read")
    assert client.post(BULK, {"coins": [{}]}).status_code == 403
    assert client.patch(BULK, {"ids": ids(three), "changes": {}}).status_code == 403

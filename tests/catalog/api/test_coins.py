import pytest

from catalog.models import Authority, Coin, CustomField, FieldChange, StatusChange
from tests.factories import (
    make_coin,
    make_collection,
    make_photo,
    make_place,
    make_term,
    make_type,
    make_user,
)

pytestmark = pytest.mark.django_db
COINS = "/api/v1/coins/"
DENARIUS = {
    "title": "Denarius with Victory",
    "authority": "Trajan",
    "denomination": "Denarius",
    "date": "27 BC to AD 14",
    "weight": 3.27,
    "die_axis": 6,
    "grade": "good very fine",
    "references": ["RIC II 128", "RSC 74"],
    "tags": ["Roman › Silver", "favourite"],
    "place": "Safe › Tray 2",
    "custom": {"rarity": "R2"},
}


@pytest.fixture
def rarity(owner):
    return CustomField.objects.create(owner=owner, key="rarity", name="Rarity")


def one(coin):
    return f"{COINS}{coin.pk}/"


def test_a_coin_is_added_and_told(api, owner, collection, rarity):
    response = api(owner).post(COINS, DENARIUS | {"collection": collection.pk})
    assert response.status_code == 201, response.content
    told, coin = response.json(), Coin.objects.get()
    assert response["Location"] == one(coin)
    assert told["authority"] == {"id": coin.authority_id, "name": "Trajan"}
    assert (told["year_from"], told["year_to"], told["date"]) == (-27, 14, "27 BC – AD 14")
    assert (told["weight"], told["grade"], told["grade_rank"]) == ("3.270", "gVF", 33)
    assert [tag["name"] for tag in told["tags"]] == ["Roman › Silver", "favourite"]
    assert told["place"]["name"] == "Safe › Tray 2"
    assert told["references"] == ["RIC II 128", "RSC 74"]
    assert told["custom"] == {"rarity": "R2"}
    assert api(owner).get(response["Location"]).json() == told


def test_what_a_program_writes_is_in_the_history(api, owner, collection):
    api(owner).post(COINS, {"collection": collection.pk, "title": "Denarius"})
    row = FieldChange.objects.get(field="created")
    assert (row.source, row.by, row.new) == ("api", owner, "Denarius")
    assert StatusChange.objects.get().new == "owned"


def test_what_was_read_can_be_put_back(api, owner, collection, rarity):
    make_photo(make_coin(collection))
    client = api(owner)
    told = client.post(COINS, DENARIUS | {"collection": collection.pk}).json()
    before = FieldChange.objects.count()
    again = client.put(f"{COINS}{told['id']}/", told)
    assert again.status_code == 200, again.content
    assert again.json() == told
    assert FieldChange.objects.count() == before


def test_put_empties_what_it_leaves_out(api, owner, collection, rarity):
    client = api(owner)
    told = client.post(COINS, DENARIUS | {"collection": collection.pk, "status": "sold"}).json()
    left = client.put(f"{COINS}{told['id']}/", {"title": "Denarius"}).json()
    assert (left["title"], left["status"]) == ("Denarius", "sold")
    assert (left["authority"], left["weight"], left["date"], left["grade"]) == (None, None, "", "")
    assert (left["tags"], left["references"], left["custom"]) == ([], [], {})


def test_patch_leaves_the_rest(api, owner, collection, rarity):
    client = api(owner)
    told = client.post(COINS, DENARIUS | {"collection": collection.pk}).json()
    left = client.patch(f"{COINS}{told['id']}/", {"weight": "3,3", "mint": "Rome"}).json()
    assert (left["weight"], left["mint"]["name"]) == ("3.300", "Rome")
    changed = {"weight", "mint", "version", "changed_at", "name"}
    assert {name for name in told if told[name] != left[name]} == changed - {"name"}


def test_a_word_is_taken_by_its_id(api, owner, collection):
    trajan = make_term(Authority, "Trajan")
    body = {"collection": collection.pk, "authority": trajan.pk, "type": make_type().pk}
    told = api(owner).post(COINS, body).json()
    assert told["authority"] == {"id": trajan.pk, "name": "Trajan"}
    assert Authority.objects.count() == 1


def test_a_tag_and_a_place_are_taken_by_their_ids(api, owner, collection):
    place = make_place(owner, "Safe")
    client = api(owner)
    told = client.post(COINS, {"collection": collection.pk, "tags": ["Roman"], "place": place.pk})
    tag = told.json()["tags"][0]
    again = client.post(COINS, {"collection": collection.pk, "tags": [tag["id"], tag]}).json()
    assert (told.json()["place"]["id"], again["tags"]) == (place.pk, [tag])


def test_an_editor_puts_coins_into_the_owners_places(api, owner, editor, collection):
    body = {"collection": collection.pk, "place": "Safe", "tags": ["Silver"]}
    assert api(editor).post(COINS, body).status_code == 201
    coin = Coin.objects.get()
    assert (coin.place.owner, coin.tags.get().owner) == (owner, owner)


def refused(response, name):
    assert response.status_code == 400, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["type"].endswith("#problem-invalid")
    assert name in response.json()["errors"], response.json()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("weight", "heavy"), ("weight", -1), ("weight", [3]), ("weight", True), ("weight", 1e300),
        ("status", "lost"), ("status", ""), ("status", None), ("date", "yesterday"), ("date", "0"),
        ("die_axis", 13), ("grade", "nice"), ("authority", 99999), ("authority", 2**70),
        ("authority", []), ("authority", True), ("type", "no such type"), ("place", 99999),
        ("place", "a" * 121), ("place", " › ".join("abcdefghij" * 30)), ("tags", "Roman"),
        ("tags", [99999]), ("tags", ["a" * 121]), ("tags", ["x"] * 201), ("references", [["RIC"]]),
        ("references", ["R" * 201]), ("title", "a" * 301), 
        ("title", {"en": "Denarius"}), ("wieght", 3), ("custom", "R2"), ("custom.what", "R2"),
        ("cost ", 3),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_taken_is_refused_by_name(api, owner, collection, name, value):
    make_coin(collection)
    before = FieldChange.objects.count()
    refused(api(owner).post(COINS, {"collection": collection.pk, name: value}), name)
    assert (Coin.objects.count(), FieldChange.objects.count()) == (1, before)


def test_an_unknown_own_field_is_refused(api, owner, collection):
    refused(api(owner).post(COINS, {"collection": collection.pk, "custom": {"x": 1}}), "custom.x")


@pytest.mark.parametrize("value", ["NaN", "1e999999999", "1e-999999999", "many"])
def test_a_number_without_measure_is_refused(api, owner, collection, value):
    CustomField.objects.create(owner=owner, key="rank", name="Rank", kind="number")
    body = {"collection": collection.pk, "custom": {"rank": value}}
    refused(api(owner).post(COINS, body), "custom.rank")


def test_every_refusal_is_told_at_once_and_leaves_no_word_behind(api, owner, collection):
    body = {"collection": collection.pk, "authority": "Traian", "weight": "x", "grade": "y"}
    response = api(owner).post(COINS, body)
    assert set(response.json()["errors"]) == {"weight", "grade"}
    assert not Authority.objects.exists()


@pytest.mark.parametrize("body", [[], "coin", None, 3])
def test_a_body_that_is_no_object_is_refused(api, owner, body):
    assert api(owner).post(COINS, body, format="json").status_code == 400


def test_a_body_that_is_no_json_is_refused(api, owner):
    response = api(owner).post(COINS, "{", content_type="application/json")
    assert response.json()["type"].endswith("#problem-parse-error")


@pytest.mark.parametrize("text", [r"nul \u0000", r"half \ud800"])
def test_a_text_that_no_database_keeps_is_refused(api, owner, text):
    response = api(owner).post(COINS, f'{{"title": "{text}"}}', content_type="application/json")
    assert response.json()["type"].endswith("#problem-parse-error")


def test_a_form_is_refused(api, owner):
    response = api(owner).post(COINS, "title=x", content_type="application/x-www-form-urlencoded")
    assert response.status_code == 415
    assert response.json()["type"].endswith("#problem-unsupported-media-type")


def test_a_coin_needs_a_collection_and_keeps_it(api, owner, collection):
    client = api(owner)
    refused(client.post(COINS, {"title": "Denarius"}), "collection")
    coin = make_coin(collection)
    refused(client.patch(one(coin), {"collection": make_collection(owner).pk}), "collection")


def test_a_stranger_finds_nothing(api, stranger, coin):
    client = api(stranger)
    for method in ("get", "put", "patch", "delete"):
        response = getattr(client, method)(one(coin), {"title": "Mine"})
        assert response.status_code == 404
        assert response.json()["type"].endswith("#problem-not-found")
    for action in ("restore/", "status/"):
        assert client.post(one(coin) + action, {"status": "sold"}).status_code == 404
    assert client.get(COINS).json()["results"] == []


def test_a_stranger_adds_nothing_to_a_collection(api, stranger, collection):
    refused(api(stranger).post(COINS, {"collection": collection.pk}), "collection")
    assert not Coin.objects.exists()


def test_a_viewer_sees_and_may_not_write(api, viewer, collection, coin):
    client = api(viewer)
    assert client.get(one(coin)).json()["title"] == coin.title
    assert client.post(COINS, {"collection": collection.pk}).status_code == 403
    for method in ("put", "patch", "delete"):
        response = getattr(client, method)(one(coin), {"title": "Mine"})
        assert response.status_code == 403
        assert response.json()["type"].endswith("#problem-permission-denied")
    coin.refresh_from_db()
    assert (coin.title, coin.deleted_at) == ("Denarius of Trajan", None)


def test_a_strangers_private_words_cannot_be_used(api, owner, collection):
    private = make_term(Authority, "Somebody", added_by=make_user())
    refused(
        api(owner).post(COINS, {"collection": collection.pk, "authority": private.pk}), "authority"
    )


def test_a_strangers_places_cannot_be_used(api, owner, collection, stranger):
    place = make_place(stranger, "Safe")
    refused(api(owner).post(COINS, {"collection": collection.pk, "place": place.pk}), "place")


def test_deleting_is_the_trash_and_can_be_taken_back(api, owner, coin):
    client = api(owner)
    assert client.delete(one(coin)).status_code == 204
    assert client.delete(one(coin)).status_code == 204
    assert FieldChange.objects.filter(field="trash").count() == 1
    assert client.get(COINS).json()["results"] == []
    assert client.get(COINS + "?trashed=true").json()["results"][0]["id"] == coin.pk
    assert client.get(one(coin)).json()["deleted_at"] is not None
    assert client.post(one(coin) + "restore/").json()["deleted_at"] is None
    assert len(client.get(COINS).json()["results"]) == 1


def test_a_step_in_its_life_has_a_day_and_a_reason(api, owner, coin):
    body = {"status": "sold", "on": "2024-05-03", "reason": "A duplicate"}
    assert api(owner).post(one(coin) + "status/", body).json()["status"] == "sold"
    step = StatusChange.objects.get()
    assert (str(step.on), step.reason, step.old, step.new) == (
        "2024-05-03",
        "A duplicate",
        "owned",
        "sold",
    )


@pytest.mark.parametrize("body", [{}, {"status": "lost"}, {"status": "sold", "on": "soon"}])
def test_a_step_that_is_none_is_refused(api, owner, coin, body):
    assert api(owner).post(one(coin) + "status/", body).status_code == 400


def test_names_are_told_in_the_callers_language(api, owner, collection):
    term = make_term(Authority, "Trajan", names={"de": "Trajanus"})
    coin = make_coin(collection, authority=term)
    told = api(owner).get(one(coin), HTTP_ACCEPT_LANGUAGE="de").json()
    assert told["authority"]["name"] == "Trajanus"

import pytest

from catalog.models import CoinSet, CustomField, Place, SavedView, SetSlot, Tag
from tests.factories import make_coin, make_collection, make_place, make_type, make_user

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/"
MINE = {
    "places": ({"name": "Safe"}, {"name": "Vault"}, Place),
    "tags": ({"name": "Roman"}, {"name": "Greek"}, Tag),
    "custom-fields": ({"name": "Rarity"}, {"name": "How rare"}, CustomField),
    "saved-views": ({"name": "Silver", "query": "metal=1"}, {"query": "metal=2"}, SavedView),
    "sets": ({"name": "Twelve Caesars"}, {"description": "From Julius on"}, CoinSet),
}


@pytest.mark.parametrize("name", MINE)
def test_one_is_made_changed_and_removed(api, owner, name):
    made, changed, model = MINE[name]
    client = api(owner)
    response = client.post(f"{ROOT}{name}/", made)
    assert response.status_code == 201, response.content
    address = response["Location"]
    assert client.get(address).json() == response.json()
    told = client.patch(address, changed).json()
    assert changed.items() <= told.items()
    assert client.put(address, made | {"name": "Another"}).status_code == 200
    assert client.delete(address).status_code == 204
    assert not model.objects.exists()


@pytest.mark.parametrize("name", MINE)
def test_a_stranger_has_none_of_them(api, owner, stranger, name):
    made, changed, model = MINE[name]
    address = api(owner).post(f"{ROOT}{name}/", made)["Location"]
    client = api(stranger)
    assert client.get(f"{ROOT}{name}/").json()["results"] == []
    for method in ("get", "put", "patch", "delete"):
        assert getattr(client, method)(address, made | changed).status_code == 404
    assert model.objects.count() == 1


@pytest.mark.parametrize("name", [name for name in MINE if name not in ("sets", "custom-fields")])
def test_a_twin_is_refused(api, owner, stranger, name):
    made, _changed, model = MINE[name]
    client = api(owner)
    client.post(f"{ROOT}{name}/", made)
    twin = client.post(f"{ROOT}{name}/", made)
    assert twin.status_code == 409, twin.content
    assert twin.json()["type"].endswith("#problem-conflict")
    assert model.objects.count() == 1
    assert api(stranger).post(f"{ROOT}{name}/", made).status_code == 201


def test_a_twin_that_only_writes_differently_is_a_conflict(api, owner):
    client = api(owner)
    top = client.post(f"{ROOT}places/", {"name": "Safe"}).json()["id"]
    client.post(f"{ROOT}places/", {"name": "Tray 1", "parent": top})
    twin = client.post(f"{ROOT}places/", {"name": "Tray   1", "parent": top})
    assert twin.status_code == 409
    assert Place.objects.count() == 2


def test_moving_a_place_moves_what_is_below(api, owner):
    make_place(owner, "Safe › Tray › Slot")
    vault = make_place(owner, "Vault")
    tray = Place.objects.get(name="Tray")
    told = api(owner).patch(f"{ROOT}places/{tray.pk}/", {"parent": vault.pk}).json()
    assert told["path"] == "Vault › Tray"
    assert Place.objects.get(name="Slot").path == "Vault › Tray › Slot"


def test_a_place_does_not_stand_within_itself(api, owner):
    make_place(owner, "Safe › Tray")
    safe, tray = Place.objects.get(name="Safe"), Place.objects.get(name="Tray")
    client = api(owner)
    for parent in (safe, tray):
        response = client.patch(f"{ROOT}places/{safe.pk}/", {"parent": parent.pk})
        assert "parent" in response.json()["errors"]


def test_a_place_does_not_stand_in_a_strangers(api, owner, stranger):
    theirs = make_place(stranger, "Safe")
    response = api(owner).post(f"{ROOT}places/", {"name": "Tray", "parent": theirs.pk})
    assert "parent" in response.json()["errors"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, None])
def test_a_place_has_a_name(api, owner, name):
    response = api(owner).post(f"{ROOT}places/", {"name": name}, format="json")
    assert "name" in response.json()["errors"]


def test_a_tree_does_not_grow_for_ever(api, owner):
    parent = None
    client = api(owner)
    for depth in range(20):
        response = client.post(f"{ROOT}tags/", {"name": f"{depth}" * 50, "parent": parent})
        if response.status_code == 400:
            break
        parent = response.json()["id"]
    assert "parent" in response.json()["errors"]


def test_a_renamed_tag_is_found_by_the_search(api, owner, collection):
    coin = make_coin(collection)
    client = api(owner)
    client.patch(f"{ROOT}coins/{coin.pk}/", {"tags": ["Silver"]})
    client.patch(f"{ROOT}tags/{Tag.objects.get().pk}/", {"name": "Argent"})
    assert client.get(f"{ROOT}coins/", {"q": "argent"}).json()["results"]
    client.delete(f"{ROOT}tags/{Tag.objects.get().pk}/")
    assert not client.get(f"{ROOT}coins/", {"q": "argent"}).json()["results"]


def test_an_own_field_gets_a_key_of_its_own_and_keeps_it(api, owner):
    client = api(owner)
    keys = [
        client.post(f"{ROOT}custom-fields/", {"name": "How rare?"}).json()["key"] for _ in range(2)
    ]
    assert keys == ["how_rare", "how_rare_2"]
    pk = CustomField.objects.first().pk
    for change in ({"key": "other"}, {"kind": "number"}):
        response = client.patch(f"{ROOT}custom-fields/{pk}/", change)
        assert set(response.json()["errors"]) == set(change)


def test_a_choice_needs_options(api, owner):
    body = {"name": "Rarity", "kind": "choice"}
    assert "options" in api(owner).post(f"{ROOT}custom-fields/", body).json()["errors"]
    assert api(owner).post(f"{ROOT}custom-fields/", body | {"options": ["R1"]}).status_code == 201


# --- sets --------------------------------------------------------------------
def test_a_set_has_slots(api, owner, collection):
    client = api(owner)
    pk = client.post(f"{ROOT}sets/", {"name": "Lincoln cents"}).json()["id"]
    body = {
        "set": pk, "label": "1909", "type": make_type().pk, "year": 1909, "mint_mark": "S",
        "coin": make_coin(collection).pk,
    }  # fmt: skip
    response = client.post(f"{ROOT}set-slots/", body)
    assert response.status_code == 201, response.content
    assert client.get(f"{ROOT}set-slots/", {"set": pk}).json()["results"] == [response.json()]
    assert client.get(f"{ROOT}set-slots/", {"set": pk + 1}).json()["results"] == []


def test_how_far_a_set_is_complete(api, owner, collection):
    coins = CoinSet.objects.create(owner=owner, name="Caesars")
    filled = SetSlot.objects.create(set=coins, label="Augustus", coin=make_coin(collection))
    empty = SetSlot.objects.create(set=coins, label="Otho", position=1)
    told = api(owner).get(f"{ROOT}sets/{coins.pk}/completion/").json()
    assert (told["filled"], told["total"]) == (1, 2)
    assert told["slots"] == [
        {"slot": filled.pk, "label": "Augustus", "coin": filled.coin_id},
        {"slot": empty.pk, "label": "Otho", "coin": None},
    ]
    assert "Otho" in told["sentence"]


def test_a_slot_refuses_what_is_not_the_callers(api, owner, stranger, viewer, coin):
    theirs = CoinSet.objects.create(owner=stranger, name="Theirs")
    mine = CoinSet.objects.create(owner=owner, name="Mine")
    private = make_type(added_by=stranger)
    hidden = make_coin(make_collection(stranger))
    client = api(owner)
    for name, value in (
        ("set", theirs.pk),
        ("type", private.pk),
        ("coin", hidden.pk),
        ("year", 0.5),
    ):
        body = {"set": mine.pk, "label": "x"} | {name: value}
        assert name in client.post(f"{ROOT}set-slots/", body).json()["errors"]
    slot = SetSlot.objects.create(set=mine, label="x")
    other = CoinSet.objects.create(owner=owner, name="Other")
    response = client.patch(f"{ROOT}set-slots/{slot.pk}/", {"set": other.pk})
    assert "set" in response.json()["errors"]


def test_a_strangers_slots_are_hidden(api, stranger):
    slot = SetSlot.objects.create(
        set=CoinSet.objects.create(owner=make_user(), name="x"), label="x"
    )
    client = api(stranger)
    assert client.patch(f"{ROOT}set-slots/{slot.pk}/", {"label": "y"}).status_code == 404
    assert client.delete(f"{ROOT}set-slots/{slot.pk}/").status_code == 404

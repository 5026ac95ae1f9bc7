from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Collection, Membership, ShareLink
from tests.factories import make_coin, make_collection, make_link, make_trade, make_user, share_with

pytestmark = pytest.mark.django_db
COLLECTIONS, MEMBERS, LINKS = (
    f"/api/v1/{name}/" for name in ("collections", "members", "share-links")
)


def at(row, root=COLLECTIONS):
    return f"{root}{row.pk}/"


def test_a_collection_is_made_and_belongs_to_the_caller(api, owner):
    response = api(owner).post(COLLECTIONS, {"name": "Cabinet"})
    assert response.status_code == 201, response.content
    told = response.json()
    assert (told["owner"], told["role"], told["currency"], told["coins"]) == (
        "owner",
        "owner",
        "EUR",
        0,
    )


def test_what_the_caller_may_do_is_told(api, owner, editor, viewer, stranger, collection):
    make_coin(collection)
    make_coin(collection).discard(owner)
    for user, role in ((owner, "owner"), (editor, "editor"), (viewer, "viewer")):
        told = api(user).get(at(collection)).json()
        assert (told["role"], told["coins"]) == (role, 1)
    assert api(stranger).get(COLLECTIONS).json()["results"] == []


def test_another_currency_converts_the_coins(api, owner, collection):
    coin = make_coin(collection)
    make_trade(coin, 100, "EUR")
    assert api(owner).patch(at(collection), {"currency": "USD"}).json()["currency"] == "USD"
    coin.refresh_from_db()
    assert coin.cost > 100


@pytest.mark.parametrize("currency", ["eur", "EURO", "", None, "E1R"])
def test_a_currency_that_is_none_is_refused(api, owner, collection, currency):
    response = api(owner).patch(at(collection), {"currency": currency}, format="json")
    assert "currency" in response.json()["errors"]


def test_only_the_owner_changes_a_collection(api, owner, editor, viewer, stranger, collection):
    for user, code in ((owner, 200), (editor, 403), (viewer, 403), (stranger, 404)):
        assert api(user).patch(at(collection), {"description": "x"}).status_code == code
    for user, code in ((editor, 403), (viewer, 403), (stranger, 404), (owner, 204)):
        assert api(user).delete(at(collection)).status_code == code


def test_a_collection_with_coins_is_not_deleted(api, owner, collection):
    make_coin(collection).discard(owner)
    response = api(owner).delete(at(collection))
    assert (response.status_code, Collection.objects.count()) == (409, 1)
    assert response.json()["type"].endswith("#problem-conflict")


# --- members -----------------------------------------------------------------
def test_somebody_is_let_in_promoted_and_shown_out(api, owner, stranger, collection):
    client = api(owner)
    body = {"collection": collection.pk, "user": "stranger", "role": "viewer"}
    response = client.post(MEMBERS, body)
    assert response.status_code == 201, response.content
    assert api(stranger).get(at(collection)).status_code == 200
    address = response["Location"]
    assert client.patch(address, {"role": "editor"}).json()["role"] == "editor"
    assert client.delete(address).status_code == 204
    assert api(stranger).get(at(collection)).status_code == 404


@pytest.mark.parametrize(
    ("name", "value"), [("user", "nobody"), ("user", "owner"), ("role", "owner"), ("collection", 0)]
)
def test_a_member_that_cannot_be_is_refused(api, owner, stranger, collection, name, value):
    body = {"collection": collection.pk, "user": "stranger", "role": "viewer"} | {name: value}
    assert name in api(owner).post(MEMBERS, body).json()["errors"]


def test_nobody_is_let_in_twice(api, owner, collection, viewer):
    body = {"collection": collection.pk, "user": "viewer", "role": "editor"}
    assert api(owner).post(MEMBERS, body).status_code == 409
    assert Membership.objects.get().role == "viewer"


def test_a_membership_is_not_passed_on(api, owner, collection, viewer, stranger):
    row, other = Membership.objects.get(), make_collection(owner)
    client = api(owner)
    for name, value in (("user", "stranger"), ("collection", other.pk)):
        assert name in client.patch(at(row, MEMBERS), {name: value}).json()["errors"]


def test_nobody_promotes_himself(api, editor, viewer, stranger, collection):
    row = Membership.objects.get(user=viewer)
    for user in (editor, viewer, stranger):
        client = api(user)
        assert client.get(MEMBERS).json()["results"] == []
        assert client.patch(at(row, MEMBERS), {"role": "editor"}).status_code == 404
        assert client.delete(at(row, MEMBERS)).status_code == 404
        body = {"collection": collection.pk, "user": "stranger", "role": "editor"}
        assert "collection" in client.post(MEMBERS, body).json()["errors"]


# --- share links -------------------------------------------------------------
def test_a_link_is_made_hiding_prices_and_places(api, owner, collection):
    told = api(owner).post(LINKS, {"collection": collection.pk}).json()
    assert (told["with_prices"], told["with_places"], told["shows"]) == (False, False, "owned")
    assert told["address"].endswith(f"/s/{ShareLink.objects.get().token}/")


def test_a_link_is_revoked_and_stays_told(api, owner, collection):
    link = make_link(collection)
    assert api(owner).delete(at(link, LINKS)).status_code == 204
    assert api(owner).get(at(link, LINKS)).json()["revoked_at"] is not None
    assert not ShareLink.objects.live().exists()


def test_a_link_expires(api, owner, collection):
    until = (timezone.now() + timedelta(days=1)).isoformat()
    told = api(owner).post(LINKS, {"collection": collection.pk, "expires_at": until}).json()
    assert told["expires_at"] is not None


def test_only_the_owner_has_links(api, editor, viewer, stranger, collection):
    link = make_link(collection)
    for user in (editor, viewer, stranger):
        client = api(user)
        assert client.get(LINKS).json()["results"] == []
        assert client.get(at(link, LINKS)).status_code == 404
        assert client.patch(at(link, LINKS), {"with_prices": True}).status_code == 404
        assert client.delete(at(link, LINKS)).status_code == 404
        assert "collection" in client.post(LINKS, {"collection": collection.pk}).json()["errors"]


def test_a_link_stays_with_its_collection(api, owner, collection):
    other = make_collection(owner)
    response = api(owner).patch(at(make_link(collection), LINKS), {"collection": other.pk})
    assert "collection" in response.json()["errors"]


def test_a_collection_of_somebody_else_is_not_given_away(api, owner):
    theirs = make_collection(make_user())
    share_with(theirs, owner, "editor")
    assert "collection" in api(owner).post(LINKS, {"collection": theirs.pk}).json()["errors"]

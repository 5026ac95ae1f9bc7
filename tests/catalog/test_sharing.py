from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Coin, Collection, Membership, Provenance, ShareLink
from catalog.money import refresh_money
from tests.factories import (
    make_coin,
    make_collection,
    make_link,
    make_photo,
    make_place,
    make_trade,
    make_user,
    make_valuation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def treasure(owner, collection):
    """A coin with everything that a stranger must not learn."""
    coin = make_coin(
        collection, title="Aureus", notes="Under the floorboards", place=make_place(owner, "Bank vault"),
        authority="Trajan", obverse_legend="IMP TRAIANO", custom={"secret": "combination 1234"},
    )  # fmt: skip
    make_trade(coin, 4321, party="Quiet dealer")
    make_valuation(coin, 9876, source="Confidential expert")
    refresh_money([coin])
    make_photo(coin)
    Provenance.objects.create(coin=coin, holder="Old family")
    return coin


HIDDEN = [
    "floorboards",
    "Bank vault",
    "4,321",
    "9,876",
    "Quiet dealer",
    "Confidential",
    "1234",
    "owner",
]


def pages(client, link, coin):
    return [
        client.get(url).content.decode()
        for url in (f"/s/{link.token}/", f"/s/{link.token}/coins/{coin.pk}/")
    ]


def test_a_public_link_shows_coins_and_hides_prices_and_places(as_user, collection, treasure):
    for page in pages(as_user(None), make_link(collection), treasure):
        assert "Aureus" in page
        assert [word for word in HIDDEN if word in page] == []


def test_prices_and_places_are_shown_when_the_owner_says_so(as_user, collection, treasure):
    link = make_link(collection, with_prices=True, with_places=True)
    page = pages(as_user(None), link, treasure)[1]
    assert "9,876" in page
    assert "Bank vault" in page
    assert "floorboards" not in page


@pytest.mark.parametrize("word", ["floorboards", "vault", "dealer", "combination"])
def test_the_public_search_finds_nothing_by_what_is_hidden(as_user, collection, treasure, word):
    page = as_user(None).get(f"/s/{make_link(collection).token}/?q={word}").content.decode()
    assert "Aureus" not in page


def test_the_public_search_finds_by_what_is_shown(as_user, collection, treasure):
    page = as_user(None).get(f"/s/{make_link(collection).token}/?q=traian aureus").content.decode()
    assert "Aureus" in page


@pytest.mark.parametrize(
    "values",
    [
        {"expires_at": timezone.now() - timedelta(minutes=1)},
        {"revoked_at": timezone.now()},
        {"token": "another"},
    ],
)
def test_a_dead_link_looks_like_one_that_never_was(as_user, collection, treasure, values):
    link = make_link(collection)
    ShareLink.objects.filter(pk=link.pk).update(**values)
    response = as_user(None).get(f"/s/{link.token}/")
    assert response.status_code == 404
    assert b"does not work" in response.content


@pytest.mark.parametrize(
    "values", [{"status": "draft"}, {"status": "sold"}, {"deleted_at": timezone.now()}]
)
def test_what_is_not_held_is_not_shown(as_user, collection, treasure, values):
    Coin.objects.filter(pk=treasure.pk).update(**values)
    client, link = as_user(None), make_link(collection)
    assert b"Aureus" not in client.get(f"/s/{link.token}/").content
    assert client.get(f"/s/{link.token}/coins/{treasure.pk}/").status_code == 404
    photo = treasure.photos.get()
    assert client.get(f"/s/{link.token}/photos/{photo.pk}/card.webp").status_code == 404


def test_a_link_to_one_collection_opens_no_coin_of_another(as_user, owner, collection, treasure):
    link = make_link(make_collection(owner, "Other"))
    assert as_user(None).get(f"/s/{link.token}/coins/{treasure.pk}/").status_code == 404


def test_a_want_list_shows_only_what_is_wanted(as_user, collection, treasure):
    make_coin(collection, title="Otho denarius", status="wanted")
    page = as_user(None).get(f"/s/{make_link(collection, shows='wanted').token}/").content.decode()
    assert "Otho" in page
    assert "Aureus" not in page


def test_photos_are_served_as_renditions_never_as_originals(as_user, collection, treasure):
    photo, link = treasure.photos.get(), make_link(collection)
    response = as_user(None).get(f"/s/{link.token}/photos/{photo.pk}/card.webp")
    assert response["Content-Type"] == "image/webp"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert as_user(None).get(f"/s/{link.token}/photos/{photo.pk}/full.webp").status_code == 404


def test_a_collection_is_shared_with_somebody_by_name(as_user, owner, stranger, collection, coin):
    as_user(owner).post(
        f"/collections/{collection.pk}/people/", {"username": "Stranger", "role": "viewer"}
    )
    assert as_user(stranger).get(coin.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("name", ["nobody", "owner", ""])
def test_sharing_with_nobody_or_oneself_is_refused(as_user, owner, collection, name):
    response = as_user(owner).post(
        f"/collections/{collection.pk}/people/", {"username": name, "role": "viewer"}
    )
    assert response.status_code == 422
    assert not Membership.objects.exists()


def test_a_mail_address_tells_nobody_who_has_an_account(as_user, owner, collection):
    make_user("friend", email="friend@example.org")
    response = as_user(owner).post(
        f"/collections/{collection.pk}/people/",
        {"username": "friend@example.org", "role": "viewer"},
    )
    assert response.status_code == 422


def test_a_member_can_leave(as_user, viewer, collection):
    as_user(viewer).post(f"/collections/{collection.pk}/leave/")
    assert not Collection.objects.visible_to(viewer).exists()


def test_a_link_that_would_be_dead_at_once_is_refused(as_user, owner, collection):
    response = as_user(owner).post(
        f"/collections/{collection.pk}/links/", {"shows": "owned", "expires_on": "2001-01-01"}
    )
    assert response.status_code == 422


def test_a_collection_is_deleted_only_by_its_name(as_user, owner, collection, coin):
    client = as_user(owner)
    assert (
        client.post(f"/collections/{collection.pk}/delete/", {"name": "wrong"}).status_code == 422
    )
    assert Coin.objects.exists()
    client.post(f"/collections/{collection.pk}/delete/", {"name": collection.name})
    assert not Collection.objects.exists()


def test_another_currency_converts_everything_again(as_user, owner, collection, treasure):
    as_user(owner).post(f"/collections/{collection.pk}/", {"name": "Cabinet", "currency": "USD"})
    treasure.refresh_from_db()
    assert treasure.cost not in (None, 4321)


def test_the_trash_is_not_counted_but_goes_too(as_user, owner, collection):
    make_coin(collection)
    make_coin(collection).discard(owner)
    page = " ".join(as_user(owner).get(f"/collections/{collection.pk}/").content.decode().split())
    assert ">1 coin</a>" in page
    assert "This deletes 2 coins" in page

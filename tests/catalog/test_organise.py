import pytest

from catalog import search
from catalog.models import Coin, CustomField, Place, Tag
from tests.factories import make_coin, make_place

pytestmark = pytest.mark.django_db


def test_a_place_is_made_with_everything_above_it(as_user, owner):
    as_user(owner).post("/places/", {"path": "Safe > Tray 3 / B4"})
    assert list(Place.objects.values_list("path", flat=True)) == [
        "Safe", "Safe › Tray 3", "Safe › Tray 3 › B4",
    ]  # fmt: skip


def test_a_tree_counts_what_lies_below(as_user, owner, collection):
    make_coin(collection, place=make_place(owner, "Safe › Tray 1"))
    make_coin(collection, place=make_place(owner, "Safe › Tray 2"))
    rows = as_user(owner).get("/places/").context["rows"]
    assert [(row.name, row.total) for row in rows] == [("Safe", 2), ("Tray 1", 1), ("Tray 2", 1)]


def test_renaming_moves_everything_inside_along_and_the_search_follows(as_user, owner, collection):
    coin = make_coin(collection, place=make_place(owner, "Safe › Tray 1"))
    safe = Place.objects.get(path="Safe")
    as_user(owner).post(f"/places/{safe.pk}/", {"name": "Bank vault", "parent": ""})
    coin.refresh_from_db()
    assert coin.place.path == "Bank vault › Tray 1"
    assert list(search.matching(Coin.objects.all(), "vault")) == [coin]


def test_a_place_cannot_be_put_inside_itself(as_user, owner):
    inner = make_place(owner, "Safe › Tray 1")
    response = as_user(owner).post(
        f"/places/{inner.parent_id}/", {"name": "Safe", "parent": inner.pk}
    )
    assert response.status_code == 422


def test_two_places_of_one_name_side_by_side_are_refused(as_user, owner):
    make_place(owner, "Safe")
    shelf = make_place(owner, "Shelf")
    response = as_user(owner).post(f"/places/{shelf.pk}/", {"name": "Safe", "parent": ""})
    assert response.status_code == 422


def test_a_removed_tag_leaves_its_coins(as_user, owner, collection):
    coin = make_coin(collection)
    coin.tags.add(Tag.at(owner, "Roman › Silver"))
    as_user(owner).post(f"/tags/{Tag.objects.get(path='Roman').pk}/delete/")
    assert not Tag.objects.exists()
    assert Coin.objects.filter(pk=coin.pk).exists()


def test_an_own_field_is_on_every_coin(as_user, owner, coin):
    client = as_user(owner)
    client.post("/fields/", {"name": "Rarity", "kind": "choice", "options": "common\nrare"})
    form = client.get(f"/coins/{coin.pk}/edit/").context["form"]
    assert [value for value, _label in form.fields["custom.rarity"].widget.choices] == [
        "",
        "common",
        "rare",
    ]


def test_a_choice_without_options_is_refused(as_user, owner):
    response = as_user(owner).post("/fields/", {"name": "Rarity", "kind": "choice", "options": ""})
    assert response.status_code == 422
    assert not CustomField.objects.exists()


@pytest.mark.parametrize("address", ["/places/{}/", "/places/{}/delete/"])
def test_a_stranger_finds_no_place(as_user, owner, stranger, address):
    place = make_place(owner, "Safe")
    assert as_user(stranger).post(address.format(place.pk)).status_code == 404

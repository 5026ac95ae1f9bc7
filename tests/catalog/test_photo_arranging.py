"""What editors do with photos that are there."""

import pytest

from catalog.arranging import set_role, shift, transfer
from catalog.models import FieldChange, Photo
from tests.factories import make_coin, make_photo

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def pair(coin):
    return make_photo(coin, "obverse", position=0), make_photo(coin, "reverse", position=1)


def roles(coin):
    return [photo.role for photo in coin.photos.all()]


def test_one_click_changes_what_a_photo_shows(as_user, owner, coin, pair):
    response = as_user(owner).post(f"/photos/{pair[1].pk}/role/", {"role": "edge"})
    assert response["Location"] == f"/coins/{coin.pk}/#photos"
    assert roles(coin) == ["obverse", "edge"]
    assert FieldChange.objects.get(field="photo").new == "coin.jpg (Edge)"


def test_faces_the_wrong_way_round_change_places(coin, owner, pair):
    set_role(pair[1], "obverse", owner)
    assert roles(coin) == ["reverse", "obverse"]


def test_a_second_obverse_leaves_the_first_alone(coin, owner, pair):
    other = make_photo(coin, "other", position=2)
    set_role(other, "obverse", owner)
    assert roles(coin) == ["obverse", "reverse", "obverse"]


def test_the_same_role_again_writes_no_history(owner, pair):
    set_role(pair[0], "obverse", owner)
    assert not FieldChange.objects.exists()


def test_an_unknown_role_is_refused(as_user, owner, pair):
    assert as_user(owner).post(f"/photos/{pair[0].pk}/role/", {"role": "top"}).status_code == 400


def test_with_htmx_only_the_photos_come_back_still_open(as_user, owner, pair):
    response = as_user(owner).post(f"/photos/{pair[1].pk}/role/", {"role": "edge"}, headers=HTMX)
    html = response.content.decode()
    assert html.lstrip().startswith("<section")
    assert '<details class="arrange" open>' in html


@pytest.mark.parametrize(
    ("places", "expected"),
    [(-1, "bac"), (1, "acb"), (-9, "bac"), (9, "acb")],
)
def test_photos_are_put_in_order(coin, places, expected):
    photos = {name: make_photo(coin, mint) for name, mint in zip("abc", ["other"] * 3, strict=True)}
    for position, name in enumerate("abc"):
        Photo.objects.filter(pk=photos[name].pk).update(position=position)
    shift(Photo.objects.get(pk=photos["b"].pk), places)
    order = {photo.pk: name for name, photo in photos.items()}
    assert "".join(order[photo.pk] for photo in coin.photos.all()) == expected


def test_order_by_the_buttons(as_user, owner, coin, pair):
    as_user(owner).post(f"/photos/{pair[1].pk}/order/", {"to": "earlier"})
    assert roles(coin) == ["reverse", "obverse"]


def test_a_photo_goes_to_another_coin(as_user, owner, coin, pair):
    other = make_coin(coin.collection, title="Aureus")
    client = as_user(owner)
    page = client.get(f"/photos/{pair[1].pk}/transfer/")
    assert other in page.context["choices"]
    response = client.post(f"/photos/{pair[1].pk}/transfer/", {"coin": other.pk})
    assert response["Location"] == f"/coins/{other.pk}/#photos"
    assert (roles(coin), roles(other)) == (["obverse"], ["reverse"])
    assert FieldChange.objects.filter(field="photo").count() == 2


def test_a_coin_is_found_by_its_words(as_user, owner, coin, pair):
    other = make_coin(coin.collection, title="Aureus")
    make_coin(coin.collection, title="Follis")
    response = as_user(owner).get(f"/photos/{pair[0].pk}/transfer/", {"q": "aureus"})
    assert list(response.context["choices"]) == [other]


def test_no_photo_goes_to_a_coin_of_somebody_else(as_user, owner, pair):
    foreign = make_coin()
    response = as_user(owner).post(f"/photos/{pair[0].pk}/transfer/", {"coin": foreign.pk})
    assert response.status_code == 404
    assert not foreign.photos.exists()


def test_an_emptied_draft_goes_to_the_trash_an_emptied_coin_does_not(collection, owner):
    draft, owned = make_coin(collection, status="draft"), make_coin(collection)
    photos = [make_photo(draft), make_photo(owned)]
    assert transfer(photos, make_coin(collection), owner) == [draft]
    draft.refresh_from_db()
    owned.refresh_from_db()
    assert (draft.deleted_at is None, owned.deleted_at is None) == (False, True)


def test_deleting_asks_first(as_user, owner, coin, pair):
    client = as_user(owner)
    assert "Delete this photo?" in client.get(f"/photos/{pair[0].pk}/delete/").content.decode()
    assert coin.photos.count() == 2
    client.post(f"/photos/{pair[0].pk}/delete/")
    assert roles(coin) == ["reverse"]
    assert FieldChange.objects.get(field="photo").old == "coin.jpg"


@pytest.mark.parametrize("what", ["role", "order", "retry", "delete", "transfer"])
def test_viewers_may_not_and_strangers_see_nothing(as_user, viewer, stranger, pair, what):
    address = f"/photos/{pair[0].pk}/{what}/"
    assert as_user(viewer).post(address, {"role": "edge"}).status_code == 403
    assert as_user(stranger).post(address, {"role": "edge"}).status_code == 404
    assert Photo.objects.count() == 2


def test_a_failed_photo_says_why_and_offers_another_try(as_user, owner, viewer, coin, pair):
    Photo.objects.filter(pk=pair[0].pk).update(
        state="failed", failure="The original file is missing."
    )
    html = as_user(owner).get(f"/coins/{coin.pk}/photos/").content.decode()
    assert "The original file is missing." in html
    assert f"/photos/{pair[0].pk}/retry/" in html
    assert "retry" not in as_user(viewer).get(f"/coins/{coin.pk}/photos/").content.decode()


def test_viewers_are_offered_nothing_that_they_may_not_do(as_user, viewer, coin, pair):
    html = as_user(viewer).get(f"/coins/{coin.pk}/photos/").content.decode()
    for word in ("data-drop-coin", "Add photos", "Arrange"):
        assert word not in html

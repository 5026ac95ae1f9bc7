"""The same coin twice? A warning with a link, never a refusal."""

from io import BytesIO

import pytest
from PIL import Image, ImageEnhance

from catalog import duplicates
from catalog.models import Coin, Photo
from catalog.photos import store
from tests.catalog.drawn import coin as drawn
from tests.catalog.drawn import saved
from tests.factories import make_coin, make_collection, share_with

pytestmark = pytest.mark.django_db


def add(coin, picture, name="a.jpg", **options):
    return store(coin, saved(picture, **options), name, "", None)


@pytest.fixture
def other(collection):
    return make_coin(collection, title="Aureus")


def reasons(coin, user):
    return [(one.coin.title, one.reason) for one in duplicates.of(coin, user)]


def test_the_very_same_photo(coin, other, owner):
    add(coin, drawn(seed=1))
    add(other, drawn(seed=1))
    assert reasons(coin, owner) == [("Aureus", "photo")]
    [one] = duplicates.of(coin, owner)
    assert one.sentence == "“Aureus” has the very same photo."
    assert (one.mine.coin, one.theirs.coin) == (coin, other)


@pytest.mark.parametrize(
    "again",
    [
        lambda picture: (picture, {"quality": 40}),
        lambda picture: (picture.resize((500, 500)), {}),
        lambda picture: (ImageEnhance.Brightness(picture).enhance(1.1), {}),
        lambda picture: (picture, {"format": "PNG"}),
    ],
    ids=["worse", "smaller", "brighter", "another format"],
)
def test_the_same_photo_saved_again(coin, other, owner, again):
    add(coin, drawn(1000, seed=1))
    picture, options = again(drawn(1000, seed=1))
    add(other, picture, **options)
    assert reasons(coin, owner) == [("Aureus", "near")]


def test_another_coin_of_the_same_kind_is_another_coin(coin, collection, owner):
    add(coin, drawn(seed=1))
    for seed in range(2, 20):
        add(make_coin(collection), drawn(seed=seed))
    assert duplicates.of(coin, owner) == []


def test_coins_that_look_alike_to_64_bits_only_are_not_confused(coin, other, owner):
    mine, theirs = add(coin, drawn(seed=1)), add(other, drawn(seed=2))
    Photo.objects.filter(pk=theirs.pk).update(dhash=mine.dhash)
    assert duplicates.of(coin, owner) == []


def test_the_same_certificate(collection, owner):
    slab = {"certificate": "1234567-001", "grade_service": "NGC"}
    coin = make_coin(collection, **slab)
    make_coin(collection, title="Twin", **slab | {"grade_service": "ngc"})
    make_coin(collection, title="Other service", **slab | {"grade_service": "PCGS"})
    make_coin(collection, title="No certificate")
    assert reasons(coin, owner) == [("Twin", "certificate")]


def test_coins_without_certificates_have_nothing_in_common(collection, owner):
    make_coin(collection)
    assert duplicates.of(make_coin(collection), owner) == []


def test_each_coin_is_named_once(collection, owner):
    slab = {"certificate": "1", "grade_service": "NGC"}
    coin, twin = make_coin(collection, **slab), make_coin(collection, title="Twin", **slab)
    for one in (coin, twin):
        add(one, drawn(seed=1))
        add(one, drawn(seed=2))
    assert reasons(coin, owner) == [("Twin", "certificate")]


def test_the_trash_warns_nobody(coin, other, owner):
    add(coin, drawn(seed=1))
    add(other, drawn(seed=1))
    other.discard(owner)
    assert duplicates.of(coin, owner) == []


def test_nobody_learns_of_coins_that_he_may_not_see(coin, owner, stranger):
    hidden = make_coin(make_collection(stranger), title="Hidden", certificate="1")
    Coin.objects.filter(pk=coin.pk).update(certificate="1")
    coin.refresh_from_db()
    add(coin, drawn(seed=1))
    add(hidden, drawn(seed=1))
    assert duplicates.of(coin, owner) == []
    share_with(hidden.collection, owner)
    assert reasons(coin, owner) == [("Hidden", "certificate")]


def test_one_photo_twice_on_one_coin_is_told_at_upload_only(coin, owner):
    add(coin, drawn(seed=1))
    again = add(coin, drawn(seed=1))
    [one] = duplicates.by_photos([again], owner)
    assert one.sentence == "“Denarius of Trajan” has this photo twice."
    assert duplicates.of(coin, owner) == []


def test_the_coins_page_gets_the_warning_as_a_fragment(as_user, owner, coin, other):
    add(coin, drawn(seed=1))
    add(other, drawn(seed=1))
    client, address = as_user(owner), f"/coins/{coin.pk}/duplicates/"
    fragment = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "“Aureus” has the very same photo." in fragment
    assert f"/photos/compare/?a={coin.pk}&amp;b={other.pk}" in fragment
    assert "<html" not in fragment
    assert "<html" in client.get(address).content.decode()


def test_where_there_is_none_the_fragment_is_empty(as_user, owner, coin):
    response = as_user(owner).get(f"/coins/{coin.pk}/duplicates/", headers={"HX-Request": "true"})
    assert response.content.strip() == b""


def test_old_photos_without_a_fingerprint_do_no_harm(coin, other, owner):
    add(coin, drawn(seed=1))
    add(other, drawn(seed=1), quality=50)
    Photo.objects.filter(coin=other).update(fingerprint=None)
    assert duplicates.of(coin, owner) == []


def test_a_picture_of_nothing_is_no_reason(coin, other, owner):
    """Plain grounds have no rises at all, so that any two would be the same."""
    for one, colour in ((coin, "white"), (other, "grey")):
        store(
            one, BytesIO(saved(Image.new("RGB", (200, 200), colour)).getvalue()), "w.jpg", "", None
        )
    assert duplicates.of(coin, owner) == []

"""Whether this very coin was sold before, by the picture of the sale."""

from collections.abc import Callable
from io import BytesIO

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageFilter

from catalog.models import Coin, Collection, Photo, User
from catalog.photos import store
from market import pictures
from market.models import Lot, LotLook
from market.samephoto import Shows, showing_photo_of
from tests.catalog.describers import FakeDescriber, describer, look
from tests.factories import draw_coin
from tests.market.makes import make_lot, make_trajan

__all__ = ["describer"]  # a fixture
SignIn = Callable[[User | None], Client]
FILE, AGAIN = "is the very file of your photo", "is your photo, saved again"


def noisy(letters: str = "A") -> Image.Image:
    """With enough relief for a fingerprint: a drawn coin on a drawn cloth."""
    drawn = Image.open(BytesIO(draw_coin(letters=letters)))
    levels = np.random.default_rng(ord(letters)).integers(0, 255, (12, 12), dtype=np.uint8)
    cloth = Image.fromarray(levels).resize((300, 300)).filter(ImageFilter.GaussianBlur(4))
    return Image.blend(drawn, cloth.convert("RGB"), 0.5)


CLOTH = noisy()


def saved(image: Image.Image = CLOTH, size: int = 300, quality: int = 90) -> bytes:
    out = BytesIO()
    image.resize((size, size)).save(out, "JPEG", quality=quality)
    return out.getvalue()


@pytest.fixture
def trajan(collection: Collection, owner: User, describer: FakeDescriber) -> Coin:
    coin = make_trajan(collection)
    store(coin, SimpleUploadedFile("mine.jpg", saved()), "mine.jpg", "obverse", owner)
    return Coin.objects.for_page().get(pk=coin.pk)


def show(lot: Lot, data: bytes, degrees: float | None = None) -> Lot:
    picture = pictures.keep(lot, BytesIO(data), "lot.jpg", "hand")
    if degrees is not None:
        seen = look(degrees)
        LotLook.objects.create(picture=picture, network=seen.network, vector=seen.vector)
    return lot


def panel(client: Client, coin: Coin) -> str:
    return client.get(reverse("market:panel", args=[coin.pk])).content.decode()


def test_the_very_file(trajan: Coin, owner: User, as_user: SignIn) -> None:
    lot = show(make_lot(owner), saved())
    assert showing_photo_of(trajan, owner) == {lot.pk: Shows.FILE}
    said = panel(as_user(owner), trajan)
    assert FILE in said
    assert "Add to the provenance" in said


def test_the_same_picture_saved_again(trajan: Coin, owner: User, as_user: SignIn) -> None:
    lot = show(make_lot(owner), saved(size=180, quality=60))
    assert showing_photo_of(trajan, owner) == {lot.pk: Shows.PICTURE}
    assert AGAIN in panel(as_user(owner), trajan)


def test_another_picture_is_another_coin(trajan: Coin, owner: User, as_user: SignIn) -> None:
    show(make_lot(owner), saved(noisy("B")))
    assert showing_photo_of(trajan, owner) == {}
    assert "Sold before?" not in panel(as_user(owner), trajan)


@pytest.mark.parametrize(("degrees", "is_same"), [(0, True), (45, True), (70, False), (None, True)])
def test_where_a_network_looked_it_must_not_see_another(
    trajan: Coin, owner: User, describer: FakeDescriber, degrees: float | None, is_same: bool
) -> None:
    describer.mine = [look(0)]
    lot = show(make_lot(owner), saved(size=180), degrees)
    assert showing_photo_of(trajan, owner) == ({lot.pk: Shows.PICTURE} if is_same else {})


def test_the_very_file_needs_no_network(
    trajan: Coin, owner: User, describer: FakeDescriber
) -> None:
    describer.mine = [look(0)]
    lot = show(make_lot(owner), saved(), 90)
    assert showing_photo_of(trajan, owner) == {lot.pk: Shows.FILE}


def test_even_where_the_text_says_nothing_of_the_coin(
    trajan: Coin, owner: User, as_user: SignIn
) -> None:
    show(make_lot(owner, text="An old coin from a cabinet."), saved())
    assert FILE in panel(as_user(owner), trajan)


def test_what_is_still_to_be_sold_was_not_sold_before(
    trajan: Coin, owner: User, as_user: SignIn
) -> None:
    show(make_lot(owner, None, text="An old coin.", status="open"), saved())
    assert "Sold before?" not in panel(as_user(owner), trajan)


def test_it_goes_into_the_provenance_once(trajan: Coin, owner: User, as_user: SignIn) -> None:
    lot, client = show(make_lot(owner), saved()), as_user(owner)
    for _twice in range(2):
        client.post(reverse("market:seen", args=[trajan.pk, lot.pk]))
    assert trajan.provenance.get().holder == "Invented House"
    assert "Sold before?" not in panel(client, trajan)


def test_the_surest_comes_first_and_three_are_enough(
    trajan: Coin, owner: User, as_user: SignIn
) -> None:
    for size in (180, 200, 220):
        show(make_lot(owner), saved(size=size))
    show(make_lot(owner), saved())
    said = panel(as_user(owner), trajan)
    assert (said.count(FILE), said.count(AGAIN)) == (1, 2)
    assert said.index(FILE) < said.index(AGAIN)


def test_nobody_learns_of_lots_that_he_may_not_see(
    trajan: Coin, owner: User, viewer: User, stranger: User, as_user: SignIn
) -> None:
    show(make_lot(stranger), saved())
    assert showing_photo_of(trajan, owner) == {}
    show(make_lot(owner), saved())
    assert "Sold before?" not in panel(as_user(viewer), trajan)
    show(make_lot(None), saved())
    assert FILE in panel(as_user(viewer), trajan)
    assert as_user(stranger).get(reverse("market:panel", args=[trajan.pk])).status_code == 404


def test_a_coin_without_photos(collection: Collection, owner: User) -> None:
    show(make_lot(owner), saved())
    assert showing_photo_of(make_trajan(collection), owner) == {}


def test_a_blank_picture_is_nobodys_photo(trajan: Coin, owner: User) -> None:
    white = saved(Image.new("RGB", (300, 300), "white"), 300)
    store(trajan, SimpleUploadedFile("w.jpg", white), "w.jpg", "reverse", owner)
    coin = Coin.objects.for_page().get(pk=trajan.pk)
    assert Photo.objects.filter(coin=coin).count() == 2
    show(make_lot(owner), saved(Image.new("RGB", (300, 300), "#fefefe"), 200))
    assert showing_photo_of(coin, owner) == {}

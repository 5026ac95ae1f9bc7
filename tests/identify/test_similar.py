"""Coins that look like this one: whose may be seen, which count as evidence, and why they are near."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from catalog.models import Coin, Collection, Photo, User
from identify.models import Embedding
from identify.similar import finding, keeping
from identify.similar.likeness import MEASURED, USUAL, bounds_of
from identify.similar.showing import strip
from identify.values import Face
from tests.factories import make_coin, make_collection, make_photo, make_type, share_with

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
HTMX = {"HX-Request": "true"}
MODEL = "test-1"


@pytest.fixture(autouse=True)
def own_index(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DATA_DIR = tmp_path
    keeping.COMPARED.clear()
    yield
    keeping.COMPARED.clear()


def look(likeness: float = 1.0) -> np.ndarray:
    """A vector with this cosine to `look()`."""
    return np.array([likeness, np.sqrt(1 - likeness**2), 0, 0], dtype=np.float32)


def seen(coin: Coin, likeness: float = 1.0, side: str = "obverse", model: str = MODEL) -> Photo:
    photo = make_photo(coin, side, state="ready")
    Embedding.keep(photo.pk, Face(photo.name, side, embedding=look(likeness)), model)
    return photo


def attributed(collection: Collection, likeness: float, title: str = "", **values: Any) -> Coin:
    coin = make_coin(
        collection, **{"title": title or f"Alike {likeness}", "authority": "Trajan"} | values
    )
    seen(coin, likeness)
    return coin


@pytest.fixture
def asked(collection: Collection) -> Coin:
    coin = make_coin(collection, title="Which one is it?")
    seen(coin)
    return coin


def titles(found: list[finding.Near]) -> list[str]:
    return [one.coin.title for one in found]


def test_the_nearest_first_and_five_of_them(
    owner: User, collection: Collection, asked: Coin
) -> None:
    for likeness in (0.6, 0.9, 0.7, 0.8, 0.95, 0.65):
        attributed(collection, likeness)
    found = finding.similar(asked, owner)
    assert titles(found) == ["Alike 0.95", "Alike 0.9", "Alike 0.8", "Alike 0.7", "Alike 0.65"]
    assert found[0].likeness == pytest.approx(0.95, abs=1e-3)


def test_an_embedding_knows_whose_it_is(collection: Collection) -> None:
    photo = make_photo(make_coin(collection), "obverse", state="ready")
    Embedding.keep(photo.pk, Face("a.jpg", embedding=look(), network="ancient-1f"), "both-networks")
    assert Embedding.objects.get(photo=photo).model == "ancient-1f"
    Embedding.keep(photo.pk, Face("a.jpg", embedding=look()), "a-model-of-one")
    assert Embedding.objects.get(photo=photo).model == "a-model-of-one"


def test_two_networks_are_never_compared(owner: User, collection: Collection) -> None:
    asked, other, same = (make_coin(collection, authority="Trajan", title=one) for one in "abc")
    for coin, network in ((asked, "ancient-1f"), (other, "modern-2e"), (same, "ancient-1f")):
        photo = make_photo(coin, "obverse", state="ready")
        Embedding.keep(
            photo.pk, Face("a.jpg", "obverse", embedding=look(), network=network), "both"
        )
    assert titles(finding.similar(asked, owner)) == ["c"]


def test_each_network_has_its_own_scale() -> None:
    for name, bounds in MEASURED.items():
        assert bounds_of(f"{name}-0a1b2c3d") == bounds
        assert 0 < bounds.alike < bounds.same < 1
    assert bounds_of("somebody-elses") == bounds_of("") == USUAL


def test_what_looks_like_anything_is_not_like_it(
    owner: User, collection: Collection, asked: Coin
) -> None:
    attributed(collection, 0.2)
    assert finding.similar(asked, owner) == []


def test_only_what_somebody_attributed_is_evidence(
    owner: User, collection: Collection, asked: Coin
) -> None:
    attributed(collection, 0.9, "A guess", authority=None)
    attributed(collection, 0.8, "By type", authority=None, type=make_type("t"))
    attributed(collection, 0.7, "By ruler")
    assert titles(finding.similar(asked, owner)) == ["By type", "By ruler"]


def test_a_modern_coin_is_named_by_value_and_country(
    owner: User, collection: Collection, asked: Coin
) -> None:
    from catalog.models import Region

    norway = Region.objects.create(name="Norway")
    attributed(collection, 0.8, "20 kroner", authority=None, denomination="20 kroner")
    attributed(
        collection, 0.7, "10 kroner", authority=None, denomination="10 kroner", region=norway
    )
    assert titles(finding.similar(asked, owner)) == ["10 kroner"]


def test_the_own_collection_goes_first(
    owner: User, stranger: User, collection: Collection, asked: Coin
) -> None:
    theirs = make_collection(stranger, "Shared")
    share_with(theirs, owner)
    attributed(theirs, 0.95, "Theirs")
    attributed(collection, 0.6, "Mine")
    found = finding.similar(asked, owner)
    assert [(one.coin.title, one.is_own) for one in found] == [("Mine", True), ("Theirs", False)]


def test_a_strangers_coin_is_never_shown(owner: User, stranger: User, asked: Coin) -> None:
    attributed(make_collection(stranger), 0.99, "Secret")
    assert finding.similar(asked, owner) == []


def test_what_lies_in_the_trash_is_no_evidence(
    owner: User, collection: Collection, asked: Coin
) -> None:
    attributed(collection, 0.9).discard(owner)
    assert finding.similar(asked, owner) == []


def test_a_coin_with_both_faces_near_is_nearer_than_one_with_one(
    owner: User, collection: Collection, asked: Coin
) -> None:
    seen(asked, side="reverse")
    one_face = attributed(collection, 0.9, "Reverse differs")
    photo = make_photo(one_face, "reverse")
    reverse_face = Face("r", "reverse", embedding=np.array([0, 0, 1, 0], dtype=np.float32))
    Embedding.keep(photo.pk, reverse_face, MODEL)
    both = make_coin(collection, title="Both faces", authority="Trajan")
    vector = np.array([0.8, 0, 0, 0.6], dtype=np.float32)
    for side in ("obverse", "reverse"):
        Embedding.keep(make_photo(both, side).pk, Face("b", side, embedding=vector), MODEL)
    found = finding.similar(asked, owner)
    assert titles(found) == ["Both faces", "Reverse differs"]
    assert found[0].likeness == pytest.approx(0.8, abs=1e-3)
    assert found[1].likeness == pytest.approx(0.45, abs=1e-3)


def test_another_models_vectors_cannot_be_compared(
    owner: User, collection: Collection, asked: Coin
) -> None:
    seen(make_coin(collection, authority="Trajan"), 0.9, model="test-2")
    assert finding.similar(asked, owner) == []


def test_a_coin_that_no_model_has_seen_has_no_neighbours(
    owner: User, collection: Collection, asked: Coin
) -> None:
    attributed(collection, 0.9)
    assert finding.similar(make_coin(collection), owner) == []


# --- do I have this already? -----------------------------------------------------
def test_one_that_is_held_and_looks_the_same(
    owner: User, collection: Collection, asked: Coin
) -> None:
    attributed(collection, 0.9, "Held", status="owned", authority=None)
    attributed(collection, 0.95, "Sold", status="sold")
    attributed(collection, 0.7, "Another", status="owned")
    assert titles(finding.owned_already(asked, owner)) == ["Held"]


def test_what_is_known_to_be_something_else_is_not_the_same(
    owner: User, collection: Collection
) -> None:
    coin = make_coin(collection, authority="Hadrian")
    seen(coin)
    attributed(collection, 0.9, "Of Trajan", status="owned")
    assert finding.owned_already(coin, owner) == []


def test_what_others_hold_i_do_not_have(owner: User, stranger: User, asked: Coin) -> None:
    theirs = make_collection(stranger)
    share_with(theirs, owner)
    attributed(theirs, 0.95, "Theirs", status="owned")
    assert finding.owned_already(asked, owner) == []


# --- the index stays true --------------------------------------------------------
def test_a_lost_index_is_made_again(owner: User, collection: Collection, asked: Coin) -> None:
    attributed(collection, 0.9)
    assert len(finding.similar(asked, owner)) == 1
    keeping.store(MODEL, 4).remove(keeping.store(MODEL, 4).ids().tolist())
    assert len(finding.similar(asked, owner)) == 1


def test_a_deleted_photo_leaves_the_index(owner: User, collection: Collection, asked: Coin) -> None:
    coin = attributed(collection, 0.9)
    attributed(collection, 0.8)
    finding.similar(asked, owner)
    photo = coin.photos.get()
    pk = photo.pk
    photo.delete()
    assert titles(finding.similar(asked, owner)) == ["Alike 0.8"]
    assert pk not in keeping.store(MODEL, 4).ids()


def test_another_look_at_a_photo_moves_it(
    owner: User, collection: Collection, asked: Coin, django_capture_on_commit_callbacks: Any
) -> None:
    coin = attributed(collection, 0.9)
    finding.similar(asked, owner)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        face = Face("x", "obverse", embedding=look(0.6))
        Embedding.keep(coin.photos.get().pk, face, MODEL)
    (found,) = finding.similar(asked, owner)
    assert found.likeness == pytest.approx(0.6, abs=1e-3)


def test_vectors_of_another_length_do_not_disturb(
    owner: User, collection: Collection, asked: Coin
) -> None:
    odd = make_photo(make_coin(collection, authority="Trajan"))
    Embedding.keep(odd.pk, Face("odd", embedding=np.ones(7, dtype=np.float32)), MODEL)
    attributed(collection, 0.9)
    assert titles(finding.similar(asked, owner)) == ["Alike 0.9"]


# --- what is shown ---------------------------------------------------------------
def test_they_stand_at_one_scale(owner: User, collection: Collection, asked: Coin) -> None:
    attributed(collection, 0.9, "Large", diameter="30")
    attributed(collection, 0.8, "Small", diameter="15")
    shown = strip(asked, finding.similar(asked, owner))
    assert shown.is_to_scale
    large, small = (float(one.frames[0].width) for one in shown.shown)
    assert large == pytest.approx(2 * small, rel=0.02)


def test_without_a_diameter_they_are_drawn_equally_large(
    owner: User, collection: Collection, asked: Coin
) -> None:
    attributed(collection, 0.9, diameter="30")
    attributed(collection, 0.8)
    assert not strip(asked, finding.similar(asked, owner)).is_to_scale


def get(client: Client, coin: Coin, **headers: str) -> str:
    response = client.get(reverse("identify:similar", args=[coin.pk]), headers=headers or HTMX)
    assert response.status_code == 200
    return response.content.decode()


def test_the_strip_says_why(as_user: SignIn, owner: User, collection: Collection) -> None:
    asked = make_coin(collection, authority="Trajan", denomination="Denarius")
    seen(asked)
    attributed(collection, 0.9, "Sure", denomination="Denarius", status="owned")
    page = get(as_user(owner), asked)
    for words in ("Sure", "obverse: 90 % alike", "Trajan, too", "Denarius, too", "yours",
                  "You may have one like this already"):  # fmt: skip
        assert words in page, words


def test_the_same_type_says_it_all(owner: User, collection: Collection) -> None:
    type_ = make_type("ric.2.tr.147")
    asked = make_coin(collection, type=type_)
    seen(asked)
    attributed(collection, 0.9, type=type_)
    (shown,) = strip(asked, finding.similar(asked, owner)).shown
    assert shown.why == ["obverse: 90 % alike", "the same type"]


def test_it_says_what_is_missing(as_user: SignIn, owner: User, collection: Collection) -> None:
    client = as_user(owner)
    unseen = make_coin(collection)
    assert "once a photo of it has been identified" in get(client, unseen)
    seen(unseen)
    assert "No attributed coin" in get(client, unseen)


def test_without_htmx_it_is_a_page(as_user: SignIn, viewer: User, asked: Coin) -> None:
    assert "<title>" in get(as_user(viewer), asked, accept="text/html")


def test_a_stranger_finds_nothing(as_user: SignIn, stranger: User, asked: Coin) -> None:
    address = reverse("identify:similar", args=[asked.pk])
    assert as_user(stranger).get(address).status_code == 404


def test_queries_do_not_grow_with_the_coins(
    as_user: SignIn,
    owner: User,
    collection: Collection,
    asked: Coin,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(9):
        attributed(collection, 0.8 + number / 100, denomination="Denarius", status="owned")
    client = as_user(owner)
    get(client, asked)
    with django_assert_max_num_queries(40):
        page = get(client, asked)
    assert page.count('class="similar-one"') == 5

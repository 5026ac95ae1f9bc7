"""Lots whose picture shows another ruler or another kind of coin than their text says."""

from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse

from catalog.describing import Description, Seen
from catalog.models import Authority, Denomination, Metal, User
from market import pictures
from market.contradicting import Word, mentions, shows_another
from market.describing import describe_due
from market.models import Doubt, Lot, LotPicture
from market.tasks import hold_fresh
from tests.catalog.describers import FakeDescriber, describer, look
from tests.factories import draw_coin, make_term
from tests.identify.test_desk import curate
from tests.market.makes import make_lot

__all__ = ["describer"]  # a fixture
TRAJAN, HADRIAN = Word(frozenset({1}), frozenset({"Trajan"})), Word(frozenset({2}), frozenset({"Hadrian"}))  # fmt: skip


@pytest.fixture
def curator(viewer: User) -> User:
    made: User = curate(viewer)
    return made


@pytest.fixture
def shows(describer: FakeDescriber, db: None) -> Any:
    """`shows(lot, authority=("Hadrian", 0.98))`: the lot's picture is looked at, and shows that."""
    for name in ("Trajan", "Hadrian", "Maximian", "Galerius"):
        make_term(Authority, name)
    for name, metal in (("Denarius", "Silver"), ("Quinarius", "Silver"), ("Aureus", "Gold")):
        make_term(Denomination, name, metal=make_term(Metal, metal, is_precious=True))
    for name, metal in (("As", "Copper"), ("Dupondius", "Orichalcum")):
        make_term(Denomination, name, metal=make_term(Metal, metal))
    make_term(Denomination, "Follis")

    def looked_at(lot: Lot, **said: tuple[Any, ...]) -> None:
        shown = {name: Seen(tuple(names), sure) for name, (*names, sure) in said.items()}
        describer.says = lambda data: Description((look(0),), shown)
        letters = str(lot.pictures.count())
        pictures.keep(lot, BytesIO(draw_coin(letters=letters)), "lot.jpg", "hand")
        assert describe_due() == 1

    return looked_at


def found() -> list[tuple[str, str]]:
    return [(one.kind, one.said) for one in Doubt.objects.open()]


# --- values in, doubts out ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "said", "shown", "sure", "another"),
    [
        ("TRAJAN. Denarius", TRAJAN, HADRIAN, 0.97, True),
        ("TRAJAN. Denarius", TRAJAN, HADRIAN, 0.94, False),
        ("TRAJAN. Denarius", TRAJAN, TRAJAN, 0.99, False),
        ("TRAJAN. Formerly given to HADRIAN", TRAJAN, HADRIAN, 0.99, False),
        ("TRAJAN. In Hadrianopolis", TRAJAN, HADRIAN, 0.99, True),
        ("TRAJAN", Word(), HADRIAN, 0.99, False),  # a word that we do not know
        ("TRAJAN", TRAJAN, Word(), 0.99, False),
    ],
)
def test_a_text_against_a_picture(
    text: str, said: Word, shown: Word, sure: float, another: bool
) -> None:
    assert shows_another(text, said, shown, sure) is another


def test_small_words_are_not_taken_for_coins() -> None:
    assert mentions("Trajan. As, Rome", "As")
    assert not mentions("as last, but better", "As")
    assert not mentions("anything", "")


# --- with lots ------------------------------------------------------------------------------------
def test_another_ruler_and_another_kind(shows: Any) -> None:
    shows(make_lot(None), authority=("Hadrian", 0.981), denomination=("Aureus", 0.96))
    assert found() == [
        ("photo_ruler", "Trajan | Hadrian | 98"), ("photo_kind", "denarius | Aureus | 96"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"authority": ("Trajan", 0.99)},
        {"authority": ("Hadrian", 0.9)},
        {"authority": ("Somebody Else", 0.99)},
        {"denomination": ("Denarius", 0.99)},
        {"denomination": ("Quinarius", 0.99)},
        {"denomination": ("Follis", 0.99)},
        {"metal": ("Gold", 0.99)},
    ],
    ids=[
        "nothing",
        "the same",
        "not sure",
        "no word of ours",
        "the same kind",
        "no scale",
        "no metal",
        "not asked",
    ],
)
def test_no_contradiction(shows: Any, said: dict[str, Any]) -> None:
    shows(make_lot(None), **said)
    assert found() == []


def test_one_base_metal_looks_like_another(shows: Any) -> None:
    shows(make_lot(None, text="TRAJAN. AE As. VF."), denomination=("Dupondius", 0.99))
    assert found() == []
    shows(make_lot(None, text="TRAJAN. AE As. VF."), denomination=("Denarius", 0.99))
    assert found() == [("photo_kind", "as | Denarius | 99")]


def test_one_of_two_that_look_alike_is_enough(shows: Any) -> None:
    text = "MAXIMIAN. AD 286-305. AR Denarius. VF."
    shows(make_lot(None, text=text), authority=("Maximian", "Galerius", 0.99))
    shows(make_lot(None), authority=("Maximian", "Galerius", 0.99))
    assert found() == [("photo_ruler", "Trajan | Maximian / Galerius | 99")]


def test_what_does_not_count_and_what_says_nothing_are_left(shows: Any) -> None:
    apart = make_lot(None)
    apart.settle("sold", "other")
    shows(apart, authority=("Hadrian", 0.99))
    shows(make_lot(None, text="An old coin."), authority=("Hadrian", 0.99))
    assert found() == []


def test_a_persons_word_stands_against_any_picture(shows: Any, curator: User) -> None:
    lot = make_lot(None)
    shows(lot, authority=("Hadrian", 0.99))
    Doubt.objects.get().correct({"ruler_text": "Trajan"}, curator)
    Doubt.objects.all().delete()
    Lot.objects.update(is_fresh=True)
    hold_fresh()
    assert found() == []


def test_what_was_decided_does_not_come_back(
    shows: Any, curator: User, describer: FakeDescriber
) -> None:
    shows(make_lot(None), authority=("Hadrian", 0.99))
    Doubt.objects.get().keep(curator)
    describer.is_version = "fake-2"
    assert describe_due() == 1
    assert found() == []
    assert Doubt.objects.get().state == "kept"


def test_a_better_model_takes_it_back(shows: Any, describer: FakeDescriber) -> None:
    shows(make_lot(None), authority=("Hadrian", 0.99))
    assert len(found()) == 1
    describer.is_version, describer.says = "fake-2", lambda data: Description()
    describe_due()
    assert found() == []


def test_the_surest_of_several_pictures_speaks(shows: Any) -> None:
    lot = make_lot(None)
    shows(lot, authority=("Hadrian", 0.96))
    shows(lot, authority=("Trajan", 0.99))
    assert found() == []


# --- the curators' list ---------------------------------------------------------------------------
def test_both_sides_are_told_and_shown(shows: Any, curator: User, as_user: Any) -> None:
    shows(make_lot(None), authority=("Hadrian", 0.98))
    client, doubt = as_user(curator), Doubt.objects.get()
    picture = LotPicture.objects.get()
    for address in (reverse("market:doubts"), reverse("market:doubt", args=[doubt.pk])):
        said = client.get(address).content.decode()
        assert "its text says “Trajan”, its picture shows “Hadrian” (98 % sure)" in said
        assert f"/market/pictures/{picture.pk}/" in said


def test_a_curator_sees_no_pictures_of_others(
    shows: Any, curator: User, stranger: User, as_user: Any
) -> None:
    shows(make_lot(stranger), authority=("Hadrian", 0.98))
    client, doubt = as_user(curator), Doubt.objects.get()
    assert client.get(reverse("market:doubts")).context["page"].paginator.count == 0
    assert client.get(reverse("market:doubt", args=[doubt.pk])).status_code == 404

"""What somebody types on a coin's form is a label; when the coin says something else, it is none any more."""

from typing import Any

import pytest
from django.urls import reverse

from catalog import bulk
from catalog.editing import change, undo
from catalog.fields import BUILT_IN
from catalog.models import Authority, Coin, FieldChange, Photo, User
from identify.labelling import typed
from identify.models import Label, Suggestion
from tests.factories import make_photo, make_term
from tests.identify.conftest import job_of

Source = FieldChange.Source


@pytest.fixture
def photo(coin: Coin) -> Photo:
    return make_photo(coin)


def write(coin: Coin, by: User, source: str = Source.HAND, **said: str) -> list[FieldChange]:
    """As a form does."""
    coin = Coin.objects.for_page().get(pk=coin.pk)
    values = {name: BUILT_IN[name].read(text, coin.collection.owner) for name, text in said.items()}
    return change(coin, values, by, source)


def standing() -> list[tuple[str, str]]:
    rows = Label.objects.standing().order_by("field").values_list("field", "value")
    return list(rows.distinct())


# --- typed -------------------------------------------------------------------------------
def test_what_is_typed_on_the_form_is_a_word_of_its_own(
    coin: Coin, photo: Photo, owner: User
) -> None:
    [row] = write(coin, owner, authority="Trajan")
    label = Label.objects.get()
    assert (label.field, label.value, label.by, label.row) == ("ruler", "Trajan", owner, row)
    assert (label.how, label.judges, label.photo) == ("typed", True, photo)


def test_the_page_with_the_form_does_it(
    coin: Coin, photo: Photo, as_user: Any, owner: User
) -> None:
    browser = as_user(owner)
    address = reverse("coin-edit", args=[coin.pk])
    said = {"status": coin.status, "authority": "Nerva", "version": coin.version}
    assert browser.post(address, said).status_code == 302
    assert standing() == [("ruler", "Nerva")]


def test_every_face_but_the_edge_gets_it_once(coin: Coin, owner: User) -> None:
    for role in ("obverse", "reverse", "edge"):
        make_photo(coin, role)
    write(coin, owner, authority="Trajan", mint="Rome")
    write(coin, owner, mint="Lugdunum")
    said = Label.objects.standing().order_by("field", "photo")
    assert [(one.field, one.value, one.photo.role) for one in said] == [
        ("mint", "Lugdunum", "obverse"), ("mint", "Lugdunum", "reverse"),
        ("ruler", "Trajan", "obverse"), ("ruler", "Trajan", "reverse"),
    ]  # fmt: skip
    assert Label.objects.filter(field="ruler").count() == 2


def test_a_photo_that_comes_later_gets_it_too(
    coin: Coin, owner: User, arrive: Any, queue: list[Any]
) -> None:
    write(coin, owner, authority="Trajan")
    assert not Label.objects.exists()
    arrive(coin)
    assert standing() == [("ruler", "Trajan")]
    arrive(coin, "reverse")
    assert Label.objects.count() == 2


def test_a_coin_that_was_entered_by_hand(collection: Any, owner: User) -> None:
    new = Coin(collection=collection)
    change(new, {"authority": BUILT_IN["authority"].read("Trajan", owner)}, owner)
    photo = make_photo(new)
    typed.when_photo_added(photo)
    assert standing() == [("ruler", "Trajan")]


def test_a_value_for_which_the_model_has_a_class_is_that_class(
    coin: Coin, photo: Photo, owner: User
) -> None:
    write(coin, owner, denomination="10 euro cent")
    assert standing() == [("face_value", "10c")]
    write(coin, owner, denomination="Denarius")
    assert standing() == [("denomination", "Denarius")]


def test_a_state_or_a_city_is_no_ruler(coin: Coin, photo: Photo, owner: User) -> None:
    make_term(Authority, "Athens", kind="city")
    write(coin, owner, authority="Athens")
    assert not Label.objects.exists()


@pytest.mark.parametrize("source", ["import", "api", "bulk", "type", "suggestion"])
def test_what_nobody_typed_is_no_word(coin: Coin, photo: Photo, owner: User, source: str) -> None:
    write(coin, owner, source, authority="Trajan")
    assert not Label.objects.exists()


def test_other_fields_are_nobodys_business(coin: Coin, photo: Photo, owner: User) -> None:
    write(coin, owner, title="My find", grade="VF")
    assert not Label.objects.exists()


# --- withdrawn ---------------------------------------------------------------------------
def test_who_types_something_else_withdraws_the_former(
    coin: Coin, photo: Photo, owner: User, editor: User
) -> None:
    write(coin, owner, authority="Trajan")
    write(coin, editor, authority="Nerva")
    first, second = Label.objects.order_by("pk")
    assert (first.withdrawn_by, second.by, second.value) == (editor, editor, "Nerva")
    assert standing() == [("ruler", "Nerva")]


def test_emptying_it_and_undoing_it_withdraw(coin: Coin, photo: Photo, owner: User) -> None:
    rows = write(coin, owner, authority="Trajan", mint="Rome")
    write(coin, owner, mint="")
    assert standing() == [("ruler", "Trajan")]
    undo([row for row in rows if row.field == "authority"], owner)
    assert standing() == []
    assert Label.objects.filter(withdrawn_by=owner).count() == 2


def test_a_bulk_edit_withdraws_and_says_nothing(coin: Coin, photo: Photo, owner: User) -> None:
    write(coin, owner, authority="Trajan", mint="Rome")
    mint = BUILT_IN["mint"].read("Lugdunum", owner)
    chosen = Coin.objects.for_page().get(pk=coin.pk)
    bulk.write([chosen], {coin.pk: {"mint": mint}}, bulk.Batch(owner))
    assert standing() == [("ruler", "Trajan")]


def test_what_a_curator_withdrew_does_not_come_back(
    coin: Coin, photo: Photo, owner: User, editor: User
) -> None:
    write(coin, owner, authority="Trajan")
    Label.objects.get().withdraw(editor)
    typed.when_photo_added(photo)
    assert standing() == []


def test_what_he_has_said_since_at_the_desk_stands(coin: Coin, photo: Photo, owner: User) -> None:
    write(coin, owner, authority="Trajan")
    Label.say(photo, "ruler", "Hadrian", owner)
    second = make_photo(coin, "reverse")
    typed.when_photo_added(second)
    assert Label.objects.standing().get(photo=photo).value == "Hadrian"
    assert Label.objects.standing().get(photo=second).value == "Trajan"


# --- beside suggestions ------------------------------------------------------------------
def of(coin: Coin) -> Suggestion:
    return Suggestion.objects.for_deciding().get(identification=job_of(coin), field="ruler")


def test_a_correction_is_said_once_and_as_a_correction(
    fake: Any, arrive: Any, coin: Coin, owner: User
) -> None:
    arrive(coin)
    of(coin).correct(owner, {"authority": "Nerva"})
    label = Label.objects.get()
    assert (label.how, label.row) == ("corrected", None)


def test_accepting_anothers_word_instead_withdraws_what_was_typed(
    fake: Any, arrive: Any, coin: Coin, owner: User, editor: User
) -> None:
    arrive(coin)
    write(coin, editor, authority="Nerva")
    of(coin).accept(owner, replace=True)
    assert [(one.value, one.by) for one in Label.objects.standing()] == [("Trajan", owner)]


def test_questions_asked_of_the_database(
    coin: Coin, photo: Photo, owner: User, django_assert_max_num_queries: Any
) -> None:
    rows = write(coin, owner, "import", authority="Trajan")
    with django_assert_max_num_queries(2):
        typed.when_changed(rows)
    rows = write(coin, owner, title="A find")
    with django_assert_max_num_queries(0):
        typed.when_changed(rows)

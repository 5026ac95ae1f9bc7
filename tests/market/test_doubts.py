"""Lots that contradict themselves or each other, and what curators make of them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from catalog.models import User
from market import tasks
from market.contradicting import Said, are_one, contradictions, differences
from market.models import Doubt, Lot
from market.recording import write_reading
from market.searching import Search, find
from tests.identify.test_desk import curate
from tests.market.makes import make_lot

TRAJAN = Said(ruler="Trajan", denomination="denarius", metal="AR", year_from=103, year_to=111)
DAY = date(2024, 5, 4)
HEAVY = "TRAJAN. AD 98-117. AR Denarius (19mm, 331 g, 7h). Rome mint. RIC II 207. VF."
LATE = "TRAJAN. AR Denarius (19mm, 3.31 g). Rome mint. Struck AD 193-194. RIC II 207. VF."


@pytest.fixture
def curator(viewer: User) -> User:
    made: User = curate(viewer)
    return made


def found() -> list[tuple[str, str]]:
    tasks.hold_fresh()
    return [(one.kind, one.said) for one in Doubt.objects.open()]


# --- values in, doubts out ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({}, []),
        ({"year_from": 193, "year_to": 194}, ["dates"]),
        ({"year_from": 193, "year_to": 194, "text": "Divus Trajan, restored"}, []),
        ({"year_from": 120, "year_to": 125}, []),  # near enough
        ({"year_from": -310, "year_to": -300}, ["dates"]),
        ({"year_from": None}, []),
        ({"ruler": "Nobody Known", "year_from": 1, "year_to": 2}, []),
        ({"metal": "AV"}, ["metal"]),
        ({"metal": "BI"}, []),
        ({"metal": ""}, []),
        ({"denomination": "aureus", "metal": "AR"}, ["metal"]),
        ({"denomination": "aureus", "metal": "AV"}, []),
    ],
)
def test_a_lot_against_itself(changed: dict[str, Any], kinds: list[str]) -> None:
    assert list(contradictions(Said(**TRAJAN.__dict__ | changed))) == kinds


def test_what_the_reader_warned_of_is_a_doubt() -> None:
    warned = [("weight_g", "331 g"), ("strange_font", "x")]
    assert contradictions(TRAJAN, warned) == {"weight_g": "331 g"}


@pytest.mark.parametrize(
    ("changed", "one"),
    [
        ({}, True),
        ({"number": "13"}, False),  # two lots of one sale
        ({"house": "An archive"}, True),  # as heavy and as large, on one day
        ({"house": "An archive", "weight": Decimal("3.32")}, False),
        ({"weight": Decimal("3.32")}, True),  # the same number of the same sale
        ({"day": date(2024, 5, 5)}, False),
        ({"day": None}, False),
    ],
)
def test_two_lots_that_are_one_coin(changed: dict[str, Any], one: bool) -> None:
    measured = {"weight": Decimal("3.31"), "diameter": Decimal(19), "house": "A", "number": "12"}
    own = Said(**TRAJAN.__dict__ | measured | {"day": DAY})
    assert are_one(own, Said(**own.__dict__ | changed)) is one


def test_they_differ_where_both_say_something() -> None:
    other = Said(**TRAJAN.__dict__ | {"ruler": "Hadrian", "metal": "", "grade": "VF"})
    assert differences(TRAJAN, other) == {"ruler": ("Trajan", "Hadrian")}


# --- as lots come ---------------------------------------------------------------------------------
def test_new_lots_are_looked_at_once(owner: User) -> None:
    make_lot(owner)
    heavy = make_lot(owner, text=HEAVY)
    make_lot(owner, text=LATE)
    assert found() == [("weight_g", "331 g"), ("dates", "Trajan, 193–194")]
    Lot.objects.update(is_fresh=True)
    assert len(found()) == 2
    Doubt.objects.get(lot=heavy).keep(owner)
    call_command("doubt_lots")
    assert [kind for kind, _said in found()] == ["dates"]


def test_a_doubt_that_is_no_longer_true_goes(owner: User) -> None:
    lot = make_lot(owner, text=LATE)
    assert len(found()) == 1
    Lot.objects.filter(pk=lot.pk).update(description=LATE.replace("193-194", "103-111"), is_fresh=True)  # fmt: skip
    write_reading(Lot.objects.get())
    assert found() == []


def twins(own: User | None, other: User | None, **changed: Any) -> tuple[Lot, Lot]:
    first, second = make_lot(own), make_lot(other, **changed)
    Lot.objects.filter(pk=second.pk).update(lot_number=first.lot_number)
    return first, second


def test_brought_and_fetched_they_are_one(owner: User) -> None:
    first, second = twins(None, owner, grade="EF")
    assert found() == [("twin", "")]
    doubt = Doubt.objects.get()
    assert (doubt.lot, doubt.other) == (second, first)


def test_two_people_see_nothing_of_each_other(owner: User, stranger: User) -> None:
    twins(owner, stranger)
    assert found() == []


def test_one_source_does_not_tell_twice(owner: User) -> None:
    twins(owner, owner)
    assert found() == []


# --- the curators' list ---------------------------------------------------------------------------
def test_the_desk_leads_there_and_says_why(as_user: Any, curator: User) -> None:
    first, _second = twins(None, curator, grade="EF")
    make_lot(None, text=HEAVY)
    found()
    client = as_user(curator)
    assert reverse("market:doubts") in client.get(reverse("identify:desk")).content.decode()
    said = client.get(reverse("market:doubts")).content.decode()
    assert "grade: VF / EF" in said
    assert "Its weight cannot be: <q>331 g</q>" in said
    assert reverse("market:lot", args=[first.pk]) in said


def deed(client: Any, doubt: Doubt, what: str) -> int:
    return int(client.post(reverse("market:doubt-deed", args=[doubt.pk, what])).status_code)


@pytest.mark.parametrize(
    ("what", "state", "apart"),
    [("keep", "kept", []), ("set-apart", "set_apart", [1]), ("set-other-apart", "set_apart", [0])],
)
def test_a_word_on_twins(
    as_user: Any, curator: User, what: str, state: str, apart: list[int]
) -> None:
    pair = twins(None, curator)
    found()
    assert deed(as_user(curator), Doubt.objects.get(), what) == 302
    assert (Doubt.objects.get().state, Doubt.objects.get().by) == (state, curator)
    said = as_user(curator).get(reverse("market:doubts")).content.decode()
    assert "No lot contradicts" in said
    excluded = Lot.objects.filter(excluded_reason="duplicate")
    assert [lot.pk for lot in excluded] == [pair[at].pk for at in apart]
    assert found() == []


def test_a_lot_alone_is_set_apart(as_user: Any, curator: User) -> None:
    lot = make_lot(None, text=HEAVY)
    found()
    deed(as_user(curator), Doubt.objects.get(), "set-other-apart")
    lot.refresh_from_db()
    assert (lot.excluded_reason, lot.by_hand) == ("other", ["excluded_reason"])


def correct(client: Any, doubt: Doubt, **values: Any) -> Any:
    address = reverse("market:doubt", args=[doubt.pk])
    initial = client.get(address).context["form"].initial
    filled = {name: value for name, value in initial.items() if value is not None}
    return client.post(address, filled | values)


def test_a_corrected_field_outlives_the_next_reading(as_user: Any, curator: User) -> None:
    lot = make_lot(None, text=HEAVY)
    found()
    assert correct(as_user(curator), Doubt.objects.get(), weight_g="3.31").status_code == 302
    lot.refresh_from_db()
    assert lot.by_hand == ["weight_g"]
    write_reading(lot)
    lot.refresh_from_db()
    assert lot.attributes.weight_g == Decimal("3.310")
    assert lot.attributes.ruler_text == "Trajan"
    call_command("doubt_lots")
    assert Doubt.objects.get().state == "corrected"


def test_a_corrected_lot_is_searched_by_its_new_word(as_user: Any, curator: User) -> None:
    lot = make_lot(None, text=HEAVY)
    found()
    correct(as_user(curator), Doubt.objects.get(), ruler_text="Hadrian")
    assert [one.pk for one in find(Search(ruler="Hadrian"), curator).offers] == [lot.pk]
    assert find(Search(ruler="Trajan"), curator).n == 0


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"axis_h": 13}, "from 1 to 12"),
        ({"weight_g": "-1"}, "a number above 0"),
        ({"date_from": 200, "date_to": 100}, "ends before it begins"),
    ],
)
def test_a_correction_that_is_refused(
    as_user: Any, curator: User, values: dict[str, Any], why: str
) -> None:
    make_lot(None, text=HEAVY)
    found()
    answer = correct(as_user(curator), Doubt.objects.get(), **values)
    assert (answer.status_code, why in answer.content.decode()) == (422, True)
    assert Doubt.objects.get().state == "open"


def test_a_curator_sees_no_lots_of_others(as_user: Any, curator: User, stranger: User) -> None:
    make_lot(stranger, text=HEAVY)
    twins(None, stranger)
    found()
    client = as_user(curator)
    assert client.get(reverse("market:doubts")).context["page"].paginator.count == 0
    for doubt in Doubt.objects.all():
        assert client.get(reverse("market:doubt", args=[doubt.pk])).status_code == 404
        assert deed(client, doubt, "keep") == 404
    assert Doubt.objects.open().count() == 2


def test_nobody_else_gets_in(as_user: Any, owner: User, stranger: User) -> None:
    make_lot(None, text=HEAVY)
    found()
    for user in (owner, stranger):
        assert as_user(user).get(reverse("market:doubts")).status_code == 403
        assert deed(as_user(user), Doubt.objects.get(), "set-apart") == 403
    assert not Lot.objects.exclude(excluded_reason="").exists()


def test_the_list_asks_the_same_few_questions(
    as_user: Any, curator: User, django_assert_max_num_queries: Any
) -> None:
    for _n in range(6):
        make_lot(None, text=HEAVY)
    found()
    client = as_user(curator)
    with django_assert_max_num_queries(20):
        client.get(reverse("market:doubts"))

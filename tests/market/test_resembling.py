"""What looks like my coin comes first inside its rung and weighs a little more; and nothing else changes."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog.describing import Look
from catalog.models import Coin, Collection, User
from market import pictures
from market.appraisal import Appraisal, appraise
from market.comparables import Reason
from market.estimate import Verdict
from market.looks import MOST_GAIN
from market.models import Comparable, Estimate, Lot, LotLook, LotPicture
from tests.catalog.describers import FakeDescriber, describer, look
from tests.factories import draw_coin
from tests.market.makes import make_lot, make_lots, make_trajan
from tests.market.test_appraisal import SEVEN

__all__ = ["describer"]  # a fixture
SignIn = Callable[[User | None], Client]


@pytest.fixture
def trajan(collection: Collection, describer: FakeDescriber) -> Coin:
    """The coin looks like 0 degrees; alike begins at 60, the same at about 26."""
    describer.mine = [look(0)]
    return make_trajan(collection)


def show(lot: Lot, *looks: Look) -> LotPicture:
    data = BytesIO(draw_coin(letters=str(lot.pk % 10)))
    picture = pictures.keep(lot, data, "lot.jpg", "hand")
    for one in looks:
        LotLook.objects.create(
            picture=picture, network=one.network, side=one.side, vector=one.vector
        )
    return picture


def order(found: Appraisal) -> list[int]:
    return [line.offer.pk for line in found.lines]


def test_what_looks_alike_comes_first_and_weighs_more(trajan: Coin, owner: User) -> None:
    lots = make_lots(owner, SEVEN)
    before = appraise(trajan, owner)
    show(lots[4], look(0))
    show(lots[2], look(45))
    show(lots[0], look(90))
    found = appraise(trajan, owner)
    assert order(found)[:2] == [lots[4].pk, lots[2].pk]
    assert sorted(order(found)) == sorted(order(before))
    first, second, *rest = found.lines
    assert first.weight == pytest.approx(before.lines[0].weight * (1 + MOST_GAIN))
    assert before.lines[0].weight < second.weight < first.weight
    assert {line.weight for line in rest} == {before.lines[0].weight}
    assert sum(line.share for line in found.lines) == pytest.approx(1)
    assert (first.likeness, second.likeness) == pytest.approx((1, 0.7071), abs=0.001)
    assert Reason("looks_alike", "100") in first.why
    assert [line.looks_alike for line in rest] == [False] * 5


def test_the_point_follows_within_bounds(trajan: Coin, owner: User) -> None:
    dear = make_lots(owner, [100, 100, 100, 120, 120, 120])[3:]
    before = appraise(trajan, owner).estimate
    for lot in dear:
        show(lot, look(0))
    after = appraise(trajan, owner).estimate
    assert before.point is not None
    assert after.point is not None
    assert before.point < after.point < before.point * 1.25


def test_pictures_do_not_decide_whether_there_is_an_estimate(trajan: Coin, owner: User) -> None:
    lots = make_lots(owner, [100] * 6)
    before = appraise(trajan, owner).estimate
    show(lots[0], look(0))
    after = appraise(trajan, owner).estimate
    assert after.verdict != Verdict.TOO_FEW
    assert (after.n, after.n_effective, after.band) == (before.n, before.n_effective, before.band)


def test_it_stays_on_its_rung(trajan: Coin, owner: User) -> None:
    of_type = make_lots(owner, [100, 110])
    far = make_lot(owner, 90, number=700)
    show(far, look(0))
    found = appraise(trajan, owner)
    assert order(found)[-1] == far.pk
    assert set(order(found)[:2]) == {lot.pk for lot in of_type}


def test_nobody_joins_the_pool_for_his_looks(trajan: Coin, owner: User) -> None:
    make_lots(owner, SEVEN)
    show(make_lot(owner, 90, text="HADRIAN. AE Sestertius (25.00 g). VF."), look(0))
    assert len(appraise(trajan, owner).lines) == len(SEVEN)


def test_a_pin_stands_above_and_what_is_left_out_stays_out(trajan: Coin, owner: User) -> None:
    lots = make_lots(owner, SEVEN)
    for lot in lots[:2]:
        show(lot, look(0))
    Comparable.objects.pin(trajan, lots[5])
    Comparable.objects.reject(trajan, lots[0])
    found = appraise(trajan, owner)
    assert order(found)[:2] == [lots[5].pk, lots[1].pk]
    assert found.lines[0].weight == pytest.approx(found.lines[1].weight)
    assert not found.lines[0].looks_alike
    assert [line.offer.pk for line in found.rejected] == [lots[0].pk]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ([], [look(0)]),
        ([look(0)], []),
        ([look(0)], [look(80)]),
        ([look(0)], [look(0, network="older")]),
        ([look(0, "obverse")], [look(0, "reverse")]),
    ],
    ids=["no photo", "no picture", "not alike", "another network", "the other face"],
)
def test_nothing_happens_where_nothing_can_be_compared(
    trajan: Coin, owner: User, describer: FakeDescriber, mine: list[Look], theirs: list[Look]
) -> None:
    lots = make_lots(owner, SEVEN)
    before = appraise(trajan, owner)
    show(lots[-1], *theirs)
    describer.mine = mine
    after = appraise(trajan, owner)
    assert (after.estimate, order(after)) == (before.estimate, order(before))
    assert after.inputs() == before.inputs()


def test_one_question_however_many_lots(
    trajan: Coin, owner: User, django_assert_max_num_queries: Any
) -> None:
    for lot in make_lots(owner, SEVEN):
        show(lot, look(0))
    coin = Coin.objects.for_page().get(pk=trajan.pk)
    with django_assert_max_num_queries(9):
        appraise(coin, owner)


def test_an_estimate_that_is_kept_says_it(trajan: Coin, owner: User) -> None:
    lots = make_lots(owner, SEVEN)
    show(lots[3], look(0))
    assert Estimate.objects.make(trajan, owner).inputs["looks"] == [[lots[3].pk, 1.0, 1.25]]


# --- what people and programs see -----------------------------------------------------------
def test_the_panel_says_why_and_shows_it(trajan: Coin, owner: User, as_user: SignIn) -> None:
    lots = make_lots(owner, SEVEN)
    picture = show(lots[3], look(45))
    said = as_user(owner).get(reverse("market:panel", args=[trajan.pk])).content.decode()
    assert "looks alike (71" in said
    assert said.count("/market/pictures/") == 1
    assert reverse("market:picture", args=[picture.pk, "thumb"]) in said


def test_a_viewer_sees_pictures_of_what_the_site_fetched_only(
    trajan: Coin, owner: User, viewer: User, as_user: SignIn
) -> None:
    mine, shared = show(make_lot(owner), look(0)), show(make_lot(None), look(0))
    said = as_user(viewer).get(reverse("market:panel", args=[trajan.pk])).content.decode()
    assert reverse("market:picture", args=[shared.pk, "thumb"]) in said
    assert reverse("market:picture", args=[mine.pk, "thumb"]) not in said


def test_programs_read_the_likeness(trajan: Coin, owner: User, as_user: SignIn) -> None:
    lots = make_lots(owner, SEVEN)
    show(lots[3], look(0))
    said = as_user(owner).get(f"/api/v1/coins/{trajan.pk}/comparables/").json()["comparables"]
    assert (said[0]["lot"], said[0]["likeness"]) == (lots[3].pk, pytest.approx(1))
    assert {"code": "looks_alike", "detail": "100", "text": "looks alike (100 %)"} in said[0]["reasons"]  # fmt: skip
    assert {one["likeness"] for one in said[1:]} == {None}

"""A coin beside the lots that its owner may see: which count, what they cost, what comes out, and each
refusal by name."""

from datetime import date
from decimal import Decimal

import pytest

from catalog.models import Collection, User
from market.appraisal import Appraisal, appraise
from market.comparables import Tier
from market.estimate import Verdict
from market.models import Comparable, Estimate, Lot, PremiumRule
from market.prices import Kind
from market.worth import Basis, Terms
from tests.factories import make_term
from tests.market.makes import make_lot, make_lots, make_trajan

SEVEN: list[float] = [90, 95, 100, 100, 105, 110, 115]


def prices(appraisal: Appraisal) -> list[float]:
    return sorted(line.price for line in appraisal.lines)


def test_seven_of_the_type_give_an_estimate(collection: Collection, owner: User) -> None:
    make_lots(owner, SEVEN)
    found = appraise(make_trajan(collection), owner)
    assert found.estimate.point == pytest.approx(100, rel=0.08)
    assert (found.estimate.n, found.estimate.n_type) == (7, 7)
    assert {line.tier for line in found.lines} == {Tier.TYPE_AND_GRADE}
    assert sum(line.share for line in found.lines) == pytest.approx(1)
    assert found.spread is not None
    assert found.spread.median == 100
    codes = {reason.code for reason in found.lines[0].reasons}
    assert {"cites", "same_grade", "same_ruler", "same_denomination"} <= codes


def test_below_six_nothing_is_said(collection: Collection, owner: User) -> None:
    make_lots(owner, SEVEN[:5])
    found = appraise(make_trajan(collection), owner)
    assert found.estimate.verdict == Verdict.TOO_FEW
    assert len(found.lines) == 5
    assert found.to_row()["point"] is None


def test_a_coin_of_which_nothing_is_known_is_compared_with_nothing(
    collection: Collection, owner: User
) -> None:
    make_lots(owner, SEVEN)
    coin = make_trajan(collection, "", authority=None, denomination=None)
    found = appraise(coin, owner)
    assert (found.estimate.verdict, found.lines) == (Verdict.TOO_FEW, [])


def test_prices_too_far_apart_are_refused(collection: Collection, owner: User) -> None:
    make_lots(owner, [10, 20, 80, 300, 900, 2500, 9000])
    found = appraise(make_trajan(collection), owner)
    assert found.estimate.verdict == Verdict.TOO_VARIED
    assert found.to_row()["low"] is None


def test_another_numeral_of_the_same_ruler_is_another_type(
    collection: Collection, owner: User
) -> None:
    make_lot(owner, number=300)
    [line] = appraise(make_trajan(collection), owner).lines
    assert line.tier == Tier.RULER_AND_GRADE


def test_a_coin_in_german_is_of_the_lots_kind(collection: Collection, owner: User) -> None:
    from catalog.models import Authority, Denomination

    make_lot(owner)
    make_term(Denomination, "Denar", names={"en": "denarius"})
    make_term(Authority, "Traian", aliases=["Trajan"])
    coin = make_trajan(collection, "", authority="Traian", denomination="Denar")
    assert len(appraise(coin, owner).lines) == 1


def test_each_sees_his_own_lots_and_the_sites(
    collection: Collection, owner: User, stranger: User
) -> None:
    make_lots(owner, [100, 100])
    make_lot(stranger, 900)
    make_lot(None, 110)
    assert prices(appraise(make_trajan(collection), owner)) == [100, 100, 110]


def test_converted_at_the_rate_of_the_day(collection: Collection, owner: User) -> None:
    lot = make_lot(owner, 120, currency="USD", day=date(2021, 5, 4))
    [line] = appraise(make_trajan(collection), owner).lines
    assert line.price == pytest.approx(float(lot.prices.get().eur or 0))
    found = appraise(make_trajan(collection), owner, Terms("USD"))
    assert prices(found) == [120]


def test_without_a_day_another_currency_has_no_price(collection: Collection, owner: User) -> None:
    make_lot(owner, 120, currency="USD", day=None)
    make_lot(owner, 120, currency="EUR", day=None)
    found = appraise(make_trajan(collection), owner)
    assert (prices(found), found.n_unpriced) == ([120], 1)


def test_what_a_buyer_pays(collection: Collection, owner: User) -> None:
    PremiumRule.objects.create(house="Invented House", tiers=[[None, 20]])
    make_lot(owner, 100)
    make_lot(owner, 150, kind=Kind.PREMIUM_INCLUDED, house="Another House")
    make_lot(owner, 240, kind=Kind.PREMIUM_INCLUDED)
    coin = make_trajan(collection)
    assert prices(appraise(coin, owner, Terms("EUR", Basis.BUYER))) == [120, 150, 240]
    hammer = appraise(coin, owner)
    assert (prices(hammer), hammer.n_unpriced) == ([100, 200], 1)


def test_the_hammer_comes_back_from_tiers() -> None:
    rule = PremiumRule(house="Invented House", tiers=[[100, 20], [None, 10]])
    for hammer in (Decimal(50), Decimal(100), Decimal(1000)):
        assert rule.hammer_of(rule.paid(hammer)) == hammer


def test_unsold_lots_are_counted_and_never_priced(collection: Collection, owner: User) -> None:
    make_lots(owner, SEVEN)
    make_lot(owner, None, status="unsold")
    found = appraise(make_trajan(collection), owner)
    assert len(found.lines) == 7
    assert found.estimate.unsold_share == pytest.approx(1 / 8)


def test_what_is_set_apart_does_not_count_until_pinned(collection: Collection, owner: User) -> None:
    lot = make_lot(owner, 20, text="Trajan denarius, fourrée. RIC 207. VF")
    coin = make_trajan(collection)
    assert appraise(coin, owner).lines == []
    Comparable.objects.pin(coin, lot)
    [line] = appraise(coin, owner).lines
    assert line.is_pinned
    assert line.offer.excluded == "fourree"


def test_a_rejected_lot_is_left_out_until_reset(collection: Collection, owner: User) -> None:
    lots = make_lots(owner, [100, 100, 100, 700])
    coin = make_trajan(collection)
    Comparable.objects.reject(coin, lots[3])
    found = appraise(coin, owner)
    assert prices(found) == [100, 100, 100]
    assert [line.offer.pk for line in found.rejected] == [lots[3].pk]
    Comparable.objects.reset(coin)
    assert prices(appraise(coin, owner)) == [100, 100, 100, 700]


def test_a_pinned_lot_is_of_the_type(collection: Collection, owner: User) -> None:
    lot = make_lot(owner, 100, text="A coin of an old king, very fine")
    coin = make_trajan(collection)
    Comparable.objects.pin(coin, lot)
    [line] = appraise(coin, owner).lines
    assert line.tier in (Tier.TYPE, Tier.TYPE_AND_GRADE)


def test_the_last_word_holds(collection: Collection, owner: User) -> None:
    [lot] = make_lots(owner, [100])
    coin = make_trajan(collection)
    Comparable.objects.pin(coin, lot)
    Comparable.objects.reject(coin, lot)
    assert Comparable.objects.get().state == "rejected"
    Comparable.objects.reset(coin, lot)
    assert not Comparable.objects.exists()


def test_a_lot_that_is_hidden_now_is_not_brought_back_by_a_pin(
    collection: Collection, owner: User, stranger: User
) -> None:
    coin = make_trajan(collection)
    Comparable.objects.pin(coin, make_lot(stranger, 900))
    assert appraise(coin, owner).lines == []


def test_an_estimate_can_be_explained_later(collection: Collection, owner: User) -> None:
    lots = make_lots(owner, SEVEN)
    coin = make_trajan(collection)
    kept = Estimate.objects.make(coin, owner)
    assert (kept.by, kept.currency, kept.basis, kept.n) == (owner, "EUR", "hammer", 7)
    assert kept.point == pytest.approx(Decimal(100), rel=Decimal("0.08"))
    assert {row[0] for row in kept.inputs["lots"]} == {lot.pk for lot in lots}
    assert kept.inputs["coin"]["types"] == ["ric trajan 207"]
    Lot.objects.all().delete()
    assert Estimate.objects.get().inputs == kept.inputs
    with pytest.raises(TypeError):
        kept.save()


def test_a_refusal_is_kept_without_figures(collection: Collection, owner: User) -> None:
    kept = Estimate.objects.make(make_trajan(collection), owner)
    assert (kept.verdict, kept.point, kept.low, kept.high) == ("too few", None, None, None)


def test_the_questions_do_not_grow_with_the_lots(
    collection: Collection, owner: User, django_assert_num_queries: object
) -> None:
    coin = make_trajan(collection)
    make_lots(owner, SEVEN)
    coin = type(coin).objects.for_page().get(pk=coin.pk)
    with django_assert_num_queries(8):  # type: ignore[operator]
        appraise(coin, owner)

"""Estimates: the point, the interval, and each refusal by name."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from market.comparables import Piece, Sold, Tier
from market.estimate import (
    FEWEST,
    USUAL_WIDTH,
    Market,
    Verdict,
    verdict,
    weighted_quantile,
)
from market.grading import steps
from market.level import Ledger
from market.looking_back import recent_residuals

TRAJAN = Piece(
    denomination="denarius", ruler="trajan", metal="AR", types=frozenset({"ric ii trajan 207"}),
    grade=4.0, day=2020.0,
)  # fmt: skip


def lot(key: str, price: float, **changes: object) -> Sold:
    return Sold(**{**TRAJAN.__dict__, "key": key, "price": price, **changes})  # type: ignore[arg-type]


def lots(prices: list[float], **changes: object) -> list[Sold]:
    return [lot(f"{changes} {n}", price, **changes) for n, price in enumerate(prices)]


def invented_market(n: int = 240, seed: int = 1, noise: float = 0.3) -> list[Sold]:
    """A better grade doubles the price, another ruler is half as dear again, nothing moves in time."""
    dice = random.Random(seed)
    found = []
    for number in range(n):
        ruler, grade = dice.choice(["trajan", "nero"]), dice.choice([3.0, 4.0, 5.0])
        fair = 100 * 2 ** (grade - 4) * (1.5 if ruler == "nero" else 1)
        found.append(
            lot(
                str(number), fair * 2.718281828 ** dice.gauss(0, noise), ruler=ruler, grade=grade,
                day=2000 + number * 20 / n, types=frozenset({f"ric i {ruler} {dice.randint(1, 40)}"}),
                estimate=fair * 0.8,
            )
        )  # fmt: skip
    return found


def test_six_of_a_kind_give_their_median() -> None:
    found = Market(lots([90, 95, 100, 100, 105, 110, 115])).estimate(TRAJAN)
    assert found.point == pytest.approx(100, rel=0.08)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.point < found.high
    assert (found.n, found.n_type, found.tier) == (7, 7, Tier.TYPE_AND_GRADE)
    assert found.verdict == Verdict.FAIR
    assert not found.is_refused


def test_nothing_sold_is_refused_without_figures() -> None:
    found = Market([]).estimate(TRAJAN)
    assert (found.verdict, found.point, found.low, found.high) == (
        Verdict.TOO_FEW,
        None,
        None,
        None,
    )


def test_nothing_comparable_is_refused_without_figures() -> None:
    found = Market(lots([50] * 8, denomination="sestertius", types=frozenset())).estimate(TRAJAN)
    assert (found.verdict, found.point, found.n) == (Verdict.TOO_FEW, None, 0)


def test_below_six_is_refused_though_the_figures_are_kept() -> None:
    found = Market(lots([90, 95, 100, 105, 110])).estimate(TRAJAN)
    assert found.verdict == Verdict.TOO_FEW
    assert found.is_refused
    assert found.point is not None
    assert found.n_effective < FEWEST


def test_prices_all_over_the_place_are_refused() -> None:
    found = Market(lots([10, 30, 100, 300, 1000, 3000, 9000])).estimate(TRAJAN)
    assert found.verdict == Verdict.TOO_VARIED
    assert found.is_refused


@pytest.mark.parametrize(
    ("n_effective", "band", "word"),
    [
        (5.9, 0.01, "too few"),
        (6, 0.10, "tight"),
        (6, 0.25, "fair"),
        (6, 0.5, "wide"),
        (60, 0.51, "too varied"),
    ],
)
def test_verdicts(n_effective: float, band: float, word: str) -> None:
    assert verdict(n_effective, band) == word


def test_a_better_grade_is_dearer_though_nobody_sold_this_type_in_it() -> None:
    market = Market(invented_market())
    coin = replace(TRAJAN, types=frozenset({"ric i trajan 7"}))
    fine, very, extremely = (
        market.estimate(replace(coin, grade=grade)).point or 0 for grade in (3.0, 4.0, 5.0)
    )
    assert fine < very < extremely
    assert extremely / very == pytest.approx(2, rel=0.25)


def test_the_ladder_goes_down_only_as_far_as_it_must() -> None:
    same = lots([100.0] * 12)
    others = lots([900.0] * 40, types=frozenset({"ric ii trajan 999"}))
    assert Market(same + others).estimate(TRAJAN).tier == Tier.TYPE_AND_GRADE
    few = Market(same[:3] + others).estimate(TRAJAN)
    assert few.tier is not None
    assert few.tier > Tier.TYPE


def test_no_trend_is_drawn_on() -> None:
    """Prices doubled every four years for twenty; ten years later nobody knows that they still do."""
    rising = [lot(str(n), 100 * 2 ** (n / 40), day=2000 + n / 10) for n in range(200)]
    last = rising[-1].price
    found = Market(rising).estimate(replace(TRAJAN, day=2030.0)).point
    assert found is not None
    assert found < last


def test_lots_that_did_not_sell_are_counted_and_never_priced() -> None:
    unsold = [replace(TRAJAN, day=2019.0)] * 3
    sold = lots([90, 95, 100, 100, 105, 110, 100, 99, 101])
    with_them, without = Market(sold, unsold).estimate(TRAJAN), Market(sold).estimate(TRAJAN)
    assert with_them.unsold_share == pytest.approx(0.25)
    assert without.unsold_share is None
    assert with_them.point == without.point


def test_too_few_residuals_leave_the_usual_interval() -> None:
    market = Market(lots([100.0] * 10))
    assert market.width == USUAL_WIDTH


def test_the_interval_is_as_wide_as_the_method_was_off() -> None:
    calm, wild = Market(invented_market(noise=0.1)), Market(invented_market(noise=0.6))
    assert calm.width < wild.width < 1.5


def test_residuals_look_only_at_what_was_sold_before() -> None:
    """A market that jumps: whoever knew of the jump would not have been off by it."""
    early = [lot(str(n), 100, day=2000 + n / 20) for n in range(100)]
    late = [lot(f"late {n}", 300, day=2005 + n / 100) for n in range(100)]
    assert max(recent_residuals(Ledger(early + late), with_estimate=False)) > 0.9


def test_the_house_estimate_is_used_only_when_asked_for() -> None:
    market = invented_market()
    dear = replace(TRAJAN, estimate=1000.0)
    without = Market(market).estimate(dear)
    assert without.point == Market(market).estimate(TRAJAN).point
    assert without.house_estimate == 1000.0
    helped = Market(market, with_estimate=True).estimate(dear).point
    assert helped is not None
    assert without.point is not None
    assert helped > 2 * without.point


@settings(max_examples=25)
@given(st.lists(st.floats(1, 1e6), min_size=1, max_size=30), st.floats(2000, 2030))
def test_whatever_was_sold_the_interval_holds_the_point(prices: list[float], day: float) -> None:
    found = Market(lots(prices)).estimate(replace(TRAJAN, day=day))
    assert found.point is not None
    assert found.low is not None
    assert found.high is not None
    assert 0 < found.low <= found.point <= found.high


def test_weighted_quantiles() -> None:
    import numpy as np

    values, weights = np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 8.0])
    assert weighted_quantile(values, weights, 0.5) == 2.0
    assert weighted_quantile(values, weights, 0.0) == 1.0
    assert weighted_quantile(values, weights, 1.0) == 3.0


@pytest.mark.parametrize(
    ("text", "step"),
    [("VF", 4.0), ("gVF", 4.4), ("Good VF", 4.4), ("Superb EF", 5.7), ("nEF", 4.7), ("FDC", 6.2),
     ("Fine", 3.0), ("Good Fine", 3.4), ("Choice EF", 5.3), ("G", 2.0), ("", None), ("shiny", None)],
)  # fmt: skip
def test_grades_as_steps_of_price(text: str, step: float | None) -> None:
    assert steps(text) == step

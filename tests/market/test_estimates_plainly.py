"""The site counts in columns; this is the method written down lot by lot. Both say the same, of any lots."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from market.comparables import Sold
from market.estimate import Market
from market.level import ENOUGH_RESIDUALS, Ledger, Level
from market.looking_back import RECENT, looked_at, recent_width
from tests.market import plainly
from tests.market.test_estimate import TRAJAN, invented_market

words = st.sampled_from(["", "trajan", "nero", "galba"])
pieces = st.builds(
    Sold,
    denomination=st.sampled_from(["", "denarius", "aureus"]),
    ruler=words,
    metal=st.sampled_from(["", "AR", "AV"]),
    types=st.frozensets(
        st.sampled_from(
            ["ric i nero 7", "ric i nero 12", "ric ii trajan 207", "rrc 443/1", "rare"]
        ),
        max_size=2,
    ),
    grade=st.sampled_from([None, 3.0, 4.0, 4.35, 5.0, 5.7]),
    flags=st.frozensets(st.sampled_from(["toned", "scratches"])),
    year=st.sampled_from([None, -40.0, 54.5, 110.0]),
    series=st.sampled_from(["", "a house", "another"]),
    day=st.integers(0, 400).map(lambda tenth: 2000 + tenth / 20),
    estimate=st.one_of(st.none(), st.floats(10, 1000)),
    price=st.floats(5, 5000),
)
markets = st.lists(pieces, min_size=2 * ENOUGH_RESIDUALS, max_size=130)


@settings(max_examples=25, deadline=None)
@given(markets, st.lists(pieces, min_size=1, max_size=3), st.booleans())
def test_the_same_points_and_the_same_interval(
    lots: list[Sold], asked: list[Sold], with_estimate: bool
) -> None:
    sold = sorted(lots, key=lambda one: one.day)
    plain = plainly.Level(sold).points(asked, with_estimate=with_estimate)
    assert Level.of(sold).points(asked, with_estimate=with_estimate) == pytest.approx(plain)
    width = plainly.recent_width(sold, with_estimate=with_estimate)
    assert recent_width(Ledger(sold), with_estimate=with_estimate) == pytest.approx(width)


@settings(max_examples=25, deadline=None)
@given(markets)
def test_lots_weigh_alike_one_by_one_and_all_at_once(lots: list[Sold]) -> None:
    import numpy as np

    from market import crossing

    pool, n = Ledger(lots).pool, len(lots) // 2
    rows = np.arange(n, len(lots))
    tiers, weights = crossing.tiers(pool, rows, n), crossing.weights(pool, rows, n)
    for row, index in enumerate(rows):
        alone = pool.tiers(lots[index])
        assert (tiers[row] == alone[:n]).all()
        assert weights[row] == pytest.approx(pool.weights(lots[index], alone)[:n])


def test_of_a_thousand_lots_too() -> None:
    sold = invented_market(1_000, noise=0.5)
    market = Market(sold)
    assert market.width == pytest.approx(plainly.recent_width(market.sold, with_estimate=False))
    [point] = plainly.Level(market.sold).points([TRAJAN], with_estimate=False)
    assert market.estimate(TRAJAN).point == pytest.approx(plainly.exp(point))


def test_no_more_is_looked_back_at_than_is_believed() -> None:
    tried = looked_at(Market(invented_market(3_000)).sold)
    assert sum(map(len, tried.values())) == RECENT

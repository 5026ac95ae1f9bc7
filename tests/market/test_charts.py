"""What charts are drawn from: all lots speak for the medians, at most 2,000 are drawn."""

from itertools import pairwise

import pytest

from market.charts import MOST, Mark, Own, bins, chart_data, moved, thinned


def marks(prices: list[float], day: float = 2020.2, **values: object) -> list[Mark]:
    return [Mark(f"{day}-{n}", price, day, **values) for n, price in enumerate(prices)]  # type: ignore[arg-type]


def test_a_point_says_all_of_its_lot() -> None:
    one = Mark(
        "7", 99.999, 2020.25, None, "denarius AR", False, "House, 12", "https://example.org/7"
    )
    data = chart_data([one], Own(120.0))
    assert data["points"] == [
        [2020.25, 100.0, None, 0, 0, "House, 12", "https://example.org/7", "7"]
    ]
    assert data["own"]["value"] == 120


def test_six_lots_of_a_period_have_a_median_and_five_have_none() -> None:
    assert chart_data(marks([1, 2, 3, 4, 5]))["bands"] == []
    assert chart_data(marks([1, 2, 3, 4, 5, 6]))["bands"] == [[2020.5, 2.25, 3.5, 4.75, 6]]


def test_unsold_lots_are_drawn_and_not_counted() -> None:
    data = chart_data(marks([100] * 6) + marks([900] * 6, 2020.3, is_sold=False))
    assert data["bands"][0][2] == 100
    assert sum(row[2] for row in data["bins"]) == 6
    assert [point[4] for point in data["points"]].count(0) == 6


def test_many_are_thinned_evenly_and_it_is_said() -> None:
    many = [Mark(str(n), 100 + n, 2000 + n / 250) for n in range(5_000)]
    data = chart_data(many)
    assert (data["n"], data["shown"], len(data["points"])) == (5_000, MOST, MOST)
    days = [mark.day for mark in thinned(many)]
    assert days == sorted(days, key=float)
    assert max(b - a for a, b in pairwise(days)) <= 0.02  # type: ignore[operator]
    assert thinned(many) == thinned(list(reversed(many)))
    assert sum(row[4] for row in data["bands"]) == 5_000


def test_lots_of_one_grade_do_not_hide_each_other() -> None:
    data = chart_data(marks([100] * 6, grade=4.0))
    assert len({point[2] for point in data["points"]}) > 3
    assert all(abs(point[2] - 4) <= 0.16 for point in data["points"])
    assert data["grades"] == [[4, 100, 100, 100, 6]]


def test_rare_kinds_share_the_last_place() -> None:
    many = [Mark(str(n), 1, 2020, kind=f"kind {min(n // 3, 8)}") for n in range(30)]
    data = chart_data(many)
    assert len(data["kinds"]) == 6
    assert data["kinds"][-1] == "…"
    assert {point[3] for point in data["points"]} == set(range(6))


def test_bins_hold_every_price() -> None:
    assert bins([]) == []
    assert sum(row[2] for row in bins([5, 5, 5])) == 3
    found = bins([1, 10, 100, 1000])
    assert [row[2] for row in found] == [2, 2]
    assert (found[0][0], found[-1][1]) == (1, 1000)


@pytest.mark.parametrize(
    ("before", "after", "clear"),
    [
        ([100, 101, 102, 103, 104, 105], [200, 201, 202, 203, 204, 205], True),
        ([100, 101, 102, 103, 104, 105], [100, 101, 102, 103, 104, 106], False),
    ],
)
def test_a_move_is_said_only_where_the_bands_lie_apart(
    before: list[float], after: list[float], clear: bool
) -> None:
    found = moved(marks(before, 2010) + marks(after, 2020))
    assert found is not None
    assert found.is_clear == clear


def test_no_move_is_told_of_few() -> None:
    assert moved(marks([1] * 5, 2010) + marks([2] * 7, 2020)) is None
    assert moved([]) is None

"""The back-test: on an invented file how it reads and writes, on the real one how good it is."""

import csv
import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from statistics import mean

import pytest
from django.core.management import CommandError, call_command

from market import backtest

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "market" / "roman_lots.csv"
HEADINGS = ["Auction ID", "Lot Number", "Estimate", "Sale", "Emperor", "Denomination", "RIC", "Grade",
            "Toned", "Scratches", "approx_year"]  # fmt: skip


def table(path: Path, rows: list[list[object]], headings: list[str] = HEADINGS) -> Path:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    return path


def row(number: int, sale: object = 100, year: float = 2010, **changes: object) -> list[object]:
    values = {
        "Auction ID": f"House {year:.0f}", "Lot Number": f"Lot: {number}", "Estimate": 80, "Sale": sale,
        "Emperor": "Trajan", "Denomination": "Denarius", "RIC": "RIC II 207", "Grade": "Good VF",
        "Toned": 1, "Scratches": 0, "approx_year": year,
    } | changes  # fmt: skip
    return [values[name] for name in HEADINGS]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    history = table(tmp_path / "a.csv", [row(n, 90 + n, 2005 + n % 5) for n in range(20)])
    return history, table(
        tmp_path / "b.csv", [row(1), row(2, Denomination="Cistophorus", RIC="NA")]
    )


def say(history: Path, lots: Path, out: Path, *more: str) -> tuple[list[dict[str, object]], str]:
    heard = StringIO()
    call_command(
        "backtest_prices", "--history", str(history), "--lots", str(lots), "--json", str(out), *more,
        stdout=heard,
    )  # fmt: skip
    return json.loads(out.read_text()), heard.getvalue()


def test_one_row_for_each_lot_with_figures_or_nulls(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    said, heard = say(*files, tmp_path / "out.json")
    assert [set(one) for one in said] == [
        {"auction", "lot", "point", "low", "high", "n", "n_effective", "verdict"}
    ] * 2
    known, unknown = said
    assert (known["auction"], known["lot"], known["n"]) == ("House 2010", "Lot: 1", 20)
    assert known["low"] < known["point"] < known["high"]  # type: ignore[operator]
    assert (unknown["point"], unknown["verdict"]) == (None, "too few")
    assert "2 lots" in heard
    assert "median error" in heard


def test_the_price_of_the_lots_is_never_looked_at(files: tuple[Path, Path], tmp_path: Path) -> None:
    history, lots = files
    before, _heard = say(history, lots, tmp_path / "out.json")
    for price in (1, 10**6, "NA", ""):
        table(lots, [row(1, price), row(2, price, Denomination="Cistophorus", RIC="NA")])
        assert say(history, lots, tmp_path / "out.json")[0] == before


def test_the_estimate_is_looked_at_only_when_asked(tmp_path: Path) -> None:
    history = table(tmp_path / "a.csv", [row(n, 90 + n % 9, 2001 + n % 9) for n in range(60)])
    cheap = table(tmp_path / "cheap.csv", [row(1, Estimate=10)])
    dear = table(tmp_path / "dear.csv", [row(1, Estimate=1000)])
    out = tmp_path / "out.json"
    assert say(history, cheap, out)[0] == say(history, dear, out)[0]
    low, high = (say(history, lots, out, "--use-estimate")[0][0]["point"] for lots in (cheap, dear))
    assert low < high / 5  # type: ignore[operator]


def test_a_flag_that_is_set_on_every_row_is_left_out(tmp_path: Path) -> None:
    (read,) = backtest.read(table(tmp_path / "a.csv", [row(1, Scratches=1)]), priced=True)
    assert read.piece.flags == {"Scratches"}
    assert (read.piece.grade, read.piece.series) == (4.4, "house")
    assert read.piece.types == {"ric ii trajan 207"}


def test_a_coin_that_the_catalogue_lacks_has_no_type(tmp_path: Path) -> None:
    (read,) = backtest.read(table(tmp_path / "a.csv", [row(1, RIC="RIC II -")]), priced=True)
    assert read.piece.types == frozenset()


def test_a_file_that_is_not_there_or_lacks_columns_is_refused(tmp_path: Path) -> None:
    good = table(tmp_path / "a.csv", [row(1)])
    bad = table(tmp_path / "b.csv", [["x"]], ["Sale"])
    out = tmp_path / "out.json"
    with pytest.raises(CommandError, match="lacks the columns"):
        say(good, bad, out)
    with pytest.raises(CommandError, match=r"none\.csv"):
        say(good, tmp_path / "none.csv", out)
    with pytest.raises(CommandError, match="line 2"):
        say(good, table(tmp_path / "c.csv", [row(1, year=2010, approx_year="soon")]), out)


# --- on real lots, cut at several days: what is measured in docs/market.md ---------------------------
CUTS = (2010.5, 2013.9)


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="../shared/data/market/roman_lots.csv is not here")
@pytest.mark.parametrize(
    ("use_estimate", "most_error", "most_bias"), [(False, 0.37, 0.19), (True, 0.28, 0.16)]
)
def test_later_sales_from_earlier_ones(
    use_estimate: bool, most_error: float, most_bias: float
) -> None:
    rows = backtest.read(REAL, priced=True)
    scores = []
    for cut in CUTS:
        history = [one for one in rows if one.piece.day < cut]
        later = [one for one in rows if cut <= one.piece.day < cut + 3]
        unseen = [replace(one, piece=replace(one.piece, price=0.0)) for one in later]
        said = backtest.run(history, unseen, use_estimate=use_estimate)
        scores.append(backtest.score([one.piece.price for one in later], said))
    assert mean(one.error for one in scores) <= most_error
    assert abs(mean(one.bias for one in scores)) <= most_bias
    assert 0.70 <= mean(one.covered for one in scores) <= 0.86

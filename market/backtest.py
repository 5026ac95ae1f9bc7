"""Sold lots of a file, and how well later ones would have been estimated from earlier ones."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from market.comparables import Sold
from market.estimate import Estimate, Market
from market.grading import steps

# Columns that say what a lot is; every other one is a flag, set by "1"
PLAIN = {
    "Auction Type", "Auction ID", "Lot Number", "Estimate", "Sale", "Emperor", "Denomination",
    "Diameter", "Weight", "Orientation", "Mint", "RIC", "Grade", "approx_year",
}  # fmt: skip
USELESS = {"Toned"}  # set on every row of the file, whatever the coin
METALS = {"denarius": "AR", "aureus": "AV"}


class TableProblem(ValueError):
    """The file cannot be used; the text says why, and what to do."""


@dataclass(frozen=True)
class Row:
    auction: str
    lot: str
    piece: Sold


def read(path: Path, *, priced: bool) -> list[Row]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        table = csv.DictReader(file)
        missing = {"Auction ID", "Lot Number", "Denomination", "approx_year"} - set(
            table.fieldnames or []
        )
        if missing:
            raise TableProblem(f"{path} lacks the columns {', '.join(sorted(missing))}.")
        return [_row(path, number, row, priced) for number, row in enumerate(table, 2)]


def _row(path: Path, line: int, row: dict[str, str], priced: bool) -> Row:
    try:
        piece = Sold(
            denomination=_word(row, "Denomination"),
            ruler=_word(row, "Emperor"),
            metal=METALS.get(_word(row, "Denomination"), ""),
            types=_types(row),
            grade=steps(row.get("Grade") or ""),
            flags=frozenset(
                name for name, value in row.items() if name not in PLAIN | USELESS and value == "1"
            ),
            series=_series(row["Auction ID"]),
            day=float(row["approx_year"]),
            estimate=_amount(row.get("Estimate")),
            key=f"{row['Auction ID']} {row['Lot Number']}",
            price=(_amount(row.get("Sale")) or 0.0) if priced else 0.0,
        )
    except ValueError as error:
        raise TableProblem(f"{path}, line {line}: {error}.") from error
    return Row(row["Auction ID"], row["Lot Number"], piece)


def _word(row: dict[str, str], name: str) -> str:
    value = (row.get(name) or "").strip().casefold()
    return "" if value == "na" else value


def _types(row: dict[str, str]) -> frozenset[str]:
    """`RIC II 207` restarts with each ruler; `RIC II -` is a coin that the catalogue lacks."""
    catalogue, _space, number = (row.get("RIC") or "").casefold().rpartition(" ")
    if not catalogue or not number[:1].isdigit():
        return frozenset()
    return frozenset({" ".join([catalogue, _word(row, "Emperor"), number])})


def _series(auction: str) -> str:
    """A house's great sale and its weekday one are two series: `Triton XI`, `CNG 78`."""
    return " ".join(auction.casefold().split()[:-1])


def _amount(text: str | None) -> float | None:
    text = (text or "").strip()
    return None if text in ("", "NA") else float(text)


def run(history: Sequence[Row], lots: Sequence[Row], *, use_estimate: bool) -> list[Estimate]:
    market = Market([row.piece for row in history], with_estimate=use_estimate)
    return market.estimates([row.piece for row in lots])


def as_json(row: Row, estimate: Estimate) -> dict[str, object]:
    """A refusal keeps its figures, so that it can be measured whether refusing was right."""
    return {
        "auction": row.auction,
        "lot": row.lot,
        "point": _money(estimate.point),
        "low": _money(estimate.low),
        "high": _money(estimate.high),
        "n": estimate.n,
        "n_effective": round(estimate.n_effective, 1),
        "verdict": estimate.verdict.value,
    }


def _money(amount: float | None) -> float | None:
    return None if amount is None else round(amount, 2)


@dataclass(frozen=True)
class Score:
    n: int
    error: float  # median of |point / price - 1|
    bias: float  # median of point / price, less 1
    covered: float  # share of prices inside the interval


def score(prices: Iterable[float], estimates: Iterable[Estimate]) -> Score:
    from statistics import median

    pairs = [(p, e) for p, e in zip(prices, estimates, strict=True) if e.point and e.low and e.high]
    shares = [(e.point or 0) / price for price, e in pairs]
    inside = [(e.low or 0) <= price <= (e.high or 0) for price, e in pairs]
    return Score(
        n=len(pairs),
        error=median(abs(share - 1) for share in shares),
        bias=median(shares) - 1,
        covered=sum(inside) / len(inside),
    )

"""What coins usually weigh (grams) and measure (millimetres), worn ones and clipped ones left out.

Roman figures move with the centuries, so a row says from which year to which it holds. Modern ones
are the law's, widened by what wear takes and scales err."""

from collections.abc import Iterable
from dataclasses import dataclass

from identify.labels import fold

Bounds = tuple[float, float]
ALWAYS = (-9999, 9999)


@dataclass(frozen=True)
class Range:
    weight: Bounds | None = None
    diameter: Bounds | None = None
    years: tuple[int, int] = ALWAYS


ROMAN: dict[str, tuple[Range, ...]] = {
    "aureus": (
        Range((7.5, 8.3), (18, 22), (-100, 63)),
        Range((6.5, 7.6), (18, 21.5), (64, 214)),
        Range((2.0, 6.9), (17, 22), (215, 285)),
        Range((4.6, 6.1), (17, 21), (286, 330)),
    ),
    "quinarius aureus": (Range((2.9, 4.2), (14, 17)),),
    "solidus": (Range((4.1, 4.65), (18, 23)),),
    "semissis": (Range((1.9, 2.4), (15, 19)),),
    "tremissis": (Range((1.2, 1.65), (12, 17)),),
    "denarius": (
        Range((3.2, 4.3), (16, 21), (-211, 63)),
        Range((2.6, 3.8), (16, 20.5), (64, 192)),
        Range((2.1, 4.0), (16, 21), (193, 400)),
    ),
    "5 denarius": (Range((14, 20), (28, 35)),),
    "quinarius": (Range((1.1, 2.1), (12, 17)),),
    "antoninianus": (
        Range((3.4, 5.9), (19, 25), (214, 250)),
        Range((1.8, 5.0), (15, 25), (251, 300)),
    ),
    "argenteus": (Range((2.4, 3.7), (16, 22)),),
    "siliqua": (Range((1.1, 3.5), (14, 20)),),
    "half siliqua": (Range((0.6, 1.4), (11, 16)),),
    "reduced siliqua": (Range((1.0, 2.4), (14, 19)),),
    "light miliarensis": (Range((3.6, 4.8), (20, 26)),),
    "heavy miliarensis": (Range((4.6, 5.9), (20, 27)),),
    "cistophorus": (Range((9.5, 12.5), (24, 31)),),
    "didrachm": (Range((5.5, 7.8), (19, 24)),),
    "drachma": (Range((2.3, 4.0), (15, 20)),),
    "hemidrachm": (Range((1.1, 2.2), (12, 17)),),
    "double sestertius": (Range((25, 55), (33, 42)),),
    "sestertius": (
        Range((20, 31), (30, 38), (-30, 192)),
        Range((13, 29), (26, 35), (193, 300)),
    ),
    "dupondius": (Range((9.5, 17), (24, 31)),),
    "as": (Range((7.0, 13.5), (22, 30)),),
    "semis": (Range((2.5, 6.0), (16, 23)),),
    "quadrans": (Range((1.9, 4.2), (13, 19)),),
    "nummus": (
        Range((7.0, 13), (24, 31), (294, 307)),
        Range((3.0, 8.5), (19, 27), (308, 317)),
        Range((1.0, 4.5), (13, 22), (318, 500)),
    ),
    "ae1": (Range((5.5, 14), (25, 34)),),
    "ae2": (Range((3.0, 9.5), (20, 26)),),
    "ae3": (Range((1.4, 4.6), (16, 21.5)),),
    "ae4": (Range((0.6, 2.2), (9, 17)),),
}


def modern(weight: float, diameter: float) -> tuple[Range, ...]:
    low, high = round(weight * 0.95, 2), round(weight * 1.03, 2)
    return (Range((low, high), (diameter - 0.4, diameter + 0.4)),)


EURO = {
    "1c": modern(2.30, 16.25),
    "2c": modern(3.06, 18.75),
    "5c": modern(3.92, 21.25),
    "10c": modern(4.10, 19.75),
    "20c": modern(5.74, 22.25),
    "50c": modern(7.80, 24.25),
    "1e": modern(7.50, 23.25),
    "2e": modern(8.50, 25.75),
}
UNITED_STATES = {
    # bronze until 1982, copper-plated zinc since; both were struck in 1982, and steel in 1943
    "pennies": (
        Range((2.93, 3.25), (18.6, 19.5), (1864, 1942)),
        Range((2.55, 2.85), (18.6, 19.5), (1943, 1943)),
        Range((2.93, 3.25), (18.6, 19.5), (1944, 1981)),
        Range((2.40, 3.25), (18.6, 19.5), (1982, 1982)),
        Range((2.40, 2.60), (18.6, 19.5), (1983, 9999)),
    ),
    "nickels": (Range((4.75, 5.15), (20.8, 21.6), (1866, 9999)),),
    "dimes": (
        Range((2.30, 2.58), (17.5, 18.3), (1873, 1964)),
        Range((2.17, 2.36), (17.5, 18.3), (1965, 9999)),
    ),
    "quarters": (
        Range((5.80, 6.44), (23.8, 24.7), (1873, 1964)),
        Range((5.40, 5.85), (23.8, 24.7), (1965, 9999)),
    ),
}
TABLE: dict[str, tuple[Range, ...]] = ROMAN | EURO | UNITED_STATES


def find(label: str, year: int | None = None) -> Range | None:
    """What this denomination weighs and measures in that year; at any time, where it is not known."""
    rows = TABLE.get(fold(label), ())
    if year is not None:
        rows = tuple(row for row in rows if row.years[0] <= year <= row.years[1]) or rows
    if not rows:
        return None
    return Range(
        span(row.weight for row in rows),
        span(row.diameter for row in rows),
        (min(row.years[0] for row in rows), max(row.years[1] for row in rows)),
    )


def span(bounds: Iterable[Bounds | None]) -> Bounds | None:
    known = [pair for pair in bounds if pair]
    return (min(low for low, _high in known), max(high for _low, high in known)) if known else None

"""Which cents there are: the Mint's own record of years and mint marks."""

from identify.ml.cents.network import MARKS

FIRST_YEAR, LAST_YEAR = 1909, 2026
YEARS = tuple(range(FIRST_YEAR, LAST_YEAR + 1))
# first and last year of each run
RUNS = {
    "none": ((1909, 1921), (1923, 2016), (2018, LAST_YEAR)),
    "D": ((1911, 1920), (1922, 1922), (1924, 1964), (1968, LAST_YEAR)),
    "S": ((1909, 1921), (1923, 1931), (1935, 1955), (1968, LAST_YEAR)),
    "W": ((2019, 2019),),
    "P": ((2017, 2017),),
}


def was_struck(year: int, mark: str) -> bool:
    return any(first <= year <= last for first, last in RUNS[mark])


PAIRS = tuple(tuple(was_struck(year, mark) for mark in MARKS) for year in YEARS)

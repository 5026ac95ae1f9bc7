from dataclasses import dataclass

from catalog.dates.ranges import DateRange


@dataclass(frozen=True)
class Labels:
    """The words around the numbers; a translation keeps each `{}`."""

    bc: str = "{} BC"
    ad: str = "AD {}"
    circa: str = "c. {}"
    before: str = "before {}"
    after: str = "after {}"
    undated: str = "undated"


ENGLISH = Labels()


def format(dates: DateRange, labels: Labels = ENGLISH) -> str:
    western = _western(dates, labels)
    return f"{dates.native} ({western})" if dates.native else western


def _western(dates: DateRange, labels: Labels) -> str:
    if not dates.dated:
        return labels.undated
    years = _years(dates.start, dates.end, labels)
    if dates.circa:
        years = labels.circa.format(years)
    if dates.start is None:
        return labels.before.format(years)
    if dates.end is None:
        return labels.after.format(years)
    return years


def _years(start: int | None, end: int | None, labels: Labels) -> str:
    first, last = (start or end or 0), (end or start or 0)
    if first < 0 < last:
        return f"{labels.bc.format(-first)} – {labels.ad.format(last)}"
    numbers = str(abs(first)) if first == last else f"{abs(first)}–{abs(last)}"
    if last < 0:
        return labels.bc.format(numbers)
    # from 1000 on nobody takes a year for anything else, so the era is left out
    return numbers if first >= 1000 else labels.ad.format(numbers)

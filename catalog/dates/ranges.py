from dataclasses import dataclass

from catalog.refusals import Refusal
from catalog.refusals import gettext_noop as _

# Shells and ingots were money before there were coins; nothing is struck for the 23rd century.
FIRST_YEAR, LAST_YEAR = -4000, 2200
NATIVE_LENGTH = 60


class DateError(Refusal):
    """Its text says what to write instead."""


def check_year(year: int | None) -> None:
    if year == 0:
        raise DateError("zero", _("There is no year 0: 1 BC is followed by AD 1."))
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        template = _(
            "The year %(year)s is out of reach. If it belongs to another calendar, say which: "
            "AH 1360, BE 2486, AM 5703."
        )
        raise DateError("far", template, year=year)


@dataclass(frozen=True, slots=True)
class DateRange:
    """Both years count. One of them missing leaves that end open, both missing is undated."""

    start: int | None = None
    end: int | None = None
    circa: bool = False
    native: str = ""

    def __post_init__(self) -> None:
        for year in (self.start, self.end):
            check_year(year)
        if self.start is not None and self.end is not None and self.start > self.end:
            raise DateError("reversed", _("The range runs backwards: its end is before its start."))
        if self.start is None and self.end is None:
            object.__setattr__(self, "circa", False)
        object.__setattr__(self, "native", " ".join(self.native.split()))
        if len(self.native) > NATIVE_LENGTH:
            template = _("The date as on the coin is too long: keep it under %(limit)s characters.")
            raise DateError("native", template, limit=NATIVE_LENGTH)

    @property
    def dated(self) -> bool:
        return self.start is not None or self.end is not None

    @property
    def single(self) -> bool:
        return self.dated and self.start == self.end


UNDATED = DateRange()


def shift(year: int, by: int) -> int:
    """`by` years later, stepping over the missing year 0."""
    counted = (year if year > 0 else year + 1) + by
    return counted if counted > 0 else counted - 1


def year_span(first: int, last: int) -> int:
    """Years from `first` to `last`, both counted: 1 BC to AD 1 are two years."""
    missing = 1 if first < 0 < last else 0
    return last - first + 1 - missing


def span(dates: DateRange) -> int | None:
    """How many years the range covers; None where an end is open."""
    if dates.start is None or dates.end is None:
        return None
    return year_span(dates.start, dates.end)


def overlaps(one: DateRange, other: DateRange) -> bool:
    """Open ends reach for ever; what is undated meets nothing."""
    if not one.dated or not other.dated:
        return False
    return _begins_by(one, other.end) and _begins_by(other, one.end)


def _begins_by(dates: DateRange, end: int | None) -> bool:
    return dates.start is None or end is None or dates.start <= end


def century_of(year: int) -> int:
    """1943 is in the 20th (20), 44 BC in the 1st before Christ (-1)."""
    return (year - 1) // 100 + 1 if year > 0 else -((-year - 1) // 100 + 1)


def century(dates: DateRange) -> int | None:
    """The century in which the range begins; of "before 27 BC", the one in which it ends."""
    year = dates.start if dates.start is not None else dates.end
    return None if year is None else century_of(year)


def century_years(number: int) -> tuple[int, int]:
    if number == 0:
        raise DateError("zero", _("There is no century 0: the 1st BC is followed by the 1st AD."))
    first = (abs(number) - 1) * 100 + 1
    return (first, first + 99) if number > 0 else (-first - 99, -first)


def sort_key(dates: DateRange) -> tuple[bool, int, int, bool]:
    """By beginning, then by end; "before 27 BC" just before 27 BC; undated last."""
    if not dates.dated:
        return True, 0, 0, False
    start = dates.start if dates.start is not None else dates.end
    end = dates.end if dates.end is not None else LAST_YEAR + 1
    return False, start or 0, end, dates.start is not None

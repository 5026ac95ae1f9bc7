"""What a type may say of a coin: its attribution, where the coin says nothing itself. Never a weight, a
diameter or a grade: those are true of one piece only."""

from catalog import dates
from catalog.access import Visitor
from catalog.editing import Source, change
from catalog.fields import ATTRIBUTION, BUILT_IN, as_pair, date_text
from catalog.models import Coin, CoinType, FieldChange

TERMS = ("authority", "denomination", "mint", "metal", "region")
TEXTS = ("obverse_legend", "obverse_design", "reverse_legend", "reverse_design")


def said_by(type_: CoinType) -> dict[str, object]:
    when = dates.DateRange(type_.year_from, type_.year_to, type_.is_circa, type_.native_date)
    said: dict[str, object] = {name: as_pair(getattr(type_, name)) for name in TERMS}
    said |= {name: getattr(type_, name) for name in TEXTS}
    said["date"] = date_text(when)
    said["references"] = [row.text for row in type_.references.all()]
    return said


def attribute(coin: Coin, type_: CoinType, by: Visitor | None) -> list[FieldChange]:
    """Fills what is empty; what somebody wrote stays."""
    values = {
        name: value
        for name, value in said_by(type_).items()
        if value and not BUILT_IN[name].get(coin) and BUILT_IN[name].group == ATTRIBUTION
    }
    return change(coin, {"type": as_pair(type_)} | values, by, Source.TYPE)

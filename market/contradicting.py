"""Where a lot contradicts itself, and which two lots are one coin. Values in, doubts out; a person decides.
Rather too few than too many: what collectors call by one name (billon and silver, the years of a
posthumous issue) is no contradiction."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from market.extract.facts import table

MEASURES = ("weight_g", "diameter_mm", "die_axis_h")
SURE = 0.95  # a picture is believed against a text from here on; below, texts are right more often
SLACK = 10  # years by which a date may miss a reign: reigns are not agreed upon to the year
REALMS = ("rome", "greece", "byzantium", "world")
# Struck for a ruler, but not in his reign
_NOT_IN_HIS_REIGN = re.compile(
    r"posth|divus|diva\b|divo\b|restor|restit|restaur|in the name|au nom|im namen|under |unter |sous |"
    r"\btypes? of\b|imitat|nachahm|consecra|konsekra|memor|later issue",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Word:
    """One word of the vocabulary, or several that a picture cannot tell apart: what tells it from others,
    and all its names."""

    ids: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Said:
    """What one lot says of its coin and of its sale."""

    ruler: str = ""
    denomination: str = ""
    metal: str = ""
    year_from: int | None = None
    year_to: int | None = None
    weight: Decimal | None = None
    diameter: Decimal | None = None
    grade: str = ""
    price: str = ""
    house: str = ""
    day: date | None = None
    number: str = ""
    text: str = ""


def contradictions(said: Said, warnings: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """Kind of the doubt → what the text says. `warnings` are those of the reader: (field, raw)."""
    found = {name: raw for name, raw in warnings if name in MEASURES}
    if is_out_of_reign(said):
        found["dates"] = f"{said.ruler}, {years(said)}"
    if is_of_other_metal(said):
        found["metal"] = f"{said.denomination}, {said.metal}"
    return found


def is_out_of_reign(said: Said) -> bool:
    """Of all who are called so none reigned then."""
    if said.year_from is None or said.year_to is None or _NOT_IN_HIS_REIGN.search(said.text):
        return False
    spans = reigns().get(said.ruler, [])
    return bool(spans) and all(
        said.year_to < start - SLACK or said.year_from > end + SLACK for start, end in spans
    )


def is_of_other_metal(said: Said) -> bool:
    """Gold where there should be none, or none where there should be: other metals shade into each other."""
    usual = metals().get(said.denomination.lower(), "")
    known = {"AV", "AR", "AE", "BI", "CU"}
    return {usual, said.metal} <= known and (usual == "AV") != (said.metal == "AV")


def shows_another(text: str, said: Word, shown: Word, confidence: float) -> bool:
    """Both have to be words that we know. A text that mentions what its picture shows (a wife's portrait,
    a posthumous issue, "formerly taken for") contradicts nothing."""
    if confidence < SURE or not said.ids or not shown.ids or said.ids & shown.ids:
        return False
    return not any(mentions(text, name) for name in shown.names)


def mentions(text: str, name: str) -> bool:
    """`As` is a coin and "as" is none."""
    flags = re.IGNORECASE if len(name) > 2 else 0
    return bool(name) and bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, flags))


@cache
def reigns() -> Mapping[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for realm in REALMS:
        for row in table(f"rulers_{realm}"):
            if row.get("from") is not None and row.get("to") is not None:
                found.setdefault(row["name"], []).append((row["from"], row["to"]))
    return found


@cache
def metals() -> Mapping[str, str]:
    return {row["name"]: row.get("metal", "") for row in table("denominations")}


def years(said: Said) -> str:
    ends = [str(abs(year)) + (" BC" if year < 0 else "") for year in (said.year_from or 0, said.year_to or 0)]  # fmt: skip
    return "–".join(dict.fromkeys(ends))


def are_one(one: Said, other: Said) -> bool:
    """The same number of the same sale; or, of sales of one day that may be one, the same coin to the
    hundredth of a gram. Two lots of one sale are two coins."""
    if one.day is None or one.day != other.day:
        return False
    same_house = one.house.casefold() == other.house.casefold()
    if one.number and other.number and same_house:
        return one.number == other.number
    measures = (one.weight, one.diameter, one.ruler, one.denomination)
    if not all(measures):
        return False
    return measures == (other.weight, other.diameter, other.ruler, other.denomination)


def keys(said: Said) -> list[tuple[object, ...]]:
    """Two lots that are one have at least one of these in common."""
    found: list[tuple[object, ...]] = []
    if said.day and said.number:
        found.append((said.day, said.house.casefold(), said.number))
    measures = (said.weight, said.diameter, said.ruler, said.denomination)
    if said.day and all(measures):
        found.append((said.day, *measures))
    return found


def differences(one: Said, other: Said) -> dict[str, tuple[str, str]]:
    """In which fields two lots of one coin say different things; what only one says is none."""
    names = ("ruler", "denomination", "metal", "weight", "diameter", "grade", "price")
    pairs = {
        name: (str(getattr(one, name) or ""), str(getattr(other, name) or "")) for name in names
    }
    return {name: pair for name, pair in pairs.items() if all(pair) and pair[0] != pair[1]}

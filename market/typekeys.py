"""When two citations mean one type. Catalogues that begin again with every ruler are read with the
ruler, so that RIC 207, RIC II 207 and RIC II.3 Trajan 207 of Trajan are one."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from catalog import references

BY_RULER = frozenset({"ric", "rsc", "cohen", "bmcre", "bmc", "bn", "c", "calicó", "calico"})
# From here on RIC counts by mint
BY_MINT = frozenset({"vi", "vii", "viii", "ix"})
NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_VOLUME = re.compile(r"^(?P<roman>[ivx]+)\b[^\s]*\s*(?P<section>.*)$")


REMEMBERED = (
    20_000  # texts: lots of one kind cite the same, and reading one takes longer than all else
)


class Shape(NamedTuple):
    """What of a citation does not hang on the lot. `is_whole`: nothing of it does."""

    is_whole: bool
    before: str
    number: str
    section: str
    by_mint: bool


def type_keys(cited: Iterable[str], ruler: str, mint: str = "") -> frozenset[str]:
    """Of texts as they are cited; empty where they say too little to be one type."""
    found = [type_key(shape, ruler, mint) for text in cited for shape in shapes(text)]
    return frozenset(key for key in found if key)


def type_key(shape: Shape, ruler: str, mint: str) -> str:
    if shape.is_whole:
        return shape.before
    # A catalogue by mints goes by what it says itself, one by rulers by whose coin it is
    place = shape.section or mint if shape.by_mint else ruler or shape.section
    return f"{shape.before} {place} {shape.number}" if place else ""


@lru_cache(maxsize=REMEMBERED)
def shapes(text: str) -> tuple[Shape, ...]:
    found = [shape_of(cited) for cited in references.parse(text)]
    return tuple(shape for shape in found if shape)


def shape_of(cited: references.Citation) -> Shape | None:
    catalogue = cited.catalogue.casefold()
    number = references.normalise(references.Citation("", "", cited.number))
    if not catalogue or not any(sign.isdigit() for sign in number):
        return None
    if catalogue not in BY_RULER:
        return Shape(True, references.normalise(cited), number, "", False)
    volume = _VOLUME.match(cited.volume.casefold())
    roman, section = (volume["roman"], volume["section"]) if volume else ("", "")
    if catalogue == "ric" and roman in BY_MINT:
        return Shape(False, f"ric {roman}", number, section, True)
    return Shape(False, catalogue, number, section, False)


def written_forms(cited: Iterable[str], ruler: str) -> frozenset[str]:
    """How lots may have been keyed that cite the same: what a database is asked for."""
    keys: set[str] = set()
    for text in cited:
        for one in references.parse(text):
            keys |= {references.normalise(one), *references.search_keys(one)}
            if one.catalogue.casefold() == "ric":
                number = references.normalise(references.Citation("", "", one.number))
                keys |= {f"ric {roman} {number}" for roman in NUMERALS}
                keys |= {f"ric {roman} {ruler} {number}" for roman in NUMERALS if ruler}
    return frozenset(key for key in keys if key)

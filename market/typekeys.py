"""When two citations mean one type. Catalogues that begin again with every ruler are read with the
ruler, so that RIC 207, RIC II 207 and RIC II.3 Trajan 207 of Trajan are one."""

import re
from collections.abc import Iterable

from catalog import references

BY_RULER = frozenset({"ric", "rsc", "cohen", "bmcre", "bmc", "bn", "c", "calicó", "calico"})
# From here on RIC counts by mint
BY_MINT = frozenset({"vi", "vii", "viii", "ix"})
NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_VOLUME = re.compile(r"^(?P<roman>[ivx]+)\b[^\s]*\s*(?P<section>.*)$")


def type_keys(cited: Iterable[str], ruler: str, mint: str = "") -> frozenset[str]:
    """Of texts as they are cited; empty where they say too little to be one type."""
    found = [type_key(one, ruler, mint) for text in cited for one in references.parse(text)]
    return frozenset(key for key in found if key)


def type_key(cited: references.Citation, ruler: str, mint: str) -> str:
    catalogue = cited.catalogue.casefold()
    number = references.normalise(references.Citation("", "", cited.number))
    if not catalogue or not any(sign.isdigit() for sign in number):
        return ""
    if catalogue not in BY_RULER:
        return references.normalise(cited)
    volume = _VOLUME.match(cited.volume.casefold())
    roman, section = (volume["roman"], volume["section"]) if volume else ("", "")
    if catalogue == "ric" and roman in BY_MINT:
        place = section or mint
        return f"ric {roman} {place} {number}" if place else ""
    whose = ruler or section
    return f"{catalogue} {whose} {number}" if whose else ""


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

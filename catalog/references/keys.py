"""How citations are found and ordered."""

import re

from catalog.dates.numerals import roman
from catalog.references.parsing import Citation, parse

_ASIDE = re.compile(r"\s*\([^()]*\)|^cf\.\s*|\s+(?:var|corr)\b\.?.*$", re.IGNORECASE)
_VOLUME = re.compile(r"(?P<roman>[IVX]+)(?:\.(?P<part>\d+))?(?:\((?P<edition>\d)\))?(?:\s+|$)")


def normalise(cited: str | Citation) -> str:
    """The same for every way of writing one citation: `ric ii trajan 207`."""
    return "; ".join(_key(one.catalogue, one.volume, one.number) for one in _citations(cited))


def search_keys(cited: str | Citation) -> list[str]:
    """From the fullest to the barest, so that RIC 207 finds RIC II.3(2) Trajan 207."""
    keys: dict[str, None] = {}
    for one in _citations(cited):
        for volume in _ever_shorter(one.volume):
            keys[_key(one.catalogue, volume, one.number)] = None
    return list(keys)


def sort_key(cited: str | Citation) -> str:
    """A text that sorts as a person would: RIC II before RIC X, 127 < 127a < 1270, 494/3 < 494/23."""
    return "; ".join(_sort_key(one) for one in _citations(cited))


def _ever_shorter(volume: str) -> list[str]:
    """II.3(2) Trajan, II.3(2), II.3, II and nothing."""
    match = _VOLUME.match(volume)
    if match is None:
        return [volume, ""]
    part = f"{match['roman']}.{match['part']}" if match["part"] else match["roman"]
    return [volume, match[0].strip(), part, match["roman"], ""]


def _citations(cited: str | Citation) -> list[Citation]:
    return parse(cited) if isinstance(cited, str) else [cited]


def _key(catalogue: str, volume: str, number: str) -> str:
    return " ".join(" ".join([catalogue, volume, _ASIDE.sub("", number)]).casefold().split())


def _sort_key(one: Citation) -> str:
    match = _VOLUME.match(one.volume)
    section = one.volume[match.end() :] if match else one.volume
    order = "00000"
    if match:
        edition = int(match["edition"] or 0) % 10
        order = f"{roman(match['roman']) or 0:02}{int(match['part'] or 0) % 100:02}{edition}"
    number = _ASIDE.sub("", one.number) + " " + one.number
    return " ".join([_natural(one.catalogue), order, _natural(section), _natural(number)])


def _natural(text: str) -> str:
    parts = re.findall(r"\d+|[^\W\d_]+", text.casefold())
    return " ".join(part.lstrip("0").zfill(10) if part.isdecimal() else part for part in parts)

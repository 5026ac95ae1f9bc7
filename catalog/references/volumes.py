"""What stands between a catalogue's name and the number: II.3(2), IV-3, Trajan, Cop., Ionia."""

import re

from catalog.dates.numerals import roman
from catalog.references.catalogues import Catalogue

_TO_ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
_EDITION = (
    r"(?:\s?\((?P<edition>\d)\)|(?P<raised>[²³])|,?\s\(?(?P<words>second|2nd) ed(?:ition|\.)?\)?)?"
)
_VOLUME = re.compile(
    r"(?:vol(?:ume)?\.?\s?)?(?P<roman>[IVX]+)"
    r"(?:[./-]\s?(?P<part>\d{1,2}|i{1,3}|iv)(?=\D+\d|\(2\)|²)"
    r"|,?\s(?:part|pt\.?)\s?(?P<named>\d)|\s(?P<small>(?-i:i{1,3}|iv))(?=\s))?"
    rf"{_EDITION}(?!\w)(?:[\s,.:]|-(?=\d))*",
    re.IGNORECASE,
)
_ARABIC = re.compile(
    r"(?:vol(?:ume)?\.?\s?)?(\d{1,2})(?:[./](\d))?[,\s]\s?(?=(?:nos?\.?\s?)?\d)", re.IGNORECASE
)
_SECTION = re.compile(r"(?P<section>\D*?)(?:\bnos?\.)?[\s#№:,]*(?P<number>\d.*)?", re.IGNORECASE)
_LEADING = " .:,#°№"
# The usual short name of a collection, whichever way it is written
_COLLECTIONS = {"copenhagen": "Cop.", "cop": "Cop.", "kopenhagen": "Cop."}


def split_volume(text: str, catalogue: Catalogue) -> tuple[str, str]:
    rest = text.lstrip(_LEADING)
    if rest in ("-", "—", "–"):
        return "", "-"
    rest = rest.lstrip(_LEADING + "-")
    if not catalogue.has_volumes:
        return "", rest
    volume, rest = _volume(rest, catalogue)
    section, number = _section(rest)
    if catalogue.name == "SNG":
        section = _COLLECTIONS.get(section.casefold().rstrip("."), section)
    return " ".join(filter(None, [volume, section])), number


def _volume(rest: str, catalogue: Catalogue) -> tuple[str, str]:
    if match := _VOLUME.match(rest):
        edition = match["edition"] or {"²": "2", "³": "3"}.get(match["raised"] or "") or ""
        edition = edition or ("2" if match["words"] else "")
        part = _part(match["part"] or match["named"] or match["small"] or "")
        return _written(match["roman"].upper(), part, edition), rest[match.end() :]
    match = _ARABIC.match(rest) if catalogue.name in ("RIC", "RPC") else None
    if match and 1 <= int(match[1]) <= 10:
        return _written(_TO_ROMAN[int(match[1])], match[2] or "", ""), rest[match.end() :]
    return "", rest


def _part(text: str) -> str:
    value = roman(text)
    return str(value) if value else text


def _written(volume: str, part: str, edition: str) -> str:
    return volume + (f".{part}" if part else "") + (f"({edition})" if edition else "")


def _section(rest: str) -> tuple[str, str]:
    """Everything up to the first digit; a dash at the end says that the catalogue lacks the coin."""
    if match := re.fullmatch(r"(\D*?)\s?[-—–]", rest):
        return match[1], "-"
    found = _SECTION.fullmatch(rest)
    if found is None:
        return rest, ""
    return found["section"].strip(" ,:#№-"), found["number"] or ""

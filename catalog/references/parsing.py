"""Citations as people write them. Nothing is lost: what is not understood stays as it was written."""

import re
from dataclasses import dataclass, replace

from catalog.references.catalogues import BY_NAME, UNMISTAKABLE, named_at_start
from catalog.references.volumes import split_volume


@dataclass(frozen=True)
class Citation:
    """RIC II Trajan 207: RIC, "II Trajan", 207. The volume holds the part that numbers restart in,
    be it a ruler, a mint or a collection."""

    catalogue: str
    volume: str = ""
    number: str = ""


_BREAKS = re.compile(r"[;\n\r]+|(?<!\S)=+(?!\S)")
_ENDS_IN_NUMBER = re.compile(
    r"\d[\w./:*+-]*(?:\s*\([^()]*\))?(?:\s+(?:var|corr)\.?)?$|\s[-—]$", re.IGNORECASE
)
_CONTINUES = re.compile(
    r"(?:pls?|pp?|figs?|notes?|nos?|var|corr|this|same|part|pt|vol)\b|(?![-—]$)\D*$", re.IGNORECASE
)
_JOINTS = re.compile(
    rf"(,\s+|,(?=[^\W\d_])|\s+(?=(?:{UNMISTAKABLE})[\s.#:]*(?:[IVX]+[\s.])?\d))", re.IGNORECASE
)
_VOLUME_COMMA = re.compile(r"(\b(?:[IVX]+|RIC \d|RPC \d)[./-]\d(?:\s?\(\d\)|²)?),(?=\s*\d)")
_AROUND_SLASH = re.compile(r"(?<=\d)\s*/\s*(?=\d)")
_BARE = re.compile(
    r"[#№]?\s*(\d[\w./:*+-]*(?:\s*\([^()]*\))?(?:\s+(?:var|corr)\.?)?)", re.IGNORECASE
)
_COMPARE = re.compile(r"cf\b\.?\s*", re.IGNORECASE)
_UNKNOWN = re.compile(r"([^\W\d_]\D*?)[\s#№:]*(\d.*)")


def parse(text: str) -> list[Citation]:
    """Several stand apart by ; or = or a line break, or by a comma after a number."""
    cited: list[Citation] = []
    for piece in _pieces(text):
        last = cited[-1] if cited else None
        bare = _BARE.fullmatch(piece)
        if bare and last and last.catalogue in BY_NAME and not last.number:
            cited[-1] = _stable(format(replace(last, number=bare[1])))
        elif bare and last and last.catalogue and last.number:
            cited.append(_stable(format(replace(last, number=bare[1]))))
        else:
            cited.append(_stable(piece))
    return cited


def format(citation: Citation) -> str:
    known = BY_NAME.get(citation.catalogue)
    compare = _COMPARE.match(citation.number)
    number = citation.number[compare.end() :] if compare else citation.number
    words = [known.label if known and number else citation.catalogue, citation.volume, number]
    return ("cf. " if compare else "") + " ".join(filter(None, words))


def format_all(citations: list[Citation]) -> str:
    return "; ".join(format(citation) for citation in citations)


def _pieces(text: str) -> list[str]:
    chunks = (" ".join(chunk.split()) for chunk in _BREAKS.split(text))
    pieces = [piece.strip(" ,=") for chunk in chunks for piece in _apart(chunk)]
    return [piece for piece in pieces if piece]


def _apart(chunk: str) -> list[str]:
    plain = _AROUND_SLASH.sub("/", _VOLUME_COMMA.sub(r"\1", chunk))
    first, *others = _JOINTS.split(plain)
    pieces = [first]
    for joint, part in zip(others[::2], others[1::2], strict=True):
        complete = _ENDS_IN_NUMBER.search(pieces[-1])
        if complete and not (joint.startswith(",") and _CONTINUES.match(part)):
            pieces.append(part)
        else:
            pieces[-1] += f", {part}" if joint.startswith(",") else f" {part}"
    return pieces


def _stable(piece: str) -> Citation:
    """What reads differently once it is written out is kept whole, as a name."""
    citation = _read(piece)
    written = format(citation)
    if _pieces(written) == [written] and _read(written) == citation:
        return citation
    return Citation(piece)


def _read(piece: str) -> Citation:
    compare = _COMPARE.match(piece)
    if compare:
        rest = _read(piece[compare.end() :])
        return replace(rest, number=f"cf. {rest.number}") if rest.number else Citation(piece)
    if bare := _BARE.fullmatch(piece):
        return Citation("", "", bare[1])
    if named := named_at_start(piece):
        catalogue, rest_of_text = named
        volume, number = split_volume(rest_of_text, catalogue)
        return Citation(catalogue.name, volume, number)
    if unknown := _UNKNOWN.fullmatch(piece):
        return Citation(unknown[1].strip(), "", unknown[2])
    return Citation(piece)

"""Text that somebody pasted: one lot, or a list of them."""

import re
from collections.abc import Callable
from hashlib import sha256

from catalog.refusals import gettext_noop
from market.parsers.base import Draft, PageRefusal, Parser, labelled, meaning_of
from market.prices import status_word
from market.records import LotRecord, Page, SaleRecord

NOTHING = gettext_noop(
    "There is no text. Paste what the house writes about the lot, and its price."
)
MOST_LOTS = 500
TOO_MANY = gettext_noop("At most %(limit)s lots may be pasted at once. Upload a table instead.")
_START = re.compile(
    r"^\s*(?:Lot|Los|Lote|Lotto)\s*(?:No\.?|Nr\.?)?\s*[:#]?\s*(\d+\w?)\s*[.:)\-–]?\s*", re.I
)
_NUMBERED = re.compile(r"^\s*(\d{1,5})[.)]\s+(?=\S.{20})")


def parse(text: str, url: str) -> Page:
    pieces = _pieces(text)
    if not pieces:
        raise PageRefusal("empty", NOTHING)
    if len(pieces) > MOST_LOTS:
        raise PageRefusal("too_many", TOO_MANY, limit=MOST_LOTS)
    return Page("pasted", tuple(_lot(piece, url) for piece in pieces))


def _pieces(text: str) -> list[list[str]]:
    """Apart by lines that begin a lot; where there are none, by empty lines."""
    lines = [" ".join(line.split()) for line in text.replace("\0", "").splitlines()]
    if sum(bool(_START.match(line)) for line in lines) > 1:
        return _split(lines, lambda line: bool(_START.match(line)))
    if sum(bool(_NUMBERED.match(line)) for line in lines) > 1:
        return _split(lines, lambda line: bool(_NUMBERED.match(line)))
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return _with_their_prices([block for block in blocks if block])


def _split(lines: list[str], begins: Callable[[str], bool]) -> list[list[str]]:
    pieces: list[list[str]] = []
    for line in lines:
        if begins(line):
            pieces.append([line])
        elif pieces and line:
            pieces[-1].append(line)
    return pieces


def _with_their_prices(blocks: list[list[str]]) -> list[list[str]]:
    """A block that holds nothing but prices belongs to the lot above it."""
    pieces: list[list[str]] = []
    for block in blocks:
        if pieces and all(_is_price(line) for line in block):
            pieces[-1] += block
        else:
            pieces.append(block)
    return pieces


def _is_price(line: str) -> bool:
    return bool(labelled(line)[0] or status_word(line))


def _lot(lines: list[str], url: str) -> LotRecord:
    digest = sha256("\n".join(lines).encode()).hexdigest()
    draft = Draft(f"text-{digest[:24]}", SaleRecord(), url=url)
    first = _START.match(lines[0]) or _NUMBERED.match(lines[0])
    if first:
        draft.lot_number = first[1]
        lines = [lines[0][first.end() :], *lines[1:]]
    said = []
    for line in lines:
        label, value = labelled(line)
        if label and meaning_of(label) and len(line) < 80:
            draft.stated(label, value)
        elif status := status_word(line):
            draft.status = status
        elif line:
            said.append(line)
    draft.description = "\n".join(said)
    return draft.done()


PARSER = Parser("pasted", "Pasted text", (), parse)

"""A text in pieces, each with the name of what was read there, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    text: str
    name: str = ""


def marked(text: str, spans: Mapping[str, Sequence[int]]) -> list[Piece]:
    """Of two spans that overlap the one that begins first is shown."""
    pieces, at = [], 0
    for start, end, name in sorted((span[0], span[1], name) for name, span in spans.items()):
        if start < at or end > len(text) or start >= end:
            continue
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], name))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces

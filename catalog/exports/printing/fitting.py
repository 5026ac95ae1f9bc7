"""Text into a box: as large as asked where it fits, smaller where it must, cut with an ellipsis only
where the smallest size does not help either."""

import re
from dataclasses import dataclass

from catalog.exports.printing import letters

STEP = 0.25
LEADING = 1.16
LONG_WORD = 14
HOLD = "\u00a0"


@dataclass(frozen=True)
class Fitted:
    lines: list[str]
    face: str
    size: float

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING


def fit(
    text: str, face: str, width: float, height: float, largest: float, smallest: float
) -> Fitted:
    text = re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
    for may_break in (False, True):  # a smaller size may spare a long word
        size = largest
        while size >= smallest:
            lines = wrap(text, face, size, width)
            whole = may_break or " ".join(lines) == text
            if whole and len(lines) * size * LEADING <= height:
                return Fitted(lines, face, size)
            size -= STEP
    lines = wrap(text, face, smallest, width)
    room = max(1, int(height / (smallest * LEADING)))
    if len(lines) > room:
        lines = [*lines[: room - 1], cut(" ".join(lines[room - 1 :]), face, smallest, width)]
    return Fitted(lines, face, smallest)


def wrap(text: str, face: str, size: float, room: float) -> list[str]:
    lines: list[str] = []
    for word in filter(
        None, text.split(" ")
    ):  # and at no other space: those hold together what they stand in
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and letters.width(longer, face, size) <= room:
            lines[-1] = longer
        else:
            lines += pieces(word, face, size, room)
    return lines


def pieces(word: str, face: str, size: float, room: float) -> list[str]:
    found = [""]
    for character in word:
        if found[-1] and letters.width(found[-1] + character, face, size) > room:
            found.append("")
        found[-1] += character
    return found


def held(text: str) -> str:
    """Never parted at the end of a line: 27 BC, 3.40 g, Tray 6."""
    return HOLD.join(text.split())


def cut(text: str, face: str, size: float, room: float) -> str:
    if letters.width(text, face, size) <= room:
        return text
    while text and letters.width(text + "…", face, size) > room:
        text = text[:-1]
    whole_words = text.rpartition(" ")[0]
    if len(text) - len(whole_words) < LONG_WORD:
        text = whole_words
    return text.rstrip(" ,;·–") + "…"

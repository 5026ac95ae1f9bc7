"""The letters of everything printed. Each face is a row of fonts, and every character is set in the
first that has it: Latin, then its accents, Greek, and DejaVu for the rest of the world."""

from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings

from catalog.refusals import Refusal
from catalog.refusals import gettext_noop as _

REGULAR, ITALIC, STRONG = "regular", "italic", "strong"
FACES = {
    REGULAR: ("400-normal", "DejaVuSans"),
    ITALIC: ("400-italic", "DejaVuSans"),
    STRONG: ("600-normal", "DejaVuSans-Bold"),
}
SUBSETS = ("latin", "latin-ext", "greek")
DISCRETIONARY = ("\u200b", "\ufeff", "\r")  # nothing to see, and no font has them


class NoLetters(Refusal):
    pass


@cache
def fonts(face: str) -> tuple[tuple[str, frozenset[int]], ...]:
    """Names of the registered fonts of a face, each with the characters it has."""
    style, rest = FACES[face]
    folder = Path(settings.STATICFILES_DIRS[0]) / "vendor"
    files = [
        *(folder / "print" / f"source-serif-4-{subset}-{style}.ttf" for subset in SUBSETS),
        folder / f"{rest}.ttf",
    ]
    return tuple(register(file) for file in files)


def register(file: Path) -> tuple[str, frozenset[int]]:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    try:
        font: Any = TTFont(file.stem, str(file))
    except (TTFError, OSError):
        raise NoLetters(
            "fonts", _("The letters to print with are missing here. Run script/vendor once.")
        ) from None
    # The parts of one typeface carry one name, by which reportlab would take them for one font.
    font.face.name = file.stem.encode()
    pdfmetrics.registerFont(font)
    return file.stem, frozenset(font.face.charToGlyph)


def main_font(face: str) -> str:
    return fonts(face)[0][0]


def runs(text: str, face: str) -> list[tuple[str, str]]:
    """(font, piece) from left to right."""
    known = fonts(face)

    def font_of(character: str) -> str:
        code = ord(character)
        return next((name for name, has in known if code in has), known[-1][0])

    shown = (one for one in text if one not in DISCRETIONARY)
    return [(font, "".join(piece)) for font, piece in groupby(shown, font_of)]


def markup(text: str, face: str = REGULAR) -> str:
    """For a Paragraph: escaped, with a font for every run."""
    return "".join(
        f'<font name="{font}">{escape(piece)}</font>' for font, piece in runs(text, face)
    )


def width(text: str, face: str, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return sum(stringWidth(piece, font, size) for font, piece in runs(text, face))


def draw(canvas: Any, x: float, y: float, text: str, face: str, size: float) -> None:
    line = canvas.beginText(x, y)
    for font, piece in runs(text, face):
        line.setFont(font, size)
        line.textOut(piece)
    canvas.drawText(line)


def draw_right(canvas: Any, x: float, y: float, text: str, face: str, size: float) -> None:
    draw(canvas, x - width(text, face, size), y, text, face, size)

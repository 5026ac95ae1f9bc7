"""Inserts for coin flips: who, what, when, what it weighs, and a code that opens the coin on a phone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import telling
from catalog.exports.columns import address
from catalog.exports.printing import letters, qr
from catalog.exports.printing.fitting import HOLD, Fitted, fit, held
from catalog.exports.printing.letters import ITALIC, REGULAR, STRONG
from catalog.exports.printing.sheets import MM, PAPERS, Box, Grid, print_sheets
from catalog.exports.selection import Selection
from catalog.models import Coin
from catalog.models.trees import Node

# What slides into a flip is a little smaller than the flip.
SIZES = {"2x2": 48 * MM, "1.5x1.5": 36 * MM}
PAD, CODE = 0.07, 0.33  # of the label's side
SMALLEST = 4.5
Lines = Callable[[Coin], str]


def size_of(coin: Coin) -> str:
    parts = [
        f"{number_format(coin.weight.normalize())} g" if coin.weight else "",
        f"{number_format(coin.diameter.normalize())} mm" if coin.diameter else "",
        f"{coin.die_axis} h" if coin.die_axis else "",
    ]
    return " · ".join(held(part) for part in parts if part)


def grade_of(coin: Coin) -> str:
    if not coin.grade:
        return coin.grade_details
    return " ".join(part for part in (coin.grade_service, coin.grade, coin.grade_details) if part)


def number_of(coin: Coin) -> str:
    """A bare number says nothing on a slip of paper."""
    return _("No. %(number)s") % {"number": coin.number} if coin.number.isdecimal() else coin.number


def place_of(coin: Coin) -> str:
    path = coin.place.path.split(Node.SEPARATOR) if coin.place else []
    return f"{HOLD}› ".join(held(name) for name in path)


FIELDS: dict[str, tuple[Any, Lines]] = {
    "denomination": (gettext_lazy("denomination"), lambda coin: str(coin.denomination or "")),
    "mint": (gettext_lazy("mint"), lambda coin: str(coin.mint or "")),
    "date": (gettext_lazy("date"), lambda coin: held(telling.struck(coin))),
    "metal": (gettext_lazy("metal"), lambda coin: str(coin.metal or "")),
    "references": (
        gettext_lazy("references"),
        lambda coin: "; ".join(row.text for row in coin.references.all()),
    ),
    "legends": (
        gettext_lazy("legends"),
        lambda coin: " / ".join(filter(None, (coin.obverse_legend, coin.reverse_legend))),
    ),
    "size": (gettext_lazy("weight and diameter"), size_of),
    "grade": (gettext_lazy("grade"), grade_of),
    "certificate": (gettext_lazy("certificate number"), lambda coin: coin.certificate),
    "place": (gettext_lazy("storage place"), place_of),
    "number": (gettext_lazy("inventory number"), number_of),
    "code": (gettext_lazy("QR code"), address),
}
USUAL = ["denomination", "mint", "date", "references", "size", "grade", "number", "code"]
SUBTITLE, BESIDE_CODE = (
    ("denomination", "mint", "date"),
    ("grade", "certificate", "number", "place"),
)


@dataclass(frozen=True)
class Label:
    heading: str
    subtitle: str
    body: list[str]
    foot: list[tuple[str, str]]
    code: str


def label_of(coin: Coin, chosen: list[str]) -> Label:
    def texts(names: tuple[str, ...]) -> list[tuple[str, str]]:
        found = [(name, FIELDS[name][1](coin)) for name in names if name in chosen]
        return [(name, text) for name, text in found if text]

    rest = tuple(name for name in FIELDS if name not in (*SUBTITLE, *BESIDE_CODE, "code"))
    return Label(
        heading=coin.title or str(coin.authority or coin),
        subtitle=" · ".join(text for _name, text in texts(SUBTITLE)),
        body=[text for _name, text in texts(rest)],
        foot=texts(BESIDE_CODE),
        code=address(coin) if "code" in chosen else "",
    )


def draw_label(canvas: Any, label: Label, box: Box) -> None:
    inner = box.inset(box.width * PAD)
    scale = box.width / SIZES["2x2"]
    code = box.width * CODE if label.code else 0.0
    foot_height = max(code, inner.height * 0.28 if label.foot else 0)
    top = inner.y + inner.height
    room = inner.height - foot_height - 1 * MM

    canvas.setFillGray(0)
    heading = fit(label.heading, STRONG, inner.width, room * 0.42, 11.5 * scale, 6 * scale)
    top = set_lines(canvas, heading, inner.x, top)
    largest = min(8.5 * scale, heading.size * 0.9)
    subtitle = fit(label.subtitle, ITALIC, inner.width, room * 0.26, largest, SMALLEST)
    top = set_lines(canvas, subtitle, inner.x, top - 0.6 * MM)
    top -= 1.1 * MM
    left = top - (inner.y + foot_height + 0.6 * MM)
    for fitted in share(label.body, REGULAR, inner.width, left, min(7.2 * scale, largest)):
        top = set_lines(canvas, fitted, inner.x, top) - 0.35 * MM
    draw_foot(canvas, label, inner, code, foot_height, scale)


def draw_foot(
    canvas: Any, label: Label, inner: Box, code: float, height: float, scale: float
) -> None:
    """Grade and number stand on the ground line, the code in the corner."""
    width = inner.width - code - (1.5 * MM if code else 0)
    texts = [text for _name, text in label.foot]
    fitted = list(share(texts, REGULAR, width, height, 7.2 * scale))
    y = inner.y + sum(one.height for one in fitted) + 0.35 * MM * max(0, len(fitted) - 1)
    for (name, _text), one in zip(label.foot, fitted, strict=False):
        strong = (
            Fitted(one.lines, STRONG, one.size) if name == "grade" and fits(one, width) else one
        )
        y = set_lines(canvas, strong, inner.x, y) - 0.35 * MM
    if code:
        quiet = code * 0.06  # the code's white border may reach into the label's own
        qr.draw(canvas, label.code, inner.x + inner.width - code + quiet, inner.y - quiet, code)


def fits(fitted: Fitted, width: float) -> bool:
    return all(letters.width(line, STRONG, fitted.size) <= width for line in fitted.lines)


def share(
    texts: list[str], face: str, width: float, height: float, largest: float
) -> Iterator[Fitted]:
    """One size for all of them, the largest at which all fit; then each is cut to an equal part."""
    gap, size = 0.35 * MM, largest
    while size >= SMALLEST:
        fitted = [fit(text, face, width, height, size, size) for text in texts]
        whole = sum(one.height for one in fitted) + gap * max(0, len(fitted) - 1)
        if whole <= height and not any(line.endswith("…") for one in fitted for line in one.lines):
            yield from fitted
            return
        size -= 0.25
    part = height / max(1, len(texts)) - gap
    yield from (fit(text, face, width, part, SMALLEST, SMALLEST) for text in texts)


def set_lines(canvas: Any, fitted: Fitted, x: float, top: float) -> float:
    """Sets the lines downwards from `top` and returns where they end."""
    for number, line in enumerate(fitted.lines):
        baseline = top - number * fitted.size * 1.16 - fitted.size * 0.86
        letters.draw(canvas, x, baseline, line, fitted.face, fitted.size)
    return top - fitted.height


def print_flips(
    selection: Selection, file: IO[bytes], options: dict[str, Any], progress: Callable[[int], None]
) -> int:
    side = SIZES.get(options.get("size", ""), SIZES["2x2"])
    grid = Grid(PAPERS.get(options.get("paper", ""), PAPERS["a4"]), side, side)
    chosen = [name for name in options.get("fields", USUAL) if name in FIELDS]

    def labels() -> Iterator[Label]:
        for done, coin in enumerate(selection.in_order(), 1):
            yield label_of(coin, chosen)
            progress(done)

    return print_sheets(
        file, grid, _("Flip labels"), labels(), draw_label, int(options.get("skip") or 0)
    )

"""The contact sheet: each coin's photo with what is said of it, many on a page, to be looked through away
from the screen."""

from collections.abc import Sequence
from typing import IO, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.exports.printing import pictures
from catalog.exports.printing.fitting import Fitted, cut, fit
from catalog.exports.printing.letters import ITALIC, REGULAR, STRONG, draw, draw_right
from catalog.exports.printing.sheets import MM, PAPERS, Box
from catalog.models import Photo
from identify.batches.results import Row
from identify.models import Batch

PAPER = PAPERS["a4"]
SIDE, TOP, BOTTOM = 14 * MM, 26 * MM, 16 * MM
COLUMNS, ROWS = 4, 5
GAP = 4 * MM
PICTURE = 0.62  # of a cell's height
MOST = 1000  # coins: fifty pages, made while somebody waits


def print_contact(batch: Batch, rows: Sequence[Row], file: IO[bytes]) -> int:
    from reportlab.pdfgen.canvas import Canvas

    title = title_of(batch, len(rows))
    canvas = Canvas(file, pagesize=PAPER, pageCompression=1)
    canvas.setTitle(title)
    canvas.setCreator("Obverse")
    many = COLUMNS * ROWS
    pages = max(1, -(-len(rows) // many))
    for page in range(pages):
        frame(canvas, title, page + 1, pages)
        for place, row in enumerate(rows[page * many : (page + 1) * many]):
            draw_cell(canvas, row, cell(place))
        canvas.showPage()
    canvas.save()
    return pages


def title_of(batch: Batch, many: int) -> str:
    day = date_format(timezone.localdate(batch.created_at), "DATE_FORMAT")
    count = ngettext("%(n)d coin", "%(n)d coins", many) % {"n": many}
    return f"{batch.collection} · {day} · {count}"


def frame(canvas: Any, title: str, number: int, of: int) -> None:
    width, height = PAPER
    room = width - 2 * SIDE
    draw(canvas, SIDE, height - 15 * MM, cut(title, STRONG, 12, room), STRONG, 12)
    canvas.setLineWidth(0.4)
    canvas.setStrokeGray(0.7)
    canvas.line(SIDE, height - 19 * MM, width - SIDE, height - 19 * MM)
    canvas.setFillGray(0.4)
    draw(canvas, SIDE, 9 * MM, _("Suggestions of a model, for a person to judge"), REGULAR, 7.5)
    page = _("Page %(number)s of %(of)s") % {"number": number, "of": of}
    draw_right(canvas, width - SIDE, 9 * MM, page, REGULAR, 7.5)
    canvas.setFillGray(0)


def cell(place: int) -> Box:
    width = (PAPER[0] - 2 * SIDE - (COLUMNS - 1) * GAP) / COLUMNS
    height = (PAPER[1] - TOP - BOTTOM - (ROWS - 1) * GAP) / ROWS
    row, column = divmod(place, COLUMNS)
    y = PAPER[1] - TOP - height - row * (height + GAP)
    return Box(SIDE + column * (width + GAP), y, width, height)


def draw_cell(canvas: Any, row: Row, box: Box) -> None:
    top = box.y + box.height
    high = box.height * PICTURE
    photos = row.job.photos if row.job else [row.photo] if row.photo else []
    draw_photos(canvas, photos[:2], Box(box.x, top - high, box.width, high))
    y = top - high - 1 * MM
    for face, size, grey, text in lines(row):
        canvas.setFillGray(grey)
        y = set_lines(canvas, fit(text, face, box.width, 2.4 * size, size, size - 1.5), box.x, y)
    canvas.setFillGray(0)


def lines(row: Row) -> list[tuple[str, float, float, str]]:
    best = [(STRONG, 8.0, 0.0, row.best.label)] if row.best else [(ITALIC, 8.0, 0.2, row.told)]
    sure = f"{row.best.words}, {row.best.percent}" if row.best else ""
    more = " · ".join(one.label for one in row.said[1:4])
    rest = [
        (REGULAR, 7.0, 0.3, sure),
        (REGULAR, 7.0, 0.3, more),
        (REGULAR, 6.5, 0.5, ", ".join(row.files)),
    ]
    return [*best, *(one for one in rest if one[3])]  # fmt: skip


def set_lines(canvas: Any, text: Fitted, x: float, top: float) -> float:
    for line in text.lines:
        top -= text.size * 1.16
        draw(canvas, x, top, line, text.face, text.size)
    return top


def draw_photos(canvas: Any, photos: Sequence[Photo], box: Box) -> None:
    from reportlab.lib.utils import ImageReader

    width = box.width / max(1, len(photos))
    for at, photo in enumerate(photos):
        if data := pictures.jpeg(photo):
            canvas.drawImage(
                ImageReader(data), box.x + at * width, box.y, width, box.height,
                preserveAspectRatio=True, anchor="sw" if len(photos) < 2 else "c",
            )  # fmt: skip

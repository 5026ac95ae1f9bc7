"""Labels of one size on sheets of paper, edge to edge, with marks that tell the knife where to go."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO, Any, TypeVar

MM = 72 / 25.4
PAPERS = {"a4": (210 * MM, 297 * MM), "letter": (215.9 * MM, 279.4 * MM)}
MARGIN = 9 * MM  # what no home printer reaches, and room for the marks
MARK, GAP = 4 * MM, 1 * MM
HAIR = 1e-6  # four labels of 48 mm are 192 mm, whatever floating point says
T = TypeVar("T")
Draw = Callable[[Any, T, "Box"], None]


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    def inset(self, by: float) -> "Box":
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)


@dataclass(frozen=True)
class Grid:
    paper: tuple[float, float]
    width: float
    height: float

    @property
    def columns(self) -> int:
        return int((self.paper[0] - 2 * MARGIN) / self.width + HAIR)

    @property
    def rows(self) -> int:
        return int((self.paper[1] - 2 * MARGIN) / self.height + HAIR)

    @property
    def count(self) -> int:
        return self.columns * self.rows

    @property
    def left(self) -> float:
        return (self.paper[0] - self.columns * self.width) / 2

    @property
    def bottom(self) -> float:
        return (self.paper[1] - self.rows * self.height) / 2

    def box(self, number: int) -> Box:
        row, column = divmod(number, self.columns)
        x = self.left + column * self.width
        y = self.bottom + (self.rows - 1 - row) * self.height
        return Box(x, y, self.width, self.height)


def print_sheets(
    file: IO[bytes], grid: Grid, title: str, labels: Iterable[T], draw: Draw[T], skip: int = 0
) -> int:
    """`skip` leaves the first places of a sheet free that was used before. Returns how many pages."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(file, pagesize=grid.paper, pageCompression=1)
    canvas.setTitle(title)
    canvas.setCreator("Obverse")
    place, pages = skip % grid.count, 0
    for label in labels:
        if place == grid.count:
            canvas.showPage()
            place = 0
        if place == 0 or not pages:
            cut_marks(canvas, grid)
            pages += 1
        draw(canvas, label, grid.box(place))
        place += 1
    if not pages:
        cut_marks(canvas, grid)
    canvas.save()
    return pages


def cut_marks(canvas: Any, grid: Grid) -> None:
    canvas.saveState()
    canvas.setLineWidth(0.3)
    canvas.setStrokeGray(0.35)
    top, right = grid.bottom + grid.rows * grid.height, grid.left + grid.columns * grid.width
    xs = [grid.left + n * grid.width for n in range(grid.columns + 1)]
    ys = [grid.bottom + n * grid.height for n in range(grid.rows + 1)]
    for x in xs:
        canvas.line(x, top + GAP, x, top + GAP + MARK)
        canvas.line(x, grid.bottom - GAP, x, grid.bottom - GAP - MARK)
    for y in ys:
        canvas.line(grid.left - GAP, y, grid.left - GAP - MARK, y)
        canvas.line(right + GAP, y, right + GAP + MARK, y)
    canvas.setStrokeGray(0.75)
    for x in xs[1:-1]:  # and a small cross wherever four labels meet
        for y in ys[1:-1]:
            canvas.line(x - GAP, y, x + GAP, y)
            canvas.line(x, y - GAP, x, y + GAP)
    canvas.restoreState()

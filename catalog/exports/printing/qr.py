"""QR codes as vectors: sharp on every printer, a few hundred bytes."""

from itertools import groupby
from typing import Any

QUIET = 2  # modules of white around; the label's own margin adds the rest


def matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    import segno

    code = segno.make(text, error="m", micro=False, boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def draw(canvas: Any, text: str, x: float, y: float, size: float) -> None:
    """Black in a white square of that size, its lower left corner at (x, y)."""
    rows = matrix(text)
    module = size / (len(rows) + 2 * QUIET)
    path = canvas.beginPath()
    for number, row in enumerate(rows):
        top = y + size - (QUIET + number) * module
        start = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                # a hair taller than a module, or printers leave white lines between the rows
                path.rect(
                    x + (QUIET + start) * module, top - module, length * module, module * 1.01
                )
            start += length
    canvas.setFillGray(1)
    canvas.rect(x, y, size, size, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)

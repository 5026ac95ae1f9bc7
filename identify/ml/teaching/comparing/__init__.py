"""Networks beside each other: what each learns from few photos and from many, in part and whole.

photos -> a grid of cells (network, mode, amount, seed), each a file -> table, curves, a page
"""

from identify.ml.teaching.comparing.grid import Cell, Grid, ModelName
from identify.ml.teaching.comparing.running import Result, run
from identify.ml.teaching.comparing.summary import Line, lines, versus, write

__all__ = ["Cell", "Grid", "Line", "ModelName", "Result", "lines", "run", "versus", "write"]

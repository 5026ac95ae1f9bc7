"""Sets and series: which there are, how far they are complete, and runs of dates and mints."""

from catalog.series.completion import Completion, Filling, completion, completions
from catalog.series.definitions import Series, known, start
from catalog.series.runs import add_run, owned_issues, run_of

__all__ = [
    "Completion",
    "Filling",
    "Series",
    "add_run",
    "completion",
    "completions",
    "known",
    "owned_issues",
    "run_of",
    "start",
]

"""A table before anybody has said what its columns mean: headings, some of what stands under them, and
whether its dates leave open which number is the day."""

from itertools import islice
from typing import Any

from catalog.imports.uploads import short
from catalog.refusals import gettext_noop
from market.parsers import PageRefusal
from market.parsers.table import guess, is_ambiguous
from market.tables import PEEK, opened

SAMPLES = 3
MOST_COLUMNS = 200
NO_ROWS = gettext_noop("There is a row of headings and nothing below it.")


def look_at(file: Any) -> tuple[dict[str, Any], dict[str, str]]:
    """What is in the table, and the guess; refused where it is none."""
    with opened(file) as rows:
        head = [row for _line, row in islice(rows, PEEK)]
    headings = [name for name in (head[0] if head else {}) if name][:MOST_COLUMNS]
    if not headings:
        raise PageRefusal("no_rows", NO_ROWS)
    columns = {name: [row.get(name, "") for row in head] for name in headings}
    found = {
        "headings": headings,
        "samples": {
            name: [short(text) for text in list(dict.fromkeys(filter(None, cells)))[:SAMPLES]]
            for name, cells in columns.items()
        },
        "ambiguous": [name for name, cells in columns.items() if is_ambiguous(cells)],
    }
    return found, guess(headings)

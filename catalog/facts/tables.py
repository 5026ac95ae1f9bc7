"""Tables of types and words as files: which one it is, its rows with their lines, and what became of
each. Nothing here knows the database."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

RIC, RRC, US, WORDS = "RIC", "RRC", "US", "words"
COLUMNS = {
    RIC: ["ocre_id", "label", "denomination", "metal", "authority", "mint", "region",
          "obverse_legend", "reverse_legend"],
    RRC: ["uri", "label", "denomination", "metal", "mint", "obverse", "obverse_legend", "reverse",
          "reverse_legend", "start", "end"],
    US: ["category", "type", "type_years", "year_mint", "variety", "mintage"],
    WORDS: ["id", "en", "de", "fr", "it", "es", "roles", "start", "end", "lat", "lon"],
}  # fmt: skip
Row = dict[str, str]


class TableError(Exception):
    """The file as a whole cannot be read; the text says what to do."""


class RowRefused(Exception):
    """Its text is the reason."""


@dataclass
class Outcome:
    """What became of one file. `notes` are rows that were taken, but not whole."""

    path: Path
    rows: int = 0
    made: int = 0
    filled: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)

    @property
    def unchanged(self) -> int:
        return self.rows - self.made - self.filled - len(self.refused)


def kind_of(path: Path) -> str:
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            header = next(csv.reader(file), [])
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"{path} cannot be read: {error}") from None
    for kind, columns in COLUMNS.items():
        if set(columns) <= set(header):
            return kind
    near = max(COLUMNS, key=lambda kind: len(set(COLUMNS[kind]) & set(header)))
    missing = [name for name in COLUMNS[near] if name not in header]
    if len(missing) < len(COLUMNS[near]) / 2:
        raise TableError(f"{path} lacks columns of a table of {near}: {', '.join(missing)}.")
    expected = "; ".join(f"{kind}: {', '.join(columns)}" for kind, columns in COLUMNS.items())
    raise TableError(f"{path} is none of the tables that can be imported. Expected: {expected}.")


def count(path: Path) -> int:
    with path.open("rb") as file:
        return max(0, sum(1 for _line in file) - 1)


def rows(path: Path, outcome: Outcome) -> Iterator[tuple[int, Row]]:
    """Each row with its line; one with too few or too many cells is refused on the way."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        wanted = len(reader.fieldnames or [])
        for row in reader:
            outcome.rows += 1
            cells = sum(value is not None for key, value in row.items() if key is not None)
            cells += len(row.get(None) or [])
            if cells == wanted:
                yield reader.line_num, {key: value.strip() for key, value in row.items()}
            else:
                reason = f"has {cells} cells, the header has {wanted}"
                outcome.refused.append((reader.line_num, reason))


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def within(name: str, text: str, limit: int) -> str:
    text = squeeze(text)
    if len(text) > limit:
        raise RowRefused(f"the {name} has {len(text)} characters, more than {limit}")
    return text

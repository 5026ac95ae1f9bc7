import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog.imports.guess import plain
from catalog.imports.readers import Table

Cleaner = Callable[[str], str]


@dataclass(frozen=True)
class Preset:
    """`columns` maps plain headings to targets, with "" for what is better left out; headings that are
    not in it are guessed. `constants` are values that no column has. `careful` files keep what cannot
    be read in the notes, because nobody can mend them where they come from."""

    key: str
    name: Any
    recognises: Callable[[Table], bool]
    columns: Mapping[str, str] = field(default_factory=dict)
    adapt: Callable[[Table], Table] = lambda table: table
    clean: Mapping[str, Cleaner] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    other: str = "guess"
    careful: bool = False
    how_to: Any = ""

    def mapping(self, headings: Iterable[str], guessed: Mapping[str, str]) -> dict[str, str]:
        fallback = guessed if self.other == "guess" else {}
        rest = "" if self.other == "guess" else self.other
        return {
            heading: self.columns.get(plain(heading), fallback.get(heading, rest))
            for heading in headings
        }


def has(*wanted: str) -> Callable[[Table], bool]:
    """True for a table that has all of these headings."""
    return lambda table: set(wanted) <= {plain(heading) for heading in table.headings}


def with_columns(
    table: Table, names: list[str], values: Callable[[dict[str, str]], list[str]]
) -> Table:
    """The table with columns computed from the others; one that exists already is replaced."""
    kept = [at for at, heading in enumerate(table.headings) if heading not in names]
    headings = [table.headings[at] for at in kept]

    def rows() -> Iterator[tuple[int, list[str]]]:
        for number, cells in table.rows:
            width = len(table.headings)
            padded = cells + [""] * (width - len(cells))
            computed = values(dict(zip(table.headings, padded, strict=False)))
            # cells beyond the last heading stay at the end, where the check will find them
            yield number, [*(padded[at] for at in kept), *computed, *padded[width:]]

    return Table(table.kind, [*headings, *names], rows(), table.facts)


def bare_metal(text: str) -> str:
    """Silver of "Silver (.900)", "Silver 925/1000" and "Silver: .500"."""
    text = re.sub(r"\([^)]*\)", " ", text).split(":")[0]
    return " ".join(re.sub(r"[.\s]\d[\d./‰%]*.*$", " ", text).split())


def listed(text: str) -> str:
    """References that a program parts by commas, parted as we do it. `KM# 1, 2` stays one."""
    return re.sub(r",\s*(?=[^\W\d]+[#\s:.])", "; ", text)

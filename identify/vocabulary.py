"""Words of labels in the reader's language, as the shipped vocabulary has them: for his eyes alone. What is
kept, compared and exported is the label's own English word."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy

from catalog.facts.files import Record, records
from identify.labels import fold

SIDES: dict[str, str | Promise] = {
    "obverse": gettext_lazy("obverse"),
    "reverse": gettext_lazy("reverse"),
}
FILES = {
    "authority": "authorities", "denomination": "denominations", "mint": "mints",
    "metal": "metals", "region": "regions",
}  # fmt: skip


def told(field: str, word: str) -> str:
    """`field` is the coin's. What the vocabulary does not know, or not for certain, keeps its name."""
    language = (get_language() or "en")[:2]
    if language == "en" or field not in FILES:
        return word
    return words_in(field, language).get(fold(word)) or word


def one_of(field: str, words: list[str]) -> str:
    """Two that cannot be told apart are named both."""
    first, *more = (told(field, word) for word in words)
    return (
        gettext("%(first)s or %(second)s") % {"first": first, "second": more[0]} if more else first
    )


@cache
def words_in(field: str, language: str) -> Mapping[str, str]:
    """A name counts before another's alias, and an alias of two for nothing."""
    rows = records(FILES[field])
    aliases = Counter(alias for row in rows for alias in aliases_of(row))
    names = Counter(fold(row["name"]) for row in rows)
    found: dict[str, str] = {}
    for row in rows:
        theirs = row.get("names", {}).get(language, "")
        mine = [alias for alias in aliases_of(row) if aliases[alias] == 1 and alias not in names]
        if names[fold(row["name"])] == 1:
            mine.append(fold(row["name"]))
        found |= dict.fromkeys(mine, theirs)
    return found


def aliases_of(row: Record) -> Iterator[str]:
    yield from {fold(alias) for alias in row.get("aliases", [])} - {fold(row["name"])}

"""Large tables of types, row by row into the catalogue: what is missing is made, what is blank is
filled, what a curator wrote stays. A second import of the same table changes nothing."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from django.db import transaction

from catalog.facts import carriers, storing, tables, vocabulary
from catalog.facts.roman import Draft, imperial, republican
from catalog.facts.settling import settle
from catalog.facts.tables import RIC, RRC, US, WORDS, Outcome, RowRefused
from catalog.facts.united_states import import_issues
from catalog.facts.words import Words
from catalog.models import Catalogue, CoinType

# Each batch is a transaction of its own, so that the site can write in between.
BATCH = 2000
Progress = Callable[[Path, int, int], object]
READERS = {RIC: imperial, RRC: republican}
CATALOGUES = {RIC: "Roman Imperial Coinage", RRC: "Roman Republican Coinage (Crawford)"}


def import_tables(
    paths: Iterable[Path], progress: Progress = lambda path, done, total: None
) -> list[Outcome]:
    """Tables of words go first, so that types find their words with all their names."""
    kinds = [(tables.kind_of(path), path) for path in paths]
    for kind, path in kinds:
        if kind == WORDS:
            vocabulary.model_of(path)  # a wrong file is told before the first row is written
    words = Words()
    outcomes = []
    for kind, path in sorted(kinds, key=lambda pair: pair[0] != WORDS):
        outcome = Outcome(path)
        if kind == WORDS:
            vocabulary.import_words(outcome)
        elif kind == US:
            import_issues(outcome, words)
        else:
            import_types(kind, outcome, words, progress)
        progress(path, outcome.rows, outcome.rows)
        outcomes.append(outcome)
    return outcomes


def import_types(kind: str, outcome: Outcome, words: Words, progress: Progress) -> None:
    total = tables.count(outcome.path)
    Catalogue.objects.get_or_create(code=kind, defaults={"name": CATALOGUES[kind]})
    drafts = read(kind, outcome, words)
    while batch := list(islice(drafts, BATCH)):
        with transaction.atomic():
            store(batch, outcome)
        progress(outcome.path, outcome.rows, total)


def read(kind: str, outcome: Outcome, words: Words) -> Iterator[Draft]:
    lines: dict[str, int] = {}
    for line, row in tables.rows(outcome.path, outcome):
        try:
            draft = READERS[kind](row, words)
            if draft.key in lines:
                raise RowRefused(f"{draft.key} stands on line {lines[draft.key]} already")
        except RowRefused as refused:
            outcome.refused.append((line, str(refused)))
        else:
            lines[draft.key] = line
            outcome.notes += [(line, note) for note in draft.notes]
            yield draft


def store(drafts: list[Draft], outcome: Outcome) -> None:
    known = {row.key: row for row in CoinType.objects.filter(key__in=[d.key for d in drafts])}
    made, changed = [], []
    for draft in drafts:
        row = known.get(draft.key)
        if row is None:
            made.append(CoinType(key=draft.key, **draft.values))
        elif settle(row, draft.values):
            changed.append(row)
    # the title of these types is their citation: nothing more hangs on them
    storing.make_types(made, {}, storing.TermTexts())
    storing.write([], changed)
    known |= {row.key: row for row in made}
    storing.add_references([(known[draft.key], draft.cited) for draft in drafts])
    carriers.reindex_types([row.pk for row in changed])
    outcome.made += len(made)
    outcome.filled += len(changed)

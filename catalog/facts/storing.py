"""Many rows at once: what `save` would compute is computed here, because bulk writes do not call it."""

from collections.abc import Iterable, Sequence
from typing import Any

from catalog import references
from catalog.citations import catalogue_ids
from catalog.facts.settling import Values
from catalog.models import CoinType, Issue, TypeReference
from catalog.models.types import TERMS
from catalog.models.vocabulary import Term

BATCH = 500


class TermTexts:
    """The search texts of every word, read once for thousands of types."""

    def __init__(self) -> None:
        self.texts: dict[str, dict[int, str]] = {}
        for name in TERMS:
            model = CoinType._meta.get_field(name).related_model
            rows = model._default_manager.values_list("pk", "search_text")  # type: ignore[union-attr]
            self.texts[name] = dict(rows)

    def of(self, row: CoinType) -> list[str]:
        return [self.texts[name].get(getattr(row, f"{name}_id"), "") for name in TERMS]


def write_terms(made: Sequence[Term], changed: Sequence[Term]) -> None:
    for row in [*made, *changed]:
        row.search_text = row.compose_search_text()
    write(made, changed)


def make_types(made: Sequence[CoinType], hanging: dict[str, list[str]], texts: TermTexts) -> None:
    """`hanging`: by key, what is said of the type in rows that are not written yet."""
    for row in made:
        row.search_text = row.compose_search_text(texts.of(row), hanging.get(row.key, []))
    write(made, [])


def write(made: Sequence[Any], changed: Sequence[Any]) -> None:
    if made:
        type(made[0]).objects.bulk_create(made, batch_size=BATCH)
    if changed:
        columns = [one.name for one in changed[0]._meta.concrete_fields if not one.primary_key]
        type(changed[0]).objects.bulk_update(changed, columns, batch_size=100)


def add_references(cited: Sequence[tuple[CoinType, list[references.Citation]]]) -> int:
    """One citation of each catalogue for a type; what stands there already stays. They come read,
    because reading them is what takes longest in an import of 53,000 types."""
    catalogues, rows = catalogue_ids(), []
    known = known_references([row for row, _citations in cited])
    for row, citations in cited:
        for citation in citations:
            new = reference_row(row, citation, catalogues)
            mark = (row.pk, new.catalogue_id or new.text)
            if mark not in known:
                known.add(mark)
                rows.append(new)
    TypeReference.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def reference_row(
    row: CoinType, citation: references.Citation, catalogues: dict[str, int]
) -> TypeReference:
    return TypeReference(
        type=row,
        catalogue_id=catalogues.get(citation.catalogue.casefold()),
        text=references.format(citation)[:200],
        sort_key=references.sort_key(citation)[:300],
        normalised=references.normalise(citation)[:250],
    )


def known_references(rows: Iterable[CoinType]) -> set[tuple[int, int | str]]:
    found = TypeReference.objects.filter(type__in=[row.pk for row in rows])
    return {(row.type_id, row.catalogue_id or row.text) for row in found.iterator()}


def add_issues(struck: Iterable[tuple[CoinType, list[Values]]]) -> int:
    """Makes the issues that are missing; one that stands there is left as it is."""
    rows = [Issue(type=row, **values) for row, issues in struck for values in issues]
    before = Issue.objects.count()
    Issue.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return Issue.objects.count() - before

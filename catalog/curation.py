"""What a curator does to the shared words, each time written down: merge two that mean the same,
rename one, or say in the admin what changed."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.access import Visitor
from catalog.facts import carriers
from catalog.models import Coin, Fact, Region, TermChange, TypeReference
from catalog.models.vocabulary import Term


def described(term: Term) -> dict[str, Any]:
    """The word as the history keeps it."""
    values = {one.attname: getattr(term, one.attname) for one in term._meta.concrete_fields}
    values.pop("search_text")
    return {
        name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()
    }


def told(action: str, term: Term, before: dict[str, Any], by: Visitor | None) -> TermChange:
    """Writes down what was done, and brings the search up to date where the word's names changed."""
    after = {} if action == "delete" else described(term)
    named = ("name", "names", "aliases", "code")
    if after and any(after.get(name) != before.get(name) for name in named):
        carriers.reindex_soon(type(term), term.pk)
    return note(action, term, before, after, by)


def note(
    action: str, term: Term, before: dict[str, Any], after: dict[str, Any], by: Visitor | None
) -> TermChange:
    return TermChange.objects.create(
        kind=str(term._meta.model_name),
        term_id=term.pk,
        action=action,
        before=before,
        after=after,
        by=by if by is not None and by.is_authenticated else None,
    )


@transaction.atomic
def rename(term: Term, name: str, by: Visitor | None, language: str = "en") -> TermChange:
    """The old name stays findable. `language` other than English changes the name in that one only."""
    name = " ".join(name.split())
    if not name:
        raise ValidationError(_("A word needs a name."))
    before = described(term)
    old = term.name if language == "en" else term.names.get(language, "")
    if language == "en":
        term.name = name
    else:
        term.names = {**term.names, language: name}
    term.aliases = list(dict.fromkeys(one for one in (*term.aliases, old) if one and one != name))
    term.save()
    return told("rename", term, before, by)


@transaction.atomic
def merge(term: Term, into: Term, by: Visitor | None) -> TermChange:
    """Whatever names `term` names `into` from now on, and `term` is gone: its names, its nomisma id
    and what `into` does not know yet live on there."""
    if type(term) is not type(into):
        raise ValidationError(_("Only words of one kind can be merged."))
    if term.pk == into.pk:
        raise ValidationError(_("A word cannot be merged into itself."))
    before, gone = described(term), term.pk
    repoint(term, into)
    Fact.objects.filter(kind=term._meta.model_name, object_id=gone).update(object_id=into.pk)
    term.delete()
    term.pk = gone
    inherit(term, into)
    into.save()
    carriers.reindex_soon(type(into), into.pk)
    return note("merge", term, before, {"into": into.pk, "name": into.name}, by)


def repoint(term: Term, into: Term) -> None:
    if isinstance(term, Region) and into.parent_id == term.pk:  # type: ignore[attr-defined]
        into.parent_id = term.parent_id  # type: ignore[attr-defined]
        into.save()
    for relation in term._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.is_relation and relation.field.many_to_one):  # type: ignore[union-attr]
            continue
        model, name = relation.related_model, relation.field.name  # type: ignore[union-attr]
        rows = model._default_manager.filter(**{name: term})  # type: ignore[union-attr]
        if model is TypeReference:
            join_references(into.pk, term.pk)
        elif model is Coin:
            # a new version, so that a stale write through the API is refused
            rows.update(**{name: into}, version=F("version") + 1, changed_at=timezone.now())
        else:
            rows.update(**{name: into})


def join_references(stays: int, goes: int) -> None:
    """A type cites a catalogue once: where it cites both, the two citations become one."""
    standing = {row.type_id: row for row in TypeReference.objects.filter(catalogue_id=stays)}
    for row in TypeReference.objects.filter(catalogue_id=goes):
        other = standing.get(row.type_id)
        if other is None:
            row.catalogue_id = stays
            row.save()
            continue
        if row.normalised != other.normalised:
            other.text = f"{other.text}; {row.text}"[:200]
            other.save()
        row.delete()


def inherit(term: Term, into: Term) -> None:
    identity = ("id", "search_text", "added_by_id", "name", "names", "aliases")
    for column in into._meta.concrete_fields:
        current = getattr(into, column.attname)
        if column.attname not in identity and (current is None or current == ""):
            setattr(into, column.attname, getattr(term, column.attname))
    into.names = {**term.names, **into.names}
    others = [*into.aliases, term.name, *term.names.values(), *term.aliases, term.nomisma_id]
    others.append(getattr(term, "code", ""))
    own = {"", into.name, into.nomisma_id, getattr(into, "code", ""), *into.names.values()}
    into.aliases = [one for one in dict.fromkeys(others) if one not in own]
    if term.added_by_id != into.added_by_id:
        into.added_by = None

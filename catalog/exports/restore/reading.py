"""Values of a document as values of a model, each checked as a form would check it: databases with
no length limits and templates with links trust what is in them."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.exports.archive.specs import Spec

Document = dict[str, Any]
EMPTY: tuple[Any, ...] = (None, "", [], {})


class BadDocument(Exception):
    """A row that cannot be taken; the message says which field and why."""


def values(spec: Spec, document: Document) -> Document:
    return {field.name: value(field, document.get(field.name)) for field in spec.plain}


def rows_in(document: Document, name: str) -> list[Document]:
    rows = document.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadDocument(f"{name}: {_('unreadable')}")
    return rows


def value(field: Any, raw: Any) -> Any:
    if raw is None:
        return missing(field)
    try:
        return checked(field, raw)
    except (ValidationError, TypeError, ValueError, ArithmeticError) as problem:
        why = (
            " ".join(problem.messages) if isinstance(problem, ValidationError) else _("unreadable")
        )
        raise BadDocument(f"{field.name}: {why}") from None


def missing(field: Any) -> Any:
    if field.null:
        return None
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return timezone.now()
    if field.has_default() or field.empty_strings_allowed:
        return field.get_default()
    raise BadDocument(_("%(field)s is missing") % {"field": field.name})


def checked(field: Any, raw: Any) -> Any:
    if isinstance(field, models.JSONField):
        wanted = type(field.get_default())
        if field.has_default() and not isinstance(raw, wanted):
            raise ValidationError(_("unreadable"))
        return raw
    if isinstance(raw, dict | list) or (isinstance(raw, str) and "\0" in raw):
        raise ValidationError(_("unreadable"))
    found = field.to_python(raw)
    if isinstance(field, models.URLField):
        return safe_link(found, field.max_length or 200)
    if found not in EMPTY:
        field.validate(found, None)
        field.run_validators(found)
    return found


def safe_link(text: str, longest: int) -> str:
    """Odd addresses are kept, as people have typed them; one that runs a script is not."""
    scheme = "".join(text.split()).partition(":")[0].lower()
    is_safe = ":" not in text or scheme in {"http", "https", "ftp"} or "/" in scheme
    return text if is_safe and len(text) <= longest else ""


def uid_for(user_pk: int, uid: uuid.UUID) -> uuid.UUID:
    """Where a uid belongs to somebody else here: always the same other one, so that a second restore
    finds what the first has made."""
    return uuid.uuid5(uid, f"restored by {user_pk}")


def create(model: type[models.Model], rows: Sequence[Any], stamps: Iterable[str]) -> None:
    """Like `bulk_create`, but the moments in the archive stay: Django would write its own."""
    said = [[getattr(row, name) for name in stamps] for row in rows]
    model._default_manager.bulk_create(rows)
    for row, moments in zip(rows, said, strict=True):
        for name, moment in zip(stamps, moments, strict=True):
            setattr(row, name, moment)
    if rows and stamps:
        write_columns(model, rows, list(stamps))


def write_columns(model: type[models.Model], rows: Iterable[Any], names: list[str]) -> None:
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    parameters = [
        [
            *(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields),
            row.pk,
        ]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE id = %s", parameters
        )

"""A frozen set: which photo is what, by the hash of its file, so that anybody who has the photos can check
that he has the same set. Two sets that are equal have one hash, whoever makes them and when."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from catalog.models import User
from catalog.refusals import Refusal, gettext_noop
from identify.labelling.training import TrainingRow
from identify.models import DatasetVersion, Label

COLUMNS = ("sha256", "field", "value", "group")
Line = tuple[str, str, str, int]


def rows_of(fields: Iterable[str]) -> list[TrainingRow]:
    return [row for field in fields for row in Label.objects.for_training(field)]


def lines(rows: Iterable[TrainingRow]) -> list[Line]:
    return sorted({(row.photo.sha256, row.field, row.value, row.group) for row in rows})


def text(found: Iterable[Line]) -> str:
    """Tabs between, one a line; a label has no tab, since it was one line that somebody wrote."""
    return "".join("\t".join(map(str, line)) + "\n" for line in found)


def hash_of(found: Iterable[Line]) -> str:
    return hashlib.sha256(text(found).encode()).hexdigest()


def card(rows: Sequence[TrainingRow]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for field in sorted({row.field for row in rows}):
        of_field = [row for row in rows if row.field == field]
        fields[field] = {
            "photos": len(of_field),
            "specimens": len({row.group for row in of_field}),
            "may_judge": sum(row.judges for row in of_field),
            "classes": dict(sorted(Counter(row.value for row in of_field).items())),
        }
    return {"columns": COLUMNS, "photos": len({row.photo_id for row in rows}), "fields": fields}


@transaction.atomic
def freeze(name: str, fields: Sequence[str], by: User | None) -> DatasetVersion:
    """What stands now. Labels that come or go later change nothing of it."""
    rows = rows_of(fields)
    if not rows:
        raise Refusal("no_labels", gettext_noop("There are no labels to freeze."))
    if DatasetVersion.objects.filter(name=name).exists():
        template = gettext_noop("There is a set called “%(name)s” already.")
        raise Refusal("taken", template, name=name)
    found = lines(rows)
    version = DatasetVersion(
        name=name, sha256=hash_of(found), card=card(rows) | {"name": name}, created_by=by
    )
    listing = ContentFile(("\t".join(COLUMNS) + "\n" + text(found)).encode())
    version.listing.save(f"{version.sha256[:16]}.tsv", listing, save=False)
    version.save()
    return version

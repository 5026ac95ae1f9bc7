"""The first step: is it a table, whose, and what stands in its columns?"""

import zipfile
from itertools import islice
from pathlib import PurePath
from typing import Any

from django.core.files import File

from catalog.imports import cells
from catalog.imports.files import local
from catalog.imports.guess import digest, guess
from catalog.imports.presets import Preset, recognise
from catalog.imports.readers import Table, TableError, open_table
from catalog.imports.targets import Target, targets_of
from catalog.models import Collection, ImportMapping, ImportSession, User
from catalog.refusals import gettext_noop as _

PEEK, SAMPLES, SAMPLE_LENGTH = 300, 3, 60
MAX_PHOTOS = 100_000


def receive(
    user: User, collection: Collection, file: File, photos: File | None = None
) -> ImportSession:
    """A session that waits for its columns to be mapped; raises TableError for what is no table."""
    preset, options = look_into(file)
    options |= {"careful": preset.careful, "currency": collection.currency}
    if photos:
        refuse_strange_archive(photos)
    session = ImportSession(
        collection=collection, user=user, name=PurePath(file.name or "").name[:200] or "file",
        preset=preset.key, options=options | {"status": "owned"},
    )  # fmt: skip
    session.mapping = propose(user, preset, options["headings"], targets_of(collection.owner))
    file.seek(0)
    session.file.save(f"table{suffix(session.name)}", file, save=False)
    if photos:
        photos.seek(0)
        session.photos.save("photos.zip", photos, save=False)
    session.save()
    return session


def look_into(file: Any, encoding: str = "") -> tuple[Preset, dict[str, Any]]:
    with local(file) as path, open_table(path, encoding) as table:
        preset = recognise(table)
        return preset, look_at(preset.adapt(table))


def read_again(session: ImportSession, encoding: str) -> None:
    """With other letters: the headings, the samples and so the mapping may be others too."""
    preset, options = look_into(session.file, encoding)
    session.preset = preset.key
    session.options |= options | {"encoding": encoding}
    targets = targets_of(session.collection.owner)
    session.begin_anew(propose(session.user, preset, session.headings, targets))


def suffix(name: str) -> str:
    found = PurePath(name).suffix.lower()
    return found if found in {".csv", ".tsv", ".txt", ".xlsx", ".xls", ".db"} else ""


def look_at(table: Table) -> dict[str, Any]:
    rows = [row for _number, row in islice(table.rows, PEEK)]
    columns = [
        [row[at] for row in rows if at < len(row) and row[at]] for at in range(len(table.headings))
    ]
    return {
        "kind": table.kind,
        "facts": table.facts,
        "headings": table.headings,
        "samples": {
            heading: [short(text) for text in list(dict.fromkeys(column))[:SAMPLES]]
            for heading, column in zip(table.headings, columns, strict=True)
        },
        "day_first": cells.is_day_first(text for column in columns for text in column),
    }


def short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SAMPLE_LENGTH else text[: SAMPLE_LENGTH - 1] + "…"


def propose(
    user: User, preset: Preset, headings: list[str], targets: dict[str, Target]
) -> dict[str, str]:
    """What this person did with these headings the last time; else what the preset knows; else a guess."""
    remembered = ImportMapping.objects.filter(user=user, headings_digest=digest(headings)).first()
    mapping = preset.mapping(headings, guess(headings, targets))
    if remembered:
        mapping |= {
            heading: key for heading, key in remembered.mapping.items() if heading in mapping
        }
    return {
        heading: key if key in targets or key == "new" else "" for heading, key in mapping.items()
    }


def remember(session: ImportSession) -> None:
    ImportMapping.objects.update_or_create(
        user=session.user, headings_digest=digest(session.headings),
        defaults={"mapping": session.mapping},
    )  # fmt: skip


def refuse_strange_archive(photos: File) -> None:
    try:
        with zipfile.ZipFile(photos) as archive:
            count = len(archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        text = _("The photos are not a ZIP archive that can be read. Pack them again.")
        raise TableError("photos", text) from None
    if count > MAX_PHOTOS:
        text = _("The archive holds more than %(limit)s photos. Import them in parts.")
        raise TableError("photos", text, limit=MAX_PHOTOS)

"""A session through its steps, as the pages and the worker take it, without either."""

from typing import Any

from django.core.files import File

from catalog.imports import tasks, uploads
from catalog.models import Collection, ImportSession


def upload(collection: Collection, file: File, photos: File | None = None) -> ImportSession:
    return uploads.receive(collection.owner, collection, file, photos)


def check(
    session: ImportSession, mapping: dict[str, str] | None = None, **options: Any
) -> ImportSession:
    assert session.map_columns(session.mapping | (mapping or {}), options)
    tasks.check(session.pk)
    session.refresh_from_db()
    return session


def run(session: ImportSession) -> ImportSession:
    assert session.state == ImportSession.State.CHECKED, session.failure
    assert session.start()
    tasks.run(session.pk)
    session.refresh_from_db()
    return session


def bring(
    collection: Collection, file: File, mapping: dict[str, str] | None = None,
    photos: File | None = None, **options: Any,
) -> ImportSession:  # fmt: skip
    return run(check(upload(collection, file, photos), mapping, **options))


def told(session: ImportSession, number: int) -> list[str]:
    """What is said of a row."""
    return [message["text"] for message in session.rows.get(number=number).messages]

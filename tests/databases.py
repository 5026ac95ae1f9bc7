"""A migrated database is made once and copied: by every worker of a run, and by the runs that follow
until a migration changes. That the migrations themselves run from nothing is held by the tests that
start a whole site (test_scripts.py, test_postgres_and_redis.py)."""

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def fingerprint() -> str:
    """Of all that decides what lies in a migrated database."""
    patterns = (
        "requirements.txt",
        "*/migrations/*.py",
        "*/models/**/*.py",
        "fixtures/**/*.json",
        "*/facts/**/*.json",
    )
    found = hashlib.sha256()
    for path in sorted(path for pattern in patterns for path in ROOT.glob(pattern)):
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Workers begin at the same moment: one of them migrates, the others wait for it."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrate_at(name: str) -> None:
    """The settings are those of this process, so the database is changed under it and back."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def migrated_file(folder: Path) -> Path:
    found = folder / f"{fingerprint()}.sqlite3"
    if not found.exists():
        for old in folder.glob("*.sqlite3*"):
            old.unlink()
        unfinished = found.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        migrate_at(str(unfinished))
        unfinished.rename(found)
    return found


def migrated_template() -> str:
    name, unfinished = f"obverse_migrated_{fingerprint()}", "obverse_migrated_unfinished"
    with connection.creation._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'obverse_migrated_%'")
        found = {row[0] for row in cursor.fetchall()}
        if name in found:
            return name
        for old in found:
            cursor.execute(f"DROP DATABASE {old}")
        cursor.execute(f"CREATE DATABASE {unfinished}")
    migrate_at(unfinished)
    with connection.creation._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f"ALTER DATABASE {unfinished} RENAME TO {name}")
    return name


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A file that lies where the database belongs is used, and not made anew."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: Any,
) -> Iterator[None]:
    cache = getattr(request.config, "cache", None)
    folder = cache.mkdir("migrated") if cache else Path(settings.DATA_DIR)
    test = connection.settings_dict["TEST"]
    with django_db_blocker.unblock(), alone(folder):
        if connection.vendor == "postgresql":
            test["TEMPLATE"] = migrated_template()
        else:
            shutil.copy(migrated_file(folder), test["NAME"])
    yield
    if connection.vendor == "sqlite":
        for part in Path(test["NAME"]).parent.glob(f"{Path(test['NAME']).name}*"):
            part.unlink()

"""A migrated database is made once and copied: by every worker of a run, and by the runs that follow
until a migration changes. That the migrations themselves run from nothing is held by the tests that
start a whole site (test_scripts.py, test_postgres_and_redis.py).

    python -m tests.databases    # before the workers of a run, which would wait for one of them
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import pytest
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".pytest_cache" / "migrated"


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
def alone() -> Iterator[None]:
    """Workers begin at the same moment: one of them migrates, the others wait for it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
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


def migrated_file() -> Path:
    found = FOLDER / f"{fingerprint()}.sqlite3"
    if not found.exists():
        for old in FOLDER.glob("*.sqlite3*"):
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
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any
) -> Iterator[None]:
    test = connection.settings_dict["TEST"]
    with django_db_blocker.unblock(), alone():
        if connection.vendor == "postgresql":
            test["TEMPLATE"] = migrated_template()
        else:
            shutil.copy(migrated_file(), test["NAME"])
    yield
    if connection.vendor == "sqlite":
        for part in Path(test["NAME"]).parent.glob(f"{Path(test['NAME']).name}*"):
            part.unlink()


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    with alone():
        migrated_file()

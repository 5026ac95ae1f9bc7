"""A worker that is killed with SIGKILL in the middle of 5,000 rows, again and again, on a database in a
file: nothing is lost and nothing is there twice."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ROWS = 5_000
PREPARE = """
import sys
import django; django.setup()
from django.core.files.base import ContentFile
from django.core.management import call_command
call_command("migrate", verbosity=0)
from catalog.imports import tasks, uploads
from catalog.models import Collection, User
owner = User.objects.create_user("owner")
collection = Collection.objects.create(owner=owner, name="Cabinet")
text = "Number,Title,Mint,Reference,Tags,Price,Purchase date\\n" + "".join(
    f"N{n},Denarius {n},Mint {n % 40},RIC {n % 900},Tag {n % 7},{n % 500 + 1},2019-05-04\\n"
    for n in range(int(sys.argv[1]))
)
session = uploads.receive(owner, collection, ContentFile(text.encode(), "coins.csv"))
session.map_columns(session.mapping, {})
tasks.check(session.pk)
session.refresh_from_db()
assert session.state == "checked", session.failure
session.start()
print(session.pk)
"""
WORK = """
import sys
import django; django.setup()
from catalog.imports import tasks
tasks.run(int(sys.argv[1]))
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "site.sqlite3"


def python(code: str, database: Path, *args: str) -> "subprocess.Popen[str]":
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "coinsite.settings", "ENV_FILE": os.devnull, "DATABASE_URL": f"sqlite:///{database}",
        "DATA_DIR": str(database.parent / "data"), "MEDIA_ROOT": str(database.parent / "media"),
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-c", code, *args], cwd=ROOT, env=env, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def ask(database: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(database, timeout=20) as file:
        return file.execute(sql).fetchall()


def count(database: Path, table: str) -> int:
    return int(str(ask(database, f"SELECT count(*) FROM {table}")[0][0]))


def forget_the_lease(database: Path) -> None:
    """A minute passes."""
    with sqlite3.connect(database, timeout=20) as file:
        file.execute("UPDATE catalog_importsession SET beat_at = '2000-01-01 00:00:00'")


@pytest.mark.slow
def test_killed_again_and_again(database: Path) -> None:
    (database.parent / "data").mkdir()
    out, errors = python(PREPARE, database, str(ROWS)).communicate(timeout=300)
    session = out.strip().splitlines()[-1] if out.strip() else pytest.fail(errors)
    kills, chance = 0, random.Random(5)
    for goal in (700, 1_900, 3_300):
        worker = python(WORK, database, session)
        ends = time.monotonic() + 120
        while count(database, "catalog_coin") < goal and worker.poll() is None:
            assert time.monotonic() < ends
            time.sleep(0.01)
        time.sleep(chance.random() / 5)  # somewhere inside the next chunk
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
        kills += worker.returncode == -signal.SIGKILL
        assert count(database, "catalog_coin") < ROWS
        forget_the_lease(database)
    assert kills == 3
    # two at the same time, as after a second delivery: one works, the other does nothing
    last, twin = python(WORK, database, session), python(WORK, database, session)
    for worker in (last, twin):
        assert worker.wait(timeout=300) == 0, worker.communicate()[1]
    state, done, refused = ask(database, "SELECT state, done, refused FROM catalog_importsession")[
        0
    ]
    assert (state, done, refused) == ("done", ROWS, 0)
    numbers = [row[0] for row in ask(database, "SELECT number FROM catalog_coin")]
    assert len(numbers) == len(set(numbers)) == ROWS
    for table in (
        "coinreference",
        "coin_tags",
        "trade",
        "fieldchange",
        "statuschange",
        "searchdocument",
    ):
        assert count(database, f"catalog_{table}") == ROWS, table
    assert ask(
        database, "SELECT count(DISTINCT coin_id) FROM catalog_importrow WHERE state = 'done'"
    ) == [(ROWS,)]
    assert count(database, "catalog_mint") == 40
    found = ask(
        database,
        "SELECT count(*) FROM catalog_searchdocument_fts WHERE catalog_searchdocument_fts MATCH 'denarius'",
    )
    assert found == [(ROWS,)]

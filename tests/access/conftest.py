"""The world of these tests is built once for each file of them: it takes longer than most of what is asked."""

import copy
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from tests.access.world import build_world


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[SimpleNamespace, Path]]:
    """In a transaction around those of the tests, of which each is rolled back to here."""
    files = tmp_path_factory.mktemp("world")
    around = transaction.atomic()
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=str(files)):
        around.__enter__()
        found = build_world()
    yield found, files
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def world(
    built: tuple[SimpleNamespace, Path], own_media: None, settings: Any, db: None
) -> SimpleNamespace:
    """Copies of its rows and files: a test may change them as it likes."""
    found, files = built
    shutil.copytree(files, settings.MEDIA_ROOT, dirs_exist_ok=True)
    return copy.deepcopy(found)

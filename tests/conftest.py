import gc
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from catalog.models import Coin, Collection, User
from tests.factories import make_admin, make_coin, make_collection, make_user, share_with

pytest_plugins = ["tests.databases", "tests.services"]

# Both measure wall time, which says more of the machine than of the code
hypothesis_settings.register_profile(
    "obverse", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("obverse")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest come first: last of all, one worker would wait for the other's."""
    items.sort(key=lambda item: not may_come_first(item))


def may_come_first(item: pytest.Item) -> bool:
    """Not what empties the database after itself: others read what migrations put there."""
    database = item.get_closest_marker("django_db")
    empties = database is not None and database.kwargs.get("transaction", False)
    return item.get_closest_marker("slow") is not None and not empties


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end; the collector need not walk it every time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def own_media(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def nobody_has_called_yet() -> None:
    """The API's rates are counted in the cache, by user; every test has a user 1."""
    cache.clear()


@pytest.fixture(autouse=True)
def nobody_has_chosen_a_language() -> None:
    """A page in German leaves its thread German, and with it the test that comes next."""
    translation.deactivate()


@pytest.fixture
def owner(db: None) -> User:
    return make_user("owner")


@pytest.fixture
def stranger(db: None) -> User:
    return make_user("stranger")


@pytest.fixture
def collection(owner: User) -> Collection:
    return make_collection(owner)


@pytest.fixture
def editor(collection: Collection) -> User:
    user = make_user("editor")
    share_with(collection, user, "editor")
    return user


@pytest.fixture
def viewer(collection: Collection) -> User:
    user = make_user("viewer")
    share_with(collection, user, "viewer")
    return user


@pytest.fixture
def curator(db: None) -> User:
    return make_admin()


@pytest.fixture
def coin(collection: Collection) -> Coin:
    return make_coin(collection, title="Denarius of Trajan")


@pytest.fixture
def as_user() -> object:
    """`as_user(someone)` is a browser in which someone is signed in."""

    def sign_in(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in

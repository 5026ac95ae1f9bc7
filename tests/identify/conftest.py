from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from catalog.models import Coin, Photo
from catalog.signals import photo_added
from identify.models import Identification
from tests.factories import make_photo
from tests.identify.fakes import Fake, Standing


@pytest.fixture
def fake(settings: Any) -> Iterator[Fake]:
    """Serves in this test. `fake.says` is its opinion."""
    settings.IDENTIFY_PREDICTOR = "tests.identify.fakes.standing"
    Standing.predictor = one = Fake()
    yield one
    Standing.predictor = None


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What was asked of the background. Nothing runs unless the test runs it."""
    asked: list[tuple[Any, ...]] = []
    monkeypatch.setattr("django_q.tasks.async_task", lambda *task, **more: asked.append(task))
    return asked


@pytest.fixture
def arrive(django_capture_on_commit_callbacks: Any) -> Any:
    """`arrive(coin, "obverse")`: a photo is stored, and the site is told."""

    def stored(coin: Coin, role: str = "obverse", **values: Any) -> Photo:
        photo = make_photo(coin, role, **values)
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            photo_added.send(Photo, photo=photo)
        return photo

    return stored


def job_of(coin: Coin) -> Identification:
    return Identification.objects.for_panel().get(coin=coin, current=True)

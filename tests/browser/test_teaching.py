"""The closed loop before one's eyes: coins are chosen, a class is taught and watched, it serves, and the
next coin of its kind is recognised. The teacher is the tests' quick one; the real one has tests of its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission

from catalog.models import Collection, User
from identify import pipeline
from identify.models import Identification, ModelVersion, TrainingRun
from identify.taught import CLASSROOM
from identify.teaching.learning import learn
from tests.browser.axe import violations
from tests.browser.doing import settle, sign_in
from tests.factories import draw_coin, make_coin, make_collection, make_photo, make_user
from tests.identify.fakes import Fake, Standing
from tests.identify.school import LESSON

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def school(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.IDENTIFY_TEACHER = "tests.identify.school"
    settings.IDENTIFY_PREDICTOR = "tests.identify.fakes.standing"
    settings.DATA_DIR = tmp_path / "data"
    LESSON.after, LESSON.wrong = lambda epoch: None, 0
    CLASSROOM.loaded.clear()
    monkeypatch.setattr("django_q.tasks.async_task", lambda *task, **how: None)
    Standing.predictor = Fake()
    yield
    Standing.predictor = None


@pytest.fixture
def trainer(page: Any, live_server: Any) -> User:
    user = make_user("livia")
    user.user_permissions.add(Permission.objects.get(codename="train"))
    sign_in(page.context, user, live_server.url)
    return user


@pytest.fixture
def cabinet(trainer: User) -> Collection:
    made = make_collection(trainer)
    for tone in (60, 62, 64, 66, 200, 202, 204, 206):
        make_photo(make_coin(made, title=f"Tone {tone}"), data=draw_coin(tone=tone))
    return made


def sound(page: Any) -> None:
    """For everybody, and as narrow as a phone."""
    settle(page)
    found = [*violations(page)]
    page.set_viewport_size({"width": 360, "height": 800})
    if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
        found.append(f"{page.url} is too wide for a phone")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert found == []


def test_a_class_is_taught_watched_and_recognised(page: Any, cabinet: Collection) -> None:
    page.goto("/identify/teach/")
    sound(page)
    page.get_by_role("link", name="Choose the coins").click()
    page.get_by_label("What is it called?").fill("Token of my town")
    for tone in (60, 62, 64, 66):
        page.get_by_label(f"Tone {tone}").check()
    sound(page)
    page.get_by_role("button", name="Look whether that is enough").click()
    page.get_by_role("cell", name="4").first.wait_for()
    sound(page)
    page.get_by_role("button", name="Start").click()
    page.get_by_text("It begins in a moment.").wait_for()

    run = TrainingRun.objects.get()
    LESSON.after = lambda epoch: epoch == 2 and fresh(run).require_wish("pause")
    learn(run.pk)
    page.get_by_text("Round 2 of 3").wait_for()  # nobody has reloaded the page
    page.locator("figure.is-drawn").first.wait_for()
    sound(page)
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("Waiting", exact=True).wait_for()
    learn(run.pk)
    page.get_by_role("link", name="v1: Candidate").click()
    sound(page)
    page.get_by_role("button", name="Let it serve").click()
    page.get_by_text("Token of my town v1 serves now.").wait_for()
    sound(page)

    coin = make_coin(cabinet)
    pipeline.run(Identification.begin([make_photo(coin, data=draw_coin(tone=61))]).pk)
    page.goto(f"/identify/coins/{coin.pk}/")
    said = page.locator("[data-said]").filter(has_text="Token of my town")
    said.get_by_text("So says v1, which people taught on this site.").wait_for()
    said.get_by_role("button", name="Accept").click()
    said.get_by_text("Accepted").wait_for()
    assert [tag.path for tag in coin.tags.all()] == ["Token of my town"]
    assert ModelVersion.objects.get().state == "active"


def fresh(run: TrainingRun) -> TrainingRun:
    return TrainingRun.objects.get(pk=run.pk)


@pytest.mark.parametrize("state", ["paused", "done"])
def test_it_can_be_watched_without_scripts(
    chromium: Any, live_server: Any, cabinet: Collection, state: str
) -> None:
    coins = list(cabinet.coins.order_by("pk").values_list("pk", flat=True)[:4])
    owner = cabinet.owner
    run = TrainingRun.begin(owner, "own:t", "Token", {}, [{"label": "Token", "coins": coins}])
    if state == "paused":
        LESSON.after = lambda epoch: epoch == 1 and fresh(run).require_wish("pause")
    learn(run.pk)
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    sign_in(context, owner, live_server.url)
    page = context.new_page()
    page.goto(run.get_absolute_url())
    page.get_by_role("cell", name="0.600").first.wait_for()
    if state == "paused":
        page.get_by_role("button", name="Stop and keep the best").click()
        page.get_by_text("It stops and keeps the best.").wait_for()
    context.close()

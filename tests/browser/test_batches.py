"""A batch as a collector sees it: photos dropped, results that come by themselves, a table taken home."""

import csv
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from catalog.models import Coin, User
from identify import tasks
from identify.models import Batch, Identification
from tests.browser.axe import violations
from tests.browser.doing import drop, settle, sign_in
from tests.catalog.drawn import coin as drawn
from tests.catalog.drawn import saved
from tests.factories import make_collection, make_user
from tests.identify.fakes import Fake, Standing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def fake(settings: Any) -> Iterator[Fake]:
    settings.IDENTIFY_PREDICTOR = "tests.identify.fakes.standing"
    Standing.predictor = one = Fake()
    yield one
    Standing.predictor = None


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing runs but what the test runs."""
    monkeypatch.setattr("django_q.tasks.async_task", lambda *task, **more: None)


def collector(context: Any, url: str) -> User:
    user = make_user("livia")
    make_collection(user)
    sign_in(context, user, url)
    return user


def photo(seed: int) -> bytes:
    return saved(drawn(300, seed), "JPEG").getvalue()


def work() -> None:
    for pk in Identification.objects.waiting().values_list("pk", flat=True):
        tasks.run(pk)


def test_two_photos_become_a_table(page: Any, live_server: Any) -> None:
    collector(page.context, live_server.url)
    page.goto("/identify/batch/")
    settle(page)
    drop(page, {"first.jpg": photo(1), "second.jpg": photo(2)})
    page.get_by_role("button", name="Identify 2 coins").click()
    page.wait_for_url(re.compile("/identify/batch/[0-9a-f-]{36}/"))
    results = page.locator("#batch-results")
    results.get_by_role("link", name="Queued 2").wait_for()
    work()
    results.get_by_role("link", name="Suggested 2").wait_for()
    assert results.get_by_text("Trajan").count() == 2
    with page.expect_download() as coming:
        results.get_by_role("link", name="CSV").click()
    text = Path(coming.value.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["files"], row["ruler"]) for row in rows] == [
        ("first.jpg", "Trajan"), ("second.jpg", "Trajan"),
    ]  # fmt: skip


def test_an_upload_rests_goes_on_and_stops(page: Any, live_server: Any) -> None:
    collector(page.context, live_server.url)
    page.goto("/identify/batch/")
    settle(page)
    held: list[Any] = []
    page.route("**/identify/batch/", lambda route: held.append(route))
    drop(page, {f"{n}.jpg": photo(n) for n in range(5)})
    page.get_by_role("button", name="Identify 5 coins").click()
    page.get_by_role("button", name="Pause").click()
    page.get_by_text("Paused at 0 of 5 photos.").wait_for()
    wait_for(page, held, 2)
    for route in held[:2]:
        route.continue_()
    page.locator('.tray-photo[data-state="done"]').nth(1).wait_for()
    assert len(held) == 2
    page.get_by_role("button", name="Go on").click()
    wait_for(page, held, 4)
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped. What had not been sent stays here.").wait_for()
    assert Coin.objects.count() == 2
    page.unroute("**/identify/batch/")
    page.get_by_role("button", name="Try the rest again").click()
    page.wait_for_url(re.compile("/identify/batch/[0-9a-f-]{36}/"))
    assert (Batch.objects.get().coins.count(), Coin.objects.count()) == (5, 5)


def wait_for(page: Any, held: list[Any], many: int) -> None:
    for _ in range(100):
        if len(held) >= many:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{len(held)} of {many} were sent")


def test_a_folder_gives_its_photos(page: Any, live_server: Any, tmp_path: Path) -> None:
    collector(page.context, live_server.url)
    for at, folder in enumerate(("one", "two")):
        (tmp_path / folder).mkdir()
        for seed, face in enumerate(("obv", "rev")):
            (tmp_path / folder / f"coin_{face}.jpg").write_bytes(photo(2 * at + seed))
        (tmp_path / folder / "notes.txt").write_text("not a photo")
    page.goto("/identify/batch/")
    settle(page)
    page.locator("input[webkitdirectory]").set_input_files(str(tmp_path))
    page.get_by_role("button", name="Identify 2 coins").click()
    page.wait_for_url(re.compile("/identify/batch/[0-9a-f-]{36}/"))
    assert [coin.photos.count() for coin in Coin.objects.all()] == [2, 2]


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (360, "dark")])
def test_it_is_for_everybody(chromium: Any, live_server: Any, width: int, scheme: str) -> None:
    context = chromium.new_context(
        base_url=live_server.url, bypass_csp=True, color_scheme=scheme,
        viewport={"width": width, "height": 900},
    )  # fmt: skip
    collector(context, live_server.url)
    page, found = context.new_page(), []
    page.goto("/identify/batch/")
    settle(page)
    look(page, f"batch-way-in-{width}", found)
    drop(page, {f"coin {n}.jpg": photo(n) for n in range(4)})
    page.get_by_role("button", name="Identify 4 coins").wait_for()
    look(page, f"batch-chosen-{width}", found)
    page.get_by_role("button", name="Identify 4 coins").click()
    page.wait_for_url(re.compile("/identify/batch/[0-9a-f-]{36}/"))
    work()
    Identification.objects.filter(coin__photos__name="coin 1.jpg").update(
        state="failed", reason="memory"
    )
    page.reload()
    page.get_by_role("link", name="Suggested 3").wait_for()
    look(page, f"batch-{width}", found)
    context.close()
    assert not found, "\n".join(found)


def look(page: Any, name: str, found: list[str]) -> None:
    page.wait_for_timeout(300)
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/{name}.png", full_page=True)
    found += [f"{name}  {one}" for one in violations(page)]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    found += [f"{name}  is {wide} px too wide"] if wide > 0 else []


def test_all_of_it_works_without_scripts(chromium: Any, live_server: Any) -> None:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(10_000)
    collector(context, live_server.url)
    page = context.new_page()
    page.goto("/identify/batch/")
    files = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": photo(n)} for n in range(2)]
    page.locator("input[type=file]:not([webkitdirectory]):not([capture])").set_input_files(files)
    page.get_by_role("button", name="Identify", exact=True).click()
    page.get_by_role("heading", name="2 coins in this batch").wait_for()
    work()
    page.reload()
    page.get_by_role("link", name="Suggested 2").click()
    page.get_by_text("Trajan").first.wait_for()
    context.close()

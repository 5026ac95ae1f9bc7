"""The photo of a tray is dropped; its circles are moved, paired and left out by mouse and keyboard."""

import os
from typing import Any

import pytest

from catalog.models import Coin, User
from identify import tasks
from identify.models import Tray
from tests.browser.axe import violations
from tests.browser.doing import drop, settle, sign_in
from tests.catalog.drawn import saved
from tests.factories import make_collection, make_user
from tests.identify.test_look import sheet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLACES = [(200 + 300 * x, 200 + 300 * y, 110) for y in range(2) for x in range(4)]
TRAY = saved(sheet(PLACES, (1300, 700)), "JPEG").getvalue()


@pytest.fixture
def collector(page: Any, live_server: Any) -> User:
    user = make_user("livia")
    make_collection(user)
    sign_in(page.context, user, live_server.url)
    return user


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    asked: list[tuple[Any, ...]] = []
    monkeypatch.setattr("django_q.tasks.async_task", lambda *task, **more: asked.append(task))
    return asked


def laid_out(user: User, page: Any) -> Tray:
    page.goto("/identify/shoebox/")
    settle(page)
    drop(page, {"tray.jpg": TRAY})
    page.get_by_text("1 photo is chosen.").wait_for()
    page.get_by_role("button", name="Find the coins").click()
    page.get_by_text("It begins in a moment.").wait_for()
    tray = Tray.objects.get()
    tasks.tray(tray.pk)
    page.get_by_role("heading", name="8 circles on this photo").wait_for()
    return tray


def test_a_tray_becomes_coins_by_mouse_and_keyboard(page: Any, collector: User) -> None:
    tray = laid_out(collector, page)
    make = page.locator("[data-make]")
    make.get_by_text("Make 8 coins").wait_for()
    for name in ("Circle 1", "Circle 2"):
        page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("button", name="These two are one coin").click()
    make.get_by_text("Make 7 coins").wait_for()
    page.get_by_label("Keep circle 3").uncheck()
    make.get_by_text("Make 6 coins").wait_for()
    page.get_by_role("button", name="Circle 4", exact=True).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    page.get_by_role("button", name="Another circle").click()
    make.get_by_text("Make 7 coins").wait_for()
    make.click()
    page.get_by_role("heading", name="Making the coins").wait_for()
    tasks.tray(tray.pk)
    page.get_by_role("heading", name="7 coins from this photo").wait_for()
    tray.refresh_from_db()
    circles = tray.circles
    assert (circles[1].reverse_of, circles[2].kept, len(circles)) == (1, False, 9)
    assert circles[3].x > 1102
    assert circles[3].r > 112
    assert Coin.objects.filter(status="draft").count() == 7


def test_a_circle_is_dragged(page: Any, collector: User) -> None:
    tray = laid_out(collector, page)
    before = tray.refresh_from_db() or tray.circles[0]
    box = (
        page.get_by_role("button", name="Circle 1", exact=True)
        .locator("circle")
        .nth(1)
        .bounding_box()
    )
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y + 12, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="Keep for later").click()
    page.get_by_text("The circles are kept").wait_for()
    tray.refresh_from_db()
    after = tray.circles[0]
    assert after.x - before.x > after.y - before.y > 5
    assert after.r == before.r


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (360, "dark")])
def test_it_is_for_everybody(chromium: Any, live_server: Any, width: int, scheme: str) -> None:
    context = chromium.new_context(
        base_url=live_server.url, bypass_csp=True, color_scheme=scheme,
        viewport={"width": width, "height": 900},
    )  # fmt: skip
    user = make_user("livia")
    make_collection(user)
    sign_in(context, user, live_server.url)
    page, found = context.new_page(), []
    tray = laid_out(user, page)
    page.get_by_role("button", name="Circle 2", exact=True).click()
    look(page, f"circles-{width}", found)
    page.locator("[data-make]").click()
    page.get_by_role("heading", name="Making the coins").wait_for()
    look(page, f"making-{width}", found)
    tasks.tray(tray.pk)
    page.get_by_role("heading", name="8 coins from this photo").wait_for()
    look(page, f"made-{width}", found)
    page.goto("/identify/shoebox/")
    look(page, f"shoebox-{width}", found)
    context.close()
    assert not found, "\n".join(found)


def look(page: Any, name: str, found: list[str]) -> None:
    settle(page)
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/{name}.png", full_page=True)
    found += [f"{name}  {one}" for one in violations(page)]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    found += [f"{name}  is {wide} px too wide"] if wide > 0 else []


def test_all_of_it_works_without_scripts(chromium: Any, live_server: Any) -> None:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(10_000)
    user = make_user("livia")
    make_collection(user)
    sign_in(context, user, live_server.url)
    page = context.new_page()
    page.goto("/identify/shoebox/")
    file = {"name": "tray.jpg", "mimeType": "image/jpeg", "buffer": TRAY}
    page.get_by_label("Photos of trays").set_input_files([file])
    page.get_by_role("button", name="Find the coins").click()
    tray = Tray.objects.get()
    tasks.tray(tray.pk)
    page.get_by_role("link", name="Refresh").click()
    page.get_by_label("Keep circle 8").uncheck()
    page.get_by_text("Add a circle by its numbers").click()
    another = page.locator(".shoebox-another")
    for label, value in (("From the left", "650"), ("From the top", "350"), ("Radius", "60")):
        another.get_by_label(label).fill(value)
    page.get_by_role("button", name="Make 8 coins").click()
    tasks.tray(tray.pk)
    page.get_by_role("link", name="Refresh").click()
    page.get_by_role("heading", name="8 coins from this photo").wait_for()
    context.close()
    assert sorted(tray.made.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6, 7, 9]

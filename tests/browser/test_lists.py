from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from catalog.models import Coin, Collection, User
from tests.factories import make_coin, make_collection, make_place, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def collector() -> User:
    return make_user("livia")


@pytest.fixture
def cabinet(collector: User) -> Collection:
    return make_collection(collector)


@pytest.fixture
def signed_in(page: Any, collector: User, live_server: Any) -> Any:
    client = Client()
    client.force_login(collector)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    return page


def titles(page: Any) -> list[str]:
    return page.locator(".coin-card-title").all_inner_texts()


def test_the_list_follows_what_is_typed(signed_in: Any, cabinet: Collection) -> None:
    page = signed_in
    make_coin(cabinet, title="Antoninianus of Gordian")
    make_coin(cabinet, title="Denarius of Trajan")
    page.goto("/coins/")
    page.keyboard.press("/")
    page.keyboard.type("antoninianus gord")
    page.wait_for_selector("text=1 coin")
    assert titles(page) == ["Antoninianus of Gordian"]
    assert page.url.endswith("/coins/?q=antoninianus+gord")
    assert page.evaluate("document.activeElement.id") == "site-search"
    page.get_by_role("link", name="Search “antoninianus gord”").click()
    page.wait_for_selector("text=2 coins")
    assert page.input_value("#site-search") == ""


def test_ticked_filters_narrow_the_list_and_go_back(signed_in: Any, cabinet: Collection) -> None:
    page = signed_in
    make_coin(cabinet, title="A", status="sold")
    make_coin(cabinet, title="B")
    page.goto("/coins/")
    page.get_by_label("Sold").check()
    page.wait_for_url("**/coins/?status=sold")
    page.wait_for_selector(".filter-chip")
    assert titles(page) == ["A"]
    assert page.get_by_label("Sold").is_checked()
    page.go_back()
    page.wait_for_url("**/coins/")
    page.wait_for_selector("text=2 coins")
    assert not page.get_by_label("Sold").is_checked()


def test_a_shut_facet_is_filled_when_opened_and_stays_open(
    signed_in: Any, collector: User, cabinet: Collection
) -> None:
    page = signed_in
    make_coin(cabinet, title="A", place=make_place(collector, "Safe"), status="sold")
    make_coin(cabinet, title="B", place=make_place(collector, "Shelf"))
    page.goto("/coins/")
    page.locator("#facet-place summary").click()
    page.get_by_label("Safe").wait_for()
    page.get_by_label("Sold").check()
    page.wait_for_url("**/coins/?status=sold")
    page.wait_for_selector(".filter-chip")
    assert page.get_by_label("Safe").is_visible()
    assert page.url.endswith("?status=sold")


def test_coins_are_ticked_with_the_keyboard_and_edited(
    signed_in: Any, collector: User, cabinet: Collection
) -> None:
    page = signed_in
    for title in "DCBA":
        make_coin(cabinet, title=title)
    page.goto("/coins/")
    for key in "jxjjx":
        page.keyboard.press(key)
    assert page.locator("[data-picked-count]").inner_text() == "2"
    page.keyboard.press("e")
    page.get_by_role("button", name="Tags").click()
    page.get_by_label("Tags").fill("Seen")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Change 2 coins").click()
    page.wait_for_selector("text=2 coins changed.")
    tagged = Coin.objects.filter(tags__path="Seen").values_list("title", flat=True)
    assert sorted(tagged) == ["A", "C"]
    page.get_by_role("button", name="Undo").click()
    page.wait_for_selector("text=Taken back")
    assert not Coin.objects.filter(tags__path="Seen").exists()


def test_shift_ticks_a_range(signed_in: Any, cabinet: Collection) -> None:
    page = signed_in
    for title in "EDCBA":
        make_coin(cabinet, title=title)
    page.goto("/coins/?layout=table")
    boxes = page.locator("tbody input")
    boxes.nth(1).click()
    boxes.nth(3).click(modifiers=["Shift"])
    assert page.locator("[data-picked-count]").inner_text() == "3"
    page.get_by_label("Tick all on this page").check()
    assert page.locator("[data-picked-count]").inner_text() == "5"
    page.keyboard.press("Escape")
    assert not page.locator("[data-picked]").is_visible()


def test_a_long_facet_opens_in_a_dialog_and_is_searched(
    signed_in: Any, cabinet: Collection
) -> None:
    page = signed_in
    for n in range(9):
        make_coin(cabinet, metal=f"Alloy {n}")
    make_coin(cabinet, metal="Électrum", title="Stater")
    page.goto("/coins/")
    page.locator("#facet-metal .facet-more").click()
    page.get_by_role("searchbox", name="Search in this list").fill("electr")
    dialog = page.get_by_role("dialog")
    assert dialog.locator("li:visible").count() == 1
    dialog.get_by_label("Électrum").check()
    dialog.get_by_role("button", name="Show these coins").click()
    page.wait_for_selector(".filter-chip")
    assert titles(page) == ["Stater"]


def test_columns_move_without_a_reload(signed_in: Any, collector: User) -> None:
    page = signed_in
    page.goto("/coins/columns/")
    page.get_by_role("button", name="Move denomination up").click()
    page.get_by_role("button", name="Save").first.click()
    page.wait_for_url("**/coins/**")
    collector.refresh_from_db()
    assert collector.list_columns[:2] == ["denomination", "authority"]


def test_everything_works_without_scripts(
    chromium: Any, live_server: Any, collector: User, cabinet: Collection
) -> None:
    make_coin(cabinet, title="A", status="sold")
    make_coin(cabinet, title="B")
    client = Client()
    client.force_login(collector)
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    page = context.new_page()
    page.goto("/coins/")
    page.get_by_label("Sold").check()
    page.get_by_role("button", name="Apply").click()
    assert page.url.endswith("/coins/?status=sold")
    assert titles(page) == ["A"]
    page.get_by_role("checkbox", name="A", exact=True).check()
    page.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_role("button", name="Grade", exact=True).click()
    page.get_by_role("textbox", name="Grade").fill("VF")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Change one coin").click()
    assert Coin.objects.get(title="A").grade == "VF"
    context.close()


@pytest.mark.parametrize("layout", ["cards", "table", "grid"])
@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_hangs_over_the_edge(
    signed_in: Any, cabinet: Collection, layout: str, width: int
) -> None:
    page = signed_in
    make_coin(cabinet, title="Antoninianus" * 12, authority="Gordian" * 20, notes="x" * 400)
    make_coin(cabinet, title="A", status="wanted")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/coins/?layout={layout}&q=a")
    page.wait_for_selector(".filter-chip")
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide <= 0

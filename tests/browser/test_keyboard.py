"""The whole site without a mouse."""

import re
from typing import Any

import pytest

from catalog.models import Coin, Collection, User
from tests.browser.doing import settle, sign_in
from tests.factories import make_coin, make_collection, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUSED = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const ring = [one, ...(one.labels ?? [])].some((part) => {
    const style = getComputedStyle(part);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  });
  const box = (one.type === "file" ? one.labels[0] : one).getBoundingClientRect();
  const seen = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight;
  return { words: (one.ariaLabel || one.labels?.[0]?.innerText || one.innerText || one.name || "").trim(),
           name: one.name ?? "", html: one.outerHTML.slice(0, 120), isShown: ring && seen };
}"""


@pytest.fixture
def collector() -> User:
    return make_user("livia")


@pytest.fixture
def cabinet(collector: User) -> Collection:
    cabinet = make_collection(collector)
    for title in ("As", "Denarius", "Follis"):
        make_coin(cabinet, title=title)
    return cabinet


@pytest.fixture
def keys(page: Any, live_server: Any, collector: User, cabinet: Collection) -> Any:
    sign_in(page.context, collector, live_server.url)
    return page


def press(page: Any, *names: str) -> None:
    for name in names:
        page.keyboard.press(name)


def go(page: Any, address: str) -> None:
    page.goto(address)
    settle(page)


def arrive(page: Any, title: str) -> None:
    """On a coin's page, with its scripts at work: a key pressed while they load is lost."""
    page.wait_for_selector(f"article h1:text-is('{title}')")
    settle(page)


def tab_through(page: Any, most: int = 120) -> list[dict[str, Any]]:
    """What has the focus at each press of Tab, until it is back at the start."""
    found: list[dict[str, Any]] = []
    for _ in range(most):
        press(page, "Tab")
        one = page.evaluate(FOCUSED)
        if one is None or (found and one == found[0]):
            break
        found.append(one)
    return found


def tab_to(page: Any, name: str) -> None:
    for _ in range(60):
        press(page, "Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"Tab never comes to {name}")


def test_the_overview_opens_and_closes(keys: Any) -> None:
    go(keys, "/places/")
    press(keys, "?")
    keys.get_by_role("dialog", name="Keyboard shortcuts").wait_for()
    press(keys, "n")  # what lies below a dialog keeps still
    assert keys.url.endswith("/places/")
    press(keys, "Escape")
    keys.get_by_role("dialog").wait_for(state="hidden")


@pytest.mark.parametrize(
    ("pressed", "address"),
    [
        ("n", "/coins/add/"),
        ("gt", "/"),
        ("gc", "/coins/"),
        ("gp", "/photos/add/"),
        ("gs", "/sets/"),
    ],
)
def test_letters_lead_to_pages(keys: Any, pressed: str, address: str) -> None:
    go(keys, "/places/")
    press(keys, *pressed)
    keys.wait_for_url(f"**{address}")


def test_no_letter_is_a_shortcut_where_somebody_writes(keys: Any) -> None:
    go(keys, "/coins/add/")
    tab_to(keys, "title")
    keys.keyboard.type("n?e/gc[x]")
    assert keys.input_value("[name=title]") == "n?e/gc[x]"
    assert not keys.get_by_role("dialog").is_visible()
    assert keys.url.endswith("/coins/add/")


def test_a_search_is_started_from_anywhere(keys: Any) -> None:
    go(keys, "/places/")
    press(keys, "/")
    keys.keyboard.type("follis")
    press(keys, "Enter")
    keys.wait_for_url("**/coins/?q=follis")
    assert keys.locator(".coin-card-title").all_inner_texts() == ["Follis"]


def test_the_list_is_walked_and_its_coins_leafed_through(keys: Any) -> None:
    go(keys, "/coins/")
    shown = keys.locator(".coin-card-title").all_inner_texts()
    press(keys, "j", "j", "j", "k", "x")
    assert keys.locator("[data-picked-count]").inner_text() == "1"
    press(keys, "Escape")
    assert keys.locator("[data-picked-count]").inner_text() == "0"
    go(keys, "/coins/")
    press(keys, "j", "j", "Enter")
    arrive(keys, shown[1])
    press(keys, "]")
    arrive(keys, shown[2])
    press(keys, "[")
    arrive(keys, shown[1])
    press(keys, "[")
    arrive(keys, shown[0])
    press(keys, "e")
    keys.wait_for_url(re.compile(r"/coins/\d+/edit/"))


def test_escape_closes_a_menu_and_gives_the_focus_back(keys: Any, cabinet: Collection) -> None:
    for address in ("/coins/", f"/coins/{cabinet.coins.first().pk}/"):  # type: ignore[union-attr]
        go(keys, address)
        menus = keys.locator("details[data-menu] > summary")
        for at in range(menus.count()):
            menus.nth(at).focus()
            press(keys, "Enter", "Tab")
            assert keys.locator("details[data-menu][open]").count() == 1
            press(keys, "Escape")
            assert keys.locator("details[data-menu][open]").count() == 0
            assert menus.nth(at).evaluate("one => one === document.activeElement")


def test_a_dialog_out_of_a_menu_gives_the_focus_back(keys: Any) -> None:
    go(keys, "/places/")
    account = keys.get_by_label("Your account")
    account.focus()
    press(keys, "Enter")
    keys.get_by_role("button", name="Keyboard shortcuts").focus()
    press(keys, "Enter")
    keys.get_by_role("dialog", name="Keyboard shortcuts").wait_for()
    press(keys, "Escape")
    keys.wait_for_function("document.activeElement.ariaLabel === 'Your account'")


def test_a_menu_left_by_tab_is_shut(keys: Any) -> None:
    go(keys, "/places/")
    keys.get_by_label("Your account").focus()
    press(keys, "Enter")
    assert keys.locator("details[data-menu][open]").count() == 1
    press(keys, "Shift+Tab")
    assert keys.locator("details[data-menu][open]").count() == 0


@pytest.mark.parametrize(
    ("address", "actions"),
    [
        ("/", ["Skip to the content", "Search your coins", "Add", "Your account"]),
        ("/coins/", ["Sort by", "Table", "More", "Owned", "Follis"]),
        ("/coins/{coin}/", ["Edit", "Status", "More", "Add photos"]),
        ("/coins/add/", ["Title", "Save", "Save and add another", "Cancel"]),
        ("/photos/add/", ["Choose photos"]),
        ("/exports/", []),
    ],
)
def test_tab_comes_to_every_action_and_shows_where_it_is(
    keys: Any, cabinet: Collection, address: str, actions: list[str]
) -> None:
    go(keys, address.format(coin=cabinet.coins.first().pk))  # type: ignore[union-attr]
    found = tab_through(keys)
    assert [one["html"] for one in found if not one["isShown"]] == []
    words = " | ".join(one["words"] for one in found)
    assert [one for one in actions if one not in words] == [], words


def test_a_whole_coin_without_a_mouse(keys: Any) -> None:
    go(keys, "/")
    press(keys, "n")
    keys.wait_for_url("**/coins/add/")
    settle(keys)
    press(keys, "Tab", "Enter")  # past the masthead
    for name, text in {
        "title": "Antoninianus of Gordian III",
        "authority": "Gordian III",
        "date": "AD 241-243",
        "weight": "4.21",
        "tags": "Roman > Silver",
    }.items():
        tab_to(keys, name)
        keys.keyboard.type(text)
    for _ in range(20):
        press(keys, "Tab")
        if keys.evaluate("document.activeElement.innerText") == "Save":
            break
    press(keys, "Enter")
    keys.wait_for_url(re.compile(r"/coins/\d+/"))
    coin = Coin.objects.get(title="Antoninianus of Gordian III")
    assert (str(coin.authority), coin.year_from, str(coin.weight)) == ("Gordian III", 241, "4.210")
    assert [tag.path for tag in coin.tags.all()] == ["Roman › Silver"]

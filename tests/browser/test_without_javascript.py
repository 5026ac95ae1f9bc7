"""The site with scripts switched off: links, forms and pages do it all."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from catalog.models import Coin, Collection, User
from tests.browser.doing import sign_in
from tests.catalog.drawn import coin as drawn
from tests.catalog.drawn import saved
from tests.factories import PASSWORD, make_coin, make_collection, make_user, make_valuation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def collector() -> User:
    return make_user("livia")


@pytest.fixture
def cabinet(collector: User) -> Collection:
    return make_collection(collector)


@pytest.fixture
def visitor(chromium: Any, live_server: Any) -> Iterator[Any]:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(visitor: Any, collector: User, cabinet: Collection, live_server: Any) -> Any:
    sign_in(visitor.context, collector, live_server.url)
    return visitor


def button(page: Any, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def test_signing_in_and_out(visitor: Any, collector: User, cabinet: Collection) -> None:
    visitor.goto("/coins/")
    visitor.fill("[name=login]", "livia")
    visitor.fill("[name=password]", PASSWORD)
    button(visitor, "Sign in")
    assert visitor.url.endswith("/coins/")
    visitor.get_by_label("Your account").click()
    visitor.get_by_role("button", name="Sign out").click()
    assert visitor.goto("/coins/").url.count("/account/login/") == 1


def test_a_coin_is_added_edited_and_thrown_away(page: Any) -> None:
    page.goto("/coins/")
    page.locator(".masthead-add").click()
    page.get_by_label("Title").fill("Denarius")
    page.get_by_label("Weight").fill("heavy")
    button(page, "Save")
    assert page.get_by_text("Nothing was saved, nothing you wrote is lost.").is_visible()
    page.get_by_label("Weight").fill("3.2")
    button(page, "Save")
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Authority").fill("Trajan")
    button(page, "Save")
    coin = Coin.objects.get()
    assert (str(coin.authority), str(coin.weight)) == ("Trajan", "3.200")
    page.locator("summary", has_text="Status").click()
    page.get_by_label("Status").select_option(label="For sale")
    button(page, "Change the status")
    page.locator("main").get_by_label("More").click()
    button(page, "Move to the trash")
    coin.refresh_from_db()
    assert (coin.status, coin.deleted_at is None) == ("for_sale", False)


def test_photos_come_by_a_form(page: Any, tmp_path: Path) -> None:
    files = []
    for seed, name in enumerate(("nero_obv", "nero_rev", "otho_obv"), 1):
        files.append(tmp_path / f"{name}.jpg")
        files[-1].write_bytes(saved(drawn(300, seed), "JPEG").getvalue())
    page.goto("/photos/add/")
    page.locator("input[type=file]").first.set_input_files(files)
    button(page, "Make drafts")
    assert page.locator("form.draft").count() == 2
    draft = page.locator("form.draft").first
    draft.get_by_label("Title").fill("As of Nero")
    draft.get_by_role("button", name="I own it").click()
    coin = Coin.objects.get(status="owned")
    page.goto(coin.get_absolute_url())
    assert page.get_by_role("heading", level=1).inner_text() == "As of Nero"
    assert page.locator(".face img").count() == coin.photos.count()


def test_the_list_is_searched_filtered_sorted_and_edited(page: Any, cabinet: Collection) -> None:
    for title, status in {"As": "owned", "Dupondius": "sold", "Sestertius": "sold"}.items():
        make_coin(cabinet, title=title, status=status)
    titles = page.locator(".coin-card-title")
    page.goto("/coins/")
    page.locator("#site-search").fill("dupondius")
    page.keyboard.press("Enter")
    page.wait_for_url("**/coins/?q=dupondius")
    assert titles.all_inner_texts() == ["Dupondius"]
    page.goto("/coins/")
    page.get_by_label("Sold").check()
    button(page, "Apply")
    assert sorted(titles.all_inner_texts()) == ["Dupondius", "Sestertius"]
    page.locator("main summary", has_text="Sort by").click()
    page.locator(".menu-sorts a", has_text="Title").click()
    assert "sort=" in page.url
    page.get_by_role("link", name="Table").click()
    assert page.locator("tbody tr").count() == 2
    page.get_by_role("checkbox", name="Dupondius").check()
    button(page, "Edit")
    button(page, "Grade")
    page.get_by_role("textbox", name="Grade").fill("VF")
    button(page, "Preview")
    button(page, "Change one coin")
    assert [coin.title for coin in Coin.objects.filter(grade="VF")] == ["Dupondius"]
    button(page, "Undo")
    assert not Coin.objects.filter(grade="VF").exists()


def test_a_table_is_imported_and_comes_out_again(page: Any, tmp_path: Path) -> None:
    table = tmp_path / "coins.csv"
    table.write_text("Title,Weight\nDenarius,3.2\nAs,10.1\n")
    page.goto("/imports/")
    page.set_input_files("[name=file]", table)
    button(page, "Look at the columns")
    button(page, "Check every row")
    button(page, "Import 2 rows")
    page.get_by_role("link", name="See the coins").click()
    assert page.locator(".coin-card-title").count() == 2
    page.goto("/exports/")
    with page.expect_download() as caught:
        page.get_by_role("link", name="CSV").click()
    assert "Denarius" in Path(caught.value.path()).read_text()
    button(page, "Make the archive")
    with page.expect_download() as caught:
        page.get_by_role("link", name="Download").click()
    assert caught.value.suggested_filename.endswith(".zip")


def test_the_dashboard_shows_its_tables(page: Any, cabinet: Collection) -> None:
    coin = make_coin(cabinet, title="Denarius", authority="Trajan", metal="Silver", year_from=103)
    make_valuation(coin)
    page.goto("/")
    assert page.locator("figure.chart").count() >= 3
    for table in page.locator("figure.chart table").all():
        assert table.is_visible()
    assert (
        page.get_by_role("cell", name="Trajan")
        .or_(page.get_by_role("rowheader", name="Trajan"))
        .is_visible()
    )
    assert not [one for one in page.locator(".chart-canvas").all() if one.is_visible()]


def test_a_stranger_sees_a_shared_collection(
    page: Any, chromium: Any, live_server: Any, cabinet: Collection
) -> None:
    make_coin(cabinet, title="Denarius")
    page.goto("/collections/")
    page.get_by_role("link", name="Share and settings").click()
    button(page, "Make a link")
    context = chromium.new_context(java_script_enabled=False)
    guest = context.new_page()
    guest.goto(page.get_by_label("Address").input_value())
    guest.get_by_role("link", name="Denarius").click()
    assert re.search(r"/s/[\w-]+/coins/\d+/$", guest.url)
    context.close()

from pathlib import Path
from typing import Any

import pytest

from catalog.models import Coin
from tests.catalog.imports.files import a_collection
from tests.factories import PASSWORD, make_collection, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Any) -> None:
    make_collection(make_user("livia"))
    page.goto("/account/login/")
    page.fill("[name=login]", "livia")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/account/" not in url)


def test_a_collection_of_opennumismat_moves_in_with_its_photos(page: Any, tmp_path: Path) -> None:
    sign_in(page)
    page.goto("/imports/")
    page.set_input_files("[name=file]", a_collection(tmp_path / "cabinet.db"))
    page.get_by_role("button", name="Look at the columns").click()
    page.wait_for_selector("text=This looks like an export of OpenNumismat")
    page.get_by_role("button", name="Check every row").click()
    page.wait_for_selector("text=3 rows can be imported")
    assert not Coin.objects.exists()
    page.get_by_role("button", name="Import 3 rows").click()
    page.get_by_role("link", name="See the coins").click()
    page.wait_for_selector("text=Denarius of Trajan")
    coin = Coin.objects.get(title="Denarius of Trajan")
    page.goto(coin.get_absolute_url())
    shown = page.locator("main img")
    assert shown.count() >= 2
    assert all(
        shown.nth(at).evaluate("one => one.decode().then(() => one.naturalWidth > 0)")
        for at in range(2)
    )


def test_a_table_is_mended_between_two_checks_and_undone(page: Any, tmp_path: Path) -> None:
    sign_in(page)
    table = tmp_path / "coins.csv"
    table.write_text("Title;Gewicht\nDenarius;3,2\nAs;schwer\n")
    page.goto("/imports/")
    page.set_input_files("[name=file]", table)
    page.get_by_role("button", name="Look at the columns").click()
    page.get_by_role("button", name="Check every row").click()
    page.wait_for_selector("text=“schwer” is not a number.")
    page.get_by_role("link", name="Change the columns").click()
    page.get_by_label("Gewicht").select_option(label="Notes")
    page.get_by_role("button", name="Check every row").click()
    page.get_by_role("button", name="Import 2 rows").click()
    page.get_by_role("link", name="Undo this import").click()
    page.get_by_role("button", name="Undo the import").click()
    page.wait_for_selector("text=The coins of this import are gone")
    assert not Coin.objects.exists()

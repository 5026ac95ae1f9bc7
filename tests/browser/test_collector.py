"""What a collector does from the first minute on, in one real browser."""

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest

from catalog.models import Coin, Photo, Tag
from tests.browser.doing import drop, settle
from tests.catalog.drawn import coin as drawn
from tests.catalog.drawn import saved
from tests.catalog.exports.cabinet import content
from tests.catalog.imports.files import a_collection

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COINS = {
    "Antoninianus of Gordian III": {"authority": "Gordian III", "date": "AD 241-243", "weight": "4.21"},
    "Follis of Constantine": {"authority": "Constantine I", "date": "c. AD 310", "grade": "gVF"},
    "Lincoln cent": {"denomination": "Cent", "date": "1909", "mint": "Philadelphia"},
}  # fmt: skip


def sign_up(page: Any) -> None:
    page.goto("/")
    page.get_by_role("link", name="Make an account").click()
    page.get_by_label("Username").fill("livia")
    for name in ("password1", "password2"):
        page.fill(f"[name={name}]", "a drawer of forty coins")
    page.get_by_role("button", name="Make the account").click()
    page.get_by_role("heading", name="Your cabinet is ready").wait_for()


def drop_photos(page: Any) -> None:
    faces = [(n, face) for n in range(6) for face in ("obv", "rev")]
    photos = {
        f"coin{n}_{face}.jpg": saved(drawn(300, seed), "JPEG").getvalue()
        for seed, (n, face) in enumerate(faces, 1)
    }
    drop(page, photos)
    page.get_by_role("button", name="Make 6 drafts").click()
    page.wait_for_url("**/photos/add/**")
    page.get_by_role("heading", name="6 drafts to fill in").wait_for()


def fill_in(page: Any, title: str, values: dict[str, str]) -> None:
    draft = page.locator("form.draft").first
    draft.get_by_label("Title").fill(title)
    for name, text in values.items():
        draft.locator(f"[name$={name}]").fill(text)
    draft.get_by_role("button", name="I own it").click()
    page.wait_for_selector(f"text={title} is in your collection")


def tag(page: Any, titles: list[str], name: str) -> None:
    page.goto("/coins/")
    for title in titles:
        page.get_by_role("checkbox", name=title).check()
    page.locator("[data-picked]").get_by_role("button", name="Edit").click()
    page.get_by_role("button", name="Tags").click()
    page.get_by_label("Tags").fill(name)
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name=f"Change {len(titles)} coins").click()
    page.wait_for_selector(f"text={len(titles)} coins changed")


def find(page: Any, text: str) -> list[str]:
    page.goto("/coins/")
    settle(page)
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.wait_for_selector("h1 ~ p:text-is('1 coin')")
    return list(page.locator(".coin-card-title").all_inner_texts())


def write_down_place_and_price(page: Any, title: str) -> None:
    page.get_by_role("link", name=title).click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Storage place").fill("Safe > Tray 3")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Purchase or sale").click()
    page.get_by_label("Price").fill("123.45")
    page.get_by_label("Date").fill("2019-05-04")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector("text=123.45")


def share(page: Any) -> str:
    page.goto("/collections/")
    page.get_by_role("link", name="Share and settings").click()
    page.get_by_role("button", name="Make a link").click()
    return str(page.get_by_label("Address").input_value())


def look_as_a_stranger(chromium: Any, address: str, title: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address)
    pages = [page.content()]
    page.get_by_role("link", name=title).click()
    page.get_by_role("heading", level=1, name=title).wait_for()
    pages.append(page.content())
    for secret in ("123.45", "123", "Safe", "Tray 3", "EUR", "€"):
        assert not [html for html in pages if secret in html], secret
    picture = page.locator("main img").first
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth > 0)")
    assert page.goto(address.split("/s/")[0] + "/coins/").url.count("/account/login/") == 1
    context.close()


def import_file(page: Any, path: Path) -> None:
    page.goto("/imports/")
    page.set_input_files("[name=file]", path)
    page.get_by_role("button", name="Look at the columns").click()
    page.get_by_role("button", name="Check every row").click()
    page.get_by_role("button", name="Import 3 rows").click()
    page.get_by_role("link", name="See the coins").click()
    page.wait_for_selector("text=Denarius of Trajan")


def export(page: Any, path: Path) -> Path:
    page.goto("/exports/")
    page.get_by_role("button", name="Make the archive").click()
    with page.expect_download() as caught:
        page.get_by_role("link", name="Download").click()
    caught.value.save_as(path)
    return path


def delete_everything(page: Any) -> None:
    page.goto("/collections/")
    while (row := page.get_by_role("link", name="Share and settings").first).count():
        row.click()
        name = page.get_by_role("heading", level=1).inner_text()
        form = page.locator("form", has=page.get_by_role("button", name="Delete for good"))
        form.get_by_role("textbox").fill(name)
        form.get_by_role("button").click()
        page.wait_for_url("**/collections/")
    assert not Coin.objects.exists()
    assert not Photo.objects.exists()


def restore(page: Any, archive: Path) -> None:
    page.goto("/exports/")
    page.get_by_role("link", name="Restore an archive").click()
    page.set_input_files("[name=file]", archive)
    page.get_by_role("button", name="Restore it").click()
    page.get_by_role("heading", name="Your archive is restored").wait_for()


def facts() -> dict[str, Any]:
    """Each coin's own fields and the pictures that lie on the disk, not what a row says of them."""
    # Numbers of this database; and the import went with the collection that it could be undone in.
    passing = {"id", "collection_id", "place_id", "type_id", "import_session_id", "updated_at"}
    found = {}
    for coin in Coin.objects.all():
        values = {name: one for name, one in vars(coin).items() if name[0] != "_"}
        found[str(coin.uid)] = (
            {name: one for name, one in values.items() if name not in passing},
            sorted(coin.tags.values_list("path", flat=True)),
            coin.place and coin.place.path,
            [hashlib.sha256(photo.original.read()).hexdigest() for photo in coin.photos.all()],
        )
    return found


def test_a_collector_moves_in_and_out_again(page: Any, chromium: Any, tmp_path: Path) -> None:
    page.context.set_default_timeout(20_000)
    sign_up(page)
    drop_photos(page)
    for title, values in COINS.items():
        fill_in(page, title, values)
    assert Coin.objects.filter(status="draft").count() == 3
    tag(page, list(COINS), "From the drawer")
    assert Tag.objects.get(path="From the drawer").coins.count() == 3
    assert find(page, "gordi anton") == ["Antoninianus of Gordian III"]
    write_down_place_and_price(page, "Antoninianus of Gordian III")
    look_as_a_stranger(chromium, share(page), "Antoninianus of Gordian III")
    import_file(page, a_collection(tmp_path / "cabinet.db"))
    before = facts()
    assert (len(before), Photo.objects.count()) == (9, 14)

    archive = export(page, tmp_path / "one.zip")
    delete_everything(page)
    restore(page, archive)
    assert facts() == before
    assert content(export(page, tmp_path / "two.zip")) == content(archive)
    assert find(page, "gordi anton") == ["Antoninianus of Gordian III"]
    page.get_by_role("link", name="Antoninianus of Gordian III").click()
    page.wait_for_url(re.compile(r"/coins/\d+/"))
    for photo in page.locator(".face img").all():
        assert photo.evaluate("one => one.decode().then(() => one.naturalWidth > 0)")

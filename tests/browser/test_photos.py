"""Photos as a collector handles them: dropped, pasted, chosen; looked at, turned, cut, compared."""

import base64
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from catalog.models import Coin, Photo, User
from catalog.photos import store
from tests.browser.doing import settle
from tests.catalog.drawn import coin as drawn
from tests.catalog.drawn import saved
from tests.factories import make_coin, make_collection, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
DROP = """([files, selector]) => {
  const data = new DataTransfer();
  for (const [name, type, text] of files) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    data.items.add(new File([bytes], name, { type }));
  }
  const target = document.querySelector(selector);
  for (const kind of ["dragenter", "dragover", "drop"])
    target.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""
PASTE = DROP.replace("for (const kind of", "if (false) for (const kind of").replace(
    "const target",
    "document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data }));\n  const target",
)


@pytest.fixture
def collector() -> User:
    return make_user("livia")


@pytest.fixture
def at(page: Any, live_server: Any, collector: User) -> Any:
    """`at("/photos/add/")` is the collector's window there."""
    client = Client()
    client.force_login(collector)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )

    def go(address: str) -> Any:
        page.goto(address)
        settle(page)
        return page

    return go


def file(name: str, seed: int = 1) -> list[str]:
    data = saved(drawn(300, seed), "JPEG").getvalue()
    return [name, "image/jpeg", base64.b64encode(data).decode()]


def drop(page: Any, *files: list[str], on: str = "body") -> None:
    page.evaluate(DROP, [list(files), on])


def with_faces(collector: User, **values: Any) -> Coin:
    coin = make_coin(make_collection(collector), title="Denarius", **values)
    for seed, role in ((1, "obverse"), (2, "reverse")):
        store(coin, saved(drawn(400, seed)), f"{role}.jpg", role, collector)
    return coin


def test_photos_dropped_anywhere_become_drafts(at: Any, collector: User) -> None:
    make_collection(collector)
    page = at("/places/")
    drop(page, *(file(f"coin{n}_{face}.jpg", n) for n in range(3) for face in ("obv", "rev")))
    page.get_by_role("button", name="Make 3 drafts").click()
    page.wait_for_url(re.compile("/photos/add/"))
    assert page.locator("form.draft").count() == 3
    assert sorted(Coin.objects.values_list("status", "photos__role")) == (
        [("draft", "obverse")] * 3 + [("draft", "reverse")] * 3
    )


def test_a_newcomer_needs_no_collection_first(at: Any, collector: User) -> None:
    page = at("/photos/add/")
    drop(page, file("a.jpg"))
    page.get_by_role("button", name="Make 1 draft").click()
    page.wait_for_selector("form.draft")
    assert Coin.objects.get().collection.owner == collector


def test_a_bad_file_is_told_beside_its_name_and_the_others_go_on(at: Any, collector: User) -> None:
    page = at("/places/")
    junk = ["mark.svg", "image/svg+xml", base64.b64encode(b"<svg xmlns='x'/>").decode()]
    drop(page, file("a.jpg"), junk)
    page.get_by_role("button", name="Make 2 drafts").click()
    page.wait_for_selector("text=SVG drawings are not accepted")
    page.wait_for_selector("text=One was refused")
    page.get_by_role("link", name="Fill them in").click()
    page.wait_for_selector("form.draft")
    assert Photo.objects.count() == 1


def test_on_a_coins_page_they_belong_to_the_coin_and_show_at_once(at: Any, collector: User) -> None:
    coin = make_coin(make_collection(collector), title="Denarius")
    page = at(f"/coins/{coin.pk}/")
    drop(page, file("a.jpg", 1), file("b.jpg", 2))
    page.wait_for_selector("#photos .faces-2")
    assert sorted(photo.role for photo in coin.photos.all()) == ["obverse", "reverse"]
    assert Coin.objects.count() == 1


def test_pasting_does_the_same(at: Any, collector: User) -> None:
    coin = make_coin(make_collection(collector), title="Denarius")
    page = at(f"/coins/{coin.pk}/")
    page.evaluate(PASTE, [[file("image.png")], "body"])
    page.wait_for_selector("#photos .faces-1")
    assert coin.photos.count() == 1


def test_a_drop_on_a_draft_is_its_other_face(at: Any, collector: User) -> None:
    coin = make_coin(make_collection(collector), status="draft")
    store(coin, saved(drawn(300, 1)), "a.jpg", "", collector)
    page = at("/photos/add/")
    drop(page, file("b.jpg", 2), on="form.draft .draft-photos")
    page.wait_for_selector("form.draft .draft-photos-2")
    assert [photo.role for photo in coin.photos.all()] == ["obverse", "reverse"]


def test_two_in_a_row(at: Any, collector: User) -> None:
    page = at("/photos/add/")
    page.get_by_label("Two photos in a row are one coin").check()
    drop(page, *(file(f"IMG_{n}.jpg", n) for n in range(1, 5)))
    page.get_by_role("button", name="Make 2 drafts").click()
    page.wait_for_selector("form.draft")
    assert Coin.objects.count() == 2


def test_the_same_photo_again_warns_with_a_link(at: Any, collector: User) -> None:
    coin = make_coin(make_collection(collector), title="Aureus")
    store(coin, saved(drawn(300, 1), "JPEG"), "a.jpg", "", collector)
    page = at("/places/")
    drop(page, file("again.jpg", 1))
    page.get_by_role("button", name="Make 1 draft").click()
    page.get_by_role("link", name="“Aureus” has the very same photo.").click()
    page.wait_for_url(re.compile(f"/coins/{coin.pk}/"))


def test_a_draft_becomes_a_coin_in_place(at: Any, collector: User) -> None:
    coin = make_coin(make_collection(collector), status="draft")
    store(coin, saved(drawn(300, 1)), "a.jpg", "", collector)
    page = at("/photos/add/")
    page.get_by_label("Title").fill("Denarius of Trajan")
    page.get_by_role("button", name="I own it").click()
    page.wait_for_selector("text=is in your collection")
    coin.refresh_from_db()
    assert (coin.title, coin.status) == ("Denarius of Trajan", "owned")


def test_faces_change_places_with_one_click(at: Any, collector: User) -> None:
    coin = with_faces(collector)
    page = at(f"/coins/{coin.pk}/")
    page.get_by_text("Arrange").click()
    page.locator(".arrange-row").nth(0).get_by_role("button", name="Reverse").click()
    page.wait_for_selector('.arrange-row:first-child [aria-pressed="true"]:has-text("Reverse")')
    assert [photo.role for photo in coin.photos.all()] == ["reverse", "obverse"]


def test_the_viewer_answers_to_keys_and_wheel(at: Any, collector: User) -> None:
    coin = with_faces(collector)
    page = at(f"/photos/{coin.photos.first().pk}/")
    level = page.locator("[data-zoom-level]")
    page.keyboard.press("+")
    assert level.text_content() == "125 %"
    page.locator("[data-viewer]").hover()
    page.mouse.wheel(0, -400)
    page.wait_for_function(
        "parseInt(document.querySelector('[data-zoom-level]').textContent) > 200"
    )
    page.keyboard.press("ArrowLeft")
    assert "translate" in page.locator("[data-viewer] img").get_attribute("style")
    page.keyboard.press("0")
    assert level.text_content() == "100 %"
    page.keyboard.press("f")
    page.wait_for_url(re.compile(f"/photos/{coin.photos.last().pk}/"))
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile(f"/coins/{coin.pk}/"))


def test_the_coin_is_found_and_cut_out(at: Any, collector: User) -> None:
    photo = with_faces(collector).photos.first()
    page = at(f"/photos/{photo.pk}/edit/")
    page.get_by_role("button", name="Find the coin").click()
    page.wait_for_selector(".edit-circle:visible")
    page.locator("[name=brightness]").fill("1.2")
    assert "brightness(1.2)" in page.locator("[data-result] canvas").get_attribute("style")
    page.locator(".edit-circle").press("ArrowRight")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile(f"/photos/{photo.pk}/$"))
    photo.refresh_from_db()
    assert photo.edit["brightness"] == 1.2
    assert photo.edit["crop"] == pytest.approx([0.5, 0.5, 0.41], abs=0.02)


SEEN = """() => {
  const { width, height } = document.querySelector("[data-result] canvas");
  const context = document.querySelector("[data-result] canvas").getContext("2d");
  const levels = context.getImageData(0, 0, width, height).data;
  let rough = 0;
  for (let at = 4; at < levels.length; at += 4) rough += Math.abs(levels[at] - levels[at - 4]);
  return { width, height, rough };
}"""


def test_sliders_show_at_once_what_is_then_stored(at: Any, collector: User) -> None:
    photo = with_faces(collector).photos.first()
    page = at(f"/photos/{photo.pk}/edit/")
    plain = page.evaluate(SEEN)
    assert plain["width"] == plain["height"]
    page.locator("[name=sharpness]").fill("2.5")
    sharp = page.evaluate(SEEN)
    assert sharp["rough"] > 1.2 * plain["rough"]
    page.locator("[name=denoise]").fill("1")
    assert page.evaluate(SEEN)["rough"] < sharp["rough"]
    page.get_by_label("Shades of grey").check()
    assert "grayscale(1)" in page.locator("[data-result] canvas").get_attribute("style")
    page.get_by_label("Unroll the legend").check()
    strip = page.evaluate(SEEN)
    assert strip["width"] > 10 * strip["height"]
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile(f"/photos/{photo.pk}/$"))
    photo.refresh_from_db()
    assert photo.edit == {"sharpness": 2.5, "denoise": 1, "greyscale": True, "polar": True}


def test_an_edit_is_saved_and_the_coin_identified_again(at: Any, collector: User) -> None:
    photo = with_faces(collector).photos.first()
    page = at(f"/photos/{photo.pk}/edit/")
    page.locator("[name=contrast]").fill("1.5")
    page.get_by_role("button", name="Save and identify again").click()
    page.wait_for_url(re.compile(f"/coins/{photo.coin_id}/"))
    photo.refresh_from_db()
    assert photo.edit == {"contrast": 1.5}
    assert photo.coin.identifications.filter(current=True).exists()


def test_the_circle_is_dragged(at: Any, collector: User) -> None:
    photo = with_faces(collector).photos.first()
    page = at(f"/photos/{photo.pk}/edit/")
    page.locator("[name=crop]").check()
    box = page.locator(".edit-circle").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + box["width"] / 10, middle[1], steps=3)
    page.mouse.up()
    assert float(page.locator("[name=cx]").input_value()) == pytest.approx(0.6, abs=0.01)


def test_two_coins_move_together(at: Any, collector: User) -> None:
    one, other = with_faces(collector, diameter="19"), with_faces(collector, diameter="25")
    page = at(f"/photos/compare/?a={one.pk}&b={other.pk}")
    page.get_by_role("button", name="Larger").click()
    views = page.locator(".compare-frame svg").evaluate_all(
        "all => all.map(svg => svg.getAttribute('viewBox'))"
    )
    assert len(views) == 4
    assert len(set(views)) == 1
    assert page.locator("[data-scale]").text_content() == "3.3"


def test_all_of_it_works_without_scripts(
    chromium: Any, live_server: Any, collector: User, tmp_path: Any
) -> None:
    coin = with_faces(collector)
    client = Client()
    client.force_login(collector)
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page = context.new_page()
    picture = tmp_path / "IMG_1.jpg"
    picture.write_bytes(saved(drawn(300, 7)).getvalue())
    page.goto("/photos/add/")
    page.locator("input[type=file]").first.set_input_files(picture)
    page.get_by_role("button", name="Make drafts").click()
    assert page.locator("form.draft").count() == 1
    page.goto(f"/coins/{coin.pk}/")
    page.locator(".face a").first.click()
    page.get_by_role("link", name="Edit").click()
    page.get_by_role("button", name="Find the coin").click()
    page.get_by_role("button", name="Save", exact=True).click()
    assert coin.photos.first().edit["crop"]
    context.close()


@pytest.mark.parametrize(
    "address",
    ["/photos/add/", "/photos/1/", "/photos/1/edit/", "/photos/1/delete/", "/photos/1/transfer/",
     "/photos/compare/?a=1", "/photos/compare/?a=1&b=2", "/coins/1/duplicates/"],
)  # fmt: skip
def test_axe_finds_nothing(at: Any, collector: User, address: str) -> None:
    one, other = with_faces(collector, diameter="19"), with_faces(collector)
    draft = make_coin(one.collection, status="draft")
    store(draft, saved(drawn(300, 9)), "c.jpg", "", collector)
    photo = one.photos.first()
    address = address.replace("/photos/1/", f"/photos/{photo.pk}/").replace(
        "/coins/1/", f"/coins/{one.pk}/"
    )
    address = address.replace("a=1", f"a={one.pk}").replace("b=2", f"b={other.pk}")
    page = at(address)
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.html)])"
    )
    assert found == []

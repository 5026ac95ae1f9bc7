"""A photo becomes a suggestion before one's eyes; it is accepted, corrected, taken back; many by keyboard."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from catalog.models import Coin, FieldChange, User
from catalog.photos import store
from identify import tasks
from identify.models import Explanation, Identification, Suggestion
from tests.browser.axe import violations
from tests.browser.doing import drop, settle, sign_in
from tests.catalog.drawn import coin as drawn
from tests.catalog.drawn import saved
from tests.factories import make_coin, make_collection, make_user
from tests.identify.fakes import Fake, Standing, answer, opinion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def fake(settings: Any) -> Iterator[Fake]:
    settings.IDENTIFY_PREDICTOR = "tests.identify.fakes.standing"
    Standing.predictor = one = Fake()
    yield one
    Standing.predictor = None


@pytest.fixture
def collector(page: Any, live_server: Any) -> User:
    user = make_user("livia")
    sign_in(page.context, user, live_server.url)
    return user


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The queue keeps what it is given; the test is the worker."""
    waiting: list[int] = []

    def keep(task: str, *arguments: Any, **_more: Any) -> None:
        if task == "identify.tasks.run":
            waiting.append(arguments[0])

    monkeypatch.setattr("django_q.tasks.async_task", keep)
    return waiting


def photo(seed: int) -> bytes:
    return saved(drawn(300, seed), "JPEG").getvalue()


def test_two_photos_become_a_suggestion_that_is_decided(
    fake: Fake, later: list[int], page: Any, collector: User
) -> None:
    coin = make_coin(make_collection(collector))
    page.goto(f"/coins/{coin.pk}/")
    page.get_by_text("Add a photo of a face").wait_for()
    drop(page, {"a_obverse.jpg": photo(1), "a_reverse.jpg": photo(2)})
    panel = page.locator("#identification")
    panel.get_by_text("It begins in a moment.").wait_for()
    for job in later:
        tasks.run(job)
    ruler = panel.locator("[data-said]").filter(has_text="Ruler")
    ruler.get_by_text("almost certain").wait_for(timeout=1500)
    assert Identification.objects.get(current=True).total == 2

    ruler.get_by_role("button", name=re.compile("Accept ?: Ruler")).click()
    ruler.get_by_text("Accepted").wait_for()
    page.locator(".coin-text dd", has_text="Trajan").wait_for()  # the page around it knows, too
    denomination = panel.locator("[data-said]").filter(has_text="Denomination")
    denomination.get_by_text("Correct").click()
    denomination.get_by_label("Denomination").last.fill("Didrachm")
    denomination.get_by_role("button", name="Write this").click()
    denomination.get_by_text("Corrected").wait_for()
    ruler.get_by_role("button", name=re.compile("Undo ?: Ruler")).click()
    ruler.get_by_role("button", name=re.compile("Accept ?: Ruler")).wait_for()

    page.goto(f"/coins/{coin.pk}/history/")
    rows = page.locator("tbody tr").all_inner_texts()
    assert [row.split("\t")[-2] for row in rows if "Photo" not in row] == (
        ["undo", "by hand", "suggestion, accepted"]
    )
    coin.refresh_from_db()
    assert (coin.authority, str(coin.denomination)) == (None, "Didrachm")


def reviewed(collector: User, many: int) -> list[Coin]:
    collection = make_collection(collector)
    coins = [make_coin(collection, title=f"Find no. {n}") for n in range(many)]
    for n, coin in enumerate(coins):
        store(coin, saved(drawn(300, n)), "a.jpg", "obverse", collector)
    return coins


def test_many_coins_are_decided_by_keyboard(fake: Fake, page: Any, collector: User) -> None:
    coins = reviewed(collector, 4)
    page.goto("/identify/review/")
    settle(page)
    heading = page.locator(".review-coin")

    def at(n: int) -> None:
        heading.get_by_text(f"Find no. {n}").wait_for()

    at(0)
    page.keyboard.press("a")
    at(1)
    page.keyboard.press("u")
    at(0)
    page.keyboard.press("a")
    at(1)
    page.keyboard.press("j")
    at(2)
    page.keyboard.press("k")
    at(1)
    page.keyboard.press("x")
    at(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("d")
    page.locator("[data-said]").nth(1).get_by_text("I don’t know").wait_for()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("c")
    page.keyboard.type("Hadrian")
    page.keyboard.press("Enter")
    at(3)
    page.keyboard.press("d")
    page.get_by_text("Nothing waits for you").wait_for()
    said = [
        list(
            Suggestion.objects.filter(identification__coin=coin).values_list("decision", flat=True)
        )
        for coin in coins
    ]
    assert said == [["unread"] * 2, ["refused"] * 2, ["corrected", "unknown"], ["unknown"] * 2]
    coins[2].refresh_from_db()
    assert str(coins[2].authority) == "Hadrian"


def test_the_overview_of_keys_tells_of_them(fake: Fake, page: Any, collector: User) -> None:
    reviewed(collector, 1)
    page.goto("/identify/review/")
    settle(page)
    page.keyboard.press("?")
    page.get_by_text("Suggestions: accept all, none of these").wait_for()
    page.keyboard.press("a")  # the dialog has the keys now
    assert Suggestion.objects.filter(decision="open").count() == 2


def test_where_the_model_looked_is_shown_on_request(fake: Fake, page: Any, collector: User) -> None:
    [coin] = reviewed(collector, 1)
    page.goto(f"/identify/coins/{coin.pk}/")
    ruler = page.locator("[data-said]").filter(has_text="Ruler")
    ruler.get_by_role("button", name=re.compile("Show where it looked")).click()
    ruler.get_by_text("Red spoke most for “Trajan”").wait_for()
    heat = ruler.locator(".heat-map")
    assert page.request.get(heat.get_attribute("href")).headers["content-type"] == "image/png"
    ruler.get_by_label("Strength").fill("30")
    assert heat.evaluate("one => getComputedStyle(one).opacity") == "0.3"
    ruler.get_by_label("Show the colours").uncheck()
    assert heat.evaluate("one => getComputedStyle(one).display") == "none"

    ruler.get_by_role("button", name=re.compile("^Hadrian 2 %")).last.click()
    ruler.get_by_text("Where the model looked: Hadrian").wait_for()
    ruler.locator("summary", has_text="Coins to compare with").click()
    ruler.get_by_text("No other coin that you may see").first.wait_for()
    page.reload()
    ruler.get_by_role("link", name=re.compile("Where the model looked")).click()  # it is kept
    ruler.get_by_text("Red spoke most for “Trajan”").wait_for()
    assert [label for _scope, _field, label in fake.explained] == ["Trajan", "Hadrian"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_is_for_everybody(
    fake: Fake, chromium: Any, live_server: Any, scheme: str
) -> None:
    user = make_user("livia")
    fake.says = opinion(
        fields={
            "ruler": answer(("Maximian or Galerius", 0.8), ("Diocletian", 0.1)),
            "denomination": answer(("Nummus", 0.5), ("As", 0.4), abstained=True),
            "obverse_legend": answer(
                ("IMP C", 0.9), read="IMPC", letters=(("I", 0.9, 0.0), ("M", 0.3, 9.0))
            ),
        }
    )
    said, queued, failed = reviewed(user, 3)
    Identification.objects.filter(coin=queued).update(state="queued")
    Identification.objects.filter(coin=failed).update(state="failed", reason="no_model")
    context = chromium.new_context(
        base_url=live_server.url, bypass_csp=True, color_scheme=scheme,
        viewport={"width": 390, "height": 900},
    )  # fmt: skip
    sign_in(context, user, live_server.url)
    page, found = context.new_page(), []
    addresses = [f"/identify/coins/{coin.pk}/" for coin in (said, queued, failed)]
    ruler = Suggestion.objects.get(identification__coin=said, field="ruler")
    addresses += [Explanation.begin(ruler).get_absolute_url()]
    addresses += [f"/identify/suggestions/{ruler.pk}/specimens/"]
    for url in [*addresses, "/identify/review/", "/identify/progress/", f"/coins/{said.pk}/"]:
        page.goto(url)
        page.wait_for_timeout(300)
        found += [f"{url}  {one}" for one in violations(page)]
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{url}  is {wide} px too wide"] if wide > 0 else []
    context.close()
    assert not found, "\n".join(found)


def test_all_of_it_works_without_scripts(fake: Fake, chromium: Any, live_server: Any) -> None:
    user = make_user("livia")
    [coin] = reviewed(user, 1)
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(10_000)
    sign_in(context, user, live_server.url)
    page = context.new_page()
    page.goto(f"/coins/{coin.pk}/")
    page.get_by_role("link", name="What the photos tell of this coin").click()
    page.get_by_role("button", name=re.compile("Show where it looked ?: Ruler")).click()
    page.get_by_text("Red spoke most for “Trajan”").wait_for()
    page.get_by_label("Show the colours").uncheck()
    heat = page.locator(".heat-map")
    assert heat.evaluate("one => getComputedStyle(one).display") == "none"
    page.get_by_role("link", name="Identification").last.click()
    page.get_by_role("button", name=re.compile("Accept ?: Ruler")).click()
    page.locator("#identification summary", has_text="Correct").last.click()
    page.get_by_label("Denomination").last.fill("Didrachm")
    page.get_by_role("button", name="Write this").click()
    page.get_by_role("button", name=re.compile("Undo ?: Ruler")).click()
    page.goto("/identify/review/")
    page.get_by_role("button", name="None of these").click()
    page.get_by_text("Nothing waits for you").wait_for()
    context.close()
    coin.refresh_from_db()
    assert (coin.authority, str(coin.denomination)) == (None, "Didrachm")
    assert FieldChange.objects.filter(coin=coin, source="suggestion").count() == 1

"""Three pasted lots stand on the chart of one's coin; one is left out, the median moves, and comes back."""

import os
from typing import Any

import pytest

from catalog.models import Coin, User
from market.receiving import paste
from tests.browser.axe import violations
from tests.browser.doing import sign_in
from tests.factories import make_collection, make_trade, make_user
from tests.market.makes import make_lot, make_lots, make_trajan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASTED = """Lot 1. TRAJAN. AD 98-117. AR Denarius (19mm, 3.31 g, 7h). Rome mint. RIC II 207. VF.
Hammer price: 100 EUR
Lot 2. TRAJAN. AD 98-117. AR Denarius (18mm, 3.20 g, 6h). Rome mint. RIC II 207. Good VF.
Hammer price: 120 EUR
Lot 3. TRAJAN. AD 98-117. AR Denarius (19mm, 3.40 g, 7h). Rome mint. RIC II 207. VF.
Hammer price: 900 EUR
"""


@pytest.fixture
def owner(page: Any, live_server: Any) -> User:
    user = make_user("livia")
    sign_in(page.context, user, live_server.url)
    return user


@pytest.fixture
def coin(owner: User) -> Coin:
    coin = make_trajan(make_collection(owner))
    make_trade(coin, 95)
    return coin


def drawn(page: Any) -> int:
    """How many points the chart of grades was given."""
    page.locator("[data-market-chart=grade]").scroll_into_view_if_needed()
    page.wait_for_selector("[data-market-chart=grade].is-drawn")
    script = """() => { const chart = Chart.getChart(document.querySelector('[data-market-chart=grade] canvas'));
      return chart.data.datasets.flatMap((one) => one.data).filter((one) => one.lot).length; }"""
    return int(page.evaluate(script))


def median(page: Any) -> str:
    return str(page.text_content("[data-median]"))


def test_one_is_left_out_and_the_median_moves(page: Any, owner: User, coin: Coin) -> None:
    paste(owner, PASTED)
    page.goto(f"/coins/{coin.pk}/")
    page.wait_for_selector("#comparables [data-median]")
    assert median(page) == "€120"
    page.click('.market-line:has-text("€900.00") [aria-label^="Leave out"]')
    page.wait_for_selector(".market-rejected")
    assert median(page) == "€110"
    page.get_by_role("link", name="With charts and a table").click()
    page.wait_for_url("**/market/coins/**")
    assert drawn(page) == 2
    page.get_by_role("button", name="Reset my choice").click()
    page.wait_for_function("document.querySelector('[data-median]').textContent === '€120'")
    assert drawn(page) == 3


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_full_pages_are_for_everybody(
    chromium: Any, live_server: Any, width: int, scheme: str
) -> None:
    user = make_user("livia")
    coin = make_trajan(make_collection(user))
    make_lots(user, [90, 95, 100, 104, 110, 130, 170, 60], estimate=80)
    make_lots(user, [300, 420], grade="EF")
    make_lot(user, None, status="unsold", estimate=150)
    context = chromium.new_context(
        base_url=live_server.url, bypass_csp=True, color_scheme=scheme,
        viewport={"width": width, "height": 900},
    )  # fmt: skip
    sign_in(context, user, live_server.url)
    page = context.new_page()
    for address in (f"/market/coins/{coin.pk}/", f"/market/lots/?ruler=Trajan&coin={coin.pk}"):
        page.goto(address)
        assert drawn(page) == 11
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        if folder := os.environ.get("SCREENSHOTS"):
            name = address.split("/")[2]
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
    context.close()

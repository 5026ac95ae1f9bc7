"""What comes out of a printer: light paper, whatever the screen, and nothing that could be pressed."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.access.world import build_world
from tests.browser.doing import settle
from tests.browser.test_every_page import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

A4 = {"width": 680, "height": 1000}  # between its margins
PAGES = ["/", "/coins/?layout=table", "/coins/?layout=grid", "/coins/{coin.pk}/", "/places/"]


@pytest.fixture
def world() -> SimpleNamespace:
    return build_world()


def test_paper_is_light_and_has_no_buttons(chromium: Any, live_server: Any, world: Any) -> None:
    context = chromium.new_context(base_url=live_server.url, color_scheme="dark")
    context.base = live_server.url
    page = context.new_page()
    sign_in(page, world)
    for address in PAGES:
        page.goto(address.format(**vars(world)))
        settle(page)
        page.emulate_media(media="print", color_scheme="dark")
        page.set_viewport_size(A4)
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (address, paper) == (address, "rgb(255, 255, 255)")
        pressed = page.locator(":is(button, .button, input, .masthead):visible").all_inner_texts()
        assert (address, pressed) == (address, [])
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
        page.emulate_media(media="screen")
    context.close()

from typing import Any

import pytest

from tests.browser.axe import violations
from tests.browser.doing import sign_in
from tests.factories import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_token_is_made_and_copied(page: Any, live_server: Any) -> None:
    sign_in(page.context, make_user(), live_server.url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/settings/tokens/")
    page.get_by_label("Name").fill("My script")
    page.get_by_label("Read and write").check()
    page.get_by_role("button", name="Make the token").click()
    secret = page.get_by_label("Token", exact=True).input_value()
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == secret
    page.get_by_role("button", name="Revoke My script").click()
    page.get_by_role("heading", name="No tokens yet").wait_for()


def test_the_reference_opened_is_for_everybody(chromium: Any, live_server: Any) -> None:
    context = chromium.new_context(base_url=live_server.url, bypass_csp=True)
    sign_in(context, make_user(), live_server.url)
    page = context.new_page()
    page.goto("/api/v1/docs/#coins")
    for summary in page.locator("#coins summary").all():
        summary.click()
    assert violations(page) == []
    context.close()

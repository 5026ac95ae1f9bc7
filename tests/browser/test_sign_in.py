from typing import Any

import pytest

from tests.factories import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_wrong_password_is_told_and_the_right_one_lets_in(page: Any) -> None:
    user = make_user("livia")
    user.set_password("house on the Palatine")
    user.save()
    page.goto("/account/login/")
    page.fill("[name=login]", "livia")
    page.fill("[name=password]", "villa in the country")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_selector("text=not correct")
    page.fill("[name=password]", "house on the Palatine")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/account/" not in url)

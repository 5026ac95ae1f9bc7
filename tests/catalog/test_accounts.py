import re
import time

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
)
from django.test import Client

from catalog.models import Coin, Collection, User
from tests.factories import PASSWORD, make_admin, make_coin, make_user

pytestmark = pytest.mark.django_db

NEWCOMER = {
    "username": "newcomer",
    "email": "",
    "password1": "seven old denarii",
    "password2": "seven old denarii",
}


def test_signing_up_needs_no_mail_address(client):
    assert client.post("/account/signup/", NEWCOMER)["Location"] == "/"
    assert client.get("/").status_code == 200


def test_signing_up_can_be_switched_off(client, settings):
    settings.REGISTRATION_OPEN = False
    assert b"takes no new accounts" in client.get("/account/signup/").content
    client.post("/account/signup/", NEWCOMER)
    assert not User.objects.exists()
    assert b"/account/signup/" not in client.get("/account/login/").content


@pytest.mark.parametrize(
    ("field", "value"), [("password2", "different"), ("username", "owner"), ("email", "no address")]
)
def test_a_bad_sign_up_is_refused_beside_its_field(client, owner, field, value):
    response = client.post("/account/signup/", NEWCOMER | {field: value})
    assert field in response.context["form"].errors


def test_a_forgotten_password_is_mended_by_mail(client, mailoutbox):
    make_user("forgetful", email="me@example.org")
    client.post("/account/password/reset/", {"email": "me@example.org"})
    [mail] = mailoutbox
    link = re.search(r"http\S+(/account/\S+)", mail.body).group(1)
    form = client.get(link, follow=True).request["PATH_INFO"]
    client.post(form, {"password1": "eight old denarii", "password2": "eight old denarii"})
    assert Client().login(username="forgetful", password="eight old denarii")


def test_a_link_for_a_new_password_works_once(client):
    page = client.get("/account/password/reset/key/1-nothing/").content.decode()
    assert "This link does not work" in page
    assert 'href="/account/password/reset/"' in page


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def switch_on_two_factor(client) -> str:
    client.post("/account/login/", {"login": "careful", "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    response = client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert response.status_code == 302
    return secret


def test_two_factor_asks_for_the_code_at_the_next_sign_in(client):
    make_user("careful")
    secret = switch_on_two_factor(client)
    again = Client()
    response = again.post(
        "/account/login/", {"login": "careful", "password": PASSWORD}, follow=True
    )
    assert response.request["PATH_INFO"] == "/account/2fa/authenticate/"
    assert again.get("/coins/add/").status_code == 302
    from django.core.cache import cache

    cache.clear()  # a code is good for one sign-in only; the test has no thirty seconds to wait
    again.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert again.get("/coins/add/").status_code == 200


def test_a_wrong_code_does_not_get_in(client):
    make_user("careful")
    switch_on_two_factor(client)
    again = Client()
    again.post("/account/login/", {"login": "careful", "password": PASSWORD})
    again.post("/account/2fa/authenticate/", {"code": "000000"})
    assert again.get("/coins/add/").status_code == 302


def test_other_sessions_can_be_ended(client):
    make_user("careful")
    other = Client()
    for browser in (other, client):
        browser.post("/account/login/", {"login": "careful", "password": PASSWORD})
        browser.get("/account/sessions/")
    client.post("/account/sessions/")
    assert client.get("/settings/").status_code == 200
    assert other.get("/settings/").status_code == 302


def test_preferences_change_language_and_theme(as_user, owner):
    client = as_user(owner)
    client.post("/settings/", {"language": "de", "theme": "dark", "currency": "USD"})
    page = client.get("/settings/").content.decode()
    assert 'lang="de"' in page
    assert 'data-theme="dark"' in page


def test_an_account_is_deleted_with_its_password_only(as_user, owner, collection):
    make_coin(collection)
    client = as_user(owner)
    assert client.post("/settings/delete/", {"password": "wrong"}).status_code == 422
    client.post("/settings/delete/", {"password": PASSWORD})
    assert not Coin.objects.exists()
    assert not Collection.objects.exists()


def test_the_only_administrator_cannot_delete_himself(as_user):
    admin = make_admin()
    assert as_user(admin).post("/settings/delete/", {"password": PASSWORD}).status_code == 422


@pytest.mark.parametrize("address", ["/nothing-here/", "/coins/999999/"])
def test_what_is_not_there_is_said_kindly(as_user, owner, address):
    response = as_user(owner).get(address)
    assert response.status_code == 404
    assert b"Nothing here" in response.content


def test_no_page_needs_an_inline_script_or_style(as_user, owner, coin):
    client = as_user(owner)
    for address in ("/", coin.get_absolute_url(), "/settings/", "/coins/add/", "/account/2fa/"):
        response = client.get(address)
        html = response.content.decode()
        assert "unsafe-inline" not in response["Content-Security-Policy"]
        assert not re.search(
            r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(src|application/json))", html
        ), address

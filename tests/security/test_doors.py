"""Who gets in, and what every answer carries."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from catalog.models import ApiToken
from tests.factories import PASSWORD, make_admin, make_user

pytestmark = pytest.mark.django_db


def sign_in(address: str, password: str, name: str = "curator") -> tuple[Client, int]:
    client = Client()
    fields = {"login": name, "username": name, "password": password}
    return client, client.post(address, fields).status_code


@pytest.mark.parametrize("address", ["/account/login/", "/admin/login/"])
def test_a_password_alone_does_not_open_an_account_with_two_factors(address):
    TOTP.activate(make_admin(), generate_totp_secret())
    client, _status = sign_in(address, PASSWORD)
    assert "_auth_user_id" not in client.session
    for page in ("/", "/admin/"):
        assert client.get(page).status_code == 302
    assert client.get("/api/v1/coins/").status_code == 401


def test_passwords_cannot_be_tried_for_ever():
    make_admin()
    for _attempt in range(12):
        sign_in("/account/login/", "wrong")
    client, _status = sign_in("/account/login/", PASSWORD)
    assert "_auth_user_id" not in client.session


def test_a_lost_password_tells_nobody_who_has_an_account(mailoutbox):
    make_user("somebody", email="somebody@example.org")
    answers = [
        Client().post("/account/password/reset/", {"email": f"{name}@example.org"})
        for name in ("somebody", "nobody")
    ]
    assert [(one.status_code, one["Location"]) for one in answers] == [
        (302, "/account/password/reset/done/")
    ] * 2


@pytest.mark.parametrize("is_active", [True, False])
def test_a_closed_account_has_neither_session_nor_token(is_active):
    user = make_user()
    _token, secret = ApiToken.issue(user, "script", "write")
    client = Client()
    client.force_login(user)
    user.is_active = is_active
    user.save()
    by_token = Client().get("/api/v1/coins/", headers={"Authorization": f"Bearer {secret}"})
    assert by_token.status_code == (200 if is_active else 401)
    assert client.get("/api/v1/coins/").status_code == (200 if is_active else 401)


@pytest.mark.parametrize(
    "address", ["/account/login/", "/nowhere/", "/s/none/", "/api/v1/coins/", "/admin/", "/healthz"]
)
def test_every_answer_says_what_a_browser_may_do_with_it(address):
    response = Client().get(address)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self' 'unsafe-inline'" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"


def test_no_language_leads_to_another_site():
    response = Client().post("/language/", {"language": "de", "next": "https://evil.example/"})
    assert response["Location"] == "/"


def test_no_login_leads_to_another_site():
    make_user("somebody")
    fields = {"login": "somebody", "password": PASSWORD, "next": "//evil.example/"}
    assert "evil" not in Client().post("/account/login/", fields)["Location"]

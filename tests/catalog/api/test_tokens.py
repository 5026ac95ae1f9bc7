from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from catalog.models import ApiToken
from tests.factories import make_coin

pytestmark = pytest.mark.django_db
ME = "/api/v1/me/"


def bearer(secret):
    return {"HTTP_AUTHORIZATION": f"Bearer {secret}"}


def problem_of(response):
    assert response["Content-Type"] == "application/problem+json"
    return response.json()


def test_a_token_lets_its_owner_in(owner):
    _token, secret = ApiToken.issue(owner, "script", "read")
    assert APIClient().get(ME, **bearer(secret)).json()["username"] == "owner"


def test_the_scheme_is_written_in_any_case(owner):
    _token, secret = ApiToken.issue(owner, "script", "read")
    assert APIClient().get(ME, HTTP_AUTHORIZATION=f"bearer {secret}").status_code == 200


def test_the_token_itself_is_not_kept(owner):
    token, secret = ApiToken.issue(owner, "script", "read")
    assert secret.startswith("obv_")
    assert secret not in str(ApiToken.objects.filter(pk=token.pk).values().get())


def test_nobody_is_asked_for_a_token(db):
    response = APIClient().get(ME)
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert problem_of(response)["type"].endswith("#problem-not-authenticated")


@pytest.mark.parametrize("secret", ["obv_wrong", "", "ä", "obv_ obv_"])
def test_an_unknown_token_is_refused(db, secret):
    response = APIClient().get(ME, **bearer(secret))
    assert response.status_code == 401
    assert problem_of(response)["type"].endswith("#problem-unknown-token")


def test_an_expired_token_is_refused(owner):
    past = timezone.now() - timedelta(seconds=1)
    _token, secret = ApiToken.issue(owner, "script", "read", past)
    response = APIClient().get(ME, **bearer(secret))
    assert response.status_code == 401
    assert problem_of(response)["type"].endswith("#problem-expired-token")


def test_a_revoked_token_is_refused(owner):
    token, secret = ApiToken.issue(owner, "script", "read")
    token.delete()
    assert APIClient().get(ME, **bearer(secret)).status_code == 401


def test_a_closed_account_is_refused(owner):
    _token, secret = ApiToken.issue(owner, "script", "read")
    owner.is_active = False
    owner.save()
    response = APIClient().get(ME, **bearer(secret))
    assert problem_of(response)["type"].endswith("#problem-closed-account")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_token_for_reading_changes_nothing(api, owner, collection, method):
    coin = make_coin(collection, title="Denarius")
    response = getattr(api(owner, "read"), method)(f"/api/v1/coins/{coin.pk}/", {"title": "Aureus"})
    assert response.status_code == 403
    assert problem_of(response)["type"].endswith("#problem-read-only-token")
    coin.refresh_from_db()
    assert (coin.title, coin.deleted_at) == ("Denarius", None)


def test_when_a_token_was_used_is_noted_once_a_minute(owner, django_assert_num_queries):
    token, secret = ApiToken.issue(owner, "script", "read")
    client = APIClient()
    client.get(ME, **bearer(secret))
    token.refresh_from_db()
    first = token.last_used_at
    assert first is not None
    with django_assert_num_queries(1):
        client.get(ME, **bearer(secret))
    token.refresh_from_db()
    assert token.last_used_at == first
    ApiToken.objects.update(last_used_at=first - timedelta(minutes=2))
    client.get(ME, **bearer(secret))
    token.refresh_from_db()
    assert token.last_used_at > first


def test_a_browser_is_let_in_by_its_session(as_user, owner):
    assert as_user(owner).get(ME).json()["scope"] == "write"


def test_a_browser_needs_the_csrf_token_to_write(owner, collection):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    response = client.post("/api/v1/coins/", {"collection": collection.pk}, "application/json")
    assert response.status_code == 403
    assert "CSRF" in problem_of(response)["detail"]


def test_a_program_needs_no_csrf_token(owner, collection):
    _token, secret = ApiToken.issue(owner, "script", "write")
    client = Client(enforce_csrf_checks=True)
    body = {"collection": collection.pk}
    response = client.post("/api/v1/coins/", body, "application/json", **bearer(secret))
    assert response.status_code == 201

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from catalog.models import ApiToken
from tests.factories import make_user

pytestmark = pytest.mark.django_db
TOKENS, ADD = "/settings/tokens/", "/settings/tokens/add/"
SCRIPT = {"name": "My script", "scope": "write", "days": 30}


def secret_in(response):
    return response.context["secret"]


def test_a_token_is_made_and_works(as_user, owner):
    response = as_user(owner).post(ADD, SCRIPT)
    token = ApiToken.objects.get()
    assert (token.user, token.name, token.scope) == (owner, "My script", "write")
    assert abs(token.expires_at - timezone.now() - timedelta(days=30)) < timedelta(minutes=1)
    header = {"HTTP_AUTHORIZATION": f"Bearer {secret_in(response)}"}
    assert APIClient().get("/api/v1/me/", **header).json()["scope"] == "write"


def test_a_token_is_shown_once_and_kept_by_nobody(as_user, owner):
    client = as_user(owner)
    response = client.post(ADD, SCRIPT)
    secret = secret_in(response)
    assert f'value="{secret}"' in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    again = client.get(TOKENS)
    assert secret not in again.content.decode()
    assert "My script" in again.content.decode()


def test_a_token_for_ever(as_user, owner):
    as_user(owner).post(ADD, SCRIPT | {"days": 0})
    assert ApiToken.objects.get().expires_at is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", ""),
        ("name", "  "),
        ("name", "x" * 81),
        ("scope", "admin"),
        ("days", 31),
        ("days", -1),
    ],
)
def test_what_is_no_token_is_refused_beside_its_field(as_user, owner, name, value):
    response = as_user(owner).post(ADD, SCRIPT | {name: value})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {name}
    assert not ApiToken.objects.exists()


def test_the_list_says_when_each_was_used_and_until_when_it_works(as_user, owner):
    ApiToken.issue(owner, "Fresh", "read")
    ApiToken.issue(owner, "Old", "write", timezone.now() - timedelta(days=1))
    ApiToken.objects.filter(name="Old").update(last_used_at=timezone.now())
    page = as_user(owner).get(TOKENS).content.decode()
    for text in (
        "Fresh",
        "never used",
        "for ever",
        "Old",
        "expired",
        "last used",
        "Read and write",
    ):
        assert text in page


def test_a_revoked_token_is_gone(as_user, owner):
    token, secret = ApiToken.issue(owner, "script", "read")
    response = as_user(owner).post(f"{TOKENS}{token.pk}/revoke/")
    assert response["Location"] == TOKENS
    assert APIClient().get("/api/v1/me/", HTTP_AUTHORIZATION=f"Bearer {secret}").status_code == 401


def test_looking_at_a_page_makes_and_revokes_nothing(as_user, owner):
    token, _secret = ApiToken.issue(owner, "script", "read")
    client = as_user(owner)
    assert client.get(ADD).status_code == 405
    assert client.get(f"{TOKENS}{token.pk}/revoke/").status_code == 405
    assert ApiToken.objects.count() == 1


def test_a_stranger_sees_and_revokes_nothing(as_user, stranger):
    token, _secret = ApiToken.issue(make_user(), "Not yours", "read")
    client = as_user(stranger)
    assert "Not yours" not in client.get(TOKENS).content.decode()
    assert client.post(f"{TOKENS}{token.pk}/revoke/").status_code == 404
    assert ApiToken.objects.count() == 1


def test_the_number_of_queries_is_constant(as_user, owner, django_assert_num_queries):
    client = as_user(owner)
    client.get(TOKENS)
    for _number in range(5):
        ApiToken.issue(owner, "script", "read")
    with django_assert_num_queries(3):  # the session, the user, the tokens
        client.get(TOKENS)

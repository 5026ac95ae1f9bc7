from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from catalog.models import ApiToken, User

Api = Callable[..., APIClient]


@pytest.fixture
def api() -> Api:
    """`api(someone)` is a program that has a token of someone's."""

    def program(user: User | None, scope: str = "write") -> APIClient:
        client = APIClient()
        if user is not None:
            _token, secret = ApiToken.issue(user, "a program", scope)
            client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return client

    return program

import gzip

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from catalog.models import Coin, User
from coinsite.middleware import CompressPagesMiddleware

ASKING = {"Accept-Encoding": "gzip"}


@pytest.mark.django_db
def test_pages_are_compressed(as_user: object, owner: User, coin: Coin) -> None:
    client: Client = as_user(owner)  # type: ignore[operator]
    response = client.get("/coins/", headers=ASKING)
    assert response["Content-Encoding"] == "gzip"
    assert b"Denarius of Trajan" in gzip.decompress(response.content)


@pytest.mark.parametrize("kind", ["image/webp", "application/json", "application/zip"])
def test_nothing_else_is(kind: str) -> None:
    request = RequestFactory().get("/", headers=ASKING)
    whole = HttpResponse(b"a" * 1000, content_type=kind, headers={"ETag": '"1"'})
    response = CompressPagesMiddleware(lambda request: whole)(request)
    assert (response["ETag"], "Content-Encoding" in response) == ('"1"', False)

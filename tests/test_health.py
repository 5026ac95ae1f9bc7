import pytest
from django.db import OperationalError, connection
from django.test import Client


@pytest.mark.django_db
def test_healthy_site_says_so_to_anybody(client: Client) -> None:
    response = client.get("/healthz")
    assert response.json() == {"status": "ok"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_database_that_does_not_answer_is_503(client: Client) -> None:
    def broken(*args: object) -> None:
        raise OperationalError("the server has gone away")

    with connection.execute_wrapper(broken):
        response = client.get("/healthz")
    assert response.status_code == 503
    assert "database" in response.json()["status"]


@pytest.mark.django_db
def test_health_is_asked_without_tls(client: Client, settings: object) -> None:
    """From inside the container, where a redirect to https:// would lead nowhere."""
    settings.SECURE_SSL_REDIRECT = True  # type: ignore[attr-defined]
    assert client.get("/healthz").status_code == 200
    assert client.get("/account/login/").status_code == 301

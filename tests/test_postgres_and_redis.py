"""The site as compose.yaml runs it: both servers are real, and a proxy speaks for the visitor."""

import subprocess
import sys
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.servers import ROOT, Server, server, surroundings

PUBLIC = {
    "SITE_URL": "https://coins.example.org",
    "ALLOWED_HOSTS": "coins.example.org",
    "BEHIND_PROXY": "1",
}


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.redis
def test_public_site_serves_and_its_worker_works(
    tmp_path: Path, postgres_database: str, redis_url: str
) -> None:
    settings = PUBLIC | {"DATABASE_URL": postgres_database, "REDIS_URL": redis_url}
    with server(tmp_path, **settings) as site:
        site.wait_for_address()
        signing_in = ask(site, "/account/login/", {"X-Forwarded-Proto": "https"})
        assert signing_in.status == 200
        assert "Secure" in signing_in.headers["Set-Cookie"]
        plain = ask(site, "/account/login/", {"X-Forwarded-Proto": "http"})
        assert plain.headers["Location"] == "https://coins.example.org/account/login/"
        assert ask(site, "/", {"Host": "evil.example.org"}).status == 400
        assert is_healthy(site, settings)
        assert worked_off(tmp_path, settings) == "5.0"
    assert not is_healthy(site, settings)
    assert not (tmp_path / "data" / "obverse.sqlite3").exists()


def ask(site: Server, path: str, headers: dict[str, str]) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", site.port, timeout=10)
    connection.request("GET", path, headers={"Host": "coins.example.org"} | headers)
    return connection.getresponse()


def is_healthy(site: Server, settings: dict[str, str]) -> bool:
    place = {"BIND": f"0.0.0.0:{site.port}"}
    command = [sys.executable, ROOT / "deploy" / "healthy.py"]
    return subprocess.run(command, env=settings | place).returncode == 0


def worked_off(folder: Path, settings: dict[str, str]) -> str:
    """Queues a task beside the site, as a page would, and waits for what the worker made of it."""
    program = (
        "from django_q.tasks import async_task, result;"
        "print(result(async_task('math.hypot', 3, 4), wait=15000))"
    )
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", program],
        cwd=ROOT,
        env=surroundings(folder) | settings,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()

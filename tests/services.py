"""The real programs that some tests need: a throw-away PostgreSQL, a Redis, a Chromium.

Where one cannot be had the test is skipped by name with the reason; with CI in the environment that
is a failure instead, or a green run would prove nothing. A whole command can have a PostgreSQL too:

    python -m tests.services pytest -n 2 -m "not slow and not browser"
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def missing(what: str) -> None:
    reason = f"{what} is not installed (script/test installs it where it may)"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(ready: Callable[[], bool], what: str, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not start in {seconds:.0f} s")
        time.sleep(0.05)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def postgres_folder() -> Path | None:
    """Debian keeps the server's programs off the PATH, by version."""
    on_path = shutil.which("initdb")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    return Path(on_path).parent if on_path else found[-1].parent if found else None


@contextlib.contextmanager
def postgres_server(programs: Path) -> Iterator[str]:
    """Yields the URL of the cluster's maintenance database; nothing of it outlives the block."""
    # Not pytest's tmp_path: the server's own user has to be able to walk there.
    folder = Path(tempfile.mkdtemp(prefix="obverse-postgres-"))
    as_user = unprivileged(folder)
    data, port = folder / "data", free_port()
    choices = ["--username=obverse", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    subprocess.run(
        [*as_user, programs / "initdb", f"--pgdata={data}", "--no-sync", *choices],
        check=True,
        capture_output=True,
        cwd=folder,
    )
    options = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": folder,
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
    }
    arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*as_user, programs / "postgres", "-D", data, *arguments],
            stdout=log,
            stderr=log,
            cwd=folder,
        )
    try:
        wait_until(lambda: listens(port), "PostgreSQL")
        yield f"postgres://obverse@127.0.0.1:{port}/postgres"
    finally:
        stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def unprivileged(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root, so there it runs as somebody who owns only its folder."""
    if os.geteuid() != 0:
        return []
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, user)
    return ["setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups"]


def stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)  # on SIGTERM PostgreSQL would wait for its clients
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    programs = postgres_folder()
    if programs is None:
        missing("PostgreSQL")
    else:
        with postgres_server(programs) as url:
            yield url


@pytest.fixture
def postgres_database(postgres_url: str) -> str:
    """An empty database of this test's own, as a DATABASE_URL."""
    import psycopg

    name = f"test_{time.monotonic_ns()}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgres_url.rpartition("/")[0] + "/" + name


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = shutil.which("redis-server")
    if program is None:
        missing("Redis")
    else:
        port = free_port()
        arguments = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        server = subprocess.Popen(
            [program, *arguments],
            cwd=tmp_path_factory.mktemp("redis"),
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_until(lambda: listens(port), "Redis")
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            stop(server)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    # The first has no windows to draw, so that it takes two thirds of the time
    names = "chromium-headless-shell", "chromium", "chromium-browser"
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        missing("Chromium")
    else:
        from playwright.sync_api import sync_playwright

        # Playwright's event loop lives in this thread, which makes Django refuse the ORM here.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
            yield browser
            browser.close()


@pytest.fixture
def page(chromium: Any, live_server: Any) -> Iterator[Any]:
    """A fresh visitor of the running site. What the browser complains of, our own policy's refusals
    included, fails the test although the page may look right."""
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 1440, "height": 900}, locale="en-GB"
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    yield page
    context.close()
    assert complaints == []


def main(command: list[str]) -> int:
    programs = postgres_folder()
    if programs is None:
        print("PostgreSQL is not installed.", file=sys.stderr)
        return 1
    with postgres_server(programs) as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""script/server as a person meets it: what it refuses, how it starts, how it stops."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import textwrap
import time
import urllib.request
from pathlib import Path

import pytest

from tests.servers import ROOT, server, surroundings
from tests.services import wait_until

needs_proc = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="needs Linux's /proc"
)


@pytest.mark.slow
@needs_proc
def test_site_and_worker_start_together_and_stop_together(tmp_path: Path) -> None:
    with server(tmp_path) as first:
        first.wait_for_address()
        assert "Username   admin" in first.said
        assert urllib.request.urlopen(f"http://127.0.0.1:{first.port}/healthz").status == 200
        commands = " ".join(first.family().values())
        assert "gunicorn" in commands
        assert "qcluster" in commands
        assert "nice" not in commands  # it has become what it started
        assert first.clusters() >= {"", "teaching"}
        assert first.end(signal.SIGINT) == 0
        assert first.family() == {}

    begun = time.monotonic()
    with server(tmp_path) as second:
        second.wait_for_address()
        assert time.monotonic() - begun < 5
        assert "administrator" not in second.said
        # kill -9 of the worker: the site must not go on as if its tasks were done
        os.kill(second.pid_of("qcluster"), signal.SIGKILL)
        assert second.process.wait(5) == 1
        assert "The worker ended by itself" in second.said
        assert second.family() == {}

    restored = sqlite3.connect(tmp_path / "data" / "obverse.sqlite3")
    restored.execute("PRAGMA user_version = 0")  # a backup from before this version
    restored.close()
    with server(tmp_path) as third:
        third.wait_for_address()
        assert "Preparing the database" in third.said
        assert third.end(signal.SIGTERM) == 0
        assert third.family() == {}


@pytest.mark.slow
@needs_proc
@pytest.mark.parametrize(
    ("name", "value", "number"),
    [("SITE_URL", "coins.example.org", "E020"), ("DATA_DIR", "/dev/null/data", "E023")],
)
def test_bad_setting_stops_the_start_by_its_number(
    name: str, value: str, number: str, tmp_path: Path
) -> None:
    with server(tmp_path, DEBUG="1", **{name: value}) as refused:
        assert refused.process.wait(30) != 0
        assert f"obverse.{number}" in refused.said
        assert "Traceback" not in refused.said
        assert "Obverse is at" not in refused.said
        assert refused.family() == {}


def test_taken_port_is_told_before_anything_slow(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        begun = time.monotonic()
        done = subprocess.run(
            [ROOT / "script" / "server", "--port", str(port)],
            env=surroundings(tmp_path),
            capture_output=True,
            text=True,
        )
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
    assert f"--port {port + 1}" in done.stderr
    assert time.monotonic() - begun < 5
    assert not (tmp_path / "data").exists()


def test_old_python_is_told_with_what_to_install(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "script", tmp_path / "site" / "script")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        fake = programs / name
        fake.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 && exit\nexit 1\n')
        fake.chmod(0o755)
    (programs / "python3.13").write_text("#!/bin/sh\necho no such version >&2\nexit 127\n")
    done = subprocess.run(
        [tmp_path / "site" / "script" / "server"],
        env=surroundings(tmp_path) | {"PATH": f"{programs}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "Obverse needs Python 3.11 or newer." in done.stderr
    assert "python3.13 is not one that runs" in done.stderr
    assert "python3 is Python 3.9.2" in done.stderr
    assert "sudo apt install python3.11" in done.stderr
    assert not (tmp_path / "site" / ".venv").exists()


@pytest.mark.parametrize("arguments", [["--port", "many"], ["--port"], ["--sideways"]])
def test_unknown_arguments_are_refused(arguments: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [ROOT / "script" / "server", *arguments], env=surroundings(tmp_path), capture_output=True
    )
    assert done.returncode in {1, 2}
    assert b"--port" in done.stderr


def test_what_does_not_stop_when_asked_is_ended_with_its_children(tmp_path: Path) -> None:
    """The stubborn one ignores SIGTERM, as a worker in the middle of a long task does."""
    stubborn = textwrap.dedent("""
        import signal, subprocess, sys, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        open("pids", "w").write(f"{child.pid}")
        time.sleep(60)
    """)
    program = textwrap.dedent(f"""
        import sys, pathlib
        sys.path.insert(0, {str(ROOT / "script")!r})
        import supervise
        supervise.GRACE = 0.5
        command = [sys.executable, "-c", {stubborn!r}]
        sys.exit(supervise.supervise({{"worker": command}}, pathlib.Path("."), "http://127.0.0.1:9"))
    """)
    supervisor = subprocess.Popen([sys.executable, "-c", program], cwd=tmp_path)
    pids = tmp_path / "pids"
    wait_until(lambda: pids.exists() and bool(pids.read_text()), "the stubborn one")
    begun = time.monotonic()
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(5) == 0
    assert time.monotonic() - begun < 3
    grandchild = int(pids.read_text())
    wait_until(lambda: not is_running(grandchild), "the grandchild's end", 3)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    # Dead, and waiting for an init that does not collect: nothing of it runs.
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def test_public_files_name_what_the_compose_file_needs() -> None:
    example = (ROOT / "deploy" / "env.example").read_text()
    compose = (ROOT / "compose.yaml").read_text()
    for name in ("SITE_HOST", "SECRET_KEY", "POSTGRES_PASSWORD"):
        assert f"${{{name}:?" in compose
        assert f"\n{name}=" in example

"""A whole site, started by script/server in a folder of its own."""

import os
import signal
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services import free_port, wait_until

ROOT = Path(__file__).resolve().parent.parent


def surroundings(folder: Path) -> dict[str, str]:
    """An environment in which the developer's own site is neither read nor written."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "ENV_FILE": "/dev/null",
        "DATA_DIR": str(folder / "data"),
        "STATIC_ROOT": str(folder.parent / "static"),  # collected once for all tests of a run
        "ADMIN_PASSWORD": "only for this test",
    }


class Server:
    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        self.port = free_port()
        self.mark = uuid.uuid4().hex  # inherited by every descendant, adopted ones included
        self.log = folder / f"{self.mark}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [ROOT / "script" / "server", "--port", str(self.port), *arguments],
                env=surroundings(folder) | environment | {"STARTED_BY": self.mark},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.log.read_text()

    def wait_for_address(self) -> None:
        def ready() -> bool:
            assert self.process.poll() is None, self.said
            return f"Obverse is at http://127.0.0.1:{self.port}" in self.said

        wait_until(ready, "script/server", 180)  # a first start on a busy machine

    def family(self) -> dict[int, str]:
        """Everything alive that was started by this script, by process id."""
        found = {}
        for folder in Path("/proc").iterdir():
            try:
                if f"STARTED_BY={self.mark}".encode() in (folder / "environ").read_bytes():
                    command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    found[int(folder.name)] = command
            except (OSError, ValueError):
                continue  # no process, or one that ended while we looked
        return {pid: command for pid, command in found.items() if command}

    def pid_of(self, word: str) -> int:
        return min(pid for pid, command in self.family().items() if word in command)

    def clusters(self) -> set[str]:
        """Which queues are worked: that of lessons has a name, the other has none."""
        found = set()
        for pid, command in self.family().items():
            if "qcluster" in command:
                told = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
                names = [one for one in told if one.startswith(b"Q_CLUSTER_NAME=")]
                found.add(names[0].partition(b"=")[2].decode() if names else "")
        return found

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(5)


@contextmanager
def server(folder: Path, **environment: str) -> Iterator[Server]:
    started = Server(folder, **environment)
    try:
        yield started
    finally:
        for pid in started.family():
            os.kill(pid, signal.SIGKILL)
        started.process.wait()

"""Runs several programs as one: they start together, stop together, and nothing outlives them."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

GRACE = 4.0  # seconds between asking to stop and insisting


def supervise(commands: dict[str, list[str]], cwd: Path, url: str) -> int:
    stop = threading.Event()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        signal.signal(getattr(signal, name), lambda number, frame: stop.set())
    # A session of its own each: Ctrl-C reaches only us, and a whole family can be ended at once.
    children = {
        name: subprocess.Popen(command, cwd=cwd, start_new_session=True)
        for name, command in commands.items()
    }
    announced = False
    try:
        while not stop.wait(0.1):
            for name, child in children.items():
                if child.poll() is not None:
                    return mourn(name, child.returncode, children)
            if not announced and answers(url):
                announced = True
                print(f"\nObverse is at {url}   (Ctrl-C stops it)\n", flush=True)
        print("\nStopping …", flush=True)
        return 0
    finally:
        end(children)


def mourn(name: str, status: int, children: dict[str, subprocess.Popen[bytes]]) -> int:
    others = " and ".join(f"the {other}" for other in children if other != name)
    print(
        f"\nThe {name} ended by itself (status {status}), so {others} is stopped too. "
        "The reason is above.",
        file=sys.stderr,
        flush=True,
    )
    return 1


def answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url + "/healthz", timeout=2).close()
    except urllib.error.HTTPError:
        return True  # a refusal comes from a site that is up
    except OSError:
        return False
    return True


def end(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + GRACE
    for name, child in children.items():
        try:
            child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            print(f"The {name} did not stop when asked and was ended.", flush=True)
    for child in children.values():
        # The leader may be gone while its children linger; they share its group.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()

"""The second half of script/server: brings static files and database up to date where something
changed, then runs site and worker until Ctrl-C."""

import argparse
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from zlib import crc32

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--demo", action="store_true")
    options = parser.parse_args()
    address = f"[{options.host}]" if ":" in options.host else options.host
    address = f"{address}:{options.port}"
    os.environ["BIND"] = address

    from supervise import supervise

    try:
        collect_static()
        prepare_database()
        if options.demo:
            manage("load_demo")
            manage("load_demo_lots")
    except subprocess.CalledProcessError as error:
        print("\nObverse did not start: the reason is above.", file=sys.stderr)
        return error.returncode
    except KeyboardInterrupt:
        return 130
    python = sys.executable
    url = "http://" + address.replace("0.0.0.0:", "127.0.0.1:").replace("[::]:", "[::1]:")
    return supervise(
        {
            "site": [python, "-m", "gunicorn", "--graceful-timeout", "3"],
            # Pages first, when they and coins to be looked at want the processor at once
            "worker": ["nice", "-n", "5", python, "manage.py", "qcluster"],
            # Lessons take what the others leave over: the site is up first, and no photo waits.
            "teacher": [
                "env",
                "Q_CLUSTER_NAME=teaching",
                "OMP_WAIT_POLICY=PASSIVE",  # threads that wait must not spin: others work here
                "nice",
                "-n",
                "15",
                python,
                "manage.py",
                "qcluster",
            ],
        },
        cwd=ROOT,
        url=url,
    )


def manage(*arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, check=True)


def collect_static() -> None:
    from coinsite import settings

    if settings.DEBUG:
        return  # served from static/ itself
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    wanted = str(fingerprint([*files("static"), ROOT / "requirements.txt"]))
    if not stamp.exists() or stamp.read_text() != wanted:
        print("Collecting static files …", flush=True)
        manage("collectstatic", "--no-input", "--verbosity=0")
        stamp.write_text(wanted)


def prepare_database() -> None:
    from coinsite import settings

    wanted = fingerprint([*files("*/migrations"), *files("fixtures"), ROOT / "requirements.txt"])
    database = settings.DATABASES["default"]
    path = database["NAME"] if "sqlite" in database["ENGINE"] else None
    if path and Path(path).exists() and user_version(path) == wanted:
        return
    print("Preparing the database …", flush=True)
    manage("prepare_site")  # one process: Django takes seconds to start on a small machine
    if path:
        user_version(path, wanted)


def user_version(path: str, new: int | None = None) -> int:
    """SQLite keeps a number of ours in the file's header: a stamp that a restored backup brings
    along, so that an older file is migrated whatever was last done here."""
    connection = sqlite3.connect(path)
    try:
        if new is not None:
            connection.execute(f"PRAGMA user_version = {new}")
        return connection.execute("PRAGMA user_version").fetchone()[0]
    finally:
        connection.close()


def files(pattern: str) -> Iterable[Path]:
    for folder in sorted(ROOT.glob(pattern)):
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def fingerprint(paths: Iterable[Path]) -> int:
    """31 bits, because user_version is signed."""
    total = 0
    for path in paths:
        if path.suffix != ".pyc":
            total = crc32(path.read_bytes(), crc32(str(path.relative_to(ROOT)).encode(), total))
    return total & 0x7FFF_FFFF


if __name__ == "__main__":
    sys.exit(main())

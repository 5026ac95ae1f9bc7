"""How long somebody waits for a suggestion, and what the worker holds, with the shipped model and a real worker:

    python -m tests.benchmarks.bench_suggestion [--photos 15] [--data ../shared/data]

Photos of 12 megapixels are stored as an upload is, one after the other; the clock runs until the suggestion can be read.
The way through the network is left out. With --data the coins are the data folder's, enlarged; otherwise
drawn. A busy machine slows all of it: the load is printed."""

import argparse
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.servers import ROOT

WANTED_SECONDS, WANTED_MEMORY = 1.5, 700
WIDTH, HEIGHT, COIN = 4000, 3000, 2600
LONGEST = 180.0  # a first start on a busy machine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=15)
    parser.add_argument("--data", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="obverse-bench-") as folder:
        os.environ |= {
            "ENV_FILE": "/dev/null", "DATA_DIR": folder, "DEBUG": "1",
            "DJANGO_SETTINGS_MODULE": "coinsite.settings",
        }  # fmt: skip
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        print(f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}")
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "qcluster"], cwd=ROOT,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            told = [ask(name, data) for name, data in photos(options.data, options.photos + 1)]
            report(told, memory_of(worker.pid))
        finally:
            worker.terminate()
            worker.wait(30)


def photos(data: Path | None, count: int) -> Iterator[tuple[str, bytes]]:
    from PIL import Image

    from tests.factories import draw_coin

    found = sorted(data.glob("*/*.jpg")) if data else []
    for at in range(count):
        coin = (
            found[at * len(found) // count]
            if found
            else io.BytesIO(draw_coin(1200, 90 + 9 * at, "ABCDEFGH"[at % 8]))
        )
        with Image.open(coin) as image:
            square = image.convert("RGB").resize((COIN, COIN))
        ground = Image.effect_noise((WIDTH, HEIGHT), 12).convert("RGB")
        ground = Image.blend(ground, Image.new("RGB", ground.size, square.getpixel((2, 2))), 0.9)
        ground.paste(square, ((WIDTH - COIN) // 2, (HEIGHT - COIN) // 2))
        out = io.BytesIO()
        ground.save(out, "JPEG", quality=90)
        yield f"{at}.jpg", out.getvalue()


def ask(name: str, data: bytes) -> tuple[float, float, Any]:
    """Seconds until it is stored, seconds until there is a suggestion, and the row."""
    from django.core.files.base import ContentFile

    from catalog.models import Collection, User
    from catalog.photos import add_draft
    from identify.models import Identification

    user = User.objects.filter(username="bench").first() or User.objects.create_user("bench")
    cabinet = Collection.objects.get_or_create(owner=user, name="Bench")[0]
    begun = time.perf_counter()
    draft = add_draft(cabinet, [(ContentFile(data, name), "")], user)
    stored = time.perf_counter() - begun
    rows = Identification.objects.filter(coin=draft.coin)
    while rows.unfinished().exists() or not rows.exists():
        if time.perf_counter() - begun > LONGEST:
            raise SystemExit("The worker does not answer.")
        time.sleep(0.02)
    return stored, time.perf_counter() - begun, rows.get()


def memory_of(pid: int) -> int:
    """MB at most, of the worker's largest process: the guard, the pusher and the monitor stand beside it."""
    largest = 0
    for one in [pid, *descendants(pid)]:
        told = Path(f"/proc/{one}/status").read_text()
        largest = max(largest, int(told.split("VmHWM:")[1].split()[0]) // 1024)
    return largest


def descendants(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [one for child in told for one in (int(child), *descendants(int(child)))]


def report(told: list[tuple[float, float, Any]], memory: int) -> None:
    (_stored, first, _job), *rest = told
    waits = [seconds for _stored, seconds, _job in rest]
    print(
        f"load {os.getloadavg()[0]:.1f} in the end; states: {sorted({j.state for *_t, j in rest})}"
    )
    print(f"first photo, the model is loaded: {first:.2f} s")
    print(
        f"{len(rest)} photos of 12 megapixels, upload to suggestion: median "
        f"{statistics.median(waits):.2f} s, slowest {max(waits):.2f} s"
        f"{'' if statistics.median(waits) <= WANTED_SECONDS else f'  over {WANTED_SECONDS}'}"
    )
    print(f"  stored: {statistics.median(stored for stored, *_more in rest):.2f} s")
    for name in ("waited", "read", "predict"):
        print(f"  {name}: {statistics.median(j.timings.get(name, 0) for *_t, j in rest):.2f} s")
    print(f"worker's memory: {memory} MB at most{'' if memory <= WANTED_MEMORY else '  over'}")


if __name__ == "__main__":
    main()

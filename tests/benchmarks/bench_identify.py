"""How fast the shipped model answers, and what it holds in memory:

    python -m tests.benchmarks.bench_identify [--model FOLDER] [--data ../shared/data] [--photos 1000]

Whole command on 1,000 photos of 200 px, start included, without reading letters; each network beside torch
eager, turn and turn about in one process; a worker's memory after it has identified. With --data the photos
are the data folder's, scaled; otherwise drawn coins. A busy machine slows all of it: the load is printed."""

import argparse
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.servers import ROOT

WANTED = {"photos a second": 60, "times torch": 5, "memory": 700}
SIDE = 200
WORKER = """
import sys, time
from pathlib import Path
import numpy as np
from PIL import Image
from identify.ml import predict
from identify.values import Photographed
model = predict.load(Path(sys.argv[1]))
photos = sorted(Path(sys.argv[2]).iterdir())[:64]
coins = [Photographed((one.name,), (np.asarray(Image.open(one).convert("RGB")),)) for one in photos]
large = np.asarray(Image.open(photos[0]).convert("RGB").resize((1280, 1280)))
model.predict(coins)  # both networks, letters and all
model.predict(coins, "roman_imperial")
once = time.perf_counter()
model.predict([Photographed(("large",), (large,))])
once = time.perf_counter() - once
# of this process alone; ru_maxrss would tell that of the one that started it, before exec
told = Path("/proc/self/status").read_text()
held, peak = (int(told.split(name)[1].split()[0]) // 1024 for name in ("VmRSS:", "VmHWM:"))
heavy = sorted({"torch", "openvino"} & set(sys.modules))
print(f"{held} {peak} {once * 1000:.0f} {'+'.join(heavy)}")
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=ROOT / "identify" / "pretrained")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--photos", type=int, default=1000)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    print(f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f} before we began")
    with tempfile.TemporaryDirectory(prefix="obverse-bench-") as place:
        folder = Path(place)
        if options.data:
            scaled(options.data, folder, options.photos)
        else:
            drawn(folder, options.photos)
        command(folder, options.model.resolve(), options.photos)
        engines(options.model.resolve())
        memory(folder, options.model.resolve())


def drawn(folder: Path, count: int) -> None:
    from tests.factories import draw_coin

    for at in range(count):
        data = draw_coin(SIDE, 60 + at % 150, "ABCDEFGH"[at % 8])
        (folder / f"{at:05}.jpg").write_bytes(data)


def scaled(data: Path, folder: Path, count: int) -> None:
    """Of all kinds of coins: each has its turn."""
    from PIL import Image

    sets = ("roman_imperial", "tetrarchs", "world_coins", "euro_denominations", "us_coins")
    found = [sorted((data / name).rglob("*.jpg")) for name in sets]
    for at in range(count):
        photos = found[at % len(found)]
        out = io.BytesIO()
        with Image.open(photos[at // len(found) * 7 % len(photos)]) as image:
            image.convert("RGB").resize((SIDE, SIDE)).save(out, "JPEG", quality=88)
        (folder / f"{at:05}.jpg").write_bytes(out.getvalue())


def command(folder: Path, model: Path, count: int) -> None:
    from identify.evaluation import speed

    photos = sorted(folder.iterdir())
    figure = speed.command(ROOT / "manage.py", photos, model, count)
    if figure.found is None:
        raise SystemExit(figure.note)
    print(f"whole command, {count} photos of {SIDE} px: {figure.found.value:.1f} a second"
          f"{over(figure.found.value, WANTED['photos a second'])}")  # fmt: skip


def engines(model: Path) -> None:
    from identify.evaluation import speed, table

    for name in ("ancient", "modern"):
        for line in table.lines(speed.engines(model, name)):
            print(line)


def memory(folder: Path, model: Path) -> None:
    asked = [sys.executable, "-c", WORKER, str(model), str(folder)]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    held, peak, once, heavy = done.stdout.split()
    print(f"one photo of 1280 px, warm: {once} ms")
    mark = "" if int(peak) <= WANTED["memory"] else "  over"
    print(f"worker's memory: {held} MB after identifying, {peak} MB at most, with {heavy}{mark}")


def over(value: float, wanted: float) -> str:
    return "" if value >= wanted else f"  under {wanted}"


if __name__ == "__main__":
    main()

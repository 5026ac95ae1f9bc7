"""How fast: the network beside torch in one run, and the whole command with its start."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from identify.evaluation.figures import Figure, missing
from identify.measures import Interval

SECONDS = 4.0  # of each engine, each round
ROUNDS = 3


def engines(folder: Path, name: str, seconds: float = SECONDS) -> list[Figure]:
    """Turn and turn about, so that whatever else the machine does slows both."""
    from identify.ml.recogniser import Recogniser
    from identify.ml.runtime import BATCH, Engine, OpenVino, Torch

    one = Recogniser.load(folder, name)
    made = one.package.card["steps"], one.weights, list(one.heads), one.side
    eager: Engine = Torch(*made, exact=False)
    try:
        served: Engine = OpenVino(*made, exact=False)
    except ImportError:
        return [missing(f"speed of “{name}” against torch", 5.0, "OpenVINO is not installed")]
    dice = np.random.default_rng(0)
    batch = dice.integers(0, 256, (BATCH, one.side, one.side, 3), dtype=np.uint8)
    rates = [
        tuple(rate(partial(at.run, batch), BATCH, seconds / ROUNDS) for at in (served, eager))
        for _round in range(ROUNDS)
    ]
    fast, slow = ([pair[at] for pair in rates] for at in range(2))
    times = [a / b for a, b in rates]
    return [
        Figure(f"“{name}”, served", spread(fast), unit="images/s"),
        Figure(f"“{name}”, torch eager", spread(slow), unit="images/s"),
        Figure(f"“{name}”: times as fast as torch eager", spread(times), 5.0, unit="times"),
    ]


def rate(work: Callable[[], object], size: int, seconds: float) -> float:
    work()
    begun, count = time.perf_counter(), 0
    while (spent := time.perf_counter() - begun) < seconds or not count:
        work()
        count += size
    return count / spent


def spread(values: Sequence[float]) -> Interval:
    """Not an interval of chance: the slowest and the fastest round."""
    return Interval(float(np.median(values)), min(values), max(values), len(values))


def command(manage: Path, photos: Sequence[Path], model: Path, many: int = 1000) -> Figure:
    """`manage.py identify` on so many photos, start and files included, without letters."""
    name, note = "whole command, start included", "classification without reading letters"
    if not photos:
        return missing(name, 60.0, "no photos")
    with tempfile.TemporaryDirectory(prefix="identify-") as place:
        folder = Path(place)
        (folder / "photos").mkdir()
        for at in range(many):
            photo = photos[at % len(photos)].resolve()
            (folder / "photos" / f"{at:05}{photo.suffix}").symlink_to(photo)
        asked = [
            sys.executable, str(manage), "identify", str(folder / "photos"), "--no-legends",
            "--model", str(model), "--json", str(folder / "said.json"),
        ]  # fmt: skip
        begun = time.perf_counter()
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        spent = time.perf_counter() - begun
    if done.returncode not in (0, 3):
        return missing(
            name, 60.0, done.stderr.strip().splitlines()[-1] if done.stderr else "failed"
        )
    value = many / spent
    return Figure(name, Interval(value, value, value, many), 60.0, unit="photos/s", note=note)

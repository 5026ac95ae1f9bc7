"""How long one cent, and one 2-euro commemorative, takes to read on one core:

    OMP_NUM_THREADS=1 python -m tests.benchmarks.bench_cents [--coins 100]

Drawn discs of 420 pixels: the work does not depend on what is on them. The budget is 30 ms a coin."""

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from identify.values import Pixels

BUDGET = 30  # ms
SHIPPED = Path(__file__).resolve().parents[2] / "identify" / "pretrained"


def main() -> None:
    import cv2

    from identify.ml.cents import CentReader
    from identify.ml.commemoratives import Commemoratives

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--coins", type=int, default=100)
    count = parser.parse_args().coins
    cv2.setNumThreads(1)
    images = [drawn(seed) for seed in range(count)]
    measure("cent", CentReader.load(SHIPPED).read_many, images)
    measure("commemorative", Commemoratives.load(SHIPPED).find_many, images)


def drawn(seed: int) -> Pixels:
    import cv2

    dice = np.random.default_rng(seed)
    picture = np.full((420, 420, 3), 90, np.uint8)
    cv2.circle(picture, (210, 210), 195, (170, 160, 120), -1)
    for _line in range(40):
        ends = [tuple(dice.integers(80, 340, 2).tolist()) for _end in range(2)]
        cv2.line(picture, ends[0], ends[1], dice.integers(0, 255, 3).tolist(), 3)
    return picture


def measure(name: str, read: Callable[[list[Pixels]], Any], images: list[Pixels]) -> None:
    read(images[:2])
    begun, used = time.perf_counter(), time.process_time()
    read(images)
    wall = (time.perf_counter() - begun) / len(images) * 1000
    used = (time.process_time() - used) / len(images) * 1000
    verdict = "within" if used <= BUDGET else "over"
    print(f"{name}: {used:.1f} ms of a core, {wall:.1f} ms by the clock, {verdict} {BUDGET} ms")


if __name__ == "__main__":
    main()

"""How long a legend takes, face by face and in batches, on coins drawn by us:

    python -m tests.benchmarks.bench_legends [--faces 64]

Budget: ranking < 60 ms a face of a known scope. Plain lines, one a figure."""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

TEXTS = ("IMP C DIOCLETIANVS P F AVG", "GENIO  POP ROM", "FL VAL CONSTANTINVS NOB C")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faces", type=int, default=64)
    options = parser.parse_args()

    from identify.ml.legends import LegendReader
    from tests.identify.struck import coin

    begun = time.perf_counter()
    reader = LegendReader.load(Path("identify/pretrained"))
    images = [coin(TEXTS[at % len(TEXTS)], 300, at) for at in range(options.faces)]
    reader.read(images[0], "obverse", "tetrarchs")
    say("loaded and warm", time.perf_counter() - begun)
    for name, work in parts(reader, images).items():
        say(name, timed(work, len(images)))
    begun = time.perf_counter()
    sides = ["reverse" if at % len(TEXTS) == 1 else "obverse" for at in range(len(images))]
    reader.read_many(images, sides, "tetrarchs")
    say(f"a face, {len(images)} at once", (time.perf_counter() - begun) / len(images))


def parts(reader: Any, images: list[Any]) -> dict[str, Callable[[int], Any]]:

    from identify.ml.legends import decoding, engine, polar, reading

    strips = [reading.strips_of(image) for image in images]
    shares = [polar.windows(engine.run_all(reader.running, one))[0] for one in strips]
    grams, taste = reader.grams("obverse", "tetrarchs"), reader.trust("tetrarchs").taste

    def rank(scope: str) -> Callable[[int], Any]:
        shelf, belief = reader.shelf("obverse", scope), reader.trust(scope).belief
        return lambda at: shelf.ranked(shelf.heard(list(shares[at])), belief)

    return {
        "unrolling, both directions": lambda at: reading.strips_of(images[at]),
        f"network ({reader.running.kind})": lambda at: reader.running.run(strips[at]),
        "letters": lambda at: decoding.read(shares[at][0], grams, taste.grams, taste.bonus),
        "ranking, tetrarchs": rank("tetrarchs"),
        "ranking, early coins": rank("roman_imperial"),
        "ranking, all legends": rank(""),
    }


def timed(work: Callable[[int], Any], count: int) -> float:
    work(0)
    taken = []
    for at in range(count):
        begun = time.perf_counter()
        work(at)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def say(what: str, seconds: float) -> None:
    print(f"{what}: {seconds * 1000:.1f} ms")


if __name__ == "__main__":
    main()

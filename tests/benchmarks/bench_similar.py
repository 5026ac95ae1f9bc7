"""How long it takes to find the nearest of many photos in the files that SQLite has beside it:

    python -m tests.benchmarks.bench_similar [--photos 100000] [--dimensions 256 1280]
    … --postgres URL        in an empty database that has pgvector, instead

Vectors are drawn in groups, as photos of like coins lie in groups. `missed` is how many of the ten nearest
were not found, against comparing with every vector in full. `work` is the processor's time alone."""

import argparse
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

BUDGET = 30  # milliseconds
GROUPS, SPREAD, ASKED = 2000, 0.8, 40
CHUNK = 10_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--dimensions", type=int, nargs="+", default=[256, 1280])
    parser.add_argument("--postgres", metavar="URL")
    options = parser.parse_args()
    if options.postgres:
        prepare(options.postgres)
    for dimensions in options.dimensions:
        with tempfile.TemporaryDirectory(prefix="obverse-bench-") as folder:
            if options.postgres:
                from identify.similar.postgres import PostgresNeighbours

                measure(PostgresNeighbours(str(dimensions), dimensions), options.photos, dimensions)
                continue
            from identify.similar.files import FileNeighbours

            measure(FileNeighbours(Path(folder), dimensions), options.photos, dimensions)
            size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
            print(f"  {size / 2**20:.0f} MiB of files")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory: {memory:.0f} MB at most, with the pages of the files that were touched")


def prepare(url: str) -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": url}
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from identify.similar.postgres import is_there

    call_command("migrate", verbosity=0)
    assert is_there(), "this database has no pgvector"
    with connection.cursor() as cursor:  # the vectors are of no photos
        cursor.execute(
            "ALTER TABLE identify_neighbour DROP CONSTRAINT identify_neighbour_photo_id_fkey"
        )


def measure(store: Any, photos: int, dimensions: int) -> None:
    asked = [vector for _ids, rows in drawn(ASKED, dimensions, seed=9) for vector in rows]
    truth = Truth(asked)
    started = time.perf_counter()
    for ids, rows in drawn(photos, dimensions, seed=1):
        store.add(ids, list(rows))
        truth.look(ids, rows)
    took = time.perf_counter() - started
    print(f"{dimensions} numbers each: {photos:,} written in {took:.0f} s")
    mine = list(range(0, photos, 7))
    ways: dict[str, Callable[[np.ndarray], list[tuple[int, float]]]] = {
        "among all": lambda vector: store.search(vector, 10),
        "among a seventh": lambda vector: store.search(vector, 10, mine),
    }
    for name, search in ways.items():
        report(name, search, asked, truth if name == "among all" else None)


def drawn(count: int, dimensions: int, seed: int) -> Iterator[tuple[range, np.ndarray]]:
    middles = np.random.default_rng(0).normal(size=(GROUPS, dimensions)).astype(np.float32)
    dice = np.random.default_rng(seed)
    for start in range(0, count, CHUNK):
        some = min(CHUNK, count - start)
        noise = dice.normal(size=(some, dimensions)).astype(np.float32) * SPREAD
        rows = middles[dice.integers(0, GROUPS, some)] + noise
        yield range(start, start + some), rows / np.linalg.norm(rows, axis=1, keepdims=True)


class Truth:
    """The ten nearest of each vector that is asked for, kept while the rows go by."""

    def __init__(self, asked: list[np.ndarray]) -> None:
        self.asked = np.stack(asked)
        self.best: list[list[tuple[float, int]]] = [[] for _one in asked]

    def look(self, ids: range, rows: np.ndarray) -> None:
        for best, scores in zip(self.best, self.asked @ rows.T, strict=True):
            top = np.argpartition(-scores, 10)[:10]
            best += [(float(scores[i]), ids[int(i)]) for i in top]
            best[:] = sorted(best, reverse=True)[:10]


def report(
    name: str,
    search: Callable[[np.ndarray], list[tuple[int, float]]],
    asked: list[np.ndarray],
    truth: Truth | None,
) -> None:
    search(asked[0])  # the pages come from the disk once
    times, works, missed = [], [], 0
    for number, vector in enumerate(asked):
        started, at_work = time.perf_counter(), time.process_time()
        found = {photo for photo, _score in search(vector)}
        works.append((time.process_time() - at_work) * 1000)
        times.append((time.perf_counter() - started) * 1000)
        missed += len({photo for _s, photo in truth.best[number]} - found) if truth else 0
    middle, work = statistics.median(times), statistics.median(works)
    told = f"  missed {missed} of {10 * len(asked)}" if truth else ""
    mark = "" if middle <= BUDGET else "  over"
    print(f"  {name:16} median {middle:6.1f} ms  work {work:6.1f} ms{told}{mark}")


if __name__ == "__main__":
    main()

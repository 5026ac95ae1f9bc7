"""How long it takes to rank all reference types for a coin, with the full tables of RIC and RRC:

    python -m tests.benchmarks.bench_matching [--data ../shared/data] [--database FILE]

Imports the tables with `manage.py import_types` (and keeps the database when a file is named), builds
the index as a web process does, and asks for coins drawn from the types themselves: whole, with a third
of the letters lost, and by ruler and denomination alone."""

import argparse
import os
import random
import resource
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

BUDGET = 150  # milliseconds a query
VOCABULARY = (
    "nomisma_regions.csv", "nomisma_materials.csv", "nomisma_denominations.csv",
    "nomisma_persons.csv", "nomisma_peoples.csv", "nomisma_mints.csv",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--database", type=Path, help="kept and used again")
    parser.add_argument("--coins", type=int, default=150)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="obverse-bench-") as folder:
        file = (options.database or Path(folder) / "bench.sqlite3").resolve()
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": f"sqlite:///{file}",
            "DATA_DIR": folder,
            "MEDIA_ROOT": f"{folder}/media",
        }
        import django

        django.setup()
        prepare(options.data / "reference")
        measure(options.coins)


def prepare(tables: Path) -> None:
    from django.core.management import CommandError, call_command

    from catalog.models import CoinType

    call_command("migrate", verbosity=0)
    if CoinType.objects.count() < 50_000:
        paths = [tables / "ric_types.csv", tables / "rrc_types.csv"]
        words = [tables / name for name in VOCABULARY]
        try:
            call_command("import_types", *paths, vocabulary=words, verbosity=0)
        except CommandError as refused:  # rows of the tables that are torn; all others are in
            print(refused)


def measure(coins: int) -> None:
    from identify import types

    started = time.perf_counter()
    index = types.SHELF.index()
    print(f"{len(index.types):,} types read and indexed in {time.perf_counter() - started:.2f} s")
    started = time.perf_counter()
    types.SHELF.index()
    print(f"asked whether they changed: {(time.perf_counter() - started) * 1000:.1f} ms")
    dice = random.Random(7)
    drawn = dice.sample([one for one in index.types if one.obverse and one.reverse], coins)
    for name, how in {"whole": whole, "a third lost": worn, "names alone": names}.items():
        report(name, index, [(one, how(one, dice)) for one in drawn])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory: {memory:.0f} MB at most")


def whole(one: Any, dice: random.Random) -> Any:
    from identify.matching import Seen
    from identify.matching.physics import expected

    usual = expected(one)
    return Seen(
        {one.ruler: 0.9}, {one.denomination: 0.9}, {one.mint: 1.0}, {}, one.obverse, one.reverse,
        weight=sum(usual.weight) / 2 if usual.weight else None,
        diameter=sum(usual.diameter) / 2 if usual.diameter else None,
    )  # fmt: skip


def worn(one: Any, dice: random.Random) -> Any:
    from identify.matching import Seen

    return Seen(
        {one.ruler: 0.6}, {one.denomination: 0.8}, {}, {},
        rubbed(one.obverse, dice), rubbed(one.reverse, dice),
    )  # fmt: skip


def rubbed(legend: str, dice: random.Random) -> str:
    return "".join(sign for sign in legend if dice.random() > 1 / 3)


def names(one: Any, dice: random.Random) -> Any:
    from identify.matching import Seen

    return Seen({one.ruler: 0.9}, {one.denomination: 0.9})


def report(name: str, index: Any, asked: list[tuple[Any, Any]]) -> None:
    """`found`: the type itself, or one with the same legends, ruler and denomination, is first."""
    of = {one.key: one for one in index.types}
    times, found = [], 0
    for one, seen in asked:
        started = time.perf_counter()
        best = index.search(seen, 8)
        times.append((time.perf_counter() - started) * 1000)
        first = of[best[0].key] if best else None
        alike = ("ruler", "denomination", "obverse", "reverse")
        found += bool(first) and all(getattr(first, c) == getattr(one, c) for c in alike)
    middle, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    mark = "" if high <= BUDGET else "  over"
    print(
        f"{name:14} median {middle:6.1f} ms  p95 {high:6.1f} ms  found {found}/{len(asked)}{mark}"
    )


if __name__ == "__main__":
    main()

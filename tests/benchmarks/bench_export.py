"""How long it takes to get everything out again, with 20,000 coins and 60,000 photos, on SQLite:

    python -m tests.benchmarks.bench_export [--coins 20000] [--photos 60000] [--database FILE] [--restore]

Seeds a database (and keeps it when a file is named; its media lie beside it). The budget is 20 seconds
for each table. `--restore` brings the archive back into an empty account. Plain lines, one a step."""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

BUDGET = {"CSV": 20, "JSON": 20, "XLSX": 20}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--coins", type=int, default=20_000)
    parser.add_argument("--photos", type=int, default=60_000)
    parser.add_argument("--database", type=Path, help="kept and used again")
    parser.add_argument("--restore", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="obverse-bench-") as folder:
        file = (options.database or Path(folder) / "bench.sqlite3").resolve()
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "coinsite.settings",
            "ENV_FILE": os.devnull,
            "DATABASE_URL": f"sqlite:///{file}",
            "DATA_DIR": folder,
            "MEDIA_ROOT": f"{file}.media",
        }
        import django

        django.setup()
        user = prepare(options.coins, options.photos)
        tables(user, Path(folder))
        prints(user, Path(folder))
        archive = pack(user, Path(folder))
        if options.restore:
            unpack(archive)


def prepare(coins: int, photos: int) -> Any:
    from django.core.management import call_command

    from catalog.models import Coin, User

    call_command("migrate", verbosity=0)
    if not Coin.objects.exists():
        call_command("seed_benchmark", coins=coins, photos=photos, verbosity=0)
    user = User.objects.get(username="benchmark")
    print(f"{Coin.objects.filter(collection__owner=user).count()} coins")
    return user


def measure(name: str, work: Callable[[], Any]) -> None:
    wall, processor = time.monotonic(), time.process_time()
    work()
    wall, processor = time.monotonic() - wall, time.process_time() - processor
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    budget = BUDGET.get(name)
    verdict = "" if budget is None else "ok" if processor <= budget else f"OVER {budget} s"
    print(
        f"{name:32} {processor:7.1f} s processor {wall:7.1f} s wall {memory:6.0f} MB peak {verdict}"
    )


def tables(user: Any, folder: Path) -> None:
    from catalog.exports.selection import Selection
    from catalog.exports.tables import csv_lines, json_lines, write_xlsx

    def workbook() -> None:
        with (folder / "coins.xlsx").open("wb") as file:
            write_xlsx(Selection(user), file, lambda done: None)

    measure("CSV", lambda: sum(len(line) for line in csv_lines(Selection(user))))
    measure("JSON", lambda: sum(len(line) for line in json_lines(Selection(user))))
    measure("XLSX", workbook)


def prints(user: Any, folder: Path) -> None:
    from catalog.exports.printing.boxes import print_boxes
    from catalog.exports.printing.flips import print_flips
    from catalog.exports.printing.insurance import print_report
    from catalog.exports.selection import Selection
    from catalog.models import Coin

    owned = Coin.objects.held().filter(collection__owner=user).order_by("pk")
    some = "&".join(f"coin={pk}" for pk in owned.values_list("pk", flat=True)[:500])

    def to_file(print_it: Callable[..., Any]) -> None:
        with (folder / "print.pdf").open("wb") as file:
            print_it(file)

    def tell(done: int) -> None:
        pass

    measure(
        "insurance report, 500 coins",
        lambda: to_file(lambda file: print_report(Selection(user, some), user, file, {}, tell)),
    )
    measure(
        "flip labels, 500 coins",
        lambda: to_file(lambda file: print_flips(Selection(user, some), file, {}, tell)),
    )
    measure(
        "box labels, whole cabinet",
        lambda: to_file(lambda file: print_boxes(Selection(user), file, {}, tell)),
    )


def pack(user: Any, folder: Path) -> Path:
    from catalog.exports.archive.making import make_archive
    from catalog.models import Collection

    path = folder / "archive.zip"
    mine = Collection.objects.filter(owner=user)
    measure("archive with photos", lambda: make_archive(user, mine, path, lambda done: None))
    print(f"{path.stat().st_size / 2**20:.0f} MiB")
    return path


def unpack(archive: Path) -> None:
    from catalog.exports.restore import restore
    from catalog.models import User

    newcomer = User.objects.create_user(f"newcomer{time.time_ns()}")

    def bring_back() -> None:
        with archive.open("rb") as file:
            print(restore(file, newcomer).to_json()["added"])

    measure("restore with photos", bring_back)


if __name__ == "__main__":
    main()

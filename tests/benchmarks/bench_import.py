"""How long it takes to bring 20,000 rows of twenty columns into a collection, on SQLite:

    python -m tests.benchmarks.bench_import [--rows 20000] [--known]

`--known` loads the site's own vocabulary first; without it every word in the file is new. The budget is
60 seconds for the check and the import together. Plain lines, one a step."""

import argparse
import csv
import io
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable

HEADINGS = ["Number", "Title", "Ruler", "Denomination", "Mint", "Metal", "Year", "Weight (g)", "Diameter (mm)", "Die axis", "Grade", "Reference", "Location", "Tags", "Notes", "Obverse legend", "Purchase price (EUR)", "Purchase date", "Seller", "Valuation"]  # fmt: skip
RULERS = ("Trajan", "Hadrian", "Nero", "Augustus", "Gordian III", "Probus", "Vespasian", "Domitian")
MINTS = ("Rome", "Antioch", "Alexandria", "Lugdunum", "Siscia", "Trier")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--known", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="obverse-bench-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "coinsite.settings",
            "ENV_FILE": os.devnull,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "DATA_DIR": folder,
            "MEDIA_ROOT": f"{folder}/media",
        }
        import django

        django.setup()
        measure(options.rows, options.known)


def table(rows: int) -> bytes:
    pick, out = random.Random(1), io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for n in range(rows):
        ruler, year = pick.choice(RULERS), pick.randint(1, 300)
        writer.writerow([
            f"A{n:05}", f"Denarius of {ruler}", ruler, pick.choice(["Denarius", "As", "Sestertius", "Aureus"]),
            pick.choice(MINTS), pick.choice(["Silver", "Gold", "Bronze"]), f"AD {year}-{year + 2}",
            f"{pick.uniform(2, 8):.2f}", f"{pick.uniform(15, 30):.1f}", pick.randint(1, 12),
            pick.choice(["VF", "EF", "gVF", "F"]), f"RIC {pick.randint(1, 900)}; Sear {pick.randint(1, 9000)}",
            f"Cabinet / Tray {pick.randint(1, 60)}", pick.choice(["Roman / Silver", "Favourite"]),
            "Bought as part of an old collection; toned.", "IMP CAES NERVA TRAIAN AVG GERM",
            f"{pick.uniform(20, 900):.2f}", f"{pick.randint(2000, 2023)}-{pick.randint(1, 12):02}-15",
            pick.choice(["CNG", "Künker", "NAC"]), f"{pick.uniform(20, 900):.2f}",
        ])  # fmt: skip
    return out.getvalue().encode()


def measure(rows: int, known: bool) -> None:
    from django.core.files.base import ContentFile
    from django.core.management import call_command

    from catalog.imports import tasks, uploads
    from catalog.models import Coin, Collection, User

    call_command("migrate", verbosity=0)
    if known:
        call_command("load_facts", verbosity=0)
    owner = User.objects.create_user("benchmark")
    collection = Collection.objects.create(owner=owner, name="Benchmark")
    file = ContentFile(table(rows), "coins.csv")
    spent = 0.0
    session = uploads.receive(owner, collection, file)
    assert all(session.mapping.values()), session.mapping

    def step(
        name: str, ask: Callable[[], object], task: Callable[[int], None], state: str
    ) -> float:
        ask()
        start, cpu = time.perf_counter(), time.process_time()
        task(session.pk)
        took, busy = time.perf_counter() - start, time.process_time() - cpu
        session.refresh_from_db()
        assert session.state == state, session.failure
        print(f"{name:<8} {took:6.1f} s  {rows / took:7.0f} rows/s  {busy:6.1f} s of one core")
        return took

    print(f"{rows} rows, {'known' if known else 'new'} words")
    spent += step("check", lambda: session.map_columns(session.mapping, {}), tasks.check, "checked")
    spent += step("import", session.start, tasks.run, "done")
    assert Coin.objects.count() == rows
    print(f"{'both':<8} {spent:6.1f} s  {'within' if spent <= 60 else 'OVER'} the budget of 60 s")
    step("undo", lambda: session.begin_undo(with_changed=False), tasks.undo, "undone")
    assert not Coin.objects.exists()
    print(f"memory   {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:6.0f} MB at most")


if __name__ == "__main__":
    main()

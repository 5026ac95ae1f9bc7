"""How long pages take on the server with 20,000 coins and 60,000 photo rows, on SQLite:

    python -m tests.benchmarks.bench_pages [--coins 20000] [--database FILE] [--cold]

Seeds a database (and keeps it when a file is named), then asks every page in turn, round after round,
as browsers do. `--cold` empties the cache before each request. Plain lines, one a page."""

import argparse
import os
import resource
import statistics
import tempfile
import time
from pathlib import Path

PAGES = {
    "list, cards": "/coins/?layout=cards",
    "list, table": "/coins/?layout=table",
    "list, photos": "/coins/?layout=grid",
    "list, last page": "/coins/?page=334",
    "list, sorted by authority": "/coins/?sort=authority",
    "list, sorted by tags": "/coins/?sort=tags",
    "filter, status": "/coins/?status=owned",
    "filter, authority and metal": "/coins/?authority={authority}&metal={metal}",
    "filter, dates": "/coins/?date=AD 100 to AD 200",
    "filter, place and below": "/coins/?place={place}",
    "filter, tag and below": "/coins/?tag={tag}",
    "filter, without photo": "/coins/?no=photo",
    "filter, value": "/coins/?value_from=100&value_to=500&sort=-value",
    "filter, own field": "/coins/?own.rarity=R2",
    "facet, all authorities": "/coins/facets/authority/",
    "facet, places": "/coins/facets/place/",
    "facet, tags": "/coins/facets/tag/",
    "facets, all open": "/coins/?open=region,place,tag,acquired,no,own.rarity",
    "search, one word": "/coins/?q=denarius",
    "search, two words": "/coins/?q=antoninianus gordian",
    "search, reference": "/coins/?q=RIC 127",
    "search, first letters": "/coins/?q=de",
    "search in a filter": "/coins/?q=rome&status=owned&century=2",
    "nothing found": "/coins/?q=zzyzx&status=owned",
    "coin": "/coins/{coin}/",
    "coin, from a list": "/coins/{coin}/?from=sort%3Dauthority%26page%3D3",
    "dashboard": "/",
}  # fmt: skip
BUDGET = {"coin": 80, "coin, from a list": 80, "dashboard": 300}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--coins", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--database", type=Path, help="kept and used again")
    parser.add_argument(
        "--cold", action="store_true", help="nothing is remembered between requests"
    )
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
        prepare(options.coins)
        measure(options.rounds, options.cold)


def prepare(coins: int) -> None:
    from django.core.management import call_command

    from catalog.models import User

    call_command("migrate", verbosity=0)
    if not User.objects.filter(username="benchmark").exists():
        call_command("seed_benchmark", coins=coins, photos=coins * 3)


def measure(rounds: int, is_cold: bool) -> None:
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from catalog.models import Authority, Coin, Metal, Place, Tag, User

    user = User.objects.get(username="benchmark")
    client = Client()
    client.force_login(user)
    of = {
        "authority": Authority.objects.filter(name="Trajan").values_list("pk", flat=True)[0],
        "metal": Metal.objects.get(name="Silver").pk,
        "place": Place.objects.get(owner=user, path="Bank safe").pk,
        "tag": Tag.objects.get(owner=user, path="Roman").pk,
        "coin": Coin.objects.filter(collection__owner=user).order_by("pk")[1000].pk,
    }
    addresses = {name: path.format(**of) for name, path in PAGES.items()}
    times: dict[str, list[float]] = {name: [] for name in PAGES}
    works: dict[str, list[float]] = {name: [] for name in PAGES}
    queries: dict[str, int] = {}
    for path in addresses.values():
        client.get(path)  # templates are compiled, connections open
    for name, path in addresses.items():
        if is_cold:
            cache.clear()
        with CaptureQueriesContext(connection) as captured:
            response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        queries[name] = len(captured)
    for _round in range(rounds):
        for name, path in addresses.items():
            if is_cold:
                cache.clear()
            started, at_work = time.perf_counter(), time.process_time()
            client.get(path)
            works[name].append((time.process_time() - at_work) * 1000)
            times[name].append((time.perf_counter() - started) * 1000)
    report(times, works, queries)


def report(
    times: dict[str, list[float]], works: dict[str, list[float]], queries: dict[str, int]
) -> None:
    """`work` is the processor's time alone: what a machine that does nothing else would take."""
    print(f"{'page':30} {'median':>9} {'p95':>8} {'work':>9} {'queries':>8} {'budget':>9}")
    for name, taken in times.items():
        budget, work = BUDGET.get(name, 120), statistics.median(works[name])
        middle, high = statistics.median(taken), percentile(taken)
        mark = "" if middle <= budget else "  over"
        print(
            f"{name:30} {middle:6.0f} ms {high:5.0f} ms {work:6.0f} ms"
            f" {queries[name]:8} {budget:6} ms{mark}"
        )
    for kind, measured in (("clock", times), ("work", works)):
        lists = [one for name, taken in measured.items() if name not in BUDGET for one in taken]
        middle, high = statistics.median(lists), percentile(lists)
        print(
            f"list, filter, facet, search by the {kind}: median {middle:.0f} ms, p95 {high:.0f} ms"
        )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"memory: {memory:.0f} MB at most, {own_memory():.0f} MB without the mapped database file"
    )


def own_memory() -> float:
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024


def percentile(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


if __name__ == "__main__":
    main()

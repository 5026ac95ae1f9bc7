"""How long the market's pages take among 200,000 invented lots, on SQLite:

    python -m tests.benchmarks.bench_market [--lots 200000] [--database FILE] [--rounds 5]

Seeds a database (and keeps it when a file is named). Times are the server's own, of whole answers; the
budget of a search is 150 ms."""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

BUDGET = 150  # ms
RULERS = ["Augustus", "Tiberius", "Nero", "Vespasian", "Domitian", "Trajan", "Hadrian", "Antoninus Pius",
          "Marcus Aurelius", "Commodus", "Septimius Severus", "Caracalla", "Gordian III", "Philip I",
          "Gallienus", "Probus", "Diocletian", "Constantine I", "Constantius II", "Valens"]  # fmt: skip
KINDS = [("denarius", "AR", 120), ("sestertius", "AE", 200), ("aureus", "AV", 3_000),
         ("antoninianus", "BI", 40), ("as", "AE", 70)]  # fmt: skip
GRADES = [("F", 3.0), ("VF", 4.0), ("gVF", 4.3), ("EF", 5.0)]
HOUSES = [f"Invented House {number}" for number in range(1, 31)]
SEARCHES = {
    "denarii of Hadrian in VF": "?ruler=Hadrian&denomination=denarius&grade_from=VF&grade_to=VF",
    "denarii of Hadrian": "?ruler=Hadrian&denomination=denarius",
    "all of Hadrian": "?ruler=Hadrian",
    "one reference": "?ruler=Trajan&reference=RIC+II+207",
    "one house": "?house=Invented+House+7",
    "one house since 2020": "?house=Invented+House+7&year_from=2020",
    "all denarii": "?denomination=denarius",
    "all silver": "?metal=AR",
    "scratched denarii": "?denomination=denarius&flag=scratches",
    "silver in VF to EF since 2015 that is toned": "?metal=AR&grade_from=VF&grade_to=EF&year_from=2015&flag=toned",
    "everything": "",
    "everything, in dollars, what buyers paid": "?currency=USD&basis=buyer",
}


COINS = {
    "denarius of Hadrian, RIC II 100": ("Hadrian", "denarius", "RIC II 100", "VF"),
    "aureus of Trajan, of a type that was never sold": ("Trajan", "aureus", "RIC II 9999", "EF"),
    "denarius of Trajan, no type": ("Trajan", "denarius", "", "VF"),
    "a denarius, nothing else known": ("", "denarius", "", ""),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lots", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--coins-only", action="store_true", help="no searches")
    parser.add_argument("--database", type=Path, help="kept and used again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="obverse-bench-") as folder:
        file = (options.database or Path(folder) / "bench.sqlite3").resolve()
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "coinsite.settings",
            "ENV_FILE": os.devnull,
            "DATABASE_URL": f"sqlite:///{file}",
            "DATA_DIR": folder,
            "ALLOWED_HOSTS": "testserver",
            "OPENBLAS_NUM_THREADS": "1",  # as coinsite.wsgi has it
        }
        import django

        django.setup()
        user = prepare(options.lots)
        if not options.coins_only:
            look(user, options.rounds)
        beside_coins(user, options.rounds)


def prepare(count: int) -> Any:
    from django.core.management import call_command

    from catalog.models import User
    from market.models import Lot

    call_command("migrate", verbosity=0)
    user = User.objects.filter(username="benchmark").first() or make_user()
    if not Lot.objects.exists():
        begun = time.monotonic()
        seed(user, count)
        print(f"{count} lots seeded in {time.monotonic() - begun:.0f} s")
    return user


def make_user() -> Any:
    from catalog.models import Collection, User

    user = User.objects.create_user("benchmark")
    Collection.objects.create(owner=user, name="Cabinet")
    return user


def coins_of(user: Any) -> Iterator[tuple[str, int]]:
    """Made once, with the words of the vocabulary that their lots were read as."""
    from catalog.models import Authority, Denomination
    from market.models import LotAttributes

    collection = user.collections.get()
    for title, (ruler, money, cited, grade) in COINS.items():
        coin = collection.coins.filter(title=title).first()
        if coin is None:
            words = {}
            for model, field, name in ((Authority, "authority", ruler), (Denomination, "denomination", money)):  # fmt: skip
                if name:
                    word = model.objects.filter(name__iexact=name).first() or model.objects.create(
                        name=name.title()
                    )
                    column = {"authority": "ruler_text"}.get(field, "denomination_text")
                    LotAttributes.objects.filter(**{column: name}).update(**{field: word})
                    words[field] = word
            coin = collection.coins.create(title=title, grade=grade, **words)
            if cited:
                coin.references.create(text=cited)
        yield title, coin.pk


def seed(user: Any, count: int) -> None:
    from django.db import transaction

    from market.models import LotAttributes, LotFlag, LotReference, Price, Quote, Sale, Source
    from market.models.lots import Lot

    dice = random.Random(1)
    source = Source.objects.create(slug="invented", name="Invented", kind="csv")
    sales = [
        Sale(source=source, owner=user, house=house, code=f"{number}", currency="EUR",
             day=date(2005, 1, 1) + timedelta(days=190 * number + 3 * index))
        for index, house in enumerate(HOUSES) for number in range(40)
    ]  # fmt: skip
    Sale.objects.bulk_create(sales)
    for start in range(0, count, 5_000):
        with transaction.atomic():
            invented = list(lots(dice, range(start, min(count, start + 5_000))))
            rows = Lot.objects.bulk_create(
                Lot(source=source, owner=user, sale=dice.choice(sales), source_lot_id=str(one["n"]),
                    lot_number=str(one["n"] % 900), url=f"https://example.org/{one['n']}",
                    description=one["text"] * 6, status=one["status"])
                for one in invented
            )  # fmt: skip
            pairs = list(zip(rows, invented, strict=True))
            LotAttributes.objects.bulk_create(
                LotAttributes(lot=lot, ruler_text=one["ruler"], denomination_text=one["kind"],
                              metal=one["metal"], mint_text="Rome", grade=one["grade"],
                              grade_ord=one["ord"], weight_g=Decimal("3.31"))
                for lot, one in pairs
            )  # fmt: skip
            LotReference.objects.bulk_create(
                LotReference(lot=lot, text=f"RIC II {one['ric']}", canonical_key=f"ric ii {one['ric']}")
                for lot, one in pairs
            )  # fmt: skip
            LotFlag.objects.bulk_create(
                LotFlag(lot=lot, flag=flag) for lot, one in pairs for flag in one["flags"]
            )
            Price.objects.bulk_create(
                Price(lot=lot, kind=kind, amount=amount, currency="EUR", eur=amount)
                for lot, one in pairs
                for kind, amount in one["prices"].items()
            )
            Quote.objects.renew(lot.pk for lot in rows)


def lots(dice: random.Random, numbers: range) -> Iterator[dict[str, Any]]:
    for n in numbers:
        kind, metal, usual = dice.choice(KINDS)
        grade, step = dice.choice(GRADES)
        price = Decimal(max(1, round(usual * 2 ** (step - 4) * dice.lognormvariate(0, 0.5))))
        sold = dice.random() < 0.8
        prices = {"start": price * 6 // 10 or 1, "estimate_low": price * 8 // 10 or 1}
        yield {
            "n": n, "kind": kind, "metal": metal, "grade": grade, "ord": step, "ric": dice.randint(1, 400),
            "ruler": dice.choice(RULERS), "status": "sold" if sold else "unsold",
            "flags": dice.sample(["toned", "scratches", "porous", "lustrous"], dice.randint(0, 2)),
            "prices": prices | ({"hammer": price} if sold else {}),
            "text": f"An invented {kind} of nobody, {grade}. ",
        }  # fmt: skip


def client_of(user: Any) -> Any:
    from django.conf import settings
    from django.test import Client

    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    client = Client()
    client.force_login(user)
    return client


def beside_coins(user: Any, rounds: int) -> None:
    from django.urls import reverse

    client = client_of(user)
    for title, pk in coins_of(user):
        page, part = reverse("market:panel", args=[pk]), {"HX-Request": "true"}
        measure(f"{title}: beside the coin", client, page, rounds, headers=part)
        measure(f"{title}: page with charts", client, page, rounds)
        for what in ("comparables", "estimate", "chart"):
            measure(f"{title}: API, {what}", client, f"/api/v1/coins/{pk}/{what}/", rounds)


def look(user: Any, rounds: int) -> None:
    from django.urls import reverse

    client = client_of(user)
    begun = time.perf_counter()
    client.get(reverse("market:lots") + "?ruler=Nobody")
    print(
        f"first look, with all names to choose from: {1000 * (time.perf_counter() - begun):.0f} ms"
    )
    for name, query in SEARCHES.items():
        measure(name, client, reverse("market:lots") + query, rounds)


def measure(name: str, client: Any, address: str, rounds: int, **more: Any) -> None:
    walls, used = [], []
    for _round in range(rounds):
        wall, processor = time.perf_counter(), time.process_time()
        answer = client.get(address, **more)
        walls.append(1000 * (time.perf_counter() - wall))
        used.append(1000 * (time.process_time() - processor))
        assert answer.status_code == 200, answer.status_code
    middle = statistics.median(used)
    verdict = "within" if middle <= BUDGET else f"OVER {BUDGET} ms"
    print(f"{name}: {middle:.0f} ms of a core, {statistics.median(walls):.0f} ms by the clock {verdict}")  # fmt: skip


if __name__ == "__main__":
    main()

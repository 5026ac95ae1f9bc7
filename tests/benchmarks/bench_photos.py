"""Photos by the second, and the near-duplicate warning over 60,000 of them, on SQLite:

    python -m tests.benchmarks.bench_photos [--photos 60000]

Budgets: warning < 50 ms, a served thumbnail < 10 ms, worker < 300 MB for 12 megapixels. Plain lines, one a figure."""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from multiprocessing import get_context
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=60_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="obverse-bench-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "ENV_FILE": os.devnull,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "DATA_DIR": folder,
            "MEDIA_ROOT": f"{folder}/media",
            "LOG_LEVEL": "ERROR",
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        measure(options.photos)


def measure(photos: int) -> None:
    from catalog.models import Collection, User

    owner = User.objects.create_user("benchmark")
    collection = Collection.objects.create(owner=owner, name="Benchmark")
    measure_making(collection, owner)
    measure_formats()
    measure_warning(collection, owner, photos)


def photograph(megapixels: float, format: str, **options: Any) -> BytesIO:
    """A drawn coin with the grain of a sensor, so that it weighs what a photo weighs."""
    import numpy as np
    from PIL import Image

    from tests.catalog.drawn import coin, saved

    side = int((megapixels * 1e6) ** 0.5)
    levels = np.asarray(coin(side), dtype=np.int16)
    grain = np.random.default_rng(1).normal(0, 5, (side, side, 1)).astype(np.int16)
    picture = Image.fromarray((levels + grain).clip(0, 255).astype(np.uint8))
    return saved(picture, format, **options)


def measure_making(collection: Any, owner: Any) -> None:
    from django.test import Client

    from catalog import renditions
    from catalog.models import Coin
    from catalog.photos import store

    kinds = [
        ("JPEG", 12, {"quality": 90}),
        ("JPEG", 48, {"quality": 90}),
        ("PNG", 12, {}),
        ("HEIF", 12, {}),
    ]
    for format, megapixels, options in kinds:
        file = photograph(megapixels, format, **options)
        name = f"photo.{'heic' if format == 'HEIF' else format.lower()}"
        weight = len(file.getvalue()) / 1e6
        coin = Coin.objects.create(collection=collection)
        stored = timed(lambda f=file, n=name, c=coin: store(c, f, n, "", owner), 3)  # type: ignore[misc]
        # a process of its own, as the worker is: drawing the photo took memory here
        with get_context("spawn").Pool(1) as worker:
            made, peak = worker.apply(work, ([photo.pk for photo in coin.photos.all()],))
        print(f"{format} {megapixels} MP ({weight:.1f} MB): stored in {stored};"
              f" three sizes in {made}; worker at most {peak:.0f} MB")  # fmt: skip
    client = Client()
    client.force_login(owner)
    photo = coin.photos.first()
    address = f"/photos/{photo.pk}/card.webp?v={renditions.version(photo)}"
    list(client.get(address).streaming_content)  # type: ignore[arg-type]
    etag = client.get(address)["ETag"]
    whole = timed(lambda: list(client.get(address).streaming_content), 50)  # type: ignore[arg-type]
    unchanged = timed(lambda: client.get(address, headers={"If-None-Match": etag}), 50)
    print(f"photo served: {whole}, not modified: {unchanged}")


def work(pks: list[int]) -> tuple[str, float]:
    import django

    django.setup()
    from catalog.tasks import make_thumbnails

    left = iter(pks)
    made = timed(lambda: make_thumbnails([next(left)]), len(pks))
    return made, peak_memory()


def peak_memory() -> float:
    """In MB. What getrusage says would include the process that this one was started from."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


def measure_formats() -> None:
    from catalog.images import served

    file = photograph(12, "JPEG", quality=90)
    for size in (160, 480, 1600):
        for format in ("WEBP", "AVIF"):
            weight = len(served(file, size=size, format=format)) / 1000
            spent = timed(lambda s=size, f=format: served(file, size=s, format=f), 5)  # type: ignore[misc]
            print(f"{size} px {format}: {weight:.1f} kB in {spent}")


def measure_warning(collection: Any, owner: Any, photos: int) -> None:
    from catalog import duplicates
    from catalog.models import Coin, Photo

    dice = random.Random(2)
    coins = Coin.objects.bulk_create(
        [Coin(collection=collection) for _ in range(photos // 3)], batch_size=500
    )
    rows = [
        Photo(
            coin=coins[number % len(coins)], role="obverse", original=f"originals/{number}.jpg",
            format="JPEG", width=1, height=1, sha256=f"{dice.getrandbits(256):064x}",
            dhash=dice.getrandbits(64) - 2**63, fingerprint=dice.randbytes(32),
        )
        for number in range(photos)
    ]  # fmt: skip
    Photo.objects.bulk_create(rows, batch_size=1000)
    coin = Coin.objects.get(pk=coins[7].pk)
    spent = timed(lambda: duplicates.of(coin, owner), 15)
    print(f"near-duplicate warning for a coin of three photos among {photos}: {spent}")


def timed(work: Callable[[], object], times: int) -> str:
    """Medians. On a machine that has other things to do, the processor's time is the one to compare."""
    spent, busy = [], []
    for _ in range(times):
        start, start_busy = time.perf_counter(), time.process_time()
        work()
        spent.append((time.perf_counter() - start) * 1000)
        busy.append((time.process_time() - start_busy) * 1000)
    return f"{statistics.median(spent):.0f} ms ({statistics.median(busy):.0f} ms of processor)"


if __name__ == "__main__":
    main()

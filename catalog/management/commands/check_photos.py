from collections.abc import Iterator
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import Storage
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from catalog.models import Photo

FOLDERS = ("originals", "renditions")
# A file is written before its row: what came just now may be about to get one
YOUNG = timedelta(days=1)


class Command(BaseCommand):
    help = "Compares photos with their files: originals that are missing, files that belong to nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--delete", action="store_true", help="delete files that belong to nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        storage = Photo._meta.get_field("original").storage
        known = dict(Photo.objects.values_list("original", "pk"))
        there = {folder: set(files_in(storage, folder)) for folder in FOLDERS}
        missing = sorted(set(known) - there["originals"])
        for name in missing:
            self.stderr.write(f"photo {known[name]}: {name} is missing")
        stems = {PurePosixPath(name).stem for name in known}
        strays = [*(there["originals"] - set(known)), *of_none(there["renditions"], stems)]
        old = [name for name in sorted(strays) if is_old(storage, name)]
        for name in old:
            self.stdout.write(name)
            if options["delete"]:
                storage.delete(name)
        done = "deleted" if options["delete"] else "belong to nothing"
        self.stdout.write(
            f"{len(known)} photos, {len(missing)} originals missing, {len(old)} files {done}."
        )


def of_none(renditions: set[str], stems: set[str]) -> list[str]:
    return [name for name in renditions if PurePosixPath(name).stem.partition("-")[0] not in stems]


def is_old(storage: Storage, name: str) -> bool:
    return storage.get_modified_time(name) < timezone.now() - YOUNG


def files_in(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files)
    for inner in folders:
        yield from files_in(storage, f"{folder}/{inner}")

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.exports.archive.making import amount_of_work, make_archive
from catalog.models import Collection, User


class Command(BaseCommand):
    help = "Writes everything that one person owns, with all photos, into one ZIP file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is no user “{options['username']}”.")
        file: Path = options["file"]
        if file.exists():
            raise CommandError(f"{file} is there already.")
        part = file.with_name(file.name + ".part")  # if killed, the next run goes on with it
        mine = Collection.objects.owned_by(user)
        of = amount_of_work(mine)

        def tell(done: int) -> None:
            if done % 500 == 0:
                self.stdout.write(f"{done} of {of}")

        for note in make_archive(user, mine, part, tell):
            self.stderr.write(note)
        part.rename(file)
        self.stdout.write(self.style.SUCCESS(f"{file}: {file.stat().st_size / 1e6:.1f} MB"))

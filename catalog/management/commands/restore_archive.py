from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.exports.restore import ArchiveRefused, restore
from catalog.models import User
from catalog.sentences import sentence


class Command(BaseCommand):
    help = "Restores an archive into the account of one person. Running it twice doubles nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is no user “{options['username']}”.")
        shown = -1

        def tell(done: int, of: int) -> None:
            nonlocal shown
            if (percent := 100 * done // max(1, of)) > shown:
                shown = percent
                self.stdout.write(f"{percent} %")

        try:
            with options["file"].open("rb") as file:
                report = restore(file, user, tell)
        except FileNotFoundError:
            raise CommandError(f"There is no file {options['file']}.") from None
        except ArchiveRefused as refusal:
            raise CommandError(sentence(refusal)) from None
        for problem in report.problems:
            self.stderr.write(problem)
        for table, n in report.added.items():
            self.stdout.write(f"{table}: {n} added, {report.there[table]} were there")

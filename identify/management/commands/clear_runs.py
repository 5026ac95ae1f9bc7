from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import filesizeformat

from identify.teaching.clearing import clear


class Command(BaseCommand):
    help = (
        "Deletes the files of runs whose version neither serves, is on trial, has served nor is kept, "
        "and that are not among the last of their matter. Rows and reports stay."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--keep", type=int, default=settings.KEEP_RUNS, metavar="N",
            help="the last N runs of each matter stay (KEEP_RUNS)",
        )  # fmt: skip
        parser.add_argument("--dry-run", action="store_true", help="say what would go")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["keep"] < 1:
            raise CommandError("Keep at least one run of each matter: --keep 1.")
        size = count = 0
        for one in clear(options["keep"], options["dry_run"]):
            self.stdout.write(f"{one.name}: {filesizeformat(one.size)}")
            size, count = size + one.size, count + 1
        verb = "would go" if options["dry_run"] else "went"
        self.stdout.write(f"{count} folders {verb}, {filesizeformat(size)}.")

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = """Trains the reader of Lincoln cents and writes it with its card. Wants the folder us_cents;
takes some ten minutes on one core."""

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--data", type=Path, required=True, metavar="FOLDER")
        parser.add_argument(
            "--out", type=Path, default=Path("identify/pretrained"), metavar="FOLDER"
        )
        parser.add_argument("--steps", type=int, default=None, metavar="N", help="batches")

    def handle(self, *args: Any, **options: Any) -> None:
        from identify.ml.training.cents import Plan, run

        if not (options["data"] / "us_cents" / "labels.csv").exists():
            raise CommandError(
                f"There is no us_cents/labels.csv in {options['data']}: name the folder of the data."
            )
        plan = Plan() if options["steps"] is None else Plan(steps=options["steps"])
        package = run(options["data"], options["out"], plan, self.stdout.write)
        self.stdout.write(f"Written: {package.weights}")

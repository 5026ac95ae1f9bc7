from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = """Trains the reader of 2-euro commemoratives and writes it with its card. Wants the folder
euro_commemoratives and, to be told from, some of the other coins; takes some half an hour on one core.
With --references-only the networks stay as they are and only the pictures are read anew: a new issue
takes one picture, a line in labels.csv and a minute."""

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--data", type=Path, required=True, metavar="FOLDER")
        parser.add_argument(
            "--out", type=Path, default=Path("identify/pretrained"), metavar="FOLDER"
        )
        parser.add_argument("--steps", type=int, default=None, metavar="N", help="of each network")
        parser.add_argument(
            "--references-only", action="store_true", help="keep the networks that lie in --out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        from identify.ml.package import BrokenModel, NoModel
        from identify.ml.training.commemoratives import Plan, again, run

        data, steps = options["data"], options["steps"]
        if not (data / "euro_commemoratives" / "labels.csv").exists():
            raise CommandError(
                f"There is no euro_commemoratives/labels.csv in {data}: name the folder of the data."
            )
        try:
            if options["references_only"]:
                package = again(data, options["out"], self.stdout.write)
            else:
                plan = Plan() if steps is None else Plan(locating=steps, comparing=steps)
                package = run(data, options["out"], plan, self.stdout.write)
        except (NoModel, BrokenModel) as trouble:
            raise CommandError(str(trouble)) from None
        self.stdout.write(f"Written: {package.weights}")

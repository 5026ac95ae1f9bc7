from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

RATE = 2e-3  # of the first round, where there is only one


class Command(BaseCommand):
    help = """Trains the reader of legends and writes it with its card and its lexicon. Wants the folders
tetrarchs, roman_imperial and reference; takes one and a half hours on two cores."""

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--data", type=Path, required=True, metavar="FOLDER")
        parser.add_argument(
            "--out", type=Path, default=Path("identify/pretrained"), metavar="FOLDER"
        )
        parser.add_argument(
            "--steps",
            type=int,
            default=None,
            metavar="N",
            help="one round of so many batches of 32 strips, and not three of 18,000 in all",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        from identify.ml.training.legend_run import run
        from identify.ml.training.legend_strips import Plan

        for name in (
            "tetrarchs/labels.csv",
            "roman_imperial/labels.csv",
            "reference/ric_types.csv",
        ):
            if not (options["data"] / name).exists():
                raise CommandError(
                    f"There is no {name} in {options['data']}: name the folder of the data."
                )
        plan = Plan() if options["steps"] is None else Plan(rounds=((options["steps"], RATE),))
        package = run(options["data"], options["out"], plan, self.stdout.write)
        self.stdout.write(f"Written: {package.weights}")

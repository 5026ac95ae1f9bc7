import csv
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.facts.importing import import_tables
from catalog.facts.tables import Outcome, TableError

REFUSED = 3


class Command(BaseCommand):
    help = (
        "Imports tables of types (RIC as OCRE has it, RRC as CRRO has it, United States coins) and "
        "of words (nomisma.org). Each may be imported again: only what is missing is added. "
        "The exit status is 3 if a row was refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
        parser.add_argument(
            "--vocabulary", nargs="+", type=Path, default=[], metavar="PATH",
            help="tables of words, which go first; their names say which (nomisma_mints.csv …)",
        )  # fmt: skip
        parser.add_argument(
            "--report", type=Path, metavar="PATH", help="write every refused row and why to a file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        paths = [*options["vocabulary"], *options["paths"]]
        if not paths:
            raise CommandError("Name at least one table.")
        self.quiet = options["verbosity"] == 0
        try:
            outcomes = import_tables(paths, self.progress)
        except TableError as error:
            raise CommandError(str(error)) from None
        for outcome in outcomes:
            if not self.quiet:
                self.summarise(outcome)
        if options["report"]:
            self.write_report(options["report"], outcomes)
        refused = sum(len(outcome.refused) for outcome in outcomes)
        if refused:
            where = f"see {options['report']}" if options["report"] else "--report writes them down"
            raise CommandError(f"{refused} rows were refused: {where}.", returncode=REFUSED)

    def progress(self, path: Path, done: int, total: int) -> None:
        if self.quiet:
            return
        self.stdout.write(f"{path.name}: {done:,} of {total:,}", ending="")
        self.stdout.write("", ending="\r" if sys.stdout.isatty() and done < total else "\n")
        self.stdout.flush()

    def summarise(self, outcome: Outcome) -> None:
        self.stdout.write(
            f"{outcome.path.name}: {outcome.made:,} new, {outcome.filled:,} completed, "
            f"{outcome.unchanged:,} known already, {len(outcome.refused):,} refused"
        )
        for line, reason in outcome.refused[:5]:
            self.stdout.write(f"  line {line}: {reason}")

    def write_report(self, path: Path, outcomes: list[Outcome]) -> None:
        with path.open("w", newline="") as file:
            report = csv.writer(file)
            report.writerow(["file", "line", "verdict", "reason"])
            for outcome in outcomes:
                for verdict, rows in (("refused", outcome.refused), ("noted", outcome.notes)):
                    report.writerows((outcome.path, line, verdict, why) for line, why in rows)

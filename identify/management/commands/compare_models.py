from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = """Teaches several networks the same classes, from few photos and from many, and sets their figures side
by side: table.csv, curves.json and index.html, which needs nothing else. Each cell of the grid is a
file, so that the command goes on where it was broken off.

A network is a name of timm, “shipped:modern” or “shipped:ancient”; behind an @ stands where its weights
begin: mobilenetv2_100@weights.tflite, inception_v3_se@random."""

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument("--data", type=Path, required=True, metavar="FOLDER_OR_CSV")
        parser.add_argument(
            "--test", type=Path, metavar="FOLDER_OR_CSV",
            help="examine on these; without, each seed keeps a fifth of the coins aside",
        )  # fmt: skip
        parser.add_argument("--models", nargs="+", required=True, metavar="NETWORK")
        parser.add_argument("--modes", nargs="+", default=["linear"], metavar="linear|partial|full")
        parser.add_argument("--fractions", nargs="+", type=float, default=[], metavar="SHARE")
        parser.add_argument("--labels-per-class", nargs="+", type=int, default=[], metavar="N")
        parser.add_argument("--seeds", type=int, default=5)
        parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
        for name in ("epochs", "side", "batch"):
            parser.add_argument(f"--{name}", type=int, default=0)
        parser.add_argument("--views", type=int, default=4, help="of each photo, in mode linear")
        parser.add_argument("--device", default="auto", help="auto, cpu, cuda …")
        parser.add_argument("--heading", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        from identify.ml.teaching import TeachingRefused, comparing, read_examples
        from identify.ml.teaching.comparing import summary

        try:
            grid = comparing.Grid(
                [comparing.ModelName(one) for one in options["models"]], options["modes"],
                options["fractions"], options["labels_per_class"], options["seeds"], options["side"],
                options["epochs"], options["batch"], options["views"], device=options["device"],
            )  # fmt: skip
            examples = read_examples(options["data"])
            test = read_examples(options["test"]) if options["test"] else None
            found = []
            for one in comparing.run(grid, examples, options["out"], test):
                found.append(one.told)
                cell, known = one.cell, " (known)" if one.was_there else ""
                self.stdout.write(
                    f"{one.done} of {one.total}: {cell.model.shown}, {cell.mode}, {cell.amount.shown}, "
                    f"seed {cell.seed}: {one.told['top1']['value']:.3f}{known}"
                )
            for line in summary.markdown(comparing.lines(found)):
                self.stdout.write(line)
            for path in comparing.write(found, options["out"], options["heading"]):
                self.stderr.write(f"Written: {path}")
        except TeachingRefused as refusal:
            raise CommandError(refusal.message) from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from None

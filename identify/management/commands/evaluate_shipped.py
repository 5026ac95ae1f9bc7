import json
import time
from argparse import RawDescriptionHelpFormatter
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from identify.evaluation import cards, exams, figures, page, questions, retrieval, speed, table
from identify.evaluation.asking import Limits
from identify.management.commands.identify import model_in
from identify.predicting import SHIPPED


class Command(BaseCommand):
    help = """Measures the shipped model on labelled photos that it was not taught, split by coin, and says
which goals it misses. Writes evaluation.json and evaluation.html, which shows photos from the
data: keep it to yourself where you may not pass them on.

Temperatures and thresholds were chosen on the same held-out photos (one to four numbers a field), so
calibration, coverage and unknown classes look a little better here than elsewhere."""

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument("--data", type=Path, required=True, metavar="FOLDER")
        parser.add_argument(
            "--out", type=Path, default=Path(settings.DATA_DIR) / "evaluation", metavar="FOLDER"
        )
        parser.add_argument("--model", type=Path, metavar="FOLDER", help="another than the shipped")
        parser.add_argument(
            "--most", type=int, default=0, metavar="N", help="ask about so many of each kind only"
        )
        parser.add_argument("--no-speed", action="store_true", help="measure no speed")
        parser.add_argument(
            "--markdown", action="store_true", help="print a table for docs/models.md"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        data = options["data"]
        if not any((data / name / "labels.csv").exists() for name in questions.SCOPES):
            raise CommandError(
                f"{data} has no labelled photos. docs/models.md says how such a folder is laid out."
            )
        begun = time.monotonic()
        limits = Limits(settings.MAX_PHOTO_BYTES, settings.MAX_PHOTO_PIXELS)
        examiner = exams.Examiner(
            model_in(options["model"]), data, limits, self.stderr.write, options["most"]
        )
        report = exams.examine(examiner)
        retrieval.examine(examiner, report)
        folder = options["model"] or SHIPPED
        report.add(*cards.cents(folder))
        if not options["no_speed"]:
            self.measure_speed(folder, data, report)
        self.show(report, options["markdown"])
        self.keep(report, options["out"], time.monotonic() - begun)

    def measure_speed(self, folder: Path, data: Path, report: exams.Report) -> None:
        self.stderr.write("Speed")
        for name in ("ancient", "modern"):
            report.add(*speed.engines(folder, name))
        photos = sorted((data / "world_coins").rglob("*.jpg"))
        report.add(speed.command(settings.BASE_DIR / "manage.py", photos, folder))

    def show(self, report: exams.Report, markdown: bool) -> None:
        for line in (table.markdown if markdown else table.lines)(report.figures):
            self.stdout.write(line)
        missed, unmeasured = table.missed(report.figures), table.unmeasured(report.figures)
        self.stdout.write(f"\nGoals missed: {len(missed)}")
        for line in missed:
            self.stdout.write(f"- {line}")
        if unmeasured:
            self.stdout.write(f"\nNot measured: {len(unmeasured)}")
            for line in unmeasured:
                self.stdout.write(f"- {line}")

    def keep(self, report: exams.Report, folder: Path, seconds: float) -> None:
        told = {
            "model": report.model,
            "date": date.today().isoformat(),
            "seconds": round(seconds, 1),
            "figures": [one.as_json() for one in report.figures],
            "missed": table.missed(report.figures),
            "classes": {name: figures.classes(found) for name, found in report.looks.items()},
            "confusions": {name: figures.worst(found, 30) for name, found in report.looks.items()},
        }
        made = f"Made on {told['date']} in {seconds:.0f} seconds by manage.py evaluate_shipped."
        try:
            folder.mkdir(parents=True, exist_ok=True)
            text = json.dumps(told, ensure_ascii=False, indent=1)
            (folder / "evaluation.json").write_text(text + "\n", encoding="utf-8")
            shown = page.page(report, page.data_uri, made)
            (folder / "evaluation.html").write_text(shown, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error.strerror}.") from None
        self.stderr.write(f"Written: {folder / 'evaluation.html'}")

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.refusals import Refusal
from identify.labelling import datasets, exporting
from identify.models import Label


class Command(BaseCommand):
    help = "Writes photos and what people agree on: as folders of classes, a table, or COCO."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, required=True, metavar="DIR")
        parser.add_argument("--form", choices=exporting.FORMS, default="folders")
        parser.add_argument(
            "--field",
            action="append",
            metavar="FIELD",
            help="ruler, face_value …; all, if none is named",
        )
        parser.add_argument(
            "--freeze", metavar="NAME", help="keep the set under this name, with its hash"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        known = Label.objects.standing().order_by("field").values_list("field", flat=True)
        fields = options["field"] or list(known.distinct())
        rows = datasets.rows_of(fields)
        if not rows:
            raise CommandError("There are no labels that people agree on.")
        photos = exporting.export(rows, options["to"], options["form"])
        self.stdout.write(f"{photos} photos, {len(rows)} labels in {options['to']}")
        self.stdout.write(f"sha256 {datasets.hash_of(datasets.lines(rows))}")
        if options["freeze"]:
            try:
                version = datasets.freeze(options["freeze"], fields, None)
            except Refusal as refusal:
                raise CommandError(refusal.message) from None
            self.stdout.write(f"kept as {version.name}")

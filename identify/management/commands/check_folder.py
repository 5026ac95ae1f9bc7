import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from identify.curation import hygiene
from identify.labelling.checking import looks, sentences


class Command(BaseCommand):
    help = (
        "Looks whether a folder of photos is what it seems to be: the same photo twice, one photo turned "
        "into many noisy copies, blank pictures and noise."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--json", action="store_true", help="everything, for a program")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        found, unreadable = looks(folder, settings.MAX_PHOTO_BYTES, settings.MAX_PHOTO_PIXELS)
        report = hygiene.report(found)
        if options["json"]:
            told = hygiene.as_json(report) | {"unreadable": unreadable}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for line in sentences(report, unreadable):
            self.stdout.write(line)

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.models import Collection
from identify.curation import hygiene
from identify.labelling import checking, importing


class Command(BaseCommand):
    help = (
        "Brings a labelled set into a collection: a folder with a folder for each class, a table with the "
        "columns file and value, or a COCO file. Says first whether the photos are what they seem to be."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument(
            "--field", default="", help="what the classes are of: ruler, own:tokens …"
        )
        parser.add_argument("--collection", type=int, required=True, metavar="ID")
        parser.add_argument("--dry-run", action="store_true", help="look only")
        parser.add_argument("--unchecked", action="store_true", help="do not look for copies first")

    def handle(self, *args: Any, **options: Any) -> None:
        collection = Collection.objects.filter(pk=options["collection"]).first()
        if collection is None:
            raise CommandError(f"There is no collection {options['collection']}.")
        try:
            found = importing.read(options["path"], options["field"])
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"{options['path']} cannot be read: {error}") from None
        if not found or not all(one.field for one in found):
            raise CommandError("There is nothing to bring in, or --field is missing.")
        if not options["unchecked"]:
            self.say_of(options["path"] if options["path"].is_dir() else options["path"].parent)
        if options["dry_run"]:
            self.stdout.write(f"{len(found)} labels would come in.")
            return
        done = importing.bring(found, collection, collection.owner)
        for line in done.trouble:
            self.stderr.write(str(line))
        self.stdout.write(
            f"{done.photos} photos of {done.coins} coins, {done.there_already} were there already."
        )

    def say_of(self, folder: Path) -> None:
        looks, unreadable = checking.looks(
            folder, settings.MAX_PHOTO_BYTES, settings.MAX_PHOTO_PIXELS
        )
        for line in checking.sentences(hygiene.report(looks), unreadable):
            self.stdout.write(line)

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from catalog import renditions
from catalog.models import Photo

TELL_EVERY = 500


class Command(BaseCommand):
    help = "Makes the thumbnails that are missing or failed; with --all, every one anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those that are there")
        parser.add_argument("--coin", type=int, help="of the coin with this id only")

    def handle(self, *args: Any, **options: Any) -> None:
        photos = Photo.objects.order_by("pk")
        if options["coin"]:
            photos = photos.filter(coin=options["coin"])
        if not options["all"]:
            photos = photos.exclude(state=Photo.State.READY)
        # ids first: a photo that is done would fall out of the rows still being read
        pks = list(photos.values_list("pk", flat=True))
        failed = 0
        for number, pk in enumerate(pks, 1):
            photo = Photo.objects.filter(pk=pk).first()
            if photo is None:
                continue
            if options["all"]:
                renditions.forget(renditions.storage_of(photo), renditions.paths(photo))
            renditions.make_and_note(photo)
            if photo.state == Photo.State.FAILED:
                failed += 1
                self.stderr.write(f"photo {pk} of coin {photo.coin_id}: {photo.failure}")
            if number % TELL_EVERY == 0:
                self.stdout.write(f"{number} of {len(pks)}")
        self.stdout.write(f"{len(pks)} photos, {failed} failed.")

import csv
import json
import sys
from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from identify import folders, telling
from identify.predicting import FACTORY, SHIPPED, ModelUnusable, load, made_by_setting
from identify.values import SCOPES, Opinion, Predictor

SOME_FAILED = 3
AT_ONCE = 64


class Command(BaseCommand):
    help = """Identifies photos on this disk; neither the site nor a database is needed.

Each file is a coin; with --pair, X_obverse.* and X_reverse.* are the two faces of one. Folders give
their photos. A file that cannot be read is reported in its object and stops nothing.
The exit status is 0 if every file was read, 3 if some were not."""

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--scope", choices=SCOPES, default="", help="what kind of coins they are"
        )
        parser.add_argument(
            "--pair", action="store_true", help="join obverses and reverses by name"
        )
        parser.add_argument(
            "--top", type=int, default=5, metavar="N", help="candidates a field (5)"
        )
        parser.add_argument(
            "--model", type=Path, metavar="FOLDER", help="another model than the one that serves"
        )
        parser.add_argument("--no-legends", action="store_true", help="read no letters: faster")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write a list of objects")
        parser.add_argument("--csv", type=Path, metavar="FILE", help="write a table")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["top"] < 1:
            raise CommandError("--top wants a number from 1.")
        coins = folders.grouped(list(folders.expanded(options["paths"])), options["pair"])
        if not coins:
            raise CommandError("There are no photos in what you named.")
        model = model_in(options["model"])
        said: list[dict[str, Any]] = []
        for one in self.identified(model, coins, options):
            said.append(one)
            if not options["json"] and not options["csv"]:
                self.stdout.write(sentence(one))
        self.keep(said, options)
        failed = sum(bool(one["state"] == "failed" or one.get("unread")) for one in said)
        self.summarise(said, failed)
        if failed:
            sys.exit(SOME_FAILED)

    def identified(
        self, model: Predictor, coins: Sequence[folders.Files], options: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        """The next photos are read while the model looks at these."""
        limits = settings.MAX_PHOTO_BYTES, settings.MAX_PHOTO_PIXELS
        parts = [coins[at : at + AT_ONCE] for at in range(0, len(coins), AT_ONCE)]

        def read_all(part: Sequence[folders.Files]) -> list[folders.Read]:
            return [folders.read(files, *limits) for files in part]

        with ThreadPoolExecutor(1) as ahead:
            coming = ahead.submit(read_all, parts[0])
            for at in range(len(parts)):
                read = coming.result()
                if at + 1 < len(parts):
                    coming = ahead.submit(read_all, parts[at + 1])
                yield from self.told(model, read, options)

    def told(
        self, model: Predictor, read: Sequence[folders.Read], options: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        usable = [one.coin for one in read if one.coin]
        opinions = iter(
            model.predict(usable, options["scope"], options["top"], not options["no_legends"])
        )
        for one in read:
            names = [str(path) for path in one.files.paths]
            if one.coin is None:
                yield telling.failed(names, " ".join(one.trouble))
                continue
            opinion: Opinion = next(opinions)
            said = telling.told(names, opinion)
            yield said | ({"unread": one.trouble} if one.trouble else {})

    def keep(self, said: list[dict[str, Any]], options: dict[str, Any]) -> None:
        try:
            if path := options["json"]:
                path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")
            if path := options["csv"]:
                with path.open("w", encoding="utf-8", newline="") as file:
                    table = csv.DictWriter(file, telling.columns())
                    table.writeheader()
                    table.writerows(telling.row(one) for one in said)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None

    def summarise(self, said: Sequence[dict[str, Any]], failed: int) -> None:
        count = {
            state: sum(one["state"] == state for one in said)
            for state in ("suggested", "abstained")
        }
        self.stderr.write(
            f"{len(said)} coins: {count['suggested']} suggested, {count['abstained']} not sure enough, "
            f"{failed} with a file that could not be read."
        )


def model_in(folder: Path | None) -> Predictor:
    """Without the worker's bookkeeping, which wants a database."""
    try:
        by_setting = getattr(settings, FACTORY, "")
        if by_setting and folder is None:
            return made_by_setting()
        return load(folder or SHIPPED)
    except ModelUnusable as trouble:
        raise CommandError(str(trouble)) from None


def sentence(said: dict[str, Any]) -> str:
    names = " ".join(said["files"])
    if said["state"] == "failed":
        return f"{names}: {said['reason']}"
    parts = [
        f"{name} {answer['label']} ({answer['confidence']:.0%})"
        for name, answer in said["fields"].items()
        if not answer["abstained"]
    ]
    return f"{names}: {', '.join(parts) or 'not sure enough'}"

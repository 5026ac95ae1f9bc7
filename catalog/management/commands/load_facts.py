from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from catalog.facts.loading import Loaded, load


class Command(BaseCommand):
    help = "Loads the facts in fixtures/facts. Does nothing where they are loaded already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--again", action="store_true", help="look at every fact, even if no file has changed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["verbosity"] == 0
        news = load(again=options["again"], tell=self.be_quiet if quiet else self.tell)
        if not news and not quiet:
            self.stdout.write("The facts are up to date.")

    def be_quiet(self, loaded: Loaded) -> None:
        pass

    def tell(self, loaded: Loaded) -> None:
        name = loaded.model._meta.verbose_name_plural
        self.stdout.write(f"{name}: {loaded.known}, {loaded.made} new, {loaded.changed} changed")

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from catalog.management.commands.load_demo import owner
from market.demo.loading import load


class Command(BaseCommand):
    help = (
        "Loads invented sales of coins like those of a user, so that every chart has something to show. "
        "Does nothing where they are loaded already."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--user", default="", help="whose they are; the first administrator's else"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = owner(options["user"])
        number = load(user)
        if options["verbosity"] and number:
            said = {"number": number, "user": user}
            self.stdout.write(_("%(number)s invented sales for %(user)s.") % said)

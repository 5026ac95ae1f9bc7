import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from catalog.benchmark.seed import seed
from catalog.models import User


class Command(BaseCommand):
    help = "Makes a large invented collection, to measure with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--user", default="benchmark", help="whose it is; made when missing")
        parser.add_argument("--password", default="", help="of a user made now; none: no sign-in")
        parser.add_argument("--coins", type=int, default=20_000)
        parser.add_argument("--photos", type=int, default=60_000)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        user = User.objects.filter(username=options["user"]).first()
        if user is None:
            user = User.objects.create_user(options["user"], password=options["password"] or None)
        collection = seed(user, options["coins"], options["photos"], self.stdout.write)
        took = time.monotonic() - started
        self.stdout.write(
            self.style.SUCCESS(
                f"{collection.coins.count()} coins of {user} in “{collection}” in {took:.0f} s"
            )
        )

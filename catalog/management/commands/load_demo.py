from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from catalog.demo.loading import load
from catalog.models import User


class Command(BaseCommand):
    help = "Loads a collection that shows every feature. Does nothing where it is loaded already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--user", default="", help="whose it is; the first administrator's else"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = owner(options["user"])
        self.tell(options, _("Loading the demo …"))
        collection = load(user)
        if collection is None:
            self.tell(options, _("%(user)s has the demo already.") % {"user": user})
            return
        said = {"count": collection.coins.count(), "name": collection, "user": user}
        self.tell(options, _("%(count)s coins for %(user)s in “%(name)s”.") % said)

    def tell(self, options: dict[str, Any], text: str) -> None:
        if options["verbosity"]:
            self.stdout.write(text)
            self.stdout.flush()


def owner(username: str) -> User:
    if username:
        user = User.objects.filter(username=username).first()
        missing = _("Nobody here is called “%(name)s”.") % {"name": username}
    else:
        user = User.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
        missing = _("There is no administrator yet: run “manage.py first_admin” first.")
    if user is None:
        raise CommandError(missing)
    return user

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Before a start: database, facts and the first administrator, each where it is wanted."

    def handle(self, *args: Any, **options: Any) -> None:
        # Settings have been checked here. By itself migrate connects before, and a bad folder ends
        # in a traceback.
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_facts", stdout=self.stdout)
        call_command("first_admin", stdout=self.stdout)

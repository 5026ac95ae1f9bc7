from typing import Any
from urllib.error import URLError
from urllib.request import urlopen
from zipfile import BadZipFile

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from catalog import money, rates
from catalog.models import Collection

LARGEST = 20 * 1024 * 1024


class Command(BaseCommand):
    help = "Fetches the European Central Bank's table of rates and computes costs and values anew."

    def handle(self, *args: Any, **options: Any) -> None:
        from currency_converter import ECB_URL

        try:
            with urlopen(ECB_URL, timeout=30) as answer:
                newest = rates.replace_table(answer.read(LARGEST))
        except (URLError, BadZipFile, ValueError, IndexError) as problem:
            raise CommandError(
                _("The rates stay as they were: %(problem)s") % {"problem": problem}
            ) from problem
        for collection in Collection.objects.all():
            money.refresh_collection(collection)
        self.stdout.write(_("The newest rate is of %(day)s.") % {"day": rates.in_words(newest)})

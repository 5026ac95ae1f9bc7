from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from catalog import rates
from market.forms import sentence
from market.inflation import SeriesRefusal, read_series
from market.models import PriceLevel


class Command(BaseCommand):
    help = (
        "Loads an index of consumer prices from a CSV of months or years, so that charts can say prices in "
        "the money of one year. It takes the place of what was loaded for that currency before."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="lines like 2020-01,105.3 or 2020,105.3")
        parser.add_argument("--currency", required=True, help="three letters, like EUR")

    def handle(self, *args: Any, **options: Any) -> None:
        currency = options["currency"].upper()
        if currency not in rates.known_currencies():
            raise CommandError(f"{currency} is no currency that has a rate here.")
        try:
            with options["file"].open(encoding="utf-8-sig", newline="") as file:
                levels = read_series(file)
        except SeriesRefusal as refusal:
            raise CommandError(sentence(refusal)) from None
        except (OSError, UnicodeDecodeError) as failure:
            raise CommandError(str(failure)) from None
        with transaction.atomic():
            number = PriceLevel.objects.replace(currency, levels)
        self.stdout.write(f"{number} levels for {currency}")

from typing import Any

from django.core.management.base import BaseCommand

from market.doubting import doubt
from market.models import Lot

CHUNK = 500


class Command(BaseCommand):
    help = (
        "Holds all lots against themselves and each other, for the curators' list of contradicting lots. New "
        "lots are looked at by themselves; this is for those that were here before."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        pks = list(Lot.objects.order_by("pk").values_list("pk", flat=True))
        found = sum(
            doubt(Lot.objects.filter(pk__in=pks[start : start + CHUNK]))
            for start in range(0, len(pks), CHUNK)
        )
        self.stdout.write(f"{len(pks)} lots looked at, {found} new doubts")

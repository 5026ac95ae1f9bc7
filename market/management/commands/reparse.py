from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import QuerySet

from market import pictures
from market.models import RawPage
from market.parsers import PARSERS, PageRefusal
from market.receiving import parse_again


class Command(BaseCommand):
    help = (
        "Reads kept pages again, without the network: those that an older parser read, or all. Doing it "
        "twice changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those read by today's parsers")
        parser.add_argument("--source", choices=sorted(PARSERS), help="only pages of this one")

    def handle(self, *args: Any, **options: Any) -> None:
        done = refused = 0
        for page in self.pages(options).iterator(chunk_size=100):
            if not options["all"] and page.parser_version >= PARSERS[page.source.slug].version:
                continue
            try:
                parse_again(page)
                pictures.from_page(page)
                done += 1
            except PageRefusal as refusal:
                refused += 1
                self.stderr.write(f"{page}: {refusal.code}")
        self.stdout.write(f"{done} pages read again, {refused} refused")

    def pages(self, options: dict[str, Any]) -> QuerySet[RawPage]:
        pages = RawPage.objects.select_related("source", "owner").order_by("fetched_at", "pk")
        pages = pages.filter(source__slug__in=PARSERS)
        return pages.filter(source__slug=options["source"]) if options["source"] else pages

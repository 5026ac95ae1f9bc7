import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from market import backtest


class Command(BaseCommand):
    help = (
        "Estimates the lots of one file from the sold lots of another, and writes what it says of each. "
        "Prices in the file of lots are not looked at, except for the summary that is printed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--history", type=Path, required=True, metavar="A.csv")
        parser.add_argument("--lots", type=Path, required=True, metavar="B.csv")
        parser.add_argument("--json", type=Path, required=True, metavar="OUT")
        parser.add_argument(
            "--use-estimate", action="store_true", help="the house's own estimate may be used"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            history = backtest.read(options["history"], priced=True)
            lots = backtest.read(options["lots"], priced=False)
        except (OSError, backtest.TableProblem) as problem:
            raise CommandError(str(problem)) from problem
        said = backtest.run(history, lots, use_estimate=options["use_estimate"])
        rows = [backtest.as_json(row, one) for row, one in zip(lots, said, strict=True)]
        options["json"].write_text(json.dumps(rows, indent=1))
        self.summarise(options["lots"], said)

    def summarise(self, path: Path, said: list[Any]) -> None:
        known = backtest.read(path, priced=True)
        pairs = [
            (row.piece.price, one) for row, one in zip(known, said, strict=True) if row.piece.price
        ]
        self.stdout.write(f"{len(said)} lots")
        if pairs:
            scored = backtest.score([price for price, _one in pairs], [one for _p, one in pairs])
            self.stdout.write(
                f"{scored.n} with a price: median error {scored.error:.1%}, "
                f"bias {scored.bias:+.1%}, 80 % interval covers {scored.covered:.1%}"
            )

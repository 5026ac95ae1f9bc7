import json
import sys
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from market.extract import read

REFUSED = 3
CHUNK = 50
SMALL = 400  # fewer lots than this are read before a second process has started
Line = tuple[int, str]
Outcome = tuple[int, dict[str, Any] | None, str]


def parse_line(line: Line) -> Outcome:
    number, written = line
    try:
        lot = json.loads(written)
    except ValueError as error:
        return number, None, f"not JSON: {error}"
    if not isinstance(lot, dict) or "id" not in lot or not isinstance(lot.get("text"), str):
        return number, None, 'write {"id": …, "text": "…"} on each line'
    return number, {"id": lot["id"], **read(lot["text"]).flat()}, ""


class Command(BaseCommand):
    help = (
        'Reads what lot texts say: each input line is {"id": …, "text": "…"}, each output line one '
        "reading. A line that cannot be read is reported and the exit status is 3."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("lots", type=Path, metavar="IN.jsonl")
        parser.add_argument("--json", type=Path, required=True, metavar="OUT.jsonl", dest="out")
        parser.add_argument("--processes", type=int, default=2, help="how many to read with (2)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            written = options["lots"].read_bytes().split(b"\n")
        except OSError as error:
            raise CommandError(f"{options['lots']} cannot be read: {error.strerror}.") from None
        lines = [
            (number, line.decode("utf-8-sig", "replace"))
            for number, line in enumerate(written, 1)
            if line.strip()
        ]
        read_well, refused = 0, 0
        with self.opened(options["out"]) as out:
            for number, reading, problem in outcomes(lines, options["processes"]):
                if reading is None:
                    refused += 1
                    print(f"line {number}: {problem}", file=sys.stderr)
                    continue
                read_well += 1
                out.write(json.dumps(reading, ensure_ascii=False) + "\n")
        summary = f"{read_well:,} lots read, {refused:,} lines refused"
        if refused:
            raise CommandError(summary, returncode=REFUSED)
        print(summary, file=sys.stderr)

    def opened(self, path: Path) -> Any:
        try:
            return path.open("w", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None


def outcomes(lines: list[Line], processes: int) -> Iterator[Outcome]:
    """In the order of the input, whoever read them."""
    if processes < 2 or len(lines) < SMALL:
        yield from map(parse_line, lines)
        return
    with get_context("fork").Pool(processes) as pool:
        yield from pool.imap(parse_line, lines, chunksize=CHUNK)

"""How many lot texts are read in a second, in one process and in two:

    python -m tests.benchmarks.bench_parse_lots [--lots 4000]

The budget is 500 a second on two cores. The texts are the labelled ones of tests/market/texts."""

import argparse
import json
import time
from pathlib import Path

from market.management.commands.parse_lots import Line, outcomes

TEXTS = Path(__file__).parent.parent / "market" / "texts"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lots", type=int, default=4000)
    lots = numbered(parser.parse_args().lots)
    for processes in (1, 2):
        measure(lots, processes)


def numbered(count: int) -> list[Line]:
    texts = [
        json.loads(line)["text"]
        for file in sorted(TEXTS.glob("*.jsonl"))
        for line in file.read_text().splitlines()
    ]
    return [(n, json.dumps({"id": n, "text": texts[n % len(texts)]})) for n in range(count)]


def measure(lots: list[Line], processes: int) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    done = sum(1 for _, reading, _ in outcomes(lots, processes) if reading)
    seconds = time.perf_counter() - wall
    print(
        f"{processes} process(es): {done} lots in {seconds:.1f} s, {done / seconds:.0f} a second",
        end="",
    )
    print(f", {done / (time.process_time() - cpu):.0f} per second of CPU" if processes == 1 else "")


if __name__ == "__main__":
    main()

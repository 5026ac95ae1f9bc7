"""The facts as they lie in fixtures/facts; see the README there."""

import csv
import hashlib
import json
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent.parent / "fixtures" / "facts"
Record = dict[str, Any]


def digest(folder: Path = FOLDER) -> str:
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        total.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def records(name: str, folder: Path = FOLDER) -> list[Record]:
    """One file, or all files of a folder of that name."""
    single = folder / f"{name}.json"
    paths = [single] if single.exists() else sorted((folder / name).glob("*.json"))
    return [record for path in paths for record in json.loads(path.read_text())]


def types(folder: Path = FOLDER) -> list[Record]:
    struck = issues(folder)
    return [
        {"references": [], **record, "issues": struck.get(record["key"], [])}
        for record in records("types", folder)
    ]


def issues(folder: Path = FOLDER) -> dict[str, list[list[str]]]:
    """By type: year, mint mark, variety, mint, mintage."""
    by_type: dict[str, list[list[str]]] = defaultdict(list)
    for path in sorted(folder.glob("issues/*.csv")):
        with path.open(newline="") as file:
            for row in csv.DictReader(file):
                by_type[row.pop("type")].append(list(row.values()))
    return by_type


@lru_cache(maxsize=1)
def series() -> list[Record]:
    return records("series")

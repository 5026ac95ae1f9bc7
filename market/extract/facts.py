"""Our own tables: market/facts/*.json, read once."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "facts"


@cache
def table(name: str) -> list[Any]:
    rows: list[Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return rows

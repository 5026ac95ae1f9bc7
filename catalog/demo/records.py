"""The demo's coins as they lie in fixtures/demo; its README says what each line means."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent.parent / "fixtures" / "demo"
BOOKS = ("rome", "greece_and_middle_ages", "modern")


def coins() -> list[dict[str, Any]]:
    return [
        record for book in BOOKS for record in json.loads((FOLDER / f"{book}.json").read_text())
    ]


def own_fields() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "own_fields.json").read_text())
    return found

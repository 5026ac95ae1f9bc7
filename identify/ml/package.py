"""The files of a shipped model: weights beside a card that says what they are. Nothing is loaded whose hash
is not the card's."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class NoModel(Exception):
    """There is none in this folder."""


class BrokenModel(Exception):
    """What lies there is not what its card says."""


@dataclass(frozen=True)
class Package:
    """One recogniser: `<name>.json`, its card, and `<name>.safetensors`."""

    folder: Path
    name: str
    card: dict[str, Any]

    @property
    def weights(self) -> Path:
        return self.folder / f"{self.name}.safetensors"


def open_package(folder: Path, name: str) -> Package:
    card_file, weights = folder / f"{name}.json", folder / f"{name}.safetensors"
    if not card_file.exists() or not weights.exists():
        raise NoModel(f"There is no model “{name}” in {folder}.")
    try:
        card = json.loads(card_file.read_text(encoding="utf-8"))
        wanted = card["sha256"]
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenModel(f"{card_file} is not a model's card: {error}") from error
    found = sha256_of(weights)
    if found != wanted:
        raise BrokenModel(
            f"{weights} is damaged or from another version: its SHA-256 begins with {found[:12]}, "
            f"its card says {str(wanted)[:12]}. Restore both files from one release of Obverse."
        )
    return Package(folder, name, card)


def write_package(
    folder: Path, name: str, tensors: dict[str, Any], card: dict[str, Any]
) -> Package:
    """Written aside and renamed, so that a reader finds the old files or the new ones."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f".{name}.safetensors"
    save_file(tensors, aside)
    aside.chmod(0o644)  # safetensors writes for its owner alone; a service may be another user
    card = card | {"sha256": sha256_of(aside), "bytes": aside.stat().st_size}
    card_aside = folder / f".{name}.json"
    card_aside.write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    aside.replace(folder / f"{name}.safetensors")
    card_aside.replace(folder / f"{name}.json")
    return Package(folder, name, card)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

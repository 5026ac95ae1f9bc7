"""Labelled photos, from a folder of classes or from a table."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from catalog.refusals import gettext_noop as _
from identify.folders import FACES, SUFFIXES
from identify.ml.teaching.refusals import TeachingRefused

LABEL_COLUMNS = ("label", "class", "class_id")


@dataclass(frozen=True)
class Example:
    """One photo. `group` names the coin: two photos of one coin are never on both sides of a split.
    What does not judge (an accepted suggestion, say) is learnt from, never examined on."""

    path: Path
    label: str
    group: str
    weight: float = 1.0
    judges: bool = True


def read_examples(source: Path) -> list[Example]:
    if source.is_dir():
        found = list(_from_folder(source))
    elif source.is_file():
        found = list(_from_table(source))
    else:
        raise TeachingRefused(
            "data_missing", _("There is no folder or table “%(source)s”."), source=source
        )
    if not found:
        raise TeachingRefused(
            "no_examples",
            _(
                "“%(source)s” has no labelled photos. Make one folder for each class, photos inside."
            ),
            source=source,
        )
    return found


def _from_folder(folder: Path) -> Iterator[Example]:
    """A folder is a class; a folder within it, or names like X_obverse and X_reverse, are one coin."""
    for path in sorted(folder.rglob("*")):
        within = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in within.parts)
        if len(within.parts) > 1 and not hidden and path.suffix.lower() in SUFFIXES:
            yield Example(path, within.parts[0], _coin_of(within))


def _coin_of(within: Path) -> str:
    if len(within.parts) > 2:
        return within.parent.as_posix()
    stem, _line, face = within.stem.rpartition("_")
    return (within.parent / (stem if stem and face.lower() in FACES else within.stem)).as_posix()


def _from_table(table: Path) -> Iterator[Example]:
    with table.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        named = reader.fieldnames or []
        label = next((name for name in LABEL_COLUMNS if name in named), None)
        if "file" not in named or label is None:
            raise TeachingRefused(
                "columns_missing",
                _("“%(source)s” needs the columns file and label, and may have group."),
                source=table,
            )
        for row in reader:
            if (row["file"] or "").strip() and (row[label] or "").strip():
                group = (row.get("group") or "").strip() or row["file"]
                yield Example(table.parent / row["file"].strip(), row[label].strip(), group)

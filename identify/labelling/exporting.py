"""A labelled set as files: folders of classes, a table, or COCO. The originals are copied as they are."""

import csv
import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from identify.labelling.training import TrainingRow
from identify.models import Embedding

FORMS = ("folders", "csv", "coco")
UNSAFE = re.compile(r"[^\w .,()+-]+")
TABLE = ("file", "sha256", "side", "field", "value", "group", "weight", "may_judge")


def export(rows: Sequence[TrainingRow], to: Path, form: str) -> int:
    """Returns how many photos were written."""
    to.mkdir(parents=True, exist_ok=True)
    if form == "folders":
        return sum(
            put(row, to / safe(row.field) / safe(row.value) / file_name(row)) for row in rows
        )
    written = {row.photo_id: put(row, to / "photos" / file_name(row)) for row in rows}
    if form == "csv":
        write_table(rows, to / "labels.csv")
    else:
        text = json.dumps(coco(rows), ensure_ascii=False, indent=1)
        (to / "coco.json").write_text(text + "\n", encoding="utf-8")
    return sum(written.values())


def safe(text: str) -> str:
    """A folder's name on any system; what stands for nothing gets an underscore."""
    return UNSAFE.sub("_", text).strip(" .")[:120] or "_"


def file_name(row: TrainingRow) -> str:
    """The specimen first, so that whoever splits by name splits by specimen."""
    suffix = PurePosixPath(row.photo.original.name or "").suffix
    return f"{row.group}_{row.photo.role}_{row.photo.sha256[:16]}{suffix}"


def put(row: TrainingRow, path: Path) -> bool:
    path.parent.mkdir(parents=True, exist_ok=True)
    with row.photo.original.open("rb") as original, path.open("wb") as file:
        shutil.copyfileobj(original, file)
    return True


def write_table(rows: Sequence[TrainingRow], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(TABLE)
        for row in rows:
            table.writerow(
                (
                    f"photos/{file_name(row)}", row.photo.sha256, row.photo.role, row.field, row.value,
                    row.group, row.weight, int(row.judges),
                )
            )  # fmt: skip


def coco(rows: Sequence[TrainingRow]) -> dict[str, Any]:
    """The box is the coin's disc where the model has found it, else the whole picture."""
    classes = sorted({(row.field, row.value) for row in rows})
    number = {one: at for at, one in enumerate(classes, 1)}
    photos = {row.photo_id: row for row in rows}
    discs = dict(
        Embedding.objects.filter(photo__in=photos, disc__isnull=False).values_list(
            "photo_id", "disc"
        )
    )
    return {
        "images": [
            {
                "id": pk, "file_name": f"photos/{file_name(row)}", "width": row.photo.width,
                "height": row.photo.height, "sha256": row.photo.sha256, "specimen": row.group,
            }
            for pk, row in photos.items()
        ],
        "categories": [
            {"id": at, "name": value, "supercategory": field} for (field, value), at in number.items()
        ],
        "annotations": [
            annotation(at, row, number[row.field, row.value], discs.get(row.photo_id))
            for at, row in enumerate(rows, 1)
        ],
    }  # fmt: skip


def annotation(
    number: int, row: TrainingRow, category: int, disc: list[float] | None
) -> dict[str, Any]:
    width, height = row.photo.width, row.photo.height
    box = [0.0, 0.0, float(width), float(height)]
    if disc:
        cx, cy, r = disc[0] * width, disc[1] * height, disc[2] * min(width, height)
        box = [round(one, 1) for one in (cx - r, cy - r, 2 * r, 2 * r)]
    return {
        "id": number, "image_id": row.photo_id, "category_id": category, "bbox": box,
        "area": round(box[2] * box[3], 1), "iscrowd": 0, "weight": row.weight,
    }  # fmt: skip

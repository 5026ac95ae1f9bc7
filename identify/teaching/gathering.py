"""From people's words to pictures in a folder: once, when a run begins. What goes on later finds them as
they were, whatever has been said since."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catalog.models import Photo
from identify.models.runs import TrainingRun
from identify.pipeline import ROLES, Unreadable, pixels
from identify.teaching.classes import sorted_out
from identify.teaching.core import teacher

if TYPE_CHECKING:
    from catalog.models import User

SIDE = 640  # pixels of the longer side: a network looks at 320 of a coin at most
LISTED = "examples.json"
AT_ONCE = 16
TOLD_OF_PHOTOS = ("mixed_labels", "unreadable")
MOST_REMARKS = 24


@dataclass(frozen=True)
class Told:
    """One photo and what it shows. `group` names the piece: its photos stay together."""

    photo: int
    label: str
    group: str
    weight: float = 1.0
    judges: bool = True


def told_of(field: str, classes: Sequence[dict[str, Any]], user: "User | None") -> list[Told]:
    if not classes:
        return from_labels(field)
    return from_coins(sorted_out(classes, user)) if user else []


def from_labels(field: str) -> list[Told]:
    from identify.models import Label  # type: ignore[attr-defined,unused-ignore]

    rows = Label.objects.for_training(field)
    return [
        Told(row.photo_id, row.value, str(row.group), row.weight, row.judges)
        for row in rows
        if row.photo.role in ROLES
    ]


def from_coins(labels: dict[int, str]) -> list[Told]:
    photos = Photo.objects.filter(coin__in=labels, role__in=ROLES).order_by("pk")
    return [Told(pk, labels[coin], str(coin)) for pk, coin in photos.values_list("pk", "coin_id")]


def examples_of(told: Sequence[Told], folder: Path) -> list[Any]:
    """As the teacher takes them."""
    make = teacher().Example
    return [
        make(picture(folder, one.photo), one.label, one.group, one.weight, one.judges)
        for one in told
    ]


def picture(folder: Path, photo: int) -> Path:
    return folder / f"{photo}.jpg"


def photo_of(path: str) -> int:
    return int(Path(path).stem)


# --- what a worker does ------------------------------------------------------------
def gather(run: TrainingRun) -> list[Told]:
    folder = run.folder / "examples"
    listed = folder / LISTED
    if listed.exists():
        return [Told(*one) for one in json.loads(listed.read_text(encoding="utf-8"))]
    found = told_of(run.field, run.classes, run.user)
    kept = draw(found, folder, lambda done: run.beat(prepared=done, to_prepare=len(found)))
    rows = [[one.photo, one.label, one.group, one.weight, one.judges] for one in kept]
    text = json.dumps(rows, ensure_ascii=False)
    aside = folder / f".{LISTED}"
    aside.write_text(text, encoding="utf-8")
    aside.replace(listed)
    run.beat(data_hash=hashlib.sha256(text.encode()).hexdigest(), health=health_of(kept, folder))
    return kept


def health_of(told: Sequence[Told], folder: Path) -> dict[str, Any]:
    """What only pictures show: one photo under two names, and how many are there twice."""
    found: dict[str, Any] = {"remarks": [], "duplicates": 0}
    for remark in teacher().health(examples_of(told, folder)).remarks:
        if remark.code == "duplicate":
            found["duplicates"] += 1
        elif remark.code in TOLD_OF_PHOTOS and len(found["remarks"]) < MOST_REMARKS:
            paths = [remark.params[name] for name in ("path", "other") if name in remark.params]
            names = {name: remark.params.get(name, "") for name in ("label", "other_label")}
            found["remarks"].append([remark.code, names, [photo_of(path) for path in paths]])
    return found


def draw(told: Sequence[Told], folder: Path, tell: Callable[[int], object]) -> list[Told]:
    """As people see them, edit and all. What cannot be read teaches nobody."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = []
    for start in range(0, len(told), AT_ONCE):
        tell(start)
        part = told[start : start + AT_ONCE]
        photos = Photo.objects.in_bulk([one.photo for one in part])
        kept += [one for one in part if one.photo in photos and drawn(photos[one.photo], folder)]
    tell(len(told))
    return kept


def drawn(photo: Photo, folder: Path) -> bool:
    from PIL import Image

    path = picture(folder, photo.pk)
    if path.exists():
        return True
    try:
        image = Image.fromarray(pixels(photo))
    except Unreadable:
        return False
    image.thumbnail((SIDE, SIDE))
    aside = path.with_suffix(".part")
    image.save(aside, "JPEG", quality=92)
    aside.replace(path)
    return True

"""A labelled set from a disk: folders of classes, a table, or COCO. Each specimen becomes a coin of a
collection, each photo gets an imported label in the name of whoever brings it."""

import csv
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from catalog.images import ImageRefused
from catalog.models import Coin, Collection, Photo, Status, User
from catalog.photos import store
from identify import folders
from identify.curation.hygiene import Tell
from identify.models import How, Label

OURS = re.compile(r"(?P<group>\d+)_(?P<role>obverse|reverse|edge|both|other)_[0-9a-f]{16}\.\w+")


@dataclass(frozen=True)
class Found:
    path: Path
    field: str
    value: str
    specimen: str  # photos with one are photos of one coin
    role: str = ""


@dataclass
class Done:
    photos: int = 0
    coins: int = 0
    there_already: int = 0
    trouble: list[folders.Trouble] = field(default_factory=list)
    stored: dict[Path, Photo] = field(default_factory=dict)


def read(path: Path, name: str) -> list[Found]:
    """`name` is the field that a folder's classes are of; a table may say it line by line."""
    if path.is_dir():
        return of_folders(path, name)
    return of_coco(path, name) if path.suffix.lower() == ".json" else of_table(path, name)


def of_folders(root: Path, name: str) -> list[Found]:
    """Which photos are one coin, our own exports say by a number, others by `_obverse` and `_reverse`."""
    found = []
    for folder in sorted(one for one in root.iterdir() if one.is_dir()):
        for files in folders.grouped(list(folders.expanded([folder])), paired=True):
            for path, role in zip(files.paths, files.roles, strict=True):
                ours = OURS.fullmatch(path.name)
                specimen = ours["group"] if ours else str(files.paths[0].relative_to(root))
                side = ours["role"] if ours else role
                found.append(Found(path, name, folder.name, specimen, side))
    return found


def of_table(path: Path, name: str) -> list[Found]:
    """Columns `file` and `value`; `field`, `group` and `side` where they are there."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Found(
            inside(path.parent, row["file"]), row.get("field") or name, row["value"],
            row.get("group") or row["file"], row.get("side") or "",
        )
        for row in rows
        if row.get("file") and row.get("value")
    ]  # fmt: skip


def of_coco(path: Path, name: str) -> list[Found]:
    said = json.loads(path.read_text(encoding="utf-8"))
    images = {one["id"]: one for one in said["images"]}
    classes = {one["id"]: one for one in said["categories"]}
    found = []
    for one in said["annotations"]:
        image, kind = images[one["image_id"]], classes[one["category_id"]]
        specimen = str(image.get("specimen") or image["file_name"])
        of = name or kind.get("supercategory") or ""
        found.append(Found(inside(path.parent, image["file_name"]), of, kind["name"], specimen))
    return found


def inside(root: Path, name: str) -> Path:
    """A list never leads out of its folder."""
    path = (root / name).resolve()
    if not path.is_relative_to(root.resolve()):
        raise ValueError(f"{name} lies outside {root}.")
    return path


def bring(
    found: Sequence[Found], collection: Collection, by: User, tell: Tell = lambda done: None
) -> Done:
    """A photo that the collection has already gets its label and is not stored twice."""
    done = Done()
    specimens: dict[str, list[Found]] = {}
    for one in found:
        specimens.setdefault(one.specimen, []).append(one)
    for count, members in enumerate(specimens.values(), 1):
        with transaction.atomic():
            bring_one(members, collection, by, done)
        tell(count)
    return done


def bring_one(members: Iterable[Found], collection: Collection, by: User, done: Done) -> None:
    coin: Coin | None = None
    stored: dict[Path, Photo | None] = {}
    for one in members:
        if one.path not in stored:
            known = already(one.path, collection)
            done.there_already += bool(known)
            if known is None and coin is None:
                coin = Coin.objects.create(
                    collection=collection, title=one.path.stem[:300], status=Status.DRAFT
                )
            stored[one.path] = known or kept(one, coin, by, done)
        if photo := stored[one.path]:
            Label.say(photo, one.field, one.value, by, How.IMPORTED)
            done.stored[one.path] = photo
    if coin and coin.photos.exists():
        done.coins += 1
    elif coin:
        coin.delete()


def already(path: Path, collection: Collection) -> Photo | None:
    from identify.ml.package import sha256_of

    if not path.is_file():
        return None
    same = Photo.objects.filter(coin__collection=collection, coin__deleted_at=None)
    return same.filter(sha256=sha256_of(path)).first()


def kept(one: Found, coin: Coin | None, by: User, done: Done) -> Photo | None:
    if coin is None:
        return None
    try:
        with one.path.open("rb") as file:
            photo = store(coin, file, one.path.name, one.role, by)
    except (ImageRefused, OSError) as error:
        done.trouble.append(folders.Trouble.of(one.path, error))
        return None
    done.photos += 1
    return photo

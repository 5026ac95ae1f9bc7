"""Which file is made how. Every maker writes to a path in the workshop and tells how far it is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.utils import timezone
from django.utils.text import slugify

from catalog.exports.archive.making import amount_of_work, make_archive
from catalog.exports.selection import Selection
from catalog.exports.tables import write_xlsx
from catalog.models import Collection, Export
from catalog.sentences import kept

Pulse = Callable[[int], None]
Kind = Export.Kind
SUFFIX = {Kind.ARCHIVE: "zip", Kind.XLSX: "xlsx"}  # all others are PDF
# These go on where they stopped, so a task may hand over to the next when its time is up.
RESUMABLE = {Kind.ARCHIVE.value}


@dataclass(frozen=True)
class Made:
    path: Path
    notes: list[str] = field(default_factory=list)


class Moved(File):
    """A file that the storage may take as it is, instead of copying a hundred gigabytes."""

    def temporary_file_path(self) -> str:
        return str(self.name)


def workshop() -> Path:
    folder = Path(settings.DATA_DIR) / "workshop"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def path_for(export: Export) -> Path:
    suffix = SUFFIX.get(Kind(export.kind), "pdf")
    return workshop() / f"export-{export.pk}.{suffix}"


def name_for(export: Export) -> str:
    what = "coins" if export.kind == Kind.XLSX else slugify(str(export.get_kind_display()))
    return f"obverse-{what}-{timezone.localdate():%Y-%m-%d}{path_for(export).suffix}"


def make(export: Export, pulse: Pulse) -> Made:
    return archive(export, pulse) if export.kind == Kind.ARCHIVE else of_coins(export, pulse)


def archive(export: Export, pulse: Pulse) -> Made:
    mine = Collection.objects.owned_by(export.user)
    if chosen := export.options.get("collections"):
        mine = mine.filter(pk__in=chosen)
    export.beat(total=amount_of_work(mine))
    path = path_for(export)
    return Made(path, make_archive(export.user, mine, path, pulse))


def of_coins(export: Export, pulse: Pulse) -> Made:
    from catalog.exports.printing.boxes import print_boxes
    from catalog.exports.printing.flips import print_flips
    from catalog.exports.printing.insurance import print_report

    selection = Selection(export.user, export.query, on_paper=export.kind != Kind.XLSX)
    options, path = export.options, path_for(export)
    export.beat(total=len(selection))
    makers: dict[str, Callable[[Any], Any]] = {
        Kind.XLSX: lambda file: write_xlsx(selection, file, pulse),
        Kind.INSURANCE: lambda file: print_report(selection, export.user, file, options, pulse),
        Kind.FLIPS: lambda file: print_flips(selection, file, options, pulse),
        Kind.BOXES: lambda file: print_boxes(selection, file, options, pulse),
    }
    with path.open("wb") as file:
        makers[export.kind](file)
    return Made(path)


def hand_over(export: Export, made: Made) -> None:
    """Into the storage under a name that nobody guesses."""
    size = made.path.stat().st_size
    with made.path.open("rb") as file:
        export.file.save(
            f"{export.lease}{made.path.suffix}", Moved(file, str(made.path)), save=False
        )
    made.path.unlink(missing_ok=True)
    export.settle(
        Export.State.DONE, file=export.file.name, size=size, name=name_for(export),
        notes=[kept(note) for note in made.notes], done=export.total,
    )  # fmt: skip

"""A labelled set on its way in, each step in a worker:

ZIP -> unpacked beside -> read, as folders or as a list -> looked at for copies and worthless photos
    -> [a person decides] -> unpacked again -> coins, photos and labels, specimen by specimen

Both steps may be broken off and done again: a photo that the collection has is not stored twice."""

import csv
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from catalog.exports.tasks import Pulse
from catalog.models import Photo
from catalog.refusals import gettext_noop as _
from catalog.sentences import named
from identify import wording
from identify.curation import hygiene
from identify.folders import Trouble
from identify.labelling import checking, importing, proposing
from identify.labelling.importing import Found
from identify.labelling.unpacking import LISTS, Contents, Limits, SetRefused, unpack
from identify.models import LabelledSet, SpecimenGroup

OWN = "own:"
WORTHLESS = ("blank", "noise", "too_small")
MOST_CLASSES, MOST_NAMES = 2000, 60
MALFORMED = (ValueError, KeyError, TypeError, AttributeError, RecursionError, csv.Error, OSError)


def work(one: LabelledSet) -> None:
    {LabelledSet.Step.LOOK: look, LabelledSet.Step.TAKE: take}[LabelledSet.Step(one.step)](one)


def limits() -> Limits:
    return Limits(settings.MAX_PHOTO_BYTES, settings.MAX_IMPORT_BYTES)


@contextmanager
def unpacked(one: LabelledSet, pulse: Pulse) -> Iterator[tuple[Path, Contents]]:
    if not one.file.name or not one.file.storage.exists(one.file.name):
        raise SetRefused("gone", _("The file is no longer there. Send it again."))
    with tempfile.TemporaryDirectory(prefix="labelled-set-") as folder:
        root = Path(folder).resolve()
        with one.file.open("rb") as file:
            found = unpack(file, root, limits(), lambda done: pulse(0))
        yield outermost(root), found


def outermost(root: Path) -> Path:
    """Whoever packs a folder packs its name, too: what stands alone around classes is none of them."""
    there = list(root.iterdir())
    while len(there) == 1 and there[0].is_dir():
        inner = list(there[0].iterdir())
        if not any(one.is_dir() or one.suffix.lower() in LISTS for one in inner):
            return root  # a single class
        root, there = there[0], inner
    return root


def read(root: Path, field: str) -> list[Found]:
    lists = sorted(one for one in root.iterdir() if one.suffix.lower() in LISTS)
    if len(lists) > 1:
        names = ", ".join(one.name for one in lists[:5])
        text = _("There are several lists, and one of them must be meant: %(names)s")
        raise SetRefused("lists", text, names=names)
    try:
        found = importing.read(lists[0], field) if lists else of_folders(root, field)
    except MALFORMED:
        template = _("The list “%(name)s” cannot be read.")
        raise SetRefused("list", template, name=lists[0].name if lists else root.name) from None
    return checked(found)


def of_folders(root: Path, field: str) -> list[Found]:
    """As our own export writes them, with a folder for each question, or classes alone."""
    folders = [one for one in root.iterdir() if one.is_dir()]
    if folders and all(one.name in wording.FIELDS for one in folders):
        return [row for one in sorted(folders) for row in importing.of_folders(one, one.name)]
    return importing.of_folders(root, field)


def checked(found: list[Found]) -> list[Found]:
    if not found:
        raise SetRefused(
            "nothing",
            _("No photo in it has a class: it needs a folder for each class, or a list with the columns file and value."),
        )  # fmt: skip
    for row in found:
        if row.field not in wording.FIELDS and not row.field.startswith(OWN):
            template = _("“%(field)s” is nothing that can be asked here.")
            raise SetRefused("field", template, field=row.field[:60])
        if len(row.field) > 60 or len(row.value) > 300 or not row.value.isprintable():
            template = _("“%(value)s” is no name for a class.")
            raise SetRefused("value", template, value=row.value[:60])
    if len({row.value for row in found}) > MOST_CLASSES:
        raise SetRefused(
            "classes", _("There are more classes in it than anybody could tell apart.")
        )
    return found


# --- what is found -----------------------------------------------------------------
def look(one: LabelledSet) -> None:
    pulse = Pulse(one)
    with unpacked(one, pulse) as (root, contents):
        found = read(root, one.field)
        photos = sorted({row.path for row in found if row.path.is_file()})
        one.beat(total=2 * len(photos))
        looks, unreadable = checking.looks_of(
            photos, root, settings.MAX_PHOTO_BYTES, settings.MAX_PHOTO_PIXELS, pulse
        )
        report = hygiene.report(looks, lambda done: pulse(len(photos) + done))
        readable = {seen.name for seen in looks}
        missing = sorted({str(row.path.name) for row in found if not row.path.is_file()})
        findings = hygiene.as_json(report) | {
            "labels": len(found),
            "coins": len({row.specimen for row in found if name_in(root, row) in readable}),
            "mixed": mixed(report, found, root),
            "classes": Counter(row.value for row in found).most_common(),
            "missing": missing[:MOST_NAMES], "missing_count": len(missing),
            "unreadable": told(unreadable[:MOST_NAMES]), "unreadable_count": len(unreadable),
            "left_in": contents.left_in[:MOST_NAMES], "left_in_count": len(contents.left_in),
        }  # fmt: skip
    one.settle(LabelledSet.State.DONE, findings=findings, done=2 * len(photos))


def mixed(report: hygiene.Report, found: list[Found], root: Path) -> int:
    """Groups whose photos are said to show different things."""
    said: dict[str, set[tuple[str, str]]] = {}
    for row in found:
        said.setdefault(name_in(root, row), set()).add((row.field, row.value))
    return sum(len({frozenset(said[name]) for name in group.names}) > 1 for group in report.groups)


# --- what is taken -----------------------------------------------------------------
def take(one: LabelledSet) -> None:
    pulse = Pulse(one)
    with unpacked(one, pulse) as (root, _contents):
        left_out = names_left_out(one)
        found = [row for row in read(root, one.field) if name_in(root, row) not in left_out]
        one.beat(total=len({row.specimen for row in found}))
        done = importing.bring(found, one.collection, one.user, pulse)
        if one.copies == LabelledSet.Copies.TOGETHER:
            keep_together(one, done.stored, root)
        report = {
            "photos": done.photos, "coins": done.coins, "there_already": done.there_already,
            "left_out": len(left_out), "trouble": told(done.trouble[:MOST_NAMES], root),
        }  # fmt: skip
    one.finish(report)


def name_in(root: Path, row: Found) -> str:
    path = row.path
    return str(path.relative_to(root)) if path.is_relative_to(root) else path.name


def names_left_out(one: LabelledSet) -> set[str]:
    found = set()
    if one.copies == LabelledSet.Copies.ONE:
        found |= {name for group in one.findings["groups"] for name in group["photos"][1:]}
    if not one.with_trouble:
        found |= {name for code in WORTHLESS for name in one.findings["troubles"].get(code, [])}
    return found


def keep_together(one: LabelledSet, stored: dict[Path, Photo], root: Path) -> None:
    """Confirmed by whoever said that they are copies and may stay."""
    by_name = {str(path.relative_to(root)): photo for path, photo in stored.items()}
    for group in one.findings["groups"]:
        members = [by_name[name] for name in group["photos"] if name in by_name]
        if len({photo.coin_id for photo in members}) > 1:
            same, _made = proposing.kept(members, SpecimenGroup.Why(group["why"]))
            proposing.decide(same, True, one.user)


def told(trouble: Sequence[Trouble], root: Path | None = None) -> list[str]:
    """Where it lay for a while is nobody's concern."""
    return [named(one.name.removeprefix(f"{root}/"), one.why).kept for one in trouble]

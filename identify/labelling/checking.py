"""The photos of a folder, looked at for `curation.hygiene`, and what it found in sentences."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from catalog.images import ImageRefused
from identify import folders
from identify.curation import hygiene
from identify.curation.hygiene import AUGMENTED, SAME, Group, Look, Report, Tell
from identify.folders import Trouble

MOST_NAMES = 6
TROUBLES = {
    "blank": "show one even tone",
    "noise": "show noise",
    "too_small": "are too small",
    "no_coin": "show no coin that could be found",
}


def looks(folder: Path, max_bytes: int, max_pixels: int) -> tuple[list[Look], list[str]]:
    found, unreadable = looks_of(folders.expanded([folder]), folder, max_bytes, max_pixels)
    return found, [str(one) for one in unreadable]


def looks_of(
    paths: Iterable[Path], folder: Path, max_bytes: int, max_pixels: int,
    tell: Tell = lambda done: None,
) -> tuple[list[Look], list[Trouble]]:  # fmt: skip
    found: list[Look] = []
    unreadable: list[Trouble] = []
    for done, path in enumerate(paths, 1):
        tell(done)
        name = str(path.relative_to(folder))
        try:
            image = folders.pixels(path, max_bytes, max_pixels)
            found.append(hygiene.look(name, path.read_bytes(), image))
        except (ImageRefused, OSError) as error:
            unreadable.append(Trouble.of(name, error))
    return found, unreadable


def sentences(report: Report, unreadable: list[str]) -> Iterator[str]:
    yield f"{report.photos} photos, {report.specimens} different pictures."
    if report.multiplied:
        copies = sum(len(group.names) for group in report.multiplied)
        yield (
            f"WARNING: {copies} photos are copies of {len(report.multiplied)} photos, mostly "
            f"{report.usual_copies} of each: turned, lit otherwise or with noise. A split by file would "
            "have the answers on both sides. Keep each group on one."
        )
    for group in report.groups:
        yield f"  {told(group)}: {named(group.names)}"
    for code, names in sorted(report.troubles.items()):
        yield f"{len(names)} {TROUBLES.get(code, code)}: {named(names)}"
    for line in unreadable:
        yield f"unreadable: {line}"
    if not (report.groups or report.troubles or unreadable):
        yield "Nothing is wrong with them."


def told(group: Group) -> str:
    n = len(group.names)
    if group.why == SAME:
        return f"{n} times the same file"
    return f"{n} copies of one photo" if group.why == AUGMENTED else f"{n} that are nearly the same"


def named(names: tuple[str, ...] | list[str]) -> str:
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more

"""Labels for boxes and trays: what the place is called, what lies in it, a code that opens its list."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.db.models import Count, Max, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog import dates, telling
from catalog.exports.printing import qr
from catalog.exports.printing.fitting import fit
from catalog.exports.printing.flips import set_lines
from catalog.exports.printing.letters import ITALIC, REGULAR, STRONG
from catalog.exports.printing.sheets import MM, PAPERS, Box, Grid, print_sheets
from catalog.exports.selection import Selection
from catalog.models import Place
from catalog.models.trees import Node

SIZES = {"box": (96 * MM, 48 * MM), "tray": (64 * MM, 24 * MM)}
MOST_NAMES = 40
DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class BoxLabel:
    name: str
    above: str
    facts: str
    content: str
    code: str


def labels_of(selection: Selection) -> Iterator[BoxLabel]:
    """One label for each place in which coins of the selection lie, in the order of the tree."""
    lying = selection.coins().filter(place__isnull=False).order_by()
    sums = lying.values("place").annotate(
        n=Count("pk"), first=Min("year_from"), last=Max("year_to")
    )
    by_place: dict[int, Any] = {row["place"]: row for row in sums}
    names: dict[int | None, list[str]] = {}
    named = lying.exclude(authority=None).values_list("place", "authority__name")
    for pk, name, _year in named.annotate(first=Min("year_from")).order_by("first"):
        names.setdefault(pk, []).append(name)
    for place in sorted(Place.objects.filter(pk__in=by_place), key=lambda one: natural(one.path)):
        yield label_of(place, by_place[place.pk], names.get(place.pk, []))


def natural(path: str) -> list[tuple[int, str]]:
    """Tray 2 before Tray 10."""
    path = path.replace(Node.SEPARATOR, "\0").casefold()
    return [(int(part or 0) if part.isdecimal() else -1, part) for part in DIGITS.split(path)]


def label_of(place: Place, row: dict[str, Any], names: list[str]) -> BoxLabel:
    above, _separator, name = place.path.rpartition(Node.SEPARATOR)
    count = ngettext("%(n)d coin", "%(n)d coins", row["n"]) % {"n": row["n"]}
    span = telling.written(dates.DateRange(row["first"], row["last"]))
    return BoxLabel(
        name=name,
        above=above,
        facts=" · ".join(part for part in (count, span, place.note) if part),
        content=", ".join(names[:MOST_NAMES]),
        code=f"{settings.SITE_URL}{reverse('coins')}?place={place.pk}",
    )


def draw_label(canvas: Any, label: BoxLabel, box: Box) -> None:
    inner = box.inset(min(box.width, box.height) * 0.1)
    code = min(inner.height, inner.width * 0.34)
    width = inner.width - code - 3 * MM
    scale = box.height / SIZES["box"][1]
    top = inner.y + inner.height
    canvas.setFillGray(0.3)
    if label.above:
        above = fit(label.above, REGULAR, width, inner.height * 0.16, 8.5 * scale**0.5, 4.5)
        top = set_lines(canvas, above, inner.x, top) - 0.4 * MM
    canvas.setFillGray(0)
    name = fit(label.name, STRONG, width, inner.height * 0.5, 24 * scale**0.6, 7)
    top = set_lines(canvas, name, inner.x, top) - 0.8 * MM
    facts = fit(label.facts, ITALIC, width, top - inner.y, 9.5 * scale**0.5, 5)
    top = set_lines(canvas, facts, inner.x, top) - 1.2 * MM
    room = top - inner.y
    if label.content and room > 7:
        content = fit(label.content, REGULAR, width, room, 8 * scale**0.5, 5.5)
        set_lines(canvas, content, inner.x, inner.y + content.height)
    quiet = code * 0.06
    qr.draw(
        canvas, label.code, inner.x + inner.width - code + quiet,
        inner.y + inner.height - code + quiet, code,
    )  # fmt: skip


def print_boxes(
    selection: Selection, file: IO[bytes], options: dict[str, Any], progress: Callable[[int], None]
) -> int:
    width, height = SIZES.get(options.get("size", ""), SIZES["box"])
    grid = Grid(PAPERS.get(options.get("paper", ""), PAPERS["a4"]), width, height)

    def labels() -> Iterator[BoxLabel]:
        for done, label in enumerate(labels_of(selection), 1):
            yield label
            progress(done)

    skip = int(options.get("skip") or 0)
    return print_sheets(file, grid, _("Box labels"), labels(), draw_label, skip)

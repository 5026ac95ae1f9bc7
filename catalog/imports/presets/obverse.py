"""A table that another Obverse, or this one, has written, in whichever language."""

from collections.abc import Iterable, Mapping
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from catalog.exports.columns import BESIDES, MONEY, of_field
from catalog.fields import BUILT_IN
from catalog.imports.guess import plain
from catalog.imports.presets.base import Preset
from catalog.imports.readers import Table

ENOUGH = 25


class OwnTable(Preset):
    def mapping(self, headings: Iterable[str], guessed: Mapping[str, str]) -> dict[str, str]:
        ours = our_headings()
        return {one: ours.get(plain(one), guessed.get(one, "")) for one in headings}


@cache
def our_headings() -> dict[str, str]:
    """What we call a column -> where it goes. What is computed from the rest goes nowhere."""
    fields = [of_field(field) for field in BUILT_IN.values()]
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {plain(str(column.heading)): column.name for column in [*fields, *MONEY]}
            found |= {plain(str(column.heading)): "" for column in BESIDES}
    return found


def is_ours(table: Table) -> bool:
    return len(set(our_headings()) & {plain(one) for one in table.headings}) >= ENOUGH


OBVERSE = OwnTable(
    "obverse",
    "Obverse",
    is_ours,
    how_to=_("Export and print → CSV or XLSX. For everything with its photos, take the archive."),
)

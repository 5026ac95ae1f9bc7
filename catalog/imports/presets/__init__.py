"""Whose file it is. A preset knows what a program calls its columns and what it means by them."""

from catalog.imports.presets.base import Preset
from catalog.imports.presets.colnect import COLNECT
from catalog.imports.presets.numista import NUMISTA
from catalog.imports.presets.obverse import OBVERSE
from catalog.imports.presets.opennumismat import OPENNUMISMAT
from catalog.imports.presets.table import TABLE
from catalog.imports.presets.ucoin import UCOIN
from catalog.imports.readers import Table

PRESETS: dict[str, Preset] = {
    preset.key: preset for preset in (OPENNUMISMAT, OBVERSE, NUMISTA, UCOIN, COLNECT, TABLE)
}


def recognise(table: Table) -> Preset:
    return next(preset for preset in PRESETS.values() if preset.recognises(table))


__all__ = ["PRESETS", "Preset", "recognise"]

"""What we write, our own import reads: column by column, in each of our languages."""

import csv
import io

import pytest
from django.utils import translation

from catalog.exports.selection import Selection
from catalog.exports.tables import csv_lines
from catalog.imports.guess import guess
from catalog.imports.presets.obverse import OBVERSE
from catalog.imports.targets import targets_of
from catalog.models import CustomField, User

COMPUTED = 6  # at the end, made from the rest


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_heading_finds_its_field_again(owner: User, language: str) -> None:
    CustomField.objects.create(owner=owner, key="rarity", name="Rarity")
    with translation.override(language):
        lines = csv_lines(Selection(owner))
        headings = next(csv.reader(io.StringIO(next(lines).removeprefix("\ufeff"))))
        targets = targets_of(owner)
        mapping = OBVERSE.mapping(headings, guess(headings, targets))
    lost = [heading for heading in headings[:-COMPUTED] if mapping[heading] not in targets]
    assert lost == []
    used = [key for key in mapping.values() if key]
    assert len(used) == len(set(used))
    assert mapping["Rarity"] == "custom.rarity"
